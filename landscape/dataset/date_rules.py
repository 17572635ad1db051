"""Rules on dates and months: days that exist, and that have come where they record something."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from landscape.base.findings import Finding
from landscape.base.months import is_month
from landscape.dataset.catalogue import rule_kinds as kinds
from landscape.dataset.document import Document
from landscape.dataset.shape_remedies import name_place
from landscape.dataset.yaml_places import Keys

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_date(
    document: Document, keys: Keys, value: object, today: dt.date, *, may_be_future: bool = False
) -> Iterator[Finding]:
    """Check a day; one that is not of the form of a date is left to the schema."""
    if not isinstance(value, str) or _DATE.fullmatch(value) is None:
        return
    try:
        date = dt.date.fromisoformat(value)
    except ValueError:
        yield document.report(kinds.IMPOSSIBLE_DATE, keys, value=value, place=name_place(keys))
        return
    if date > today and not may_be_future:
        yield document.report(kinds.FUTURE_DATE, keys, value=value, place=name_place(keys))


def check_past_month(
    document: Document, keys: Keys, value: object, today: dt.date
) -> Iterator[Finding]:
    """Check that a month has begun; one that is not of the form of a month is left alone."""
    if isinstance(value, str) and is_month(value) and value > today.isoformat()[:7]:
        yield document.report(kinds.FUTURE_MONTH, keys, value=value, place=name_place(keys))
