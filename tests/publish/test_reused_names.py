"""Former names that lead elsewhere now, asked of GitHub's stand-in."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from landscape.dataset.load import load_dataset
from landscape.metrics.store import load_store
from landscape.publish.reused_names import ReusedName, find_reused_names
from landscape.sources.budget import Budget
from landscape.sources.github_client import Token
from tests.publish.repositories import write_landscape, write_project
from tests.standins.failure import Failure
from tests.standins.github import EVERYTHING, TOKEN, GitHubStandIn, StandInRepository

FACTS = "project,repo_id,full_name,created_at,last_commit_at,language,license,archived\n"


def write_renamed(root: Path) -> Path:
    """Write a landscape of which three projects had other names before."""
    write_landscape(root)
    rows = ""
    for number, name in enumerate(("alpha", "beta", "gamma"), 1):
        write_project(root, name, repo=f"new/{name}", former_repos=f"[old/{name}]")
        rows += f"{name},{number},new/{name},2023-02-09,,,,false\n"
    path = root / "data" / "metrics" / "repositories.csv"
    path.write_text(FACTS + rows, encoding="utf-8")
    return root


def find(root: Path, hub: GitHubStandIn) -> tuple[ReusedName, ...]:
    dataset = load_dataset(root, dt.date(2026, 5, 20))
    budget = Budget.start(5.0, clock=time.monotonic, sleep=time.sleep)
    store = load_store(root)
    return find_reused_names(dataset, store, base_url=hub.url, token=Token(TOKEN), budget=budget)


def test_a_name_is_reused_where_it_leads_to_a_younger_repository(tmp_path: Path) -> None:
    root = write_renamed(tmp_path)
    with GitHubStandIn(
        [
            StandInRepository(1, "new/alpha", former_names=("old/alpha",)),
            StandInRepository(2, "new/beta"),
            StandInRepository(9, "old/beta", created_at="2026-01-01T00:00:00Z"),
            StandInRepository(3, "new/gamma"),
            # Where gamma moved from by hand: it was there first.
            StandInRepository(8, "old/gamma", created_at="2020-01-01T00:00:00Z"),
        ]
    ) as hub:
        assert find(root, hub) == (ReusedName("beta", "old/beta", 9),)
        assert hub.count_requests("/graphql") == 1


def test_where_github_fails_or_nothing_was_renamed_nothing_is_found(tmp_path: Path) -> None:
    root = write_renamed(tmp_path)
    with GitHubStandIn() as hub:
        assert find(root, hub) == ()
        hub.fail(EVERYTHING, Failure.FORBIDDEN)
        assert find(root, hub) == ()
    with GitHubStandIn() as hub:
        assert find(write_landscape(tmp_path / "plain"), hub) == ()
        assert hub.requests == []
