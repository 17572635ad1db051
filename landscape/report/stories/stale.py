"""A sentence of a story that the data no longer support: left out by the build, and told of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stale:
    """Where the sentence stands, and what it says, as Markdown that is safe to show."""

    story: str
    language: str
    path: str
    line: int
    sentence: str
