"""The monthly store on disk: every file under ``data/metrics`` that decides or is shown.

Reading is strict, because a wrong row here would silently change who is on the map. What the
values mean is ``landscape.analysis``'s; where they come from is ``landscape.sources``'.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pandas as pd

from landscape.base.errors import LandscapeError
from landscape.base.files import write_atomically
from landscape.base.months import is_month
from landscape.base.transaction import hold_settled
from landscape.metrics.cells import format_table, parse_table
from landscape.metrics.columns import (
    GITHUB,
    OPENDIGGER,
    REPOSITORIES,
    STATES,
    Layout,
    make_empty_table,
)
from landscape.metrics.model import MONTHLY_KEY, Store

FOLDER = Path("data") / "metrics"


def load_store(root: Path) -> Store:
    """Read the store under the landscape's root; files that do not exist are empty tables.

    All are of one state: a change that a killed run has begun is brought to its end first.
    Raises LandscapeError naming file and line where a file is malformed.
    """
    with hold_settled(root):
        return Store(
            opendigger=_load_months(root, "opendigger", OPENDIGGER),
            github=_load_months(root, "github", GITHUB),
            repositories=_load_file(root, "repositories.csv", REPOSITORIES),
            states=_load_file(root, "state.csv", STATES),
        )


def format_store(root: Path, before: Store, after: Store) -> dict[PurePosixPath, bytes | None]:
    """Return the files that may differ between two stores, for one transaction.

    Paths are relative to the root. None: the file goes, because nothing is known of its month
    any longer.
    """
    files: dict[PurePosixPath, bytes | None] = {}
    for folder, old, new in (
        ("opendigger", before.opendigger, after.opendigger),
        ("github", before.github, after.github),
    ):
        for month in set(old["month"]) - set(new["month"]):
            files[PurePosixPath(FOLDER / folder / f"{month}.csv")] = None
    for path, content in _format_files(root, after):
        files[PurePosixPath(path.relative_to(root))] = content
    return files


def write_store(root: Path, store: Store) -> tuple[Path, ...]:
    """Write the store, each file whole or not at all, and return the files that changed.

    A file that would not change is not touched. Months that the store does not have stay as they
    are. A table without rows makes no new file, but empties one that exists.
    """
    changed = []
    for path, content in _format_files(root, store):
        if write_atomically(path, content):
            changed.append(path)
    return tuple(changed)


def _format_files(root: Path, store: Store) -> Iterator[tuple[Path, bytes]]:
    for folder, table, layout in (
        ("opendigger", store.opendigger, OPENDIGGER),
        ("github", store.github, GITHUB),
    ):
        for month, rows in table.groupby("month", sort=True):
            yield root / FOLDER / folder / f"{month}.csv", format_table(rows, layout)
    for name, table, layout in (
        ("repositories.csv", store.repositories, REPOSITORIES),
        ("state.csv", store.states, STATES),
    ):
        path = root / FOLDER / name
        if len(table) or path.exists():
            yield path, format_table(table, layout)


def _load_months(root: Path, folder: str, layout: Layout) -> pd.DataFrame:
    tables = []
    for path in sorted((root / FOLDER / folder).glob("*.csv")):
        # A name that starts with a dot is what an interrupted write left behind.
        if path.name.startswith("."):
            continue
        if not is_month(path.stem):
            message = f"{path.relative_to(root).as_posix()}: the file's name is not a month"
            raise LandscapeError(message, "Name it YYYY-MM.csv, or move it out of the folder.")
        table = parse_table(path.read_bytes(), layout, path.relative_to(root).as_posix())
        table.insert(1, "month", pd.Series([path.stem] * len(table), dtype="object"))
        tables.append(table)
    if not tables:
        return make_empty_table(layout, monthly=True)
    joined = pd.concat(tables, ignore_index=True)
    names = [name for name in layout.kinds if name in joined.columns]
    joined = joined[["project", "month", *names[1:]]]
    return joined.sort_values(MONTHLY_KEY, kind="stable", ignore_index=True)


def _load_file(root: Path, name: str, layout: Layout) -> pd.DataFrame:
    path = root / FOLDER / name
    if not path.exists():
        return make_empty_table(layout)
    table = parse_table(path.read_bytes(), layout, path.relative_to(root).as_posix())
    table = table[list(layout.kinds)]
    return table.sort_values(list(layout.key), kind="stable", ignore_index=True)
