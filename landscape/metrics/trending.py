"""Stars gained in a month, as an event archive tells: ``data/metrics/trending/<YYYY-MM>.csv``.

Of the dataset's projects, and of the repositories that gained most among all. Which of them are
shown, and how, is decided elsewhere.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pandas as pd

from landscape.base.months import is_month
from landscape.metrics.cells import format_table, parse_table
from landscape.metrics.columns import DTYPES, Layout
from landscape.metrics.store import FOLDER

TRENDING = Layout(
    kinds={
        "place": "count",
        "repo_id": "count",
        "repo": "id",
        "project": "text",
        "stars": "count",
        "vintage": "id",
    },
    key=("place",),
)


def list_trending_months(root: Path) -> tuple[str, ...]:
    """Return the months for which there is a file, in order."""
    folder = root / FOLDER / "trending"
    return tuple(sorted(path.stem for path in folder.glob("*.csv") if is_month(path.stem)))


def load_trending(root: Path, month: str) -> pd.DataFrame:
    """Read one month; without a file the table is empty.

    Out: place (Int64, 1 for the most stars among all repositories), repo_id (Int64), repo
    (owner/name), project (id, None where it is none of the dataset), stars (Int64: accounts that
    starred it in the month), vintage. Ordered by place, its key. Raises LandscapeError naming
    file and line where the file is malformed.
    """
    path = root / locate_trending(month)
    if not path.exists():
        kinds = TRENDING.kinds.items()
        return pd.DataFrame({name: pd.Series(dtype=DTYPES[kind]) for name, kind in kinds})
    table = parse_table(path.read_bytes(), TRENDING, path.relative_to(root).as_posix())
    return table[list(TRENDING.kinds)].sort_values("place", kind="stable", ignore_index=True)


def format_trending(table: pd.DataFrame) -> bytes:
    """Return the file of a table as ``load_trending`` gives it."""
    return format_table(table, TRENDING)


def locate_trending(month: str) -> PurePosixPath:
    """Return the path of a month's file below the landscape's root."""
    return PurePosixPath((FOLDER / "trending" / f"{month}.csv").as_posix())
