"""What a refresh changed in the monthly store, row by row, and how that is applied to another.

When somebody else was faster, the files are not merged as text: the rows that were fetched are
written into the store that stands now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from landscape.metrics.columns import DTYPES, GITHUB, OPENDIGGER, REPOSITORIES, STATES, Layout
from landscape.metrics.model import LIVE, MONTHLY_KEY, Store

_TABLES: Mapping[str, tuple[Layout, tuple[str, ...]]] = {
    "opendigger": (OPENDIGGER, tuple(MONTHLY_KEY)),
    "github": (GITHUB, tuple(MONTHLY_KEY)),
    "repositories": (REPOSITORIES, REPOSITORIES.key),
    "states": (STATES, STATES.key),
}
Key = tuple[str, ...]
Row = dict[str, Any]
"""One row by column; what is not known has no entry."""


@dataclass(frozen=True)
class TableDelta:
    """One table's changes: rows as they were and as they are now, by key; None where absent."""

    before: Mapping[Key, Row | None]
    after: Mapping[Key, Row | None]


@dataclass(frozen=True)
class StoreDelta:
    """The changes of every table that changed, by the table's name in ``Store``."""

    tables: Mapping[str, TableDelta]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any(delta.after for delta in self.tables.values())


def compute_delta(before: Store, after: Store) -> StoreDelta:
    """Return the rows that differ between two stores; a number that prints alike is alike."""
    tables = {}
    for name, (_, key) in _TABLES.items():
        old, new = _list_rows(getattr(before, name), key), _list_rows(getattr(after, name), key)
        differing = [each for each in {**old, **new} if old.get(each) != new.get(each)]
        if differing:
            tables[name] = TableDelta(
                {each: old.get(each) for each in differing},
                {each: new.get(each) for each in differing},
            )
    return StoreDelta(tables)


def apply_delta(store: Store, delta: StoreDelta, *, is_newer: bool = True) -> Store:
    """Return the store with the changes applied, row by row.

    A row that the store has as it was before takes the change. A row that somebody else changed
    meanwhile is a conflict: a fetched value wins over an imported one, and between two fetched
    ones the newer, which ``is_newer`` says is ours.
    """
    tables = {}
    for name, changes in delta.tables.items():
        layout, key = _TABLES[name]
        table = getattr(store, name)
        rows = _list_rows(table, key)
        for each, ours in changes.after.items():
            theirs = rows.get(each)
            if theirs != changes.before[each] and not _wins(ours, theirs, is_newer=is_newer):
                continue
            if ours is None:
                rows.pop(each, None)
            else:
                rows[each] = ours
        tables[name] = _make_table(rows, layout, key, table)
    return replace(store, **tables)


def describe_delta(delta: StoreDelta, limit: int = 100) -> tuple[str, ...]:
    """Return the changes field by field, at most so many lines and a count of the rest."""
    lines: list[str] = []
    for name, changes in delta.tables.items():
        for each in sorted(changes.after):
            lines += _describe_row(name, each, changes.before[each], changes.after[each])
    more = len(lines) - limit
    return (*lines[:limit], *((f"… and {more} more",) if more > 0 else ()))


def summarise_delta(delta: StoreDelta) -> str:
    """Return the counts of new, revised and removed rows of the monthly values as one phrase."""
    changes = delta.tables.get("opendigger")
    if changes is None:
        return "nothing new upstream"
    new = sum(row is None for row in changes.before.values())
    removed = sum(row is None for row in changes.after.values())
    revised = len(changes.after) - new - removed
    newest = max(each[1] for each in changes.after)
    parts = [(new, "new"), (revised, "revised"), (removed, "removed")]
    counts = ", ".join(f"{count} {word}" for count, word in parts if count)
    return f"{counts} monthly values up to {newest}"


def _wins(ours: Row | None, theirs: Row | None, *, is_newer: bool) -> bool:
    live = [row is not None and row.get("vintage", LIVE) == LIVE for row in (ours, theirs)]
    if live[0] != live[1]:
        return live[0]
    return is_newer


def _list_rows(table: pd.DataFrame, key: Sequence[str]) -> dict[Key, Row]:
    columns = [(name, table[name].tolist()) for name in table.columns]
    rows: dict[Key, Row] = {}
    for number in range(len(table)):
        row = {name: values[number] for name, values in columns if pd.notna(values[number])}
        rows[tuple(str(row[name]) for name in key)] = row
    return rows


def _make_table(
    rows: Mapping[Key, Row], layout: Layout, key: Sequence[str], old: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows as a table of the layout, with its types, ordered by key."""
    seen = {name for row in rows.values() for name in row}
    names = list(old.columns) + [
        name for name in layout.kinds if name in seen and name not in old.columns
    ]
    names = [*key, *(name for name in layout.kinds if name in names and name not in key)]
    ordered = [rows[each] for each in sorted(rows)]
    columns = {}
    for name in names:
        dtype = _find_dtype(name, layout)
        columns[name] = pd.Series([row.get(name) for row in ordered], dtype=dtype, name=name)
    return pd.DataFrame(columns)


def _find_dtype(name: str, layout: Layout) -> Any:
    return DTYPES[layout.kinds[name]] if name in layout.kinds else "object"


def _describe_row(name: str, key: Key, before: Row | None, after: Row | None) -> list[str]:
    place = " ".join(key)
    if after is None:
        return [f"{name} {place}: removed"]
    old = before or {}
    return [
        f"{name} {place} {field}: {_show(old.get(field))} -> {_show(after.get(field))}"
        for field in dict.fromkeys([*old, *after])
        if field not in ("project", "month") and old.get(field) != after.get(field)
    ]


def _show(value: Any) -> str:
    if value is None:
        return "unknown"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
