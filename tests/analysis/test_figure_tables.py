"""The tables behind the report's further figures: sums, ranks, growth, burial, neighbours."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pandas as pd
import pytest

from landscape.analysis.collaboration import (
    choose_threshold,
    select_neighbourhood,
    select_network,
)
from landscape.analysis.community import Community
from landscape.analysis.domain_growth import compute_domain_growth
from landscape.analysis.graveyard import find_graveyard
from landscape.analysis.head_to_head import COMMUNITY, compute_head_to_head
from landscape.analysis.model import ChangeBasis, Landscape, Verdict, Window
from landscape.analysis.periods import aggregate_series
from landscape.analysis.race import compute_race
from landscape.base.errors import LandscapeError
from landscape.base.months import list_months
from landscape.dataset.model import Graveyard
from landscape.metrics.model import ArchiveSpan

NAN = float("nan")


def make_series(rows: dict[str, dict[str, float]], vintages: dict[str, str] | None = None,
                ) -> pd.DataFrame:  # fmt: skip
    starts = sorted((vintages or {"0000-00": "live"}).items())
    return pd.DataFrame(
        [
            (project, month, value, [label for start, label in starts if month >= start][-1])
            for project, months in rows.items()
            for month, value in months.items()
        ],
        columns=["project", "month", "openrank", "vintage"],
    )


def year(first: str, last: str, value: float) -> dict[str, float]:
    return dict.fromkeys(list_months(first, last), value)


def test_a_year_is_the_sum_of_its_twelve_months() -> None:
    table = aggregate_series(make_series({"a": year("2024-01", "2024-12", 0.1)}), "year")
    assert table.values.tolist() == [["a", "2024", 1.2, "live"]]


def test_a_year_with_an_unknown_month_is_unknown_and_one_between_is_told() -> None:
    values = year("2022-01", "2022-12", 1) | {"2024-03": 5.0}
    table = aggregate_series(make_series({"a": values}), "year")
    assert table["month"].tolist() == ["2022", "2023", "2024"]
    assert table["openrank"].isna().tolist() == [False, True, True]
    assert table["vintage"].tolist() == ["live", "", ""]


def test_a_quarter_across_a_seam_is_unknown() -> None:
    series = make_series(
        {"a": year("2025-01", "2025-06", 2)}, {"2025-01": "2025-09", "2025-05": "2026-05"}
    )
    table = aggregate_series(series, "quarter")
    assert table["month"].tolist() == ["2025-Q1", "2025-Q2"]
    assert table["openrank"].tolist()[0] == 6.0
    assert pd.isna(table["openrank"].tolist()[1])


def test_months_stay_as_they_are_and_unknown_ones_go() -> None:
    table = aggregate_series(make_series({"a": {"2025-02": 1, "2025-01": NAN}}), "month")
    assert table["month"].tolist() == ["2025-02"]


def make_growth(rows: Sequence[tuple[str, float | None, float | None]]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=["domain", "change_earlier", "change_current"])
    table = table.astype({"change_earlier": "float64", "change_current": "float64"})
    ids = [f"p{index}" for index in range(len(rows))]
    percent = (table["change_current"] / table["change_earlier"] - 1) * 100
    return table.assign(project=ids, name=ids, verdict=Verdict.ON_THE_MAP, change_percent=percent)


def test_a_domains_growth_is_the_ratio_of_sums_not_the_mean_of_changes() -> None:
    table = compute_domain_growth(make_growth([("d", 10, 20), ("d", 100, 100), ("d", 90, 60)]))
    row = table.iloc[0]
    assert row["growth"] == pytest.approx((180 / 200 - 1) * 100)
    assert row["leaders"] == (("p1", 0.0), ("p2", pytest.approx(-100 / 3)), ("p0", 100.0))


def test_fewer_than_three_comparable_projects_have_no_growth_but_are_counted() -> None:
    table = compute_domain_growth(make_growth([("d", 1, 2), ("d", 1, 2), ("d", None, None)]))
    assert table[["projects", "compared"]].values.tolist() == [[3, 2]]
    assert table["growth"].isna().all()


def test_domains_are_ordered_by_growth_and_equal_ones_by_id() -> None:
    rows = [(domain, 10, value) for domain, value in (("a", 9), ("c", 12), ("b", 12))
            for _ in range(3)]  # fmt: skip
    table = compute_domain_growth(make_growth(rows))
    assert table["domain"].tolist() == ["b", "c", "a"]
    assert table["growth"].tolist() == pytest.approx([20, 20, -10])


def test_whoever_fell_off_the_map_counts_in_the_domains_growth() -> None:
    projects = make_growth([("d", 50, 60), ("d", 50, 60), ("d", 100, 5)])
    projects.loc[2, "verdict"] = Verdict.BELOW
    table = compute_domain_growth(projects)
    assert table["growth"].tolist() == pytest.approx([(125 / 200 - 1) * 100])


@pytest.mark.parametrize("verdict", [Verdict.RETIRED, Verdict.GONE])
def test_projects_that_are_over_are_not_compared_but_are_projects_of_the_domain(
    verdict: Verdict,
) -> None:
    projects = make_growth([("d", 10, 20), ("d", 10, 20), ("d", 10, 20), ("d", 100, 0)])
    projects.loc[3, "verdict"] = verdict
    projects.loc[3, "change_current"] = float("nan")
    table = compute_domain_growth(projects)
    assert table[["projects", "compared"]].values.tolist() == [[4, 3]]
    assert table["growth"].tolist() == pytest.approx([100])


def test_a_race_ranks_the_known_by_value_and_equal_ones_by_id() -> None:
    race = compute_race(
        make_series({"b": {"2025-01": 5}, "a": {"2025-01": 5}, "c": {"2025-01": 9}, "x": {}}),
        ["a", "b", "c"],
    )
    assert race[["rank", "project"]].values.tolist() == [[1, "c"], [2, "a"], [3, "b"]]
    assert race["known"].tolist() == [3, 3, 3]


def test_only_the_first_places_and_the_group_race() -> None:
    values = {f"p{index:02d}": {"2025-01": float(index)} for index in range(30)}
    race = compute_race(make_series(values), [f"p{index:02d}" for index in range(20)], places=3)
    assert race["project"].tolist() == ["p19", "p18", "p17"]


def test_a_race_begins_after_the_last_month_of_which_too_little_is_known() -> None:
    values = {f"p{index}": year("2025-03", "2025-06", index) for index in range(4)}
    values["p0"] |= {"2025-01": 7.0, "2025-02": 7.0}
    race = compute_race(make_series(values), list(values))
    assert sorted(set(race["month"])) == list(list_months("2025-03", "2025-06"))


def test_a_late_month_of_which_little_is_known_yet_does_not_end_a_race_early() -> None:
    values = {f"p{index}": year("2025-01", "2025-03", index) for index in range(4)}
    values["p0"] |= {"2025-04": 9.0}
    race = compute_race(make_series(values), list(values))
    assert race["month"].max() == "2025-03"
    assert race["month"].min() == "2025-01"


def make_facts(**facts: object) -> pd.DataFrame:
    row = {
        "project": "a", "name": "A", "repo": "o/a", "domain": "d", "created_at": "2023-05-01",
        "last_commit_at": "2024-01", "stars": 20000, "archived": pd.NA, "retired_on": "",
    } | facts  # fmt: skip
    return pd.DataFrame([row]).astype({"stars": "Int64", "archived": "boolean"})


SETTINGS = Graveyard(dt.date(2022, 12, 1), 9000, 4)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "idle"),
        ({"last_commit_at": "2025-01"}, "idle"),
        ({"last_commit_at": "2025-02"}, ""),
        ({"stars": 8999}, ""),
        ({"stars": 9000}, "idle"),
        ({"created_at": "2022-11-30"}, ""),
        ({"created_at": "2022-12-01"}, "idle"),
        ({"archived": True, "stars": 3}, "archived"),
        ({"archived": False}, "idle"),
        ({"retired_on": "2025-05-02", "archived": True}, "retired"),
        ({"retired_on": "2025-06-01", "last_commit_at": "2025-05"}, ""),
        ({"stars": pd.NA}, None),
        ({"last_commit_at": ""}, None),
        ({"created_at": ""}, None),
        ({"created_at": "", "stars": 5}, ""),
        ({"stars": pd.NA, "last_commit_at": "2025-05"}, ""),
    ],
)
def test_who_is_buried_and_who_cannot_be_judged(
    facts: dict[str, object], reason: str | None
) -> None:
    answer = find_graveyard(make_facts(**facts), SETTINGS, "2025-05", {"a": "next"})
    assert answer.buried["reason"].tolist() == ([reason] if reason else [])
    assert answer.unjudged == (reason is None)
    assert answer.judged == (reason is not None)
    assert answer.buried["successor"].tolist() == (["next"] if reason else [])


def test_the_buried_are_ordered_by_stars_and_unknown_stars_come_last() -> None:
    rows = [make_facts(project=name, stars=stars, archived=True)
            for name, stars in (("x", pd.NA), ("y", 5), ("z", 50))]  # fmt: skip
    answer = find_graveyard(pd.concat(rows, ignore_index=True), SETTINGS, "2025-05")
    assert answer.buried["project"].tolist() == ["z", "y", "x"]
    assert answer.buried["idle_months"].tolist() == [16, 16, 16]


PAIRS = pd.DataFrame(
    [("a", "b", 50, "x"), ("a", "c", 30, "x"), ("b", "stranger", 90, "x"), ("b", "c", None, "x")],
    columns=["project_a", "project_b", "common_developers", "vintage"],
).astype({"common_developers": "Int64"})
NODES = pd.DataFrame(
    [(name, name.upper(), "l", "", "d", 1.0) for name in "abcz"],
    columns=["project", "name", "layer", "group", "domain", "openrank_mean"],
)


def test_a_network_keeps_the_strong_pairs_of_known_projects_and_counts_the_others() -> None:
    network = select_network(PAIRS, NODES, 40)
    assert network.edges.values.tolist() == [["a", "b", 50]]
    assert network.nodes[["project", "degree", "strength"]].values.tolist() == [
        ["a", 1, 50],
        ["b", 1, 50],
    ]
    assert (network.edges_total, network.nodes_total) == (2, 3)


def test_a_neighbourhood_holds_the_strongest_pairs_of_its_center_only() -> None:
    network = select_neighbourhood(PAIRS, NODES, "a", most=1)
    assert network.edges.values.tolist() == [["a", "b", 50]]
    assert (network.center, network.edges_total) == ("a", 2)
    assert select_neighbourhood(PAIRS, NODES, "z").edges.empty


def test_the_threshold_is_the_smallest_round_number_that_leaves_few_enough() -> None:
    assert choose_threshold(PAIRS, NODES, most_edges=2) == 10
    assert choose_threshold(PAIRS, NODES, most_edges=1) == 40
    assert choose_threshold(PAIRS, NODES, most_edges=0) == 60


def make_landscape(series: pd.DataFrame) -> Landscape:
    projects = pd.DataFrame(
        {
            "project": ["a", "b"],
            "name": ["A", "B"],
            "participants": pd.Series([7, None], dtype="Int64"),
            "contributors": pd.Series([None, None], dtype="Int64"),
            "stars": pd.Series([None, None], dtype="Int64"),
            "forks": pd.Series([None, None], dtype="Int64"),
            "created_at": ["2024-01-01", ""],
            "language": ["", ""],
            "license": ["", ""],
            "origin": ["Berkeley", "LMSYS"],
        }
    )
    empty = pd.DataFrame()
    months = ("2025-03",)
    window = Window("openrank", "year-to-date", 10.0, months, months)
    return Landscape(window, ChangeBasis("none", (), (), 0, 0.0, 0.0), projects, series, months,
                     "2025-03", empty, empty)  # fmt: skip


def test_growth_within_a_quarter_is_the_mean_of_its_monthly_changes() -> None:
    # The first edition's own example: vLLM 17 %, SGLang 31 % (of unrounded values).
    series = make_series(
        {
            "a": {"2025-01": 490, "2025-02": 581, "2025-03": 668},
            "b": {"2025-01": 180, "2025-02": 257, "2025-03": 302},
        }
    )
    duel = compute_head_to_head(make_landscape(series), "a", "b")
    assert duel.quarter == ("2025-01", "2025-02", "2025-03")
    told = dict(zip(duel.numbers["metric"], duel.numbers[["a", "b"]].to_numpy(), strict=True))
    assert told["openrank_mean"] == pytest.approx([579.666667, 246.333333])
    assert told["growth"] == pytest.approx([16.77, 30.14], abs=0.01)
    assert told["participants"][0] == 7
    assert list(told) == ["openrank_mean", "growth", "participants"]
    assert duel.facts["metric"].tolist() == ["created_at", "origin"]


def test_the_newest_quarter_in_one_vintage_of_both_is_taken() -> None:
    series = make_series(
        {"a": year("2025-01", "2025-06", 5), "b": year("2025-01", "2025-06", 5)},
        {"2025-01": "2025-09", "2025-05": "2026-05"},
    )
    duel = compute_head_to_head(make_landscape(series), "a", "b")
    assert duel.quarter == ("2025-02", "2025-03", "2025-04")


def test_without_such_a_quarter_there_is_no_mean_and_no_growth() -> None:
    landscape = make_landscape(make_series({"a": year("2025-01", "2025-06", 5)}))
    duel = compute_head_to_head(landscape, "a", "b")
    assert duel.quarter == ()
    assert duel.numbers["metric"].tolist() == ["participants"]
    across = dataclasses.replace(
        landscape,
        series=make_series({"a": year("2025-01", "2025-03", 5)}, {"2025-01": "x", "2025-03": "y"}),
    )
    asked = compute_head_to_head(across, "a", "b", list_months("2025-01", "2025-03"))
    assert asked.numbers["metric"].tolist() == ["participants"]


def test_who_develops_is_told_where_it_is_known_and_named_where_it_is_not() -> None:
    landscape = make_landscape(make_series({}))
    places = (("China", 9), ("France", 4), ("India", 3), ("Chile", 1))
    communities = {"a": Community(40, None, places)}
    span = ArchiveSpan("2026-03", "2026-04", 1460, 1464)
    duel = compute_head_to_head(landscape, "a", "b", communities=communities, span=span)
    told = dict(zip(duel.numbers["metric"], duel.numbers["a"], strict=True))
    assert told["developers"] == 40
    assert duel.facts.set_index("metric").loc["places", "a"] == "China 9, France 4, India 3"
    assert duel.missing == ("main_developers", "contributors")
    assert (duel.placed, duel.span) == ((17, 0), span)
    unknown = compute_head_to_head(landscape, "a", "b", span=span)
    assert unknown.missing == COMMUNITY
    assert unknown.span is None


def test_an_unknown_project_is_refused_by_name() -> None:
    with pytest.raises(LandscapeError, match="'nobody'"):
        compute_head_to_head(make_landscape(make_series({})), "a", "nobody")
