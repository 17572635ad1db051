"""OpenRank by quarter or year: sums of months, and only of periods that are known as a whole."""

from __future__ import annotations

import pandas as pd

from landscape.base.periods import PERIOD_MONTHS, Period, list_periods, name_period


def aggregate_series(series: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Sum the OpenRank of the months of each quarter or year.

    In: project, month (``YYYY-MM``), openrank (float, NaN unknown), vintage; key project+month.
    Out: the same columns, month holding the period (``2025-Q1``, ``2025``), one row for every
    period from a project's first known month to its last, ordered by project and period. A
    period is known only where all its months are, in one vintage; else openrank is NaN and the
    vintage empty. Only OpenRank may be summed: participants, contributors and stars gained are
    counts of distinct people and need upstream's own figures for quarters and years.
    ``month`` as the period returns the known rows as they are.
    """
    known = series[series["openrank"].notna()]
    columns = ["project", "month", "openrank", "vintage"]
    if period == "month" or known.empty:
        ordered = known.sort_values(["project", "month"], kind="stable", ignore_index=True)
        return ordered[columns]
    rows = []
    named = known.assign(period=[name_period(month, period) for month in known["month"]])
    for project, own in named.groupby("project", sort=True):
        parts = {str(name): part for name, part in own.groupby("period")}
        for name in list_periods(min(parts), max(parts)):
            rows.append((project, name, *_sum_period(parts.get(name), period)))
    return pd.DataFrame(rows, columns=columns).astype({"openrank": "float64"})


def _sum_period(part: pd.DataFrame | None, period: Period) -> tuple[float, str]:
    if part is None or len(part) < PERIOD_MONTHS[period] or part["vintage"].nunique() > 1:
        return float("nan"), ""
    # Hundredths are whole numbers: their sum does not depend on the order of adding.
    hundredths = sum(round(float(value) * 100) for value in part["openrank"])
    return hundredths / 100, str(part["vintage"].iloc[0])
