"""What changed between editions: small ones by hand, the committed ones by an independent count."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from landscape.analysis.edition_diff import compare_editions
from landscape.analysis.edition_model import Change, EditionDiff, Reason
from landscape.base.errors import LandscapeError
from landscape.dataset.load import load_dataset
from landscape.dataset.model import Inclusion
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.editions import load_editions
from tests.analysis.edition_samples import make_contributed, make_edition

ROOT = Path(__file__).parents[2]
GROWN = dict(
    zip(
        ["2025-02", "2025-03", "2025-04", "2026-02", "2026-03", "2026-04"],
        [10.0, 20, 30, 30, 40, 50],
        strict=True,
    )
)


def get_row(diff: EditionDiff, project: str) -> pd.Series:
    (place,) = (diff.changes["project"] == project).to_numpy().nonzero()[0]
    return diff.changes.iloc[place]


def read_published(name: str) -> dict[str, dict[str, str]]:
    """Read the frozen table with nothing of ours: what is on the map, by project."""
    path = ROOT / "data" / "editions" / name / "projects.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["project"]: row for row in rows if row["on_the_map"] == "true"}


@pytest.mark.parametrize(
    ("before", "after"),
    [("2025-05", "2025-09"), ("2025-05", "2026-05"), ("2025-09", "2026-05")],
)
def test_the_committed_editions_agree_with_an_independent_count(before: str, after: str) -> None:
    dataset = load_dataset(ROOT, dt.date(2100, 1, 1))
    editions = {edition.name: edition for edition in load_editions(ROOT, dataset)}
    diff = compare_editions(editions[before], editions[after], tabulate_projects(dataset))
    first, second = read_published(before), read_published(after)
    stayed = set(diff.select(Change.STAYED)["project"])
    came = {
        project
        for change in (Change.ENTERED, Change.NEWLY_COVERED)
        for project in diff.select(change)["project"]
    }
    assert stayed == first.keys() & second.keys()
    assert set(diff.select(Change.LEFT)["project"]) == first.keys() - second.keys()
    assert came == second.keys() - first.keys()
    assert len(diff.changes) == len(first.keys() | second.keys())
    assert set(diff.select(Change.LEFT)["reason"]) <= set(Reason)
    assert (diff.select(Change.LEFT)["reason"] != "").all()
    assert not diff.changes["moved"].any()
    renamed = {p for p in stayed if first[p]["repo"].lower() != second[p]["repo"].lower()}
    assert set(diff.changes.loc[diff.changes["renamed"], "project"]) >= renamed


def test_the_imported_editions_have_what_was_published() -> None:
    assert [len(read_published(name)) for name in ("2025-05", "2025-09", "2026-05")] == [
        135,
        114,
        207,
    ]
    dataset = load_dataset(ROOT, dt.date(2100, 1, 1))
    first, second, third = load_editions(ROOT, dataset)
    assert [len(edition.projects) for edition in (first, second, third)] == [136, 169, 207]
    assert first.inclusion == Inclusion("openrank", "year-to-date", 10)
    assert (second.inclusion, third.inclusion) == (None, None)
    means = first.projects["openrank_mean"].dropna()
    assert (means == means.round()).all()
    assert first.projects.set_index("project")["openrank_mean"]["langchain"] == 159
    assert second.projects["openrank_mean"].isna().all()
    for edition in (first, second, third):
        assert edition.kind == "imported"
        assert edition.projects["rank"].isna().all()
        assert (edition.projects["verdict"] == "").all()
        assert edition.projects["project"].isin(list(dataset.projects)).all()


def test_entered_needs_a_known_value_before_or_creation_since() -> None:
    before = make_edition(
        "a",
        "2025-04",
        {
            "weak": {"on_the_map": False, "openrank_mean": 3},
            "unmeasured": {"on_the_map": False, "verdict": "unmeasured"},
        },
    )
    young = {"created_at": dt.date(2025, 5, 1)}
    after = make_edition("b", "2026-04", {"weak": {}, "unmeasured": {}, "old": {}, "young": young})
    diff = compare_editions(before, after, make_contributed())
    assert diff.changes.set_index("project")["change"].to_dict() == {
        "weak": Change.ENTERED,
        "young": Change.ENTERED,
        "old": Change.NEWLY_COVERED,
        "unmeasured": Change.NEWLY_COVERED,
    }


def test_who_left_has_the_rules_reason_or_what_is_recorded_or_an_honest_unknown() -> None:
    names = ("weak", "gone", "over", "listed", "missing")
    before = make_edition("a", "2025-04", {name: {} for name in names})
    imported = make_edition(
        "b",
        "2026-04",
        {"listed": {"on_the_map": False, "verdict": ""}},
        kind="imported",
        inclusion=None,
    )
    diff = compare_editions(
        before, imported, make_contributed(over="2026-01-02", gone="2026-09-01")
    )
    reasons = diff.changes.set_index("project")["reason"].to_dict()
    assert reasons == {
        "weak": Reason.UNKNOWN,
        "gone": Reason.UNKNOWN,
        "over": Reason.RETIRED,
        "listed": Reason.LEFT_OUT,
        "missing": Reason.UNKNOWN,
    }
    off = {"on_the_map": False}
    frozen = make_edition(
        "b",
        "2026-04",
        {
            "weak": {**off, "verdict": "below", "openrank_mean": 4.5},
            "gone": {**off, "verdict": "gone", "gone_since": dt.date(2026, 2, 3)},
            "over": {**off, "verdict": "no recent data"},
        },
    )
    diff = compare_editions(before, frozen, make_contributed())
    assert get_row(diff, "weak")[["reason", "openrank_mean"]].tolist() == ["below", 4.5]
    assert get_row(diff, "gone")[["reason", "reason_date"]].tolist() == ["gone", "2026-02-03"]
    assert get_row(diff, "over")["reason"] == Reason.NO_RECENT_DATA
    assert get_row(diff, "missing")["reason"] == Reason.REMOVED


def test_a_move_is_told_only_within_one_taxonomy() -> None:
    before = make_edition("a", "2025-04", {"x": {"domain": "serving"}})
    after = make_edition("b", "2026-04", {"x": {"domain": "training"}})
    assert get_row(compare_editions(before, after, make_contributed()), "x")["moved"]
    other = make_edition("b", "2026-04", {"x": {"labels": "Training"}}, taxonomy="theirs")
    diff = compare_editions(before, other, make_contributed())
    assert not get_row(diff, "x")["moved"]
    assert not diff.comparison.one_taxonomy
    assert get_row(diff, "x")["domain_after"] == "Training"


def test_openrank_is_compared_within_one_vintage_of_the_later_edition_only() -> None:
    before = make_edition("a", "2025-04", {"x": {}, "y": {}}, {"x": {"2025-04": 500}})
    after = make_edition("b", "2026-04", {"x": {}, "y": {}}, {"x": GROWN, "y": GROWN})
    seam = after.series["project"].eq("y") & after.series["month"].eq("2025-02")
    after.series.loc[seam, "vintage"] = "2025-05"
    diff = compare_editions(before, after, make_contributed())
    assert get_row(diff, "x")["openrank_change"] == 20
    assert pd.isna(get_row(diff, "y")["openrank_change"])
    assert diff.comparison.openrank_compared == 1
    assert diff.comparison.openrank_months[-1] == ("2026-02", "2026-03", "2026-04")


def test_ranks_are_those_published_or_derived_and_said_to_be() -> None:
    projects = {"x": {"openrank_mean": 30}, "y": {"openrank_mean": 20}, "z": {"openrank_mean": 20}}
    before = make_edition("a", "2025-04", projects)
    after = make_edition("b", "2026-04", {"x": {"rank": 3}, "y": {"rank": 1}, "z": {"rank": 2}})
    diff = compare_editions(before, after, make_contributed())
    assert (diff.before.rank_basis, diff.after.rank_basis) == ("mean", "published")
    assert diff.changes.set_index("project")["rank_before"].to_dict() == {"x": 1, "y": 2, "z": 2}
    assert diff.changes.set_index("project")["rank_change"].to_dict() == {"x": -2, "y": 1, "z": 0}


def test_the_kind_of_comparison_is_told() -> None:
    before = make_edition("a", "2025-04", {"x": {}})
    same = make_edition("b", "2026-04", {"x": {}})
    stricter = make_edition(
        "b", "2026-04", {"x": {}}, inclusion=Inclusion("openrank", "year-to-date", 20)
    )
    silent = make_edition("b", "2026-04", {"x": {}}, inclusion=None, kind="imported")
    rules = [
        compare_editions(before, after, make_contributed()).comparison.rule
        for after in (same, stricter, silent)
    ]
    assert rules == ["same", "different", "unknown"]
    assert compare_editions(before, silent, make_contributed()).comparison.lists_only == ("b",)


def test_an_earlier_edition_cannot_come_after_a_later_one() -> None:
    first, second = (
        make_edition(name, as_of, {"x": {}}) for name, as_of in (("a", "2025-04"), ("b", "2026-04"))
    )
    with pytest.raises(LandscapeError, match="not later") as caught:
        compare_editions(second, first, make_contributed())
    assert "Compare a with b" in caught.value.hint
