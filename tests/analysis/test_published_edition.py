"""The rules give what the first edition published.

``published_2025-05.csv``: project, openrank_mean (the integer that the first edition published,
the mean of January to April 2025) and the four months as they stood in the vintage 2025-09, from
which the edition's own values differ by rounding only. 130 projects have both.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from landscape.analysis.landscape import analyse
from landscape.analysis.model import Landscape, Verdict
from landscape.dataset.load import load_dataset
from landscape.dataset.model import Inclusion
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.columns import GITHUB, OPENDIGGER, REPOSITORIES, STATES, make_empty_table
from landscape.metrics.model import Store
from landscape.metrics.store import load_store
from tests.analysis.cases import fill_table, make_projects

ROOT = Path(__file__).parents[2]
RULE = Inclusion(metric="openrank", window="year-to-date", above=10)
MONTHS = ["2025-01", "2025-02", "2025-03", "2025-04"]
FIRST = 20


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return pd.read_csv(Path(__file__).with_name("published_2025-05.csv")).set_index("project")


@pytest.fixture(scope="module")
def replayed(published: pd.DataFrame) -> Landscape:
    """Apply the rules to nothing but the months beside the published means."""
    rows = [
        {"project": project, "month": month, "openrank": value, "vintage": "2025-09"}
        for month in MONTHS
        for project, value in published[month].dropna().items()
    ]
    store = Store(
        opendigger=fill_table(rows, OPENDIGGER, monthly=True),
        github=make_empty_table(GITHUB, monthly=True),
        repositories=make_empty_table(REPOSITORIES),
        states=make_empty_table(STATES),
    )
    return analyse(make_projects({name: {} for name in published.index}), store, RULE, "2025-04")


def test_every_mean_is_the_published_integer_within_one(
    published: pd.DataFrame, replayed: Landscape
) -> None:
    means = replayed.projects.set_index("project")["openrank_mean"]
    difference = (means - published["openrank_mean"]).abs()
    assert len(difference) == 130
    assert difference.notna().all()
    assert difference.max() <= 1


def test_the_first_twenty_are_the_published_ones_in_their_order(
    published: pd.DataFrame, replayed: Landscape
) -> None:
    assert_order_is_published(replayed.projects, published["openrank_mean"])


def assert_order_is_published(projects: pd.DataFrame, published: pd.Series) -> None:
    """The published integers along our first twenty never rise, and nobody outside is above.

    That is all that integers imply: two projects with the same integer may stand either way.
    """
    ranked = projects.dropna(subset=["rank"]).sort_values("rank")["project"]
    first = published.loc[ranked.head(FIRST)]
    rest = published.drop(first.index)
    assert first.is_monotonic_decreasing
    assert rest.max() <= first.min()


def test_the_committed_store_gives_the_published_edition(published: pd.DataFrame) -> None:
    dataset = load_dataset(ROOT, dt.date(2100, 1, 1))
    landscape = analyse(tabulate_projects(dataset), load_store(ROOT), RULE, "2025-04")
    table = landscape.projects[landscape.projects["project"].isin(published.index)]
    table = table[table["vintages"] == ("2025-09",)].reset_index(drop=True)
    if len(table) < len(published):
        pytest.skip("a refresh has replaced the values of that vintage by newer ones")
    means = table.set_index("project")["openrank_mean"]
    assert ((means - published["openrank_mean"]).abs() <= 1).all()
    assert (table["verdict"] == Verdict.ON_THE_MAP).sum() == (means > RULE.above).sum()
    assert_order_is_published(table, published["openrank_mean"])
