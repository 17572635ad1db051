"""Messages with ``{placeholders}``, taken apart."""

from __future__ import annotations

from functools import cache
from string import Formatter


@cache
def split_message(text: str) -> tuple[tuple[str, str | None], ...]:
    """Return the pieces: literal text, and the name of the placeholder after it (or None)."""
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(text))
