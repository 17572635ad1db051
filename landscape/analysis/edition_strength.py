"""How strong projects were in an edition: ranks, and OpenRank where two editions compare."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from landscape.analysis.means import MEAN_DECIMALS
from landscape.base.months import list_months, shift_month
from landscape.metrics.model import Edition

QUARTER_MONTHS = 3


def list_latest_months(as_of: str) -> tuple[str, ...]:
    """Return the three months that end with as-of."""
    return list_months(shift_month(as_of, 1 - QUARTER_MONTHS), as_of)


def rank_edition(edition: Edition) -> tuple[pd.Series, str]:
    """Return the ranks of the projects on the edition's map, and what they rest on.

    Out: index project, Int64, NA where there is none; ``published``, ``mean``, ``latest months``
    or ``none`` (see ``Side``). Ranks that the edition did not publish are derived from its own
    numbers, and equal numbers share a rank, since nothing says who was ahead.
    """
    on_the_map = edition.projects[edition.projects["on_the_map"]].set_index("project")
    if on_the_map["rank"].notna().any():
        return on_the_map["rank"], "published"
    means, basis = on_the_map["openrank_mean"], "mean"
    if not means.notna().any():
        months = list_latest_months(edition.as_of)
        means, basis = compute_period_means(edition.series, months), "latest months"
        means = means.reindex(on_the_map.index)
    if not means.notna().any():
        return on_the_map["rank"], "none"
    return means.rank(ascending=False, method="min").astype("Int64"), basis


def compute_period_means(series: pd.DataFrame, months: Sequence[str]) -> pd.Series:
    """Return, by project, the mean over the months; only where all are known in one vintage.

    In: project, month, openrank, vintage. Out: index project, float.
    """
    rows = series[series["month"].isin(list(months)) & series["openrank"].notna()]
    grouped = rows.groupby("project").agg(
        known=("month", "nunique"), vintages=("vintage", "nunique"), mean=("openrank", "mean")
    )
    whole = (grouped["known"] == len(months)) & (grouped["vintages"] == 1)
    return grouped.loc[whole, "mean"].round(MEAN_DECIMALS)


def compare_openrank(before: Edition, after: Edition) -> pd.DataFrame:
    """Return, by project, the mean of the three months up to each edition's as-of.

    Both are read from the later edition, since upstream revises history: every month of both
    periods must be known there, in one vintage (rule 5). Out: index project (ids of the later
    edition); openrank_before, openrank_after, openrank_change (float).
    """
    earlier, later = (list_latest_months(edition.as_of) for edition in (before, after))
    months = sorted({*earlier, *later})
    comparable = compute_period_means(after.series, months).index
    means = {
        "openrank_before": compute_period_means(after.series, earlier).reindex(comparable),
        "openrank_after": compute_period_means(after.series, later).reindex(comparable),
    }
    table = pd.DataFrame(means, index=comparable, dtype=np.float64)
    change = (table["openrank_after"] - table["openrank_before"]).round(MEAN_DECIMALS)
    return table.assign(openrank_change=change)
