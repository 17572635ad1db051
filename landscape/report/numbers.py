"""How numbers look on pages, the same in every language. Exports have their own, exact text."""

from __future__ import annotations

UNKNOWN = "–"
_MINUS = "−"


def format_count(value: int | None) -> str:
    """Return a count with thousands separated: ``103,653``."""
    return UNKNOWN if value is None else f"{value:,}"


def format_openrank(value: float | None) -> str:
    """Return OpenRank with one decimal: ``1,204.3``."""
    return UNKNOWN if value is None else f"{value:,.1f}"


def format_change(value: float | None, decimals: int = 1) -> str:
    """Return a change with its sign: ``+12.3``, ``−4.0``, ``0.0``."""
    if value is None:
        return UNKNOWN
    text = f"{abs(value):,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        return text
    return ("+" if value > 0 else _MINUS) + text


def format_percent_change(value: float | None) -> str:
    """Return a relative change in whole percent with its sign: ``+120%``."""
    return UNKNOWN if value is None else format_change(value, 0) + "%"


def format_share(value: float | None) -> str:
    """Return a share (0 to 1) in percent, a decimal only below ten: ``7.3%``, ``41%``."""
    if value is None:
        return UNKNOWN
    percent = value * 100
    return f"{percent:.1f}%" if 0 < percent < 9.95 else f"{percent:.0f}%"


def format_plain(value: float) -> str:
    """Return a setting as people write it: ``10``, ``7.5``."""
    return f"{value:g}"


def format_mean(value: float, threshold: float) -> str:
    """Return a mean with two decimals, or as many as tell it from a threshold it differs from."""
    for decimals in range(2, 10):
        text = f"{value:.{decimals}f}"
        if value == threshold or float(text) != threshold:
            return text
    return repr(value)
