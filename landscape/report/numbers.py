"""How numbers look on pages, the same in every language. Exports have their own, exact text.

What is returned as Markdown needs no escaping: digits, signs and separators.
"""

from __future__ import annotations

from landscape.report.markdown import Markdown

UNKNOWN = Markdown("–")
_MINUS = "−"


def format_count(value: int | None) -> Markdown:
    """Return a count with thousands separated: ``103,653``."""
    return UNKNOWN if value is None else Markdown(f"{value:,}")


def format_openrank(value: float | None) -> Markdown:
    """Return OpenRank with one decimal: ``1,204.3``."""
    return UNKNOWN if value is None else Markdown(f"{value:,.1f}")


def format_change(value: float | None, decimals: int = 1) -> Markdown:
    """Return a change with its sign: ``+12.3``, ``−4.0``, ``0.0``."""
    if value is None:
        return UNKNOWN
    text = f"{abs(value):,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        return Markdown(text)
    return Markdown(("+" if value > 0 else _MINUS) + text)


def format_percent_change(value: float | None) -> Markdown:
    """Return a relative change in whole percent with its sign: ``+120%``."""
    return UNKNOWN if value is None else Markdown(format_change(value, 0) + "%")


def format_share(value: float | None) -> Markdown:
    """Return a share (0 to 1) in percent, a decimal only below ten: ``7.3%``, ``41%``."""
    if value is None:
        return UNKNOWN
    percent = value * 100
    return Markdown(f"{percent:.1f}%" if 0 < percent < 9.95 else f"{percent:.0f}%")


def format_plain(value: float) -> Markdown:
    """Return a setting as people write it: ``10``, ``7.5``, ``1000000``."""
    return Markdown(repr(int(value)) if value == int(value) else repr(value))


def format_mean(value: float, threshold: float) -> Markdown:
    """Return a mean with two decimals, or as many as tell it from a threshold it differs from."""
    for decimals in range(2, 10):
        text = f"{value:.{decimals}f}"
        if value == threshold or float(text) != threshold:
            return Markdown(f"{value:,.{decimals}f}")
    return Markdown(repr(value))
