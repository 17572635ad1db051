"""The monthly values of an edition in one small file: a line a project, metric and vintage.

``series.csv`` has the columns metric, project, vintage, first_month, values. The values are those
of the months in a row that begin with ``first_month``, parted by spaces, ``-`` where unknown.
The store's own files are ``landscape.metrics.store``'s.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pandas as pd

from landscape.base.errors import LandscapeError
from landscape.base.months import count_months, is_month, shift_month
from landscape.metrics.columns import METRICS, OPENDIGGER, make_empty_table
from landscape.metrics.model import MONTHLY_KEY

HEADER = ["metric", "project", "vintage", "first_month", "values"]
UNKNOWN = "-"
_VALUE = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")


def format_series(opendigger: pd.DataFrame) -> bytes:
    """Return the known values of the store's opendigger table as ``series.csv``."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for metric in METRICS:
        if metric in opendigger:
            known = opendigger[opendigger[metric].notna()]
            writer.writerows(_list_lines(known.sort_values(MONTHLY_KEY, kind="stable"), metric))
    return stream.getvalue().encode("utf-8")


def parse_series(content: bytes, source: str) -> pd.DataFrame:
    """Return the values as the store's opendigger table; ``source`` names the file in errors.

    Raises LandscapeError with file and line where the file is malformed.
    """
    cells: dict[tuple[str, str], dict[str, float | str]] = {}
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise LandscapeError(f"{source} cannot be read: {error}", "Restore it from git.") from error
    for line, row in enumerate(rows, 1):
        if line == 1 and row == HEADER:
            continue
        if line == 1 or len(row) != len(HEADER) or not _is_well_formed(row):
            raise LandscapeError(f"{source}:{line}: is no series", "Restore it from git.")
        metric, project, vintage, first, values = row
        for step, text in enumerate(values.split()):
            if text != UNKNOWN:
                cell = cells.setdefault((project, shift_month(first, step)), {"vintage": vintage})
                cell[metric] = float(text)
    return _tabulate(cells)


def _list_lines(known: pd.DataFrame, metric: str) -> Iterator[list[str]]:
    for (project, vintage), rows in known.groupby(["project", "vintage"], sort=True):
        months = rows["month"].tolist()
        texts = [UNKNOWN] * (count_months(months[0], months[-1]) + 1)
        for month, value in zip(months, rows[metric].tolist(), strict=True):
            texts[count_months(months[0], month)] = _format_value(value)
        yield [metric, str(project), str(vintage), months[0], " ".join(texts)]


def _format_value(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _is_well_formed(row: list[str]) -> bool:
    metric, project, vintage, first, values = row
    texts = values.split()
    return (
        metric in METRICS
        and bool(project and vintage and texts)
        and is_month(first)
        and all(text == UNKNOWN or _VALUE.fullmatch(text) for text in texts)
    )


def _tabulate(cells: dict[tuple[str, str], dict[str, float | str]]) -> pd.DataFrame:
    if not cells:
        return make_empty_table(OPENDIGGER, monthly=True)
    ordered = sorted(cells)
    names = [name for name in METRICS if any(name in cell for cell in cells.values())]
    columns: dict[str, pd.Series] = {
        "project": pd.Series([project for project, _ in ordered], dtype="object"),
        "month": pd.Series([month for _, month in ordered], dtype="object"),
    }
    for name in dict.fromkeys(["openrank", *names]):
        values = [cells[key].get(name) for key in ordered]
        columns[name] = pd.Series(values, dtype="float64")
    columns["vintage"] = pd.Series([cells[key]["vintage"] for key in ordered], dtype="object")
    return pd.DataFrame(columns)
