"""Pairs of projects and their common developers: ``data/metrics/collaboration/<window>.csv``.

A file is named after the last month of the window that it counts. Which pairs are drawn is
``landscape.analysis``'s.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pandas as pd

from landscape.base.errors import LandscapeError
from landscape.base.months import is_month
from landscape.metrics.cells import format_table, parse_table
from landscape.metrics.columns import Layout
from landscape.metrics.store import FOLDER

COLLABORATION = Layout(
    kinds={"project_a": "id", "project_b": "id", "common_developers": "count", "vintage": "id"},
    key=("project_a", "project_b"),
)


def list_collaboration_windows(root: Path) -> tuple[str, ...]:
    """Return the windows for which there is a file, in order of time."""
    folder = root / FOLDER / "collaboration"
    return tuple(sorted(path.stem for path in folder.glob("*.csv") if is_month(path.stem)))


def load_collaboration(root: Path, window: str = "") -> pd.DataFrame:
    """Read the pairs of the window, by default of the newest; without a file the table is empty.

    Out: project_a, project_b (ids, a before b), common_developers (Int64: developers active in
    both), vintage. Key and order project_a, project_b. A pair that is not there is unknown or
    below the publication's own limit, not 0. Raises LandscapeError naming file and line where the
    file is malformed.
    """
    windows = list_collaboration_windows(root)
    window = window or (windows[-1] if windows else "")
    path = root / FOLDER / "collaboration" / f"{window}.csv"
    if not path.exists():
        columns = {name: pd.Series(dtype="object") for name in COLLABORATION.kinds}
        return pd.DataFrame(columns).astype({"common_developers": "Int64"})
    source = path.relative_to(root).as_posix()
    table = parse_table(path.read_bytes(), COLLABORATION, source)
    for line, (first, second) in enumerate(
        zip(table["project_a"], table["project_b"], strict=True), start=2
    ):
        if first >= second:
            raise LandscapeError(
                f"{source}:{line}: {first} must come before {second}",
                "Write each pair once, its ids in alphabetical order.",
            )
    table = table[list(COLLABORATION.kinds)]
    return table.sort_values(["project_a", "project_b"], kind="stable", ignore_index=True)


def format_collaboration(table: pd.DataFrame) -> bytes:
    """Return the file of a table as ``load_collaboration`` gives it."""
    return format_table(table, COLLABORATION)


def locate_collaboration(window: str) -> PurePosixPath:
    """Return the path of a window's file below the landscape's root."""
    return PurePosixPath((FOLDER / "collaboration" / f"{window}.csv").as_posix())
