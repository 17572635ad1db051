"""Yearly OpenRank of whole technology domains (F1): ``data/metrics/technology_domains.csv``.

Figures of publications, and beside them those that the last refresh read (vintage ``live``). The
vintage names the basis: figures of two vintages count different sets of repositories and cannot
be compared. Which domains a refresh asks for is said by this file too: those that it has.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from landscape.base.errors import LandscapeError
from landscape.metrics.cells import format_table, parse_table
from landscape.metrics.columns import Layout
from landscape.metrics.store import FOLDER

FILE = FOLDER / "technology_domains.csv"
TECHNOLOGY = Layout(
    kinds={"domain": "id", "year": "id", "openrank": "number", "vintage": "id"},
    key=("domain", "vintage", "year"),
)
_YEAR = re.compile(r"\d{4}")


def load_technology_domains(root: Path) -> pd.DataFrame:
    """Read the yearly figures under the landscape's root; without a file the table is empty.

    Out: domain (id), year (``YYYY``), openrank (float, OpenRank summed over the year, NaN
    unknown), vintage (text). Key domain+year+vintage, ordered by vintage, domain, year. Raises
    LandscapeError naming file and line where the file is malformed.
    """
    path = root / FILE
    if not path.exists():
        return pd.DataFrame({name: pd.Series(dtype="object") for name in TECHNOLOGY.kinds})
    table = parse_table(path.read_bytes(), TECHNOLOGY, FILE.as_posix())
    for line, year in enumerate(table["year"], start=2):
        if not _YEAR.fullmatch(year):
            raise LandscapeError(
                f"{FILE.as_posix()}:{line}: year must be YYYY, not {year[:60]!r}",
                "Correct the row, or restore the file from git.",
            )
    table = table[list(TECHNOLOGY.kinds)]
    return table.sort_values(["vintage", "domain", "year"], kind="stable", ignore_index=True)


def format_technology_domains(table: pd.DataFrame) -> bytes:
    """Return the file of a table as ``load_technology_domains`` gives it."""
    return format_table(table, TECHNOLOGY)
