"""What ``landscape discover`` found out, and how much of the window it has seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from landscape.analysis.discovery import HOUR_SECONDS, begin_month
from landscape.analysis.discovery_candidates import Candidate
from landscape.base.months import shift_month
from landscape.metrics.model import ArchiveSpan
from landscape.sources.archive_digest import DamagedFile
from landscape.sources.archive_hours import name_hour


@dataclass(frozen=True)
class Coverage:
    """How much was read: files, damaged ones, lines that are no events, and hours with events.

    every_hours: of the window's hours every so many-th was chosen to be looked at. hours: those
    of the chosen ones with events; missing_hours: those without, as GH Archive names them.
    by_month: the hours with events and all hours of each month, sampled or not.
    """

    files: int = 0
    damaged: tuple[DamagedFile, ...] = ()
    broken_lines: int = 0
    events: int = 0
    hours: int = 0
    hours_chosen: int = 0
    hours_total: int = 0
    every_hours: int = 1
    missing_hours: tuple[str, ...] = ()
    by_month: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """Which part of the chosen hours has events."""
        return self.hours / self.hours_chosen if self.hours_chosen else 0.0

    def with_hours(
        self, seen: Mapping[int, int], months: Sequence[str], every_hours: int
    ) -> Coverage:
        """Return the coverage of a window. seen: events by hour, counted since 1970."""
        by_month = {}
        found, missing = [], []
        for month in months:
            begin, end = (
                begin_month(each) // HOUR_SECONDS for each in (month, shift_month(month, 1))
            )
            chosen = [hour for hour in range(begin, end) if hour % every_hours == 0]
            inside = [hour for hour in chosen if hour in seen]
            by_month[month] = (len(inside), end - begin)
            found += inside
            missing += [_name_hour(hour) for hour in chosen if hour not in seen]
        return replace(
            self,
            events=sum(seen[hour] for hour in found),
            hours=len(found),
            hours_chosen=len(found) + len(missing),
            hours_total=sum(total for _, total in by_month.values()),
            every_hours=every_hours,
            missing_hours=tuple(missing),
            by_month=by_month,
        )

    def span_months(self, first: str, last: str) -> ArchiveSpan:
        """Return how many hours of some of the window's months have events, chosen or not."""
        counted = [hours for month, hours in self.by_month.items() if first <= month <= last]
        return ArchiveSpan(first, last, sum(h for h, _ in counted), sum(n for _, n in counted))


@dataclass(frozen=True)
class Discovered:
    """The answers. The tables are those of ``landscape.analysis.discovery``.

    stars has the column project besides (NaN for none of the dataset); community is by project
    and place. projects: how many the dataset has; active: how many of them had developers.
    """

    months: tuple[str, ...]
    pairs: pd.DataFrame
    community: pd.DataFrame
    stars: pd.DataFrame
    candidates: tuple[Candidate, ...]
    projects: int
    active: int
    unidentified: tuple[str, ...]


def name_month(seconds: int) -> str:
    """Return the month ``YYYY-MM`` (UTC) of a second since 1970."""
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m}"


def _name_hour(hour: int) -> str:
    return name_hour(dt.datetime.fromtimestamp(hour * HOUR_SECONDS, dt.UTC))
