"""What becomes of candidates whose names were made to be more than names."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest

pytest.importorskip("ibis", reason="the extra `discovery` is not installed")

from landscape.analysis.discovery_candidates import Candidate, Tie
from landscape.cli.discover_pending import Pending
from landscape.cli.discover_proposals import propose_projects
from landscape.cli.discover_report import render_markdown
from landscape.cli.discover_request import Request, choose_folders
from landscape.cli.discover_result import Coverage, Discovered
from landscape.cli.publish_proposals import write_body
from landscape.dataset.load import load_dataset
from landscape.publish.proposals import Proposed
from landscape.publish.pull_request import LARGEST_BODY_CHARACTERS
from tests.browser.rendering import render_fragment
from tests.discovery.landscapes import write_landscape

MONTHS = ("2026-04",)
HOSTILE = (
    "evil/<img src=x onerror=a>|@everyone",
    "../../../etc/passwd",
    "evil/name\n::add-mask::x\n- [x](javascript:y)",
    "evil/../../.github/workflows/x",
    "evil/#1 GH-1 closes#2",
    "evil/" + "x" * 1_000_000,
    "",
)


def make_candidate(repo: str, number: int) -> Candidate:
    return Candidate(number, repo, 30, 40, "serving", 0.9, (Tie("vllm", 20),))


def make_request(root: Path, **given: object) -> Request:
    values: dict[str, object] = {
        "events": (),
        "engine": "",
        "table": "events",
        "first": "",
        "last": "",
        "every_hours": 1,
        "memory_gb": None,
        "threads": 1,
        "folders": choose_folders(root / "cache", {}),
        "profiles": None,
        "proposals": 100,
        "pending": "",
        "accept_gaps": False,
        "replace": False,
        "dry_run": False,
        "form": "text",
        "summary": None,
    }
    return Request(root=root, **(values | given))  # type: ignore[arg-type]


def test_a_hostile_name_gets_no_file_and_is_text(tmp_path: Path) -> None:
    root = write_landscape(tmp_path / "root")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    candidates = tuple(make_candidate(repo, n) for n, repo in enumerate((*HOSTILE, "fine/one")))
    dataset = load_dataset(root, dt.date(2026, 5, 2))
    proposals = propose_projects(candidates, dataset, MONTHS, make_request(root))
    assert [str(each.path) for each in proposals] == ["data/projects/one.yaml"]
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert written == {root / "data/projects/one.yaml"}

    empty = pd.DataFrame()
    found = Discovered(MONTHS, empty, empty, empty, candidates, 6, 5, ())
    summary = render_markdown(Coverage(), found, proposals)
    body = write_body(Proposed("c", "t", {"data/projects/one.yaml": "fine/one"}), summary)
    assert len(body) < LARGEST_BODY_CHARACTERS / 10
    page = render_fragment(body)
    assert page.count("<tr>") == len(candidates) + 1
    assert not {"img", "script"} & set(re.findall(r"<([a-z]+)", page))
    assert re.findall(r"<a [^>]*>", page) == ['<a href="https://github.com/fine/one">']
    for reference in ("@everyone", "#1", "GH-1", "closes#2"):
        assert reference not in page


def test_a_summary_that_is_too_long_is_cut_after_a_line() -> None:
    lines = "".join(f"| {number} | {'x' * 90} |\n" for number in range(1000))
    body = write_body(Proposed("c", "t", {}), lines)
    assert len(body) < LARGEST_BODY_CHARACTERS
    last = [line for line in body.splitlines() if line.startswith("| ")][-1]
    assert last.endswith(" |")


def test_an_id_that_waits_elsewhere_is_not_given_to_another_repository(tmp_path: Path) -> None:
    root = write_landscape(tmp_path / "root")
    dataset = load_dataset(root, dt.date(2026, 5, 2))
    candidates = (make_candidate("other/one", 1),)
    pending = Pending(project_ids=frozenset({"one"}))
    proposals = propose_projects(candidates, dataset, MONTHS, make_request(root), pending)
    assert [each.id for each in proposals] == ["other-one"]


def test_proposals_that_wait_count_so_that_the_list_does_not_grow(tmp_path: Path) -> None:
    root = write_landscape(tmp_path / "root")
    dataset = load_dataset(root, dt.date(2026, 5, 2))
    candidates = tuple(make_candidate(f"a/n{number}", number) for number in range(5))
    request = make_request(root, proposals=4, dry_run=True)
    for waiting, proposed in ((0, 4), (3, 1), (4, 0), (9, 0)):
        pending = Pending(waiting=waiting)
        found = propose_projects(candidates, dataset, MONTHS, request, pending)
        assert len(found) == proposed
