"""The hours of GH Archive: how they are called, and which lie between two points in time."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_POINT = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:-(\d{1,2}))?)?")
_HOUR = dt.timedelta(hours=1)


def list_hours(first: str, last: str, every: int = 1) -> tuple[str, ...]:
    """Return the names of all hours from first to last, both included: ``2026-04-01-5``.

    Each is a month ``YYYY-MM``, a day ``YYYY-MM-DD`` or an hour ``YYYY-MM-DD-H`` (UTC), as a
    whole. ``every``: only the hours whose number since 1970 it divides, so that two windows that
    meet choose the same ones. Empty where last is before first. Raises ValueError for what is
    none of these.
    """
    moment, end = find_bounds(first)[0], find_bounds(last)[1]
    hours = []
    while moment < end:
        if int(moment.timestamp()) // 3600 % every == 0:
            hours.append(name_hour(moment))
        moment += _HOUR
    return tuple(hours)


def find_bounds(point: str) -> tuple[dt.datetime, dt.datetime]:
    """Return where a month, day or hour begins, and where the next one does."""
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(f"{point!r} is no month YYYY-MM, day YYYY-MM-DD or hour YYYY-MM-DD-H")
    year, month, day, hour = (None if part is None else int(part) for part in match.groups())
    if year is None or month is None:
        raise ValueError(point)
    begin = dt.datetime(year, month, day or 1, hour or 0, tzinfo=dt.UTC)
    if day is None:
        return begin, begin + dt.timedelta(days=calendar.monthrange(year, month)[1])
    return begin, begin + (dt.timedelta(days=1) if hour is None else _HOUR)


def name_hour(moment: dt.datetime) -> str:
    """Return the archive's name of the hour that begins then: its number has no leading zero."""
    return f"{moment:%Y-%m-%d}-{moment.hour}"
