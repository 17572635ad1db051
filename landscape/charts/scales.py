"""Round numbers for axes, and how numbers and months are written beside marks.

What is written is the same in every language: digits, signs and ``YYYY-MM``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from landscape.base.months import count_months

MINUS = "−"
EN_DASH = "–"


def compute_step(span: float, most: int) -> float:
    """Return a round step (1, 2 or 5 times a power of ten) that divides span at most so often."""
    if span <= 0 or not math.isfinite(span):
        return 1.0
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * (1 - 1e-9))


def compute_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return the round numbers within low and high, a round step apart, 0 among them if inside."""
    step = compute_step(high - low, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def format_number(value: float) -> str:
    """Return the number for a label: whole, with one decimal where it is small."""
    digits = 1 if 0 < abs(value) < 9.95 and round(value, 1) != round(value) else 0
    text = f"{abs(value):,.{digits}f}"
    return MINUS + text if value < 0 and text.strip("0.") else text


def format_change(value: float) -> str:
    """Return the number with its sign, ``+12`` or ``−12``; nothing before a zero."""
    text = format_number(value)
    return text if text.startswith(MINUS) or not text.strip("0.") else "+" + text


def format_period(months: Sequence[str]) -> str:
    """Return ``2026-01–2026-04`` for months in a row, a list for others."""
    if not months:
        return ""
    first, last = months[0], months[-1]
    if first == last:
        return first
    if count_months(first, last) == len(months) - 1:
        return first + EN_DASH + last
    return ", ".join(months)
