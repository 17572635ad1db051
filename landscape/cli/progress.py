"""How far a fetch has come: a bar on a terminal, a few plain lines anywhere else."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

import click

STEPS = 5
"""Lines of one fetch, where no terminal shows a bar."""


class ProgressDisplay:
    """Shows progress on standard error; click's own bar, so that no further library is needed."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._bar: Any = None
        self._source = ""
        self._shown = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish()

    def __call__(self, source: str, done: int, total: int) -> None:
        """Show that so many of the source's answers are in."""
        if source != self._source or done < self._shown:
            self._begin(source, total)
        if self._is_terminal:
            self._bar.update(done - self._shown)
        elif done * STEPS // total > self._shown * STEPS // total:
            click.echo(f"fetch: {source} {done} of {total}", err=True)
        self._shown = done
        if done >= total:
            self._finish()

    def _begin(self, source: str, total: int) -> None:
        self._finish()
        self._source, self._shown = source, 0
        if self._is_terminal:
            self._bar = click.progressbar(
                length=total, label=f"fetch: {source}", file=sys.stderr, show_pos=True
            )
            self._bar.__enter__()

    def _finish(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
        self._bar, self._source = None, ""
