"""Whole series replaced by the files that were read (rule 5), and explicit zeros (rule 3).

The unit of replacing is one metric of one project: the file. A row of the store holds the values
of several files, so it is taken apart into cells, and put together again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from landscape.metrics.columns import METRICS, OPENDIGGER, make_empty_table, name_vintage
from landscape.metrics.model import LIVE, MONTHLY_KEY

ENOUGH_LATER_MONTHS = 3
DECIMALS = 2

Names: TypeAlias = npt.NDArray[np.object_]
Numbers: TypeAlias = npt.NDArray[np.float64]


def replace_series(
    opendigger: pd.DataFrame, files: pd.DataFrame, values: pd.DataFrame
) -> pd.DataFrame:
    """Return the store's opendigger table with the series of the files replaced.

    In: ``files``: project, metric of each file that was read; ``values``: project, metric, month,
    value of these files. Other metrics of the same projects, and other projects, stay as they
    are, with their vintages. Out: ordered by project, month.
    """
    is_touched = opendigger["project"].isin(files["project"])
    kept = opendigger[~is_touched]
    rows = _join_cells([*_split_rows(opendigger[is_touched], files), *_split_values(values)])
    parts = [part for part in (kept, rows) if len(part)]
    if not parts:
        return make_empty_table(OPENDIGGER, monthly=True)
    joined = parts[0]
    if len(parts) > 1:
        joined = pd.concat(parts).sort_values(MONTHLY_KEY, kind="stable")
    names = [name for name in OPENDIGGER.kinds if name in joined and _is_needed(joined, name)]
    return joined[["project", "month", *names[1:]]].reset_index(drop=True)


def list_zeros(
    files: pd.DataFrame, present: Sequence[pd.DataFrame], published: Sequence[str]
) -> pd.DataFrame:
    """Return the zeros that upstream means by leaving out a month (rule 3).

    In: ``files`` that were answered ok: project, metric; ``present``: tables of project, metric,
    month of every month that a file has, or that a correction is about. Out: project, metric,
    month, value (0.0), for each published month but the newest, after the file's first month,
    that the file leaves out, where the file has a later month or three later are published.
    """
    known = set().union(*(pd.unique(table["month"]) for table in present))
    months: pd.Index = pd.Index(sorted(known.union(published)), dtype="object")
    is_published = months.isin(list(published))
    later_published = is_published[::-1].cumsum()[::-1] - is_published
    is_closed = is_published & (later_published > 0)
    zeros = [pd.DataFrame({"project": [], "metric": [], "month": [], "value": []})]
    for metric, read in files.groupby("metric", sort=False):
        projects: pd.Index = pd.Index(read["project"], dtype="object")
        has = np.zeros((len(projects), len(months)), dtype=bool)
        for table in present:
            part = table[table["metric"] == metric]
            rows = _find_places(projects, part["project"].to_numpy(object))
            has[rows, _find_places(months, part["month"].to_numpy(object))] = True
        is_after_first = np.logical_or.accumulate(has, axis=1)
        is_before_last = np.logical_or.accumulate(has[:, ::-1], axis=1)[:, ::-1]
        is_due = is_closed & is_after_first & ~has
        is_due &= is_before_last | (later_published >= ENOUGH_LATER_MONTHS)
        rows, columns = np.nonzero(is_due)
        names = {"project": projects.to_numpy()[rows], "month": months.to_numpy()[columns]}
        zeros.append(pd.DataFrame({**names, "metric": metric, "value": 0.0}))
    found = [table for table in zeros if len(table)] or zeros[:1]
    return pd.concat(found, ignore_index=True)[["project", "metric", "month", "value"]]


@dataclass(frozen=True)
class _Cells:
    """The known values of one metric, each of one vintage."""

    metric: str
    project: Names
    month: Names
    value: Numbers
    vintage: Names


def _split_rows(rows: pd.DataFrame, files: pd.DataFrame) -> list[_Cells]:
    """Take rows apart into the cells of the files that were not read."""
    cells = []
    for metric in METRICS:
        if metric not in rows:
            continue
        read = files.loc[files["metric"] == metric, "project"]
        part = rows[rows[metric].notna() & ~rows["project"].isin(read)]
        vintage = part["vintage"]
        if name_vintage(metric) in part:
            vintage = part[name_vintage(metric)].fillna(vintage)
        cells.append(_make_cells(metric, part, part[metric], vintage))
    return [part for part in cells if len(part.value)]


def _split_values(values: pd.DataFrame) -> list[_Cells]:
    return [
        _make_cells(str(metric), part, part["value"].round(DECIMALS), None)
        for metric, part in values.groupby("metric", sort=False)
    ]


def _make_cells(
    metric: str, part: pd.DataFrame, value: pd.Series, vintage: pd.Series | None
) -> _Cells:
    return _Cells(
        metric,
        part["project"].to_numpy(dtype=object),
        part["month"].to_numpy(dtype=object),
        value.to_numpy(dtype=float),
        np.full(len(part), LIVE, dtype=object) if vintage is None else vintage.to_numpy(object),
    )


def _join_cells(cells: list[_Cells]) -> pd.DataFrame:
    """Put cells together into rows: one a project and month, with one vintage where it holds."""
    if not cells:
        return pd.DataFrame()
    projects = _list_names([part.project for part in cells])
    months = _list_names([part.month for part in cells])
    keys = [
        _find_places(projects, part.project) * len(months) + _find_places(months, part.month)
        for part in cells
    ]
    rows = np.unique(np.concatenate(keys))
    table: dict[str, Names | Numbers] = {
        "project": projects.to_numpy(dtype=object)[rows // len(months)],
        "month": months.to_numpy(dtype=object)[rows % len(months)],
    }
    vintage = np.full(len(rows), None, dtype=object)
    for part, key in sorted(
        zip(cells, keys, strict=True), key=lambda pair: METRICS.index(pair[0].metric)
    ):
        places = np.searchsorted(rows, key)
        column = table.setdefault(part.metric, np.full(len(rows), np.nan))
        column[places] = part.value
        is_first = pd.isna(vintage[places])
        vintage[places[is_first]] = part.vintage[is_first]
        is_other = part.vintage != vintage[places]
        if is_other.any():
            own = table.setdefault(
                name_vintage(part.metric), np.full(len(rows), None, dtype=object)
            )
            own[places[is_other]] = part.vintage[is_other]
    table.setdefault("openrank", np.full(len(rows), np.nan))
    return pd.DataFrame({**table, "vintage": vintage})


def _list_names(parts: list[Names]) -> pd.Index:
    found = set().union(*(pd.unique(part) for part in parts))
    names: pd.Index = pd.Index(sorted(found), dtype="object")
    return names


def _find_places(names: pd.Index, wanted: Names) -> npt.NDArray[np.int64]:
    return np.asarray(names.get_indexer(pd.Index(wanted, dtype="object")), dtype=np.int64)


def _is_needed(table: pd.DataFrame, name: str) -> bool:
    return name not in OPENDIGGER.optional or bool(table[name].notna().any())
