"""Where the rules of today decide otherwise than a frozen edition has it, from the same data."""

from __future__ import annotations

import pandas as pd

COMPARED = ("verdict", "openrank_mean")


def find_departures(frozen: pd.DataFrame, decided: pd.DataFrame) -> pd.DataFrame:
    """List the projects whose verdict or mean is another than the edition's.

    In: both with project, verdict (text), openrank_mean (OpenRank, NaN unknown; compared to two
    decimals, as it is published). A project that only one of them has differs. Out: project, and
    for each of the two columns <name>_frozen and <name>_decided (missing: None, NaN), ordered by
    project.
    """
    columns = ["project", *COMPARED]
    joined = frozen[columns].merge(
        decided[columns], on="project", how="outer", suffixes=("_frozen", "_decided")
    )
    is_same = joined["verdict_frozen"].astype(str) == joined["verdict_decided"].astype(str)
    means = [
        pd.to_numeric(joined[f"openrank_mean_{side}"], errors="coerce").round(2)
        for side in ("frozen", "decided")
    ]
    is_same &= (means[0] == means[1]) | (means[0].isna() & means[1].isna())
    return joined[~is_same].sort_values("project", ignore_index=True)
