"""What holds of intake whatever is stored and whatever is answered."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from landscape.analysis.intake import take_in
from landscape.analysis.intake_model import Answers, Intake
from landscape.analysis.observations import tabulate_observations
from landscape.analysis.publication import find_published_months
from landscape.base.months import list_months
from landscape.dataset.model import Inclusion
from landscape.metrics.columns import GITHUB, OPENDIGGER, REPOSITORIES, STATES, make_empty_table
from landscape.metrics.model import Store
from tests.analysis.cases import fill_table, make_projects
from tests.analysis.intake_cases import make_corrections, make_years, tabulate_repositories

RULE = Inclusion(metric="openrank", window="year-to-date", above=10)
PROJECTS = [f"p{number}" for number in range(6)]
MONTHS = list_months("2024-09", "2025-09")
VALUES = st.integers(1, 4000).map(lambda value: value / 100)
SERIES = st.dictionaries(st.sampled_from(MONTHS), VALUES, min_size=1)
STORED = st.dictionaries(st.sampled_from(PROJECTS), SERIES)
ANSWERED = st.dictionaries(
    st.sampled_from(PROJECTS), st.one_of(SERIES, st.sampled_from(["missing", "unavailable"]))
)
Series = dict[str, float]


def make_store(stored: dict[str, Series], vintage: str) -> Store:
    rows = [
        {"project": project, "month": month, "openrank": value, "vintage": vintage}
        for project, series in sorted(stored.items())
        for month, value in sorted(series.items())
    ]
    return Store(
        opendigger=fill_table(rows, OPENDIGGER, monthly=True),
        github=make_empty_table(GITHUB, monthly=True),
        repositories=make_empty_table(REPOSITORIES),
        states=make_empty_table(STATES),
    )


def make_answers(answered: dict[str, Series | str]) -> Answers:
    read = {name: series for name, series in answered.items() if not isinstance(series, str)}
    return Answers(
        metrics=pd.DataFrame(
            [
                (name, "openrank", answer if isinstance(answer, str) else "ok", "why")
                for name, answer in answered.items()
            ],
            columns=["project", "metric", "outcome", "detail"],
        ),
        values=pd.DataFrame(
            [
                (name, "openrank", month, value)
                for name, series in read.items()
                for month, value in series.items()
            ],
            columns=["project", "metric", "month", "value"],
        ).astype({"value": "float64"}),
        repositories=tabulate_repositories({}),
        labels=pd.DataFrame(columns=["domain", "outcome", "detail"]),
        years=make_years([]).drop(columns="vintage"),
    )


def take(store: Store, answers: Answers) -> Intake:
    projects = make_projects({name: {} for name in PROJECTS})
    return take_in(
        store, make_years([]), answers, projects, make_corrections([]), RULE, "2025-10-06"
    )


def list_values(store: Store) -> dict[tuple[str, str], tuple[float, str]]:
    table = store.opendigger
    return {
        (project, month): (value, vintage)
        for project, month, value, vintage in zip(
            table["project"], table["month"], table["openrank"], table["vintage"], strict=True
        )
    }


@settings(max_examples=40, deadline=None)
@given(STORED, ANSWERED)
def test_what_is_served_is_stored_and_what_is_not_answered_is_kept(
    stored: dict[str, Series], answered: dict[str, Series | str]
) -> None:
    before = make_store(stored, "2025-09")
    after = list_values(take(before, make_answers(answered)).store)
    read = {name: series for name, series in answered.items() if not isinstance(series, str)}
    served = {(name, month): value for name, each in read.items() for month, value in each.items()}
    assert {key: value for key, (value, _) in after.items() if value} == {
        **{key: value for key, (value, _) in list_values(before).items() if key[0] not in read},
        **served,
    }
    assert {vintage for (name, _), (_, vintage) in after.items() if name in read} <= {"live"}
    kept = {key: cell for key, cell in list_values(before).items() if key[0] not in read}
    assert {key: cell for key, cell in after.items() if key[0] not in read} == kept


@settings(max_examples=40, deadline=None)
@given(STORED, ANSWERED)
@example(
    {},
    {
        "p0": {"2025-04": 0.01},
        "p1": {"2025-09": 0.01, "2024-09": 0.01},
        "p2": {"2024-09": 0.01, "2024-10": 0.01, "2025-04": 0.01},
    },
)
def test_a_zero_stands_only_where_rule_3_allows_it(
    stored: dict[str, Series], answered: dict[str, Series | str]
) -> None:
    store = take(make_store(stored, "live"), make_answers(answered)).store
    projects = make_projects({name: {} for name in PROJECTS})
    observations = tabulate_observations(store.opendigger, "openrank", projects)
    published = find_published_months(observations.values, projects)
    for (name, month), (value, _) in list_values(store).items():
        if value:
            continue
        series = answered[name]
        assert not isinstance(series, str)
        later = sum(other > month for other in published)
        assert month in published[:-1]
        assert month not in series
        assert min(series) < month
        assert max(series) > month or later >= 3


@settings(max_examples=25, deadline=None)
@given(STORED, ANSWERED)
def test_the_same_answers_again_change_nothing(
    stored: dict[str, Series], answered: dict[str, Series | str]
) -> None:
    answers = make_answers(answered)
    first = take(make_store(stored, "live"), answers).store
    second = take(first, answers).store
    assert_frame_equal(second.opendigger, first.opendigger)
    assert_frame_equal(second.states, first.states)


@settings(max_examples=15, deadline=None)
@given(STORED, st.lists(ANSWERED, max_size=3))
def test_an_outage_in_between_leaves_no_trace(
    stored: dict[str, Series], runs: list[dict[str, Series | str]]
) -> None:
    """After any runs, a run that everybody answers gives what it would have given at once."""
    final: dict[str, Series | str] = {
        name: dict.fromkeys(MONTHS[number:], 5.5 + number) for number, name in enumerate(PROJECTS)
    }
    at_once = take(make_store(stored, "2025-09"), make_answers(final)).store
    store = make_store(stored, "2025-09")
    for answered in runs:
        store = replace(take(store, make_answers(answered)).store)
    late = take(store, make_answers(final)).store
    assert_frame_equal(late.opendigger, at_once.opendigger)
    assert len(late.states) == len(at_once.states) == 0
