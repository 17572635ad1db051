"""What must hold for every landscape, whatever its values, gaps, vintages and states."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from landscape.analysis.landscape import analyse
from landscape.analysis.model import Landscape, Verdict
from landscape.base.months import list_months
from landscape.dataset.model import Inclusion
from landscape.metrics.model import Store
from tests.analysis.cases import make_projects, make_store

MONTHS = list_months("2024-09", "2025-06")
NAMES = ["alpha", "beta", "gamma", "delta", "epsilon"]
RULES = st.builds(
    Inclusion,
    metric=st.just("openrank"),
    window=st.sampled_from(["year-to-date", "trailing-12-months"]),
    above=st.sampled_from([0, 10, 25.5]),
)

Given = tuple[pd.DataFrame, Store]


@st.composite
def landscapes(draw: st.DrawFn) -> Given:
    """A landscape of up to five projects with every kind of gap."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    facts: dict[str, dict[str, Any]] = {}
    rows = []
    for name in names:
        facts[name] = {}
        if draw(st.booleans()):
            facts[name]["created"] = f"{draw(st.sampled_from(MONTHS))}-15"
        if draw(st.integers(0, 9)) == 0:
            facts[name]["retired"] = f"{draw(st.sampled_from(MONTHS))}-15"
        for month in MONTHS:
            hundredths = draw(st.none() | st.integers(0, 5000))
            if hundredths is not None:
                vintage = draw(st.sampled_from(["2024-10", "live", "live", "live"]))
                value = hundredths / 100
                rows.append(
                    {"project": name, "month": month, "openrank": value, "vintage": vintage}
                )
    states = [
        {
            "project": name,
            "source": draw(st.sampled_from(["opendigger", "github"])),
            "state": draw(st.sampled_from(["absent", "unavailable", "gone"])),
            "since": f"{draw(st.sampled_from(MONTHS))}-20",
        }
        for name in names
        if draw(st.integers(0, 4)) == 0
    ]
    assume(rows)
    return make_projects(facts), make_store(rows, facts, states, [])


def index_values(store: Store) -> dict[tuple[str, str], float]:
    table = store.opendigger
    keys = zip(table["project"], table["month"], strict=True)
    return dict(zip(keys, table["openrank"], strict=True))


def assert_same(first: Landscape, second: Landscape) -> None:
    assert (first.window, first.basis, first.published) == (
        second.window,
        second.basis,
        second.published,
    )
    for name in ("projects", "series", "coverage", "freshness"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_a_mean_is_of_known_values_and_the_verdict_follows_from_it(
    given_: Given, rule: Inclusion
) -> None:
    projects, store = given_
    landscape = analyse(projects, store, rule)
    values = index_values(store)
    row: Any
    for row in landscape.projects.itertuples():
        window = [
            values[row.project, month]
            for month in landscape.published
            if row.window_first <= month <= row.window_last and (row.project, month) in values
        ]
        assert row.months_known == len(window)
        if window:
            assert abs(row.openrank_mean - sum(window) / len(window)) < 1e-6
        else:
            assert pd.isna(row.openrank_mean)
        if row.verdict in (Verdict.ON_THE_MAP, Verdict.BELOW):
            assert window
            assert (row.openrank_mean > rule.above) == (row.verdict is Verdict.ON_THE_MAP)


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_ranks_are_one_two_three_by_mean_and_id(given_: Given, rule: Inclusion) -> None:
    table = analyse(*given_, rule).projects
    on_the_map = table[table["verdict"] == Verdict.ON_THE_MAP]
    expected = sorted(
        zip(-on_the_map["openrank_mean"], on_the_map["project"], strict=True),
    )
    ranked = on_the_map.sort_values("rank")
    assert list(ranked["rank"]) == list(range(1, len(ranked) + 1))
    assert list(ranked["project"]) == [project for _, project in expected]
    assert table.loc[table["verdict"] != Verdict.ON_THE_MAP, "rank"].isna().all()


@given(landscapes(), RULES, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_does_not_matter(given_: Given, rule: Inclusion, random: Any) -> None:
    projects, store = given_

    def shuffle(table: pd.DataFrame) -> pd.DataFrame:
        order = list(range(len(table)))
        random.shuffle(order)
        return table.iloc[order].reset_index(drop=True)

    shuffled = Store(
        opendigger=shuffle(store.opendigger),
        github=store.github,
        repositories=shuffle(store.repositories),
        states=shuffle(store.states),
    )
    assert_same(analyse(projects, store, rule), analyse(shuffle(projects), shuffled, rule))


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_a_project_without_values_changes_nobody_else(given_: Given, rule: Inclusion) -> None:
    projects, store = given_
    more = pd.concat([projects, make_projects({"unknown": {}})], ignore_index=True)
    before = analyse(projects, store, rule)
    after = analyse(more, store, rule)
    assert (after.published, after.basis) == (before.published, before.basis)
    others = after.projects[after.projects["project"] != "unknown"].reset_index(drop=True)
    pd.testing.assert_frame_equal(others, before.projects)
    added = after.projects.set_index("project").loc["unknown"]
    assert added["verdict"] is Verdict.UNMEASURED
    assert pd.isna(added["openrank_mean"])


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_values_of_projects_that_are_not_ours_change_nothing(
    given_: Given, rule: Inclusion
) -> None:
    projects, store = given_
    stray = make_store(
        [
            {"project": "removed", "month": month, "openrank": 99.0, "vintage": "live"}
            for month in MONTHS
        ],
        {},
        [],
        [],
    )
    more = Store(
        opendigger=pd.concat([store.opendigger, stray.opendigger], ignore_index=True),
        github=store.github,
        repositories=store.repositories,
        states=store.states,
    )
    assert_same(analyse(projects, more, rule), analyse(projects, store, rule))


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_a_project_that_loses_all_values_is_neither_on_the_map_nor_below(
    given_: Given, rule: Inclusion
) -> None:
    projects, store = given_
    lost = store.opendigger["project"].min()
    left = store.opendigger[store.opendigger["project"] != lost].reset_index(drop=True)
    assume(len(left))
    emptied = Store(left, store.github, store.repositories, store.states)
    row = analyse(projects, emptied, rule).projects.set_index("project").loc[lost]
    assert row["verdict"] not in (Verdict.ON_THE_MAP, Verdict.BELOW, Verdict.NO_RECENT_DATA)


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_changes_add_up_to_the_change_of_the_total(given_: Given, rule: Inclusion) -> None:
    landscape = analyse(*given_, rule)
    compared = landscape.projects.dropna(subset=["change"])
    basis = landscape.basis
    assert len(compared) == basis.compared
    total = basis.total_current - basis.total_earlier
    assert abs(compared["change"].sum() - total) < 0.02
    if basis.compared and basis.total_current > 0:
        assert abs(compared["share_current"].sum() - 100) < 1e-3


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_coverage_counts_every_project_once_a_month(given_: Given, rule: Inclusion) -> None:
    landscape = analyse(*given_, rule)
    counts = landscape.coverage[
        ["known", "zero", "not_covered", "not_created", "unavailable", "unknown"]
    ]
    assert (counts.sum(axis=1) == len(landscape.projects)).all()


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_naming_the_newest_month_changes_nothing(given_: Given, rule: Inclusion) -> None:
    landscape = analyse(*given_, rule)
    assert_same(landscape, analyse(*given_, rule, landscape.window.as_of))


@given(landscapes(), RULES)
@settings(max_examples=25, deadline=None)
def test_a_replay_knows_nothing_of_later_months(given_: Given, rule: Inclusion) -> None:
    projects, store = given_
    month = analyse(projects, store, rule).published[0]
    projects = projects.assign(retired_on="")
    replay = analyse(projects, store, rule, month)
    earlier = store.opendigger[store.opendigger["month"] <= month].reset_index(drop=True)
    known_then = Store(earlier, store.github, store.repositories, store.states)
    alone = analyse(projects, known_then, rule, month)
    columns = ["project", "openrank_mean", "openrank_latest", "months_known", "last_known_month"]
    no_stale = (replay.projects["stale_since"] == "") & (alone.projects["stale_since"] == "")
    pd.testing.assert_frame_equal(
        replay.projects.loc[no_stale, columns], alone.projects.loc[no_stale, columns]
    )
