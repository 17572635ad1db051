"""Renamed, merged, split and recreated repositories keep their identity: tests/cases/identity."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from landscape.analysis.edition_diff import compare_editions
from landscape.analysis.edition_model import Change
from tests.analysis.edition_samples import make_contributed, make_edition

CASES = sorted((Path(__file__).parents[1] / "cases" / "identity").glob("*.yaml"))


def test_there_are_cases_of_every_kind() -> None:
    names = " ".join(path.stem for path in CASES)
    assert all(kind in names for kind in ("renamed", "merged", "split", "recreated"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_project_is_followed_through_what_befell_its_repository(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert case["because"]
    before = make_edition("2025-05", "2025-04", case["before"])
    after = make_edition("2026-05", "2026-04", case["after"])
    diff = compare_editions(before, after, make_contributed())
    rows = diff.changes.set_index("project").to_dict("index")
    assert set(rows) == set(case["expect"])
    for project, expected in case["expect"].items():
        wanted = {"renamed": False, "recreated": False, **expected}
        found = {key: rows[project][key] for key in wanted}
        assert found == {
            key: str(value) if key == "reason_date" else value for key, value in wanted.items()
        }
    assert diff.count(Change.STAYED) + diff.count(Change.LEFT) + diff.count(Change.MERGED) == (
        diff.before.on_the_map
    )
    came = sum(map(diff.count, (Change.ENTERED, Change.NEWLY_COVERED, Change.SPLIT_OFF)))
    assert diff.count(Change.STAYED) + came == diff.after.on_the_map
