"""What ``landscape discover`` found out, and how much of the window it has seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass, replace

import pandas as pd

from landscape.analysis.discovery import HOUR_SECONDS, begin_month
from landscape.analysis.discovery_candidates import Candidate
from landscape.base.months import shift_month
from landscape.metrics.archive import ArchiveSpan
from landscape.sources.archive_digest import DamagedFile

_MONTH_CHARACTERS = 7


@dataclass(frozen=True)
class Coverage:
    """How much was read: files, damaged ones, lines that are no events, and hours with events.

    missing_hours: hours of the window without any event, as GH Archive names them.
    """

    files: int = 0
    damaged: tuple[DamagedFile, ...] = ()
    broken_lines: int = 0
    events: int = 0
    hours: int = 0
    hours_total: int = 0
    missing_hours: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Which part of the window's hours has events."""
        return self.hours / self.hours_total if self.hours_total else 0.0

    def with_hours(self, seen: Set[int], begin: int, end: int, events: int) -> Coverage:
        """Return the coverage with the window's hours, counted since 1970."""
        missing = tuple(_name_hour(hour) for hour in range(begin, end) if hour not in seen)
        return replace(
            self, events=events, hours=len(seen), hours_total=end - begin, missing_hours=missing
        )

    def span_months(self, first: str, last: str) -> ArchiveSpan:
        """Return how many hours of some of the window's months have events."""
        total = (begin_month(shift_month(last, 1)) - begin_month(first)) // HOUR_SECONDS
        missing = sum(first <= hour[:_MONTH_CHARACTERS] <= last for hour in self.missing_hours)
        return ArchiveSpan(first, last, total - missing, total)


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
    moment = dt.datetime.fromtimestamp(hour * 3600, dt.UTC)
    return f"{moment:%Y-%m-%d}-{moment.hour}"
