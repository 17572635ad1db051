"""The tables beside the verdicts: freshness, coverage, series, entries."""

from __future__ import annotations

from typing import Any

from landscape.analysis.entries import find_entries
from landscape.analysis.landscape import PROJECT_COLUMNS, analyse
from landscape.analysis.limits import count_allowed
from landscape.analysis.model import Landscape
from landscape.dataset.model import Inclusion
from tests.analysis.cases import make_projects, make_store, read_values

RULE = Inclusion(metric="openrank", window="year-to-date", above=10)
VALUES = """
          2025-01     2025-02  2025-03  2025-04  2025-05
steady    20@2024-10       20       20       20       20
silent    20               20       20        -        -
zero      20                0       20       20       20
small     1                 1        1        1        1
newcomer  -                 -       20       20       20
covered   -                 -        -        -       30
"""
FACTS: dict[str, dict[str, Any]] = {
    "steady": {"created": "2024-08-01"},
    "silent": {"created": "2019-08-01"},
    "zero": {"created": "2024-12-31"},
    "small": {"created": "2025-05-01"},
    "newcomer": {"created": "2025-03-01"},
    "covered": {},
    "absent": {},
}
STATES = [
    {"project": "silent", "source": "opendigger", "state": "unavailable", "since": "2025-05-20"},
    {"project": "absent", "source": "opendigger", "state": "absent", "since": "2025-05-20"},
]


def analyse_sample(as_of: str | None = None) -> Landscape:
    rows, _ = read_values(VALUES)
    return analyse(make_projects(FACTS), make_store(rows, FACTS, STATES, []), RULE, as_of)


def test_every_project_has_one_row_with_every_column_in_order_of_id() -> None:
    table = analyse_sample().projects
    assert list(table.columns) == list(PROJECT_COLUMNS)
    assert list(table["project"]) == sorted(FACTS)


def test_freshness_counts_the_projects_on_the_map_by_creation() -> None:
    table = analyse_sample().freshness
    shares = table[table["measure"] != "quarter"].set_index("measure")
    assert shares["projects"].to_dict() == {
        "since-last-year": 3,
        "within-six-months": 2,
        "unknown": 1,
    }
    assert shares["period"].to_dict() == {
        "since-last-year": "2024-01",
        "within-six-months": "2024-12",
        "unknown": "",
    }
    assert set(table["of"]) == {4}
    assert shares.loc["since-last-year", "share"] == 75
    assert shares["share"].isna()["unknown"]


def test_freshness_has_every_quarter_also_the_empty_ones() -> None:
    table = analyse_sample().freshness
    quarters = table[table["measure"] == "quarter"].set_index("period")["projects"]
    assert quarters.index[0] == "2019-Q3"
    assert quarters.index[-1] == "2025-Q2"
    assert len(quarters) == 24
    assert quarters[quarters > 0].to_dict() == {
        "2019-Q3": 1,
        "2024-Q3": 1,
        "2024-Q4": 1,
        "2025-Q1": 1,
    }


def test_coverage_tells_apart_why_a_value_is_unknown() -> None:
    table = analyse_sample().coverage.set_index(["metric", "month"])
    assert len(table) == 24
    rows = table.to_dict("index")
    assert rows["openrank", "2025-05"] == {
        "known": 5,
        "zero": 0,
        "not_covered": 1,
        "not_created": 0,
        "unavailable": 1,
        "unknown": 0,
        "vintages": "live",
        "published": True,
    }
    february = rows["openrank", "2025-02"]
    assert (february["known"], february["zero"]) == (3, 1)
    assert (february["not_created"], february["unknown"]) == (1, 1)
    assert table.loc[("openrank", "2025-01"), "vintages"] == "2024-10+live"
    assert not table.loc[("openrank", "2024-12"), "published"]


def test_series_hold_known_values_up_to_as_of_only() -> None:
    series = analyse_sample("2025-04").series
    assert series["month"].max() == "2025-04"
    assert series["openrank"].notna().all()
    assert list(series.columns) == ["project", "month", "openrank", "vintage"]
    assert series.sort_values(["project", "month"], ignore_index=True).equals(series)
    assert len(series[series["project"] == "silent"]) == 3


def test_entering_is_told_apart_from_coming_into_view() -> None:
    entries = find_entries(analyse_sample("2025-02"), analyse_sample())
    assert entries.to_dict("records") == [
        {"project": "covered", "entry": "newly covered", "created_in_period": False},
        {"project": "newcomer", "entry": "entered", "created_in_period": True},
        {"project": "zero", "entry": "entered", "created_in_period": False},
    ]


def test_a_share_allows_at_least_one_and_never_more_than_it_says() -> None:
    assert [count_allowed(0.10, total) for total in (0, 1, 9, 19, 20, 100, 109)] == [
        1, 1, 1, 1, 2, 10, 10,
    ]  # fmt: skip
    assert count_allowed(0.29, 100) == 29
    assert count_allowed(0.1, 30) == 3
