"""F17: for how many months projects stay above the threshold, from what is known of them.

The measure is a project's trailing three-month mean, not the year-to-date verdict, which drops
many every January. Which groups are followed is ``survival_cohorts``'; the picture is the charts
room's.
"""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
import pandas as pd

from landscape.base.months import count_months, list_months

TRAILING_MONTHS = 3
SEEN_MONTHS = 3
"""A project is seen from its start if its values begin at most so many months after creation."""
CONFIDENCE = 0.95

FloatMatrix = npt.NDArray[np.float64]


def compute_trailing_means(series: pd.DataFrame, created: pd.Series) -> pd.DataFrame:
    """Return the mean of every month and the two before it.

    In: ``series`` (project, month, openrank, vintage; up to as-of), ``created`` (index project,
    date text, empty unknown). Out: index project (in order), columns every month from the first
    to the last known one, float. NaN where one of the three months is unknown; but the first two
    months of a project that is seen from its start are the means since that start. A mean may
    span vintages (rule 5); ``count_seams`` tells of how many that is so.
    """
    known = series[series["openrank"].notna()]
    if known.empty:
        return pd.DataFrame(index=pd.Index([], name="project", dtype="object"))
    months = list_months(known["month"].min(), known["month"].max())
    values = known.pivot(index="project", columns="month", values="openrank")
    values = values.sort_index().reindex(columns=list(months))
    means = values.T.rolling(TRAILING_MONTHS, min_periods=TRAILING_MONTHS).mean().T
    matrix, cells = means.to_numpy(copy=True), values.to_numpy()
    for row, start in enumerate(find_starts(series, created).reindex(values.index)):
        first = months.index(start) if start else len(months)
        for last in range(first, min(first + TRAILING_MONTHS - 1, len(months))):
            matrix[row, last] = cells[row, first : last + 1].mean()
    # Values have two decimals: what is exactly the threshold must not be above it by noise.
    return pd.DataFrame(matrix, index=values.index, columns=list(months)).round(6)


def find_starts(series: pd.DataFrame, created: pd.Series) -> pd.Series:
    """Return, by project, its first known month if it is seen from its start, else empty text."""
    first = series[series["openrank"].notna()].groupby("project")["month"].min().sort_index()
    born = created.reindex(first.index).fillna("").str[:7]
    seen = [
        month if birth and 0 <= count_months(birth, month) <= SEEN_MONTHS else ""
        for month, birth in zip(first, born, strict=True)
    ]
    return pd.Series(seen, index=first.index, dtype="object")


def count_seams(series: pd.DataFrame, projects: pd.Index) -> int:
    """Return how many of the projects have values of more than one vintage."""
    rows = series[series["project"].isin(projects) & series["openrank"].notna()]
    return int((rows.groupby("project")["vintage"].nunique() > 1).sum())


def measure_spells(means: pd.DataFrame, starts: pd.Series, above: float) -> pd.DataFrame:
    """Follow each project from its start month until its mean is no longer above the threshold.

    In: ``means`` of ``compute_trailing_means``; ``starts`` (index project, month). Out, in the
    order of ``starts``: project, state (``at risk``, or why it is not followed: ``unknown`` at
    its start, ``not above`` then), months (int: until the first month that is not above, or the
    last one known to be), ended (bool: it was seen to be no longer above).

    A month that is unknown ends the following without an end of the spell: it is censored at the
    last month before. So is whoever is still above in the last month.
    """
    columns, matrix = list(means.columns), means.to_numpy(dtype=float)
    places = means.index.get_indexer(starts.index)
    rows = []
    for project, start, place in zip(starts.index, starts, places, strict=True):
        is_there = place >= 0 and start in columns
        path = matrix[place, columns.index(start) :] if is_there else np.empty(0)
        rows.append((project, *_follow(path, above)))
    table = pd.DataFrame(rows, columns=["project", "state", "months", "ended"])
    return table.astype({"months": np.int64, "ended": bool})


def estimate_survival(months: npt.ArrayLike, ended: npt.ArrayLike) -> pd.DataFrame:
    """Estimate the share that is still above after every month, with right censoring.

    Kaplan and Meier, "Nonparametric estimation from incomplete observations" (1958), by
    ``scipy.stats.ecdf``; the band is Greenwood's on the log-log scale at 95 %. Out, a row a month
    from 0 to the last: month, at_risk, ended, censored (int; at risk just before, and what befell
    them then), survival, low, high (0 to 1; the band is NaN where the estimate is 0 or 1).
    """
    times, events = np.asarray(months, dtype=np.int64), np.asarray(ended, dtype=bool)
    span = np.arange(int(times.max()) + 1) if len(times) else np.arange(0)
    survival = np.ones(len(span))
    low, high = np.full(len(span), np.nan), np.full(len(span), np.nan)
    if events.any():
        # Half a second to import, and a landscape without such groups never needs it.
        from scipy.stats import CensoredData, ecdf

        data = CensoredData(uncensored=times[events], right=times[~events])
        estimate = ecdf(data).sf
        survival = np.asarray(estimate.evaluate(span), dtype=float)
        with warnings.catch_warnings():
            # The band is undefined where nothing or everything has ended, as told above.
            warnings.simplefilter("ignore", RuntimeWarning)
            band = estimate.confidence_interval(CONFIDENCE, method="log-log")
        low, high = (np.asarray(side.evaluate(span), dtype=float) for side in (band.low, band.high))
        is_open = (survival <= 0) | (survival >= 1)
        low, high = (np.where(is_open, np.nan, side) for side in (low, high))
    return pd.DataFrame(
        {
            "month": span,
            "at_risk": [int((times >= month).sum()) for month in span],
            "ended": [int((events & (times == month)).sum()) for month in span],
            "censored": [int((~events & (times == month)).sum()) for month in span],
            "survival": survival,
            "low": low,
            "high": high,
        }
    )


def _follow(path: FloatMatrix, above: float) -> tuple[str, int, bool]:
    if not len(path) or np.isnan(path[0]):
        return "unknown", 0, False
    if path[0] <= above:
        return "not above", 0, False
    stays = path > above
    if stays.all():
        return "at risk", len(path) - 1, False
    stop = int(np.argmin(stays))
    if np.isnan(path[stop]):
        return "at risk", stop - 1, False
    return "at risk", stop, True
