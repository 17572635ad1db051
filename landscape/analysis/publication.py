"""Which months are published (rule 2): complete enough that they may decide about a project."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from landscape.analysis.limits import count_allowed
from landscape.base.months import count_months

BoolMatrix = npt.NDArray[np.bool_]

MISSING_SHARE = 0.10
"""Of the projects with a value above 0 in the last published month, this share may be missing."""
GAP_MONTHS = 3
"""After more months than these without a published one, a new cohort may start."""


def find_published_months(values: pd.DataFrame, projects: pd.DataFrame) -> tuple[str, ...]:
    """Return the published months in their order.

    ``values``: index project, columns calendar months in order, cells float, NaN unknown.
    ``projects``: project, retired_on (date text, empty where not retired). Nobody waits for a
    project that is retired by the newest known month, in any month, so that declaring a project
    over is the remedy when its missing value holds a month back. A month that nobody knows is not
    published. The answer is about the whole store: a replay takes the published months up to its
    as-of.
    """
    known = values.notna().to_numpy()
    known_months = np.flatnonzero(known.any(axis=0))
    if not len(known_months):
        return ()
    newest = values.columns[known_months[-1]]
    is_retired = (projects["retired_on"] != "") & (projects["retired_on"].str[:7] <= newest)
    retired = values.index.isin(projects.loc[is_retired, "project"])
    waited_for = (values > 0).to_numpy() & ~retired[:, None]
    published: list[int] = []
    for month in known_months.tolist():
        if not published or _is_published(known, waited_for, values.columns, published[-1], month):
            published.append(month)
    return tuple(str(values.columns[month]) for month in published)


def _is_published(
    known: BoolMatrix, waited_for: BoolMatrix, months: pd.Index, last: int, month: int
) -> bool:
    """Decide about a month by the last published one; both are columns of the matrices."""
    cohort = waited_for[:, last]
    missing = int((cohort & ~known[:, month]).sum())
    if missing <= count_allowed(MISSING_SHARE, int(cohort.sum())):
        return True
    months_between = count_months(months[last], months[month]) - 1
    is_half_known = 2 * int(known[:, month].sum()) >= int(known[:, last].sum())
    return months_between > GAP_MONTHS and is_half_known
