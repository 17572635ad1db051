"""How much of its months an archive of events held: ``data/metrics/archive.csv``.

One row for each table that was counted from one (``landscape.metrics.collaboration``,
``community`` and ``trending``), so that a page can say where hours are missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import pandas as pd

from landscape.base.errors import LandscapeError
from landscape.metrics.cells import format_table, parse_table
from landscape.metrics.columns import Layout
from landscape.metrics.model import ArchiveSpan
from landscape.metrics.store import FOLDER

FILE = FOLDER / "archive.csv"
COLLABORATION, COMMUNITY, TRENDING = "collaboration", "community", "trending"
ARCHIVE = Layout(
    kinds={
        "table": "id",
        "window": "id",
        "first": "id",
        "hours": "count",
        "hours_total": "count",
    },
    key=("table", "window"),
)


Spans = Mapping[tuple[str, str], ArchiveSpan]
"""Table and window, the last month that its file is named after, to what was read for it."""


def load_spans(root: Path) -> dict[tuple[str, str], ArchiveSpan]:
    """Read what is recorded; without a file nothing is.

    A table that is not there is none that was counted from an archive, or one of which nobody
    recorded it. Raises LandscapeError naming file and line where the file is malformed.
    """
    path = root / FILE
    return parse_spans(path.read_bytes()) if path.exists() else {}


def parse_spans(content: bytes) -> dict[tuple[str, str], ArchiveSpan]:
    """Return what the file says; LandscapeError naming file and line where it is malformed."""
    source = FILE.as_posix()
    table = parse_table(content, ARCHIVE, source)
    if table[["hours", "hours_total"]].isna().any(axis=None):
        raise LandscapeError(f"{source}: hours must be known", "Restore the file from git.")
    columns = (table[name] for name in ARCHIVE.kinds)
    return {
        (name, window): ArchiveSpan(first, window, int(hours), int(total))
        for name, window, first, hours, total in zip(*columns, strict=True)
    }


def choose_window(
    windows: Sequence[str], table: str, spans: Spans, least_share: float, until: str | None = None
) -> str:
    """Return the newest window of whose hours at least that share was seen; empty without any.

    Numbers of a sample are lower than in truth, and would be drawn as a change beside whole ones.
    A window of which nothing is recorded was published as a whole one. ``until``: in the replay of
    that month the newest window up to it, or else the earliest.
    """
    whole = [
        window
        for window in windows
        if (table, window) not in spans or spans[table, window].share >= least_share
    ]
    past = [window for window in whole if until is None or window <= until]
    return past[-1] if past else next(iter(whole), "")


def format_spans(spans: Spans) -> bytes:
    """Return the file of what ``load_spans`` gives."""
    rows = [
        (name, window, span.first, span.hours, span.hours_total)
        for (name, window), span in spans.items()
    ]
    return format_table(pd.DataFrame(rows, columns=list(ARCHIVE.kinds)), ARCHIVE)


def locate_spans() -> PurePosixPath:
    """Return the path of the file below the landscape's root."""
    return PurePosixPath(FILE.as_posix())
