"""A race by OpenRank (F9): who is among the first of a group of projects, month by month."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

RACE_PLACES = 10
COVERED_SHARE = 0.5


def compute_race(
    series: pd.DataFrame,
    projects: Collection[str],
    *,
    places: int = RACE_PLACES,
    first_month: str = "",
) -> pd.DataFrame:
    """Rank the group's projects in each month and keep the first places.

    In: project, month, openrank (float, NaN unknown), vintage; others than ``projects`` are left
    out. Out, one row a month and place: month, rank (int, 1 the largest; equal values by id),
    project, openrank, vintage, known (int: the group's projects that are known in the month and
    were ranked). Ordered by month and rank.

    A month counts where at least half as many of the group are known as in the best known month:
    a rank among few would say nothing. The race ends at the last such month and begins at the
    first after the newest one that does not count, ``first_month`` at the earliest; months
    without any value break the lines but not the race.
    """
    chosen = series[series["project"].isin(list(projects)) & series["openrank"].notna()]
    chosen = chosen[chosen["month"] >= first_month]
    known = chosen.groupby("month")["project"].count().sort_index()
    columns = ["month", "rank", "project", "openrank", "vintage", "known"]
    if known.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
    enough = known >= COVERED_SHARE * known.max()
    last = enough[enough].index[-1]
    poor = [month for month in enough[~enough].index if month < last]
    first = poor[-1] if poor else ""
    run = chosen[(chosen["month"] > first) & (chosen["month"] <= last)]
    ordered = run.sort_values(
        ["month", "openrank", "project"], ascending=[True, False, True], kind="stable"
    )
    ranked = ordered.assign(
        rank=ordered.groupby("month").cumcount() + 1, known=ordered["month"].map(known)
    )
    first_places: pd.DataFrame = ranked.loc[ranked["rank"] <= places, columns]
    return first_places.reset_index(drop=True)
