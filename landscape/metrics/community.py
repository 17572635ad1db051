"""Developers of projects and where they come from: ``data/metrics/community/<window>.csv``.

A file is named after the last month of the window that it counts, as in
``landscape.metrics.collaboration``.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pandas as pd

from landscape.base.months import is_month
from landscape.metrics.cells import format_table, parse_table
from landscape.metrics.columns import DTYPES, Layout
from landscape.metrics.store import FOLDER

EVERYWHERE = "*"
"""The place of the row that counts all developers of a project, wherever they come from."""

COMMUNITY = Layout(
    kinds={
        "project": "id",
        "place": "id",
        "developers": "count",
        "main_developers": "count",
        "vintage": "id",
    },
    key=("project", "place"),
    optional=frozenset({"main_developers"}),
)


def list_community_windows(root: Path) -> tuple[str, ...]:
    """Return the windows for which there is a file, in order of time."""
    folder = root / FOLDER / "community"
    return tuple(sorted(path.stem for path in folder.glob("*.csv") if is_month(path.stem)))


def load_community(root: Path, window: str = "") -> pd.DataFrame:
    """Read the window, by default the newest; without a file the table is empty.

    Out: project, place (``*``: all developers; else a place of a table of profiles), developers
    (Int64), main_developers (Int64: the fewest of them with half of the active days; NA unknown,
    and for a place), vintage. Ordered by project and place, its key. A developer whose profile
    names no place is in the row of all only. Raises LandscapeError naming file and line where the
    file is malformed.
    """
    windows = list_community_windows(root)
    path = root / locate_community(window or (windows[-1] if windows else ""))
    if not path.exists():
        kinds = COMMUNITY.kinds.items()
        return pd.DataFrame({name: pd.Series(dtype=DTYPES[kind]) for name, kind in kinds})
    table = parse_table(path.read_bytes(), COMMUNITY, path.relative_to(root).as_posix())
    if "main_developers" not in table:
        table["main_developers"] = pd.Series(pd.NA, index=table.index, dtype="Int64")
    table = table[list(COMMUNITY.kinds)]
    return table.sort_values(["project", "place"], kind="stable", ignore_index=True)


def format_community(table: pd.DataFrame) -> bytes:
    """Return the file of a table as ``load_community`` gives it."""
    return format_table(table, COMMUNITY)


def locate_community(window: str) -> PurePosixPath:
    """Return the path of a window's file below the landscape's root."""
    return PurePosixPath((FOLDER / "community" / f"{window}.csv").as_posix())
