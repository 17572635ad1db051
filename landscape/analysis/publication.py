"""Which months are published (rule 2): complete enough that they may decide about a project."""

from __future__ import annotations

from collections.abc import Sequence

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
    ``projects``: project, retired_on (date text, empty where not retired). A project that is
    retired by the newest known month counts for no month at all, so that declaring it over is the
    remedy when its missing value holds a month back. A month that nobody knows is not published.
    The answer is about the whole store: a replay takes the published months up to its as-of.
    """
    known_months = [month for month in values.columns if values[month].notna().any()]
    if not known_months:
        return ()
    retired = projects.loc[
        (projects["retired_on"] != "") & (projects["retired_on"].str[:7] <= known_months[-1]),
        "project",
    ]
    counted = values.loc[~values.index.isin(retired)]
    known = counted.notna().to_numpy()
    positive = (counted > 0).to_numpy()
    published: list[int] = []
    for month in range(known.shape[1]):
        if known[:, month].any() and _is_published(
            known, positive, values.columns, published, month
        ):
            published.append(month)
    return tuple(str(values.columns[month]) for month in published)


def _is_published(
    known: BoolMatrix,
    positive: BoolMatrix,
    months: pd.Index,
    published: Sequence[int],
    month: int,
) -> bool:
    if not published:
        return True
    last = published[-1]
    cohort = positive[:, last]
    missing = int((cohort & ~known[:, month]).sum())
    if missing <= count_allowed(MISSING_SHARE, int(cohort.sum())):
        return True
    months_between = count_months(months[last], months[month]) - 1
    halved = 2 * int(known[:, month].sum()) >= int(known[:, last].sum())
    return months_between > GAP_MONTHS and halved
