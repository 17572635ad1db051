"""The order of the projects on the map (rule 8: equal means are ordered by id)."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.model import Verdict


def rank_projects(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with rank and rank_in_domain added.

    In: project, domain, verdict, openrank_mean. Ranks are Int64, 1 for the largest mean, without
    gaps and without ties; NA for projects that are not on the map. The order of rows is kept.
    """
    on_the_map = table[table["verdict"] == Verdict.ON_THE_MAP]
    ordered = on_the_map.sort_values(
        ["openrank_mean", "project"], ascending=[False, True], kind="stable"
    )
    rank = pd.Series(range(1, len(ordered) + 1), index=ordered.index, dtype="Int64")
    in_domain = (ordered.groupby("domain", sort=False).cumcount() + 1).astype("Int64")
    return table.assign(
        rank=rank.reindex(table.index).astype("Int64"),
        rank_in_domain=in_domain.reindex(table.index).astype("Int64"),
    )
