"""Where every project stood in every month: its rank among all that are known in it."""

from __future__ import annotations

import pandas as pd


def compute_standings(series: pd.DataFrame) -> pd.DataFrame:
    """Return project, month, openrank, vintage, rank, known; one row a known value.

    In: the landscape's series (project, month, openrank, vintage). rank (int): 1 the largest of
    the month, equal values ordered by project; known (int): how many projects were ranked in it.
    Key project+month, ordered by these.
    """
    known = series[series["openrank"].notna()]
    ordered = known.sort_values(
        ["month", "openrank", "project"], ascending=[True, False, True], kind="stable"
    )
    months = ordered.groupby("month", sort=False)
    ranked = ordered.assign(rank=months.cumcount() + 1, known=months["project"].transform("count"))
    return ranked.sort_values(["project", "month"], kind="stable", ignore_index=True)
