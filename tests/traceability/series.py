"""The lines of a trend (F7): values by month, or sums of whole quarters and years."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from tests.traceability.records import Series, count, list_months
from tests.traceability.recount import Recount
from tests.traceability.tokens import Token, plain

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
    vintages = {m: recount.vintage(project, m) for m in series}
    return {
        name: sum(series[m] for m in months)
        for name, months in whole.items()
        if all(m in series for m in months) and len({vintages[m] for m in months}) == 1
    }


def break_at_seams(recount: Recount, metric: str = "openrank") -> Callable[[str, str, str], bool]:
    """Lines of months break where two vintages meet."""

    def breaks(project: str, one: str, other: str) -> bool:
        if "Q" in one or len(one) != 7:
            return False
        return recount.vintage(project, one, metric) != recount.vintage(project, other, metric)

    return breaks


def list_movement_facts(
    series: dict[str, Series], recount: Recount, metric: str = "openrank"
) -> list[Token]:
    """How far the lines moved that can be compared: over the longest unbroken stretch to now."""
    newest = max(map(max, series.values()))
    starts = {
        p: find_stretch(p, line, recount, metric) for p, line in series.items() if newest in line
    }
    starts = {p: start for p, start in starts.items() if start != newest}
    if not starts:
        return []
    first = min(starts.values())
    moved = {p: (series[p][first], series[p][newest]) for p in starts if starts[p] == first}
    fallen = [p for p, (before, now) in moved.items() if now < before]
    risen = [p for p, (before, now) in moved.items() if now > before]
    facts: list[Token] = [first, *(n for n in (len(fallen), len(risen), len(moved)) if n)]
    for way in (fallen, risen):
        if way:
            most = max(way, key=lambda p: abs(moved[p][1] - moved[p][0]))
            facts += [f"@{most}", *(plain(value) for value in moved[most])]
    return facts


def find_stretch(project: str, line: Series, recount: Recount, metric: str) -> str:
    """Where the last unbroken part of a line begins."""
    periods = sorted(line, key=number_period)
    breaks = break_at_seams(recount, metric)
    start = periods[-1]
    for before, after in reversed(list(pairwise(periods))):
        if number_period(after) - number_period(before) != 1 or breaks(project, before, after):
            break
        start = before
    return start


def number_period(period: str) -> int:
    """The place of a month, quarter or year in its own sequence."""
    if "Q" in period:
        return int(period[:4]) * 4 + int(period[-1]) - 1
    return count(period) if len(period) == 7 else int(period)
