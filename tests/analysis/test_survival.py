"""The survival estimate: a textbook's data set, plain arithmetic on ours, and unknown months."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from landscape.analysis.landscape import analyse
from landscape.analysis.model import Landscape
from landscape.analysis.survival import (
    compute_trailing_means,
    estimate_survival,
    measure_spells,
)
from landscape.analysis.survival_cohorts import LEAST_FOLLOWED, compute_survival
from landscape.base.months import list_months, shift_month
from landscape.dataset.load import load_dataset
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.editions import load_editions
from landscape.metrics.model import Edition
from landscape.metrics.store import load_store
from tests.analysis.edition_samples import make_edition

ROOT = Path(__file__).parents[2]
NOBODY = pd.Series([], dtype="object")

# Weeks in remission under 6-mercaptopurine (Freireich et al., Blood 21, 1963), + is censored; the
# estimate as in Kleinbaum and Klein, Survival Analysis, chapter 2.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
TEXTBOOK = {
    6: (21, 0.8571), 7: (17, 0.8067), 10: (15, 0.7529), 13: (12, 0.6902), 16: (11, 0.6275),
    22: (7, 0.5378), 23: (6, 0.4482),
}  # fmt: skip


def make_series(values: dict[str, dict[str, float]], vintage: str = "live") -> pd.DataFrame:
    rows = [
        (project, month, value, vintage)
        for project, months in values.items()
        for month, value in months.items()
    ]
    return pd.DataFrame(rows, columns=["project", "month", "openrank", "vintage"])


def run(first: str, *values: float) -> dict[str, float]:
    """Months in a row from the first, without those that are NaN."""
    months = [shift_month(first, step) for step in range(len(values))]
    return {month: value for month, value in zip(months, values, strict=True) if value == value}


def estimate_plainly(months: list[int], ended: list[bool]) -> dict[int, Fraction]:
    """Kaplan and Meier's product, with whole numbers only."""
    share, shares = Fraction(1), {}
    for month in range(max(months) + 1):
        at_risk = sum(each >= month for each in months)
        deaths = sum(each == month and did for each, did in zip(months, ended, strict=True))
        share *= 1 - Fraction(deaths, at_risk)
        shares[month] = share
    return shares


def test_the_estimate_is_the_textbooks() -> None:
    weeks = [(int(text.rstrip("+")), not text.endswith("+")) for text in REMISSION.split()]
    table = estimate_survival([week for week, _ in weeks], [ended for _, ended in weeks])
    steps = table[table["ended"] > 0]
    found = zip(steps["month"], steps["at_risk"], steps["survival"].round(4), strict=True)
    assert {month: (at_risk, share) for month, at_risk, share in found} == TEXTBOOK
    # The band on the log-log scale, as R's survfit(conf.type = "log-log") gives it.
    first = steps.iloc[0]
    assert (round(first["low"], 3), round(first["high"], 3)) == (0.620, 0.952)


def test_without_an_end_everybody_survives_and_there_is_no_band() -> None:
    table = estimate_survival([2, 3], [False, False])
    assert table["survival"].tolist() == [1, 1, 1, 1]
    assert table[["low", "high"]].isna().all(axis=None)
    assert estimate_survival([], []).empty


def test_a_trailing_mean_needs_its_three_months() -> None:
    gap = float("nan")
    series = make_series({"x": run("2025-01", 30, 30, gap, 30, 30, 30)})
    means = compute_trailing_means(series, NOBODY)
    assert means.T["x"].dropna().to_dict() == {"2025-06": 30}


def test_the_first_two_months_of_a_project_seen_from_its_start_are_means_since_then() -> None:
    created = pd.Series({"young": "2025-01-20", "old": "2020-01-01"})
    values = run("2025-01", 10, 20, 60)
    means = compute_trailing_means(make_series({"young": values, "old": values}), created)
    assert means.T["young"].tolist() == [10, 15, 30]
    assert means.T["old"].isna().tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("values", "state", "months", "ended"),
    [
        ((30, 30, 30, 30, 30), "at risk", 2, False),
        ((30, 30, 30, 3, 3, 3), "at risk", 3, True),
        ((30, 30, 30, 0, 0), "at risk", 2, True),
        ((30, 30, 30, 30, float("nan"), 0, 0, 0), "at risk", 1, False),
        ((10, 10, 10, 30, 30), "not above", 0, False),
        ((30, float("nan"), 30, 30, 30), "unknown", 0, False),
    ],
    ids=["still above", "fell", "exactly the threshold", "unknown later", "not above", "unknown"],
)
def test_an_unknown_month_ends_the_following_and_never_the_spell(
    values: tuple[float, ...], state: str, months: int, ended: bool
) -> None:
    means = compute_trailing_means(make_series({"x": run("2025-01", *values)}), NOBODY)
    starts = pd.Series({"x": "2025-03", "stranger": "2025-03"}, dtype="object")
    rows = measure_spells(means, starts, above=10).set_index("project")
    if state == "at risk" and values[:4] == (30, 30, 30, 3):
        # 30, 21, 12, 3: above in the third month, no longer in the fourth.
        assert means.T["x"].dropna().tolist() == [30, 21, 12, 3]
    assert rows.T["x"].tolist() == [state, months, ended]
    assert rows.loc["stranger", "state"] == "unknown"


def test_a_group_of_fewer_than_ten_has_no_curve_and_says_how_many_there_are() -> None:
    names = [f"p{number}" for number in range(LEAST_FOLLOWED)]
    series = make_series({name: run("2025-02", 30, 30, 30, 30) for name in names})
    table = pd.DataFrame(
        {"project": names, "repo": names, "domain": "a", "created_at": "2020-01-01"}
    )
    for size, has_curve in ((LEAST_FOLLOWED, True), (LEAST_FOLLOWED - 1, False)):
        edition = make_edition("2025-05", "2025-04", {name: {} for name in names[:size]})
        survival = compute_survival(series, table, [edition], 10, "2025-05")
        row = survival.cohorts.set_index("cohort").loc["2025-05"]
        assert (row["projects"], row["followed"], row["has_curve"]) == (size, size, has_curve)
        assert survival.curves.empty is not has_curve


@pytest.fixture(scope="module")
def committed() -> tuple[Landscape, tuple[Edition, ...]]:
    dataset = load_dataset(ROOT, dt.date(2100, 1, 1))
    landscape = analyse(tabulate_projects(dataset), load_store(ROOT), dataset.settings.inclusion)
    return landscape, load_editions(ROOT, dataset)


def follow_plainly(landscape: Landscape, project: str, start: str) -> tuple[int, bool] | None:
    """Follow one project with dictionaries and fractions; None where it is not at risk."""
    rows = landscape.series[landscape.series["project"] == project]
    values = dict(zip(rows["month"], rows["openrank"], strict=True))
    created = landscape.projects.set_index("project")["created_at"].get(project, "")[:7]
    first = min(values, default="")
    seen = bool(first and created and created <= first <= shift_month(created, 3))

    def is_above(month: str) -> bool | None:
        needed = [shift_month(month, step) for step in (-2, -1, 0)]
        if seen:
            needed = [each for each in needed if each >= first]
        if not needed or any(each not in values for each in needed):
            return None
        total = sum(Fraction(round(values[each] * 100), 100) for each in needed)
        return total > landscape.window.above * len(needed)

    if not is_above(start):
        return None
    stayed = 0
    for month in list_months(shift_month(start, 1), landscape.window.as_of):
        above = is_above(month)
        if above is None:
            return stayed, False
        stayed += 1
        if not above:
            return stayed, True
    return stayed, False


def test_our_editions_survive_as_plain_arithmetic_says(
    committed: tuple[Landscape, tuple[Edition, ...]],
) -> None:
    landscape, editions = committed
    survival = compute_survival(
        landscape.series,
        landscape.projects,
        editions,
        landscape.window.above,
        landscape.window.as_of,
    )
    for edition in editions:
        on_the_map = edition.projects.loc[edition.projects["on_the_map"], "project"]
        followed = [follow_plainly(landscape, project, edition.as_of) for project in on_the_map]
        spells = [spell for spell in followed if spell is not None]
        row = survival.cohorts.set_index("cohort").loc[edition.name]
        assert (row["projects"], row["at_risk"]) == (len(on_the_map), len(spells))
        assert row["ended"] == sum(ended for _, ended in spells)
        curve = survival.curves[survival.curves["cohort"] == edition.name]
        if row["has_curve"]:
            plain = estimate_plainly([months for months, _ in spells], [did for _, did in spells])
            shares = dict(zip(curve["month"], curve["survival"], strict=True))
            assert shares == pytest.approx({month: float(share) for month, share in plain.items()})


def test_half_years_follow_only_whom_the_data_see_from_the_start(
    committed: tuple[Landscape, tuple[Edition, ...]],
) -> None:
    landscape, editions = committed
    survival = compute_survival(
        landscape.series,
        landscape.projects,
        editions,
        landscape.window.above,
        landscape.window.as_of,
    )
    created = survival.cohorts[survival.cohorts["kind"] == "created"]
    parts = created[["at_risk", "unknown", "not_above", "unseen"]].sum(axis=1)
    assert (parts == created["projects"]).all()
    assert (created["unseen"] > 0).any()
