"""One CSV file of the store as a table and back: strict on reading, canonical on writing.

Which files there are and where they lie is ``landscape.metrics.store``'s.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from landscape.base.errors import LandscapeError
from landscape.base.months import is_month
from landscape.dataset.suggestion import find_nearest, list_known
from landscape.metrics.columns import DTYPES, Layout

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
_SIGNED = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")
_MEAN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_COUNT = re.compile(r"[0-9]{1,18}")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

_CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "id": (lambda text: text != "", "must not be empty"),
    "text": (lambda text: text is not None, "must be text"),
    "number": (_NUMBER.fullmatch, "must be a number of 0 or more with at most 2 decimals"),
    "signed": (_SIGNED.fullmatch, "must be a number with at most 2 decimals"),
    "mean": (_MEAN.fullmatch, "must be a number with at most 6 decimals"),
    "count": (_COUNT.fullmatch, "must be a whole number of 0 or more"),
    "flag": (lambda text: text in {"true", "false"}, "must be true or false"),
    "day": (_DAY.fullmatch, "must be a date YYYY-MM-DD"),
    "month": (is_month, "must be a month YYYY-MM"),
}
_CONVERSIONS: dict[str, Callable[[str], object]] = {
    "number": float,
    "signed": float,
    "mean": float,
    "count": int,
    "flag": lambda text: text == "true",
}


def parse_table(content: bytes, layout: Layout, source: str) -> pd.DataFrame:
    """Return the file's rows, in its order, with the columns that it has.

    An empty cell is missing (NaN, NA or None by column). ``source`` names the file in errors.
    Raises LandscapeError with file and line: not UTF-8, unknown, repeated or absent column, wrong
    number of cells, a cell of the wrong form, a key that occurs twice.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refuse(source, 1, f"is not UTF-8: {error.reason} at byte {error.start}") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        header = next(reader, [])
        _check_header(header, layout, source)
        for row in reader:
            if len(row) != len(header):
                message = f"has {len(row)} cells where the header has {len(header)}"
                raise _refuse(source, reader.line_num, message)
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise _refuse(source, reader.line_num, f"is not CSV: {error}") from error
    columns = list(zip(*rows, strict=True)) or [() for _ in header]
    table = pd.DataFrame(
        {
            name: _convert_column(cells, name, layout.kinds[name], lines, source)
            for name, cells in zip(header, columns, strict=True)
        }
    )
    _check_key(table, layout, lines, source)
    return table


def format_table(table: pd.DataFrame, layout: Layout) -> bytes:
    """Return the table as CSV: rows by key, columns of the layout, shortest numbers, LF.

    Optional columns that know nothing are left out. The input has the layout's columns (more are
    ignored); a missing value becomes an empty cell.
    """
    ordered = table.sort_values(list(layout.key), kind="stable")
    names = [
        name
        for name in layout.kinds
        if name not in layout.optional or (name in ordered and ordered[name].notna().any())
    ]
    cells = [_format_column(ordered[name], layout.kinds[name]) for name in names]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*cells, strict=True))
    return stream.getvalue().encode("utf-8")


def _check_header(header: Sequence[str], layout: Layout, source: str) -> None:
    if header and header[0].startswith("\ufeff"):
        message = "begins with a byte order mark, which belongs to no column's name"
        raise _refuse(source, 1, message, "Save it as UTF-8 without one (no BOM).")
    for name in header:
        if name not in layout.kinds:
            hint = _suggest_column(name, layout)
            raise _refuse(source, 1, f"has the unknown column {name[:60]!r}", hint)
    if len(set(header)) != len(header):
        raise _refuse(source, 1, "names a column twice")
    for name in layout.kinds:
        if name not in header and name not in layout.optional:
            needed = ", ".join(kind for kind in layout.kinds if kind not in layout.optional)
            raise _refuse(source, 1, f"has no column {name!r}", f"It must have {needed}.")


def _suggest_column(name: str, layout: Layout) -> str:
    nearest = find_nearest(name, layout.kinds)
    meant = f"Did you mean {nearest}? " if nearest else ""
    return f"{meant}It may have {list_known(layout.kinds)}."


def _convert_column(
    cells: Sequence[str], name: str, kind: str, lines: Sequence[int], source: str
) -> pd.Series:
    is_good, complaint = _CHECKS[kind]
    convert = _CONVERSIONS.get(kind, str)
    values: list[Any] = []
    for cell, line in zip(cells, lines, strict=True):
        if cell == "" and kind != "id":
            values.append(None)
        elif is_good(cell):
            values.append(convert(cell))
        else:
            raise _refuse(source, line, f"{name} {complaint}, not {cell[:60]!r}")
    return pd.Series(values, dtype=DTYPES[kind], name=name)


def _check_key(table: pd.DataFrame, layout: Layout, lines: Sequence[int], source: str) -> None:
    repeated = table.duplicated(list(layout.key)).to_numpy()
    if repeated.any():
        row = int(repeated.argmax())
        named = ", ".join(str(table[name].iloc[row]) for name in layout.key)
        raise _refuse(source, lines[row], f"repeats {named}", "Keep one row of the two.")


def _format_column(column: pd.Series, kind: str) -> list[str]:
    format_cell = _FORMATS.get(kind, str)
    return [
        "" if is_missing else format_cell(value)
        for value, is_missing in zip(column.tolist(), column.isna().tolist(), strict=True)
    ]


def _format_number(value: float, decimals: int = 2) -> str:
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


_FORMATS: dict[str, Callable[[Any], str]] = {
    "number": _format_number,
    "signed": _format_number,
    "mean": lambda value: _format_number(value, 6),
    "count": lambda value: str(int(value)),
    "flag": lambda value: "true" if value else "false",
}


def _refuse(source: str, line: int, problem: str, hint: str = "") -> LandscapeError:
    way_out = hint or "Correct the row, or restore the file from git."
    return LandscapeError(f"{source}:{line}: {problem}", way_out)
