"""Months, quarters and years as text: ``2026-04``, ``2026-Q2``, ``2026``. They sort as they pass.

The form tells the kind; texts of different kinds are not compared with each other.
"""

from __future__ import annotations

from typing import Literal

from landscape.base.months import list_months

Period = Literal["month", "quarter", "year"]

PERIOD_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "year": 12}


def find_kind(period: str) -> Period:
    """Return which kind of period the text names."""
    if len(period) == 4:
        return "year"
    return "quarter" if "Q" in period else "month"


def name_period(month: str, kind: Period) -> str:
    """Return the period of the kind that the month lies in."""
    if kind == "year":
        return month[:4]
    if kind == "quarter":
        return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"
    return month


def list_months_of(period: str) -> tuple[str, ...]:
    """Return the months of the period, in order."""
    kind = find_kind(period)
    if kind == "year":
        return list_months(f"{period}-01", f"{period}-12")
    if kind == "quarter":
        last = 3 * int(period[-1])
        return list_months(f"{period[:4]}-{last - 2:02d}", f"{period[:4]}-{last:02d}")
    return (period,)


def count_periods(first: str, last: str) -> int:
    """Return how many periods lie from first to last, last minus first; both of one kind."""
    per_year = 12 // PERIOD_MONTHS[find_kind(first)]
    return (int(last[:4]) - int(first[:4])) * per_year + _place(last) - _place(first)


def list_periods(first: str, last: str) -> tuple[str, ...]:
    """Return every period from first to last, both included; empty where last is before first."""
    months = list_months(list_months_of(first)[0], list_months_of(last)[-1])
    kind = find_kind(first)
    return tuple(dict.fromkeys(name_period(month, kind) for month in months))


def _place(period: str) -> int:
    """Return the period's place in its year."""
    kind = find_kind(period)
    if kind == "year":
        return 0
    return int(period[-1]) if kind == "quarter" else int(period[5:7])
