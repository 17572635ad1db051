"""The window whose mean decides (rule 6)."""

from __future__ import annotations

from collections.abc import Sequence

from landscape.analysis.model import Window
from landscape.base.errors import LandscapeError
from landscape.base.months import is_month, list_months, shift_month
from landscape.dataset.model import Inclusion

TRAILING_MONTHS = 12


def resolve_window(
    inclusion: Inclusion, published: Sequence[str], as_of: str | None = None
) -> Window:
    """Return the window that ends at as-of, by default the newest published month.

    Raises LandscapeError where no month is published, or as-of is no month or not published.
    """
    if not published:
        message = (
            f"The store has no published month of {inclusion.metric}, so nothing can be decided."
        )
        raise LandscapeError(message, "Run `landscape refresh`, or import published values first.")
    month = published[-1] if as_of is None else as_of
    if not is_month(month):
        raise LandscapeError(f"{month!r} is not a month.", "Write it as YYYY-MM, like 2025-04.")
    if month not in published:
        message = f"{month} is not a published month: too few projects have a value for it."
        hint = f"The newest published month is {published[-1]}, the first {published[0]}."
        raise LandscapeError(message, hint)
    months = list_window_months(inclusion.window, month)
    return Window(
        metric=inclusion.metric,
        kind=inclusion.window,
        above=inclusion.above,
        months=months,
        published=tuple(name for name in published if months[0] <= name <= months[-1]),
    )


def list_window_months(kind: str, as_of: str) -> tuple[str, ...]:
    """Return all calendar months of the window of this kind that ends at as-of."""
    if kind == "year-to-date":
        return list_months(f"{as_of[:4]}-01", as_of)
    return list_months(shift_month(as_of, 1 - TRAILING_MONTHS), as_of)
