"""What the standing issue lists, from the tables and files that a refresh leaves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from landscape.analysis.landscape import analyse
from landscape.dataset.load import load_dataset
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.store import load_store
from landscape.publish.decisions import (
    Decision,
    Happening,
    list_decisions,
    render_decisions,
)
from landscape.publish.reused_names import ReusedName
from landscape.report.stories.stale import Stale
from tests.publish.repositories import SETTINGS, write_landscape, write_project

TODAY = dt.date(2026, 5, 20)
FACTS = "project,repo_id,full_name,created_at,last_commit_at,language,license,archived\n"
STATES = "project,source,state,since,detail\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_landscape(tmp_path / "landscape")


def write_table(root: Path, name: str, text: str) -> None:
    (root / "data" / "metrics" / name).write_text(text, encoding="utf-8")


def decide(root: Path, happening: Happening | None = None) -> tuple[Decision, ...]:
    dataset, store = load_dataset(root, TODAY), load_store(root)
    landscape = analyse(tabulate_projects(dataset), store, dataset.settings.inclusion)
    return list_decisions(dataset, store, landscape, happening or Happening(), TODAY)


def test_a_landscape_in_order_needs_no_decision(root: Path) -> None:
    write_table(root, "repositories.csv", f"{FACTS}alpha,1,Alpha/Alpha,2024-01-01,,,,false\n")
    assert decide(root) == ()
    assert render_decisions(()) == ""


def test_a_rename_that_was_not_followed_comes_with_the_edit_to_make(root: Path) -> None:
    write_project(root, "alpha", former_repos="[first/alpha]")
    write_table(root, "repositories.csv", f"{FACTS}alpha,1,new/alpha,2024-01-01,,,,false\n")
    (decision,) = decide(root)
    assert decision.heading == "Renamed upstream"
    assert "repo: new/alpha" in decision.line
    assert r"former\_repos: \[first/alpha, alpha/alpha\]" in decision.line


def test_a_rename_onto_the_repository_of_another_project_names_that_project(root: Path) -> None:
    write_table(root, "repositories.csv", f"{FACTS}alpha,1,beta/beta,2024-01-01,,,,false\n")
    (decision,) = decide(root)
    assert "The project beta names that repository too" in decision.line


def test_a_name_that_the_file_calls_a_former_one_is_settled(root: Path) -> None:
    write_project(root, "alpha", repo="new/alpha", former_repos="[alpha/alpha]")
    write_table(root, "repositories.csv", f"{FACTS}alpha,1,alpha/alpha,2024-01-01,,,,false\n")
    assert decide(root) == ()


def test_a_reused_name_is_told_apart_from_a_repository_that_is_just_gone(root: Path) -> None:
    taken = "the name alpha/alpha belongs to another repository now, and the id 1 is not found"
    rows = f"alpha,github,gone,2026-05-01,'{taken}'\n".replace("'", '"')
    write_table(root, "state.csv", f"{STATES}{rows}beta,github,gone,2026-05-02,not found\n")
    reused, gone = decide(root)
    assert reused.heading == "Gone, and its name taken by another repository"
    assert reused.line.startswith("[Alpha](https://github.com/alpha/alpha): since 2026-05-01")
    assert (gone.heading, "2026-05-02" in gone.line) == ("Gone", True)


def test_an_archived_project_is_listed_while_it_is_on_the_map(root: Path) -> None:
    rows = "alpha,1,alpha/alpha,2024-01-01,,,,true\ndelta,4,delta/delta,2024-01-01,,,,true\n"
    write_table(root, "repositories.csv", FACTS + rows)
    (decision,) = decide(root)
    assert decision.heading == "Archived upstream"
    assert decision.line.startswith("[Alpha]")


@pytest.mark.parametrize(("setting", "listed"), [("", 1), ("decisions: {stale_days: 60}\n", 0)])
def test_values_that_cannot_be_had_are_listed_after_the_days_of_the_settings(
    root: Path, setting: str, listed: int
) -> None:
    (root / "landscape.yaml").write_text(SETTINGS + setting, encoding="utf-8")
    rows = "alpha,opendigger,unavailable,2026-04-10,status 500\n"
    rows += "beta,opendigger,unavailable,2026-05-10,status 500\n"
    write_table(root, "state.csv", STATES + rows)
    decisions = decide(root)
    assert len(decisions) == listed
    assert all(item.heading == "No values to be had for 30 days" for item in decisions)
    assert all(item.line.startswith("[Alpha]") for item in decisions)


def test_stale_sentences_candidates_and_those_who_left_are_told_and_ping_nobody(root: Path) -> None:
    happening = Happening(
        left=("delta",),
        refusals=("3 of 3 projects would leave",),
        stale=(Stale("race", "en", "data/stories/race.md", 12, "@octocat leads #1 by <b>far</b>"),),
        reused=(ReusedName("beta", "old/beta", 99),),
        candidates=("Candidates of 2026-04 by @octocat", "https://github.com/a/b/pull/7"),
    )
    body = render_decisions(decide(root, happening))
    headings = [line[4:] for line in body.splitlines() if line.startswith("### ")]
    assert headings == [
        "A guard refused to publish",
        "Renamed, and the old name taken by another repository",
        "Left the map",
        "Sentences that the data no longer support",
        "Candidates",
    ]
    assert r"data/stories/race.md:12" in body
    assert "https://github.com/a/b/pull/7" in body
    assert "[old/beta](https://github.com/old/beta) is another repository now (id 99)" in body
    assert "@octocat" not in body
    assert "<b>" not in body
    assert "[Delta](https://github.com/delta/delta): below" in body
