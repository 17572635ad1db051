"""One flat file of OpenDigger, believed as a whole or not at all.

``{"2024-01": 34.81, "2024Q1": 96.2, "2024": 401.3, "2021-10-raw": 2.84}``. Which file, and what an
answer means for the project, is ``landscape.sources.opendigger``'s.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from landscape.base.months import is_month
from landscape.metrics.columns import OPENDIGGER
from landscape.sources.failure import SourceError
from landscape.sources.model import FailureKind

_LOOKS_LIKE_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
EARLIEST_MONTH = "2008-01"
"""GitHub's first year: an older month is nonsense."""
LARGEST_VALUE = 1e7
"""A hundred times more than any project or person does in a month; a broken file, not a success."""
LARGEST_LINES = 1e10
"""Lines of code are the exception: a vendored library is a million of them."""


def read_months(body: bytes, metric: str, newest_month: str | None = None) -> dict[str, float]:
    """Return month ``YYYY-MM`` to value, in order of month; empty where the file is ``{}``.

    Quarters, years and ``-raw`` months are left out. Raises SourceError (malformed): no JSON
    object; no month among its keys; a month that the calendar does not have, lies before GitHub
    or after ``newest_month``; a value that is no finite number within the metric's bounds.
    """
    content = _parse(body)
    values = {}
    for key in sorted(filter(_LOOKS_LIKE_MONTH.fullmatch, content)):
        if not is_month(key) or key < EARLIEST_MONTH or key > (newest_month or key):
            _refuse(f"the month {key!r}")
        # Thousands of files name the same few hundred months: one text each, not one a file.
        values[sys.intern(key)] = _check_value(content[key], key, metric)
    if content and not values:
        _refuse("no month among its keys")
    return values


def read_years(body: bytes, newest_month: str | None = None) -> dict[str, float]:
    """Return year ``YYYY`` to OpenRank, in order; the same rules as for months.

    The bound is higher, since a label sums thousands of repositories.
    """
    content = _parse(body)
    values = {}
    for key in sorted(filter(_YEAR.fullmatch, content)):
        if key < EARLIEST_MONTH[:4] or key > (newest_month or key)[:4]:
            _refuse(f"the year {key!r}")
        values[key] = _check_number(content[key], key, largest=LARGEST_LINES)
    if content and not values:
        _refuse("no year among its keys")
    return values


def _parse(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body, parse_constant=_refuse_constant, object_pairs_hook=_make_object)
    except (ValueError, RecursionError) as error:
        is_page = body.lstrip()[:1] == b"<"
        raise SourceError(
            FailureKind.MALFORMED, "a web page instead of data" if is_page else "no valid JSON"
        ) from error
    if not isinstance(content, dict):
        _refuse("JSON that is no object")
    return content


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        _refuse("a key that occurs twice")
    return made


def _refuse_constant(name: str) -> NoReturn:
    _refuse(f"{name}, which is no number")


def _check_value(value: object, key: str, metric: str) -> float:
    largest = LARGEST_LINES if metric.startswith("code_change_lines_") else LARGEST_VALUE
    kinds: Mapping[str, str] = OPENDIGGER.kinds
    smallest = -largest if kinds.get(metric) == "signed" else 0.0
    return _check_number(value, key, smallest=smallest, largest=largest)


def _check_number(value: object, key: str, *, largest: float, smallest: float = 0.0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse(f"a value of {key} that is no number")
    if not math.isfinite(value):
        _refuse(f"a value of {key} that is not finite")
    if value < smallest:
        _refuse(f"a negative value of {key}")
    if abs(value) > largest:
        _refuse(f"an absurd value of {key}")
    # A zero below zero is a zero.
    return float(value) + 0.0


def _refuse(found: str) -> NoReturn:
    raise SourceError(FailureKind.MALFORMED, f"the file holds {found}")
