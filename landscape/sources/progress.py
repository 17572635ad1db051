"""How far a fetch has come, told to whoever draws it; how it is drawn is the command line's."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called after each answer, always from the thread that called the fetch."""

    def __call__(self, source: str, done: int, total: int) -> None:
        """``done`` of ``total`` are answered by the source, for good or for bad."""


def ignore_progress(source: str, done: int, total: int) -> None:
    """Tell nobody."""
