"""What several subcommands take from the command line and the clock."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class RootOption:
    """The option ``--root``: the folder that was named, or none."""

    named: Path | None

    def resolve(self) -> Path:
        """Return the landscape's folder; LandscapeError where there is none."""
        from landscape.dataset.root import find_root

        return self.named.resolve() if self.named is not None else find_root(Path.cwd())


def find_latest_date() -> dt.date:
    """Return the date where it is latest on Earth: nobody's today lies in the future."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=14))).date()


def sort_by_language(given: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """Return the texts of ``[LANG=]TEXT`` by language; one without is of the first language."""
    texts: dict[str, str] = {}
    for item in given:
        language, separator, text = item.partition("=")
        if separator and language in languages:
            texts[language] = text.strip()
        else:
            texts.setdefault(languages[0], item.strip())
    return texts


def check_exist(
    _context: click.Context, _parameter: click.Parameter, paths: Sequence[Path]
) -> tuple[Path, ...] | None:
    """Return the paths of a command line, None for none; a link to nowhere does exist."""
    for path in paths:
        if not os.path.lexists(path):
            raise click.BadParameter(f"{path} does not exist")
    return tuple(paths) or None


paths_argument = click.argument(
    "paths",
    nargs=-1,
    metavar="[PATH]...",
    type=click.Path(path_type=Path),
    callback=check_exist,
)


def choose_hours(explanation: str) -> Callable[[_Command], _Command]:
    """Return the option ``--every-hours``: a sample of the archive's hours."""
    return click.option(
        "--every-hours",
        type=click.IntRange(1, 168),
        default=1,
        show_default=True,
        metavar="N",
        help=explanation,
    )
