"""The monthly values as a matrix of projects and calendar months: what the rules compute on.

A missing cell is unknown. Nothing here fills, interpolates or corrects.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from landscape.base.months import list_months
from landscape.metrics.columns import name_vintage


@dataclass(frozen=True)
class Observations:
    """One metric of the current projects.

    values: index project (every current project, ordered by id), columns every calendar month
        from the first to the last known one (``YYYY-MM``), cells float, NaN unknown.
    vintages: same shape, int: index into ``labels``, -1 where the value is unknown.
    labels: the names of the vintages, sorted.
    """

    values: pd.DataFrame
    vintages: pd.DataFrame
    labels: tuple[str, ...]

    def until(self, month: str) -> Observations:
        """Return what was known for months up to the given one."""
        months = [name for name in self.values.columns if name <= month]
        return Observations(self.values[months], self.vintages[months], self.labels)


def tabulate_observations(
    opendigger: pd.DataFrame, metric: str, projects: pd.DataFrame
) -> Observations:
    """Spread the store's rows (project, month, <metric>, its vintage) into a matrix.

    Rows of projects that are not in ``projects`` are left out, in any order. A store that does not
    have the metric at all gives a matrix without months.
    """
    ids = pd.Index(sorted(projects["project"]), name="project", dtype="object")
    if metric not in opendigger.columns:
        opendigger = opendigger.assign(**{metric: np.nan})
    known = opendigger[opendigger[metric].notna() & opendigger["project"].isin(ids)]
    present = sorted(known["month"].unique())
    months = list_months(present[0], present[-1]) if present else ()
    vintage = known["vintage"]
    if name_vintage(metric) in known.columns:
        vintage = known[name_vintage(metric)].fillna(vintage)
    labels = tuple(sorted(vintage.unique()))
    rows = ids.get_indexer(pd.Index(known["project"]))
    columns = pd.Index(months, dtype="object").get_indexer(pd.Index(known["month"]))
    values = np.full((len(ids), len(months)), np.nan)
    vintages = np.full((len(ids), len(months)), -1, dtype=np.int64)
    values[rows, columns] = known[metric].to_numpy(dtype=float)
    vintages[rows, columns] = pd.Index(labels, dtype="object").get_indexer(pd.Index(vintage))
    names = pd.Index(months, dtype="object", name="month")
    return Observations(
        values=pd.DataFrame(values, index=ids, columns=names),
        vintages=pd.DataFrame(vintages, index=ids, columns=names),
        labels=labels,
    )
