"""Calendar months as text ``YYYY-MM``, which sort as they follow each other."""

from __future__ import annotations

import re

_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether the text is a month ``YYYY-MM`` of the years 1000 to 2999."""
    return _MONTH.fullmatch(text) is not None


def shift_month(month: str, months: int) -> str:
    """Return the month that lies ``months`` later (earlier where negative)."""
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def count_months(first: str, last: str) -> int:
    """Return how many months lie from first to last, last minus first."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])


def list_months(first: str, last: str) -> tuple[str, ...]:
    """Return every month from first to last, both included; empty where last is before first."""
    return tuple(shift_month(first, step) for step in range(count_months(first, last) + 1))
