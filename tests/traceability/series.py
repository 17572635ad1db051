"""The lines of a trend (F7): values by month, or sums of whole quarters and years."""

from __future__ import annotations

from typing import Any

from tests.traceability.records import Series, list_months
from tests.traceability.recount import Recount

LENGTHS = {"quarter": 3, "year": 12}


def select_lines(figure: dict[str, Any], recount: Recount) -> dict[str, Series]:
    """Return, by project that has any, the values from ``since`` on."""
    metric, period = figure.get("metric", "openrank"), figure.get("period", "month")
    since = name_period(str(figure.get("since", "0000-01")), period)
    found = {}
    for project in figure["projects"]:
        line = sum_periods(project, metric, period, recount)
        kept = {p: value for p, value in line.items() if p >= since}
        if kept:
            found[project] = kept
    return found


def name_period(month: str, period: str) -> str:
    if period == "year":
        return month[:4]
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}" if period == "quarter" else month


def sum_periods(project: str, metric: str, period: str, recount: Recount) -> Series:
    """Sum the months of each period that is known as a whole, in one vintage."""
    series = recount.series(project, metric)
    if period == "month" or not series:
        return series
    if metric != "openrank":
        return {}
    whole: dict[str, list[str]] = {}
    for month in list_months(f"{min(series)[:4]}-01", f"{max(series)[:4]}-12"):
        whole.setdefault(name_period(month, period), []).append(month)
    vintages = recount.records.vintages[project]
    return {
        name: sum(series[m] for m in months)
        for name, months in whole.items()
        if all(m in series for m in months) and len({vintages[m] for m in months}) == 1
    }
