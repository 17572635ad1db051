"""How the lines of a trend moved, as the title of their picture: what rose, what fell, how far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from landscape.base.languages import Messages
from landscape.charts.scales import format_number
from landscape.charts.trend import split_runs


@dataclass(frozen=True)
class Movement:
    """One line from the first to the last value of its newest unbroken stretch."""

    name: str
    start: str
    end: str
    first: float
    last: float

    @property
    def change(self) -> float:
        """The difference; none where both are written alike, or the title would deny itself."""
        if format_number(self.first) == format_number(self.last):
            return 0.0
        return self.last - self.first


def list_movements(series: pd.DataFrame, names: Mapping[str, str]) -> list[Movement]:
    """Return the movement of every line that reaches the newest period, in their order.

    series: project, month (any period), openrank, vintage. Within a stretch every period is known,
    in one vintage: a change across a seam is none.
    """
    newest = str(series["month"].max())
    movements = []
    for project, name in names.items():
        runs = split_runs(series[series["project"] == project])
        if runs and runs[-1][-1][0] == newest and len(runs[-1]) > 1:
            (start, first), (end, last) = runs[-1][0], runs[-1][-1]
            movements.append(Movement(name, start, end, first, last))
    return movements


def describe_movements(movements: list[Movement], count: int, unit: str, say: Messages) -> str:
    """Return the title of ``count`` lines; the metric's name where none can be followed.

    Lines are compared over one stretch: that of the longest. Those that begin later are left out,
    and are not counted: nobody can say whether they moved.
    """
    start = min((item.start for item in movements), default="")
    compared = [item for item in movements if item.start == start]
    fallen = [item for item in compared if item.change < 0]
    risen = [item for item in compared if item.change > 0]
    if not fallen and not risen:
        return say("trend.title.none", measure=unit)
    if fallen and risen:
        words = {**_tell("riser", _find_furthest(risen)), **_tell("faller", _find_furthest(fallen))}
        return say("trend.title.mixed", start=start, **words)
    moved, way = (fallen, "fell") if fallen else (risen, "rose")
    words = {"start": start, "count": len(moved), **_tell("most", _find_furthest(moved))}
    if len(compared) == 1:
        return say(f"trend.title.{way}.one", **words)
    if len(moved) < len(compared):
        return say(f"trend.title.{way}.some", **words, total=len(compared))
    return say(f"trend.title.{way}.{'all' if len(moved) == count else 'compared'}", **words)


def _find_furthest(movements: list[Movement]) -> Movement:
    """Return the one that moved furthest, the first of equals."""
    return max(movements, key=lambda item: abs(item.change))


def _tell(role: str, movement: Movement) -> dict[str, object]:
    return {
        role: movement.name,
        f"{role}_first": format_number(movement.first),
        f"{role}_last": format_number(movement.last),
    }
