"""Who came onto the map between two landscapes, and why (rule 14)."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.model import Landscape, Verdict
from landscape.base.months import shift_month


def find_entries(before: Landscape, now: Landscape) -> pd.DataFrame:
    """Return the projects that are on the map now and were not before, ordered by id.

    Out: project, entry (``entered`` or ``newly covered``), created_in_period (bool). *Entered*
    needs a known value before, or creation within the period (after the earlier as-of); a project
    whose first values merely came into view is *newly covered*. A project without a verdict
    before (it was not in the dataset yet) is judged in the same way.
    """
    on_the_map = [
        set(landscape.projects.loc[landscape.projects["verdict"] == Verdict.ON_THE_MAP, "project"])
        for landscape in (before, now)
    ]
    names = sorted(on_the_map[1] - on_the_map[0])
    table = now.projects.set_index("project").loc[names]
    known_before = set(before.series["project"])
    start = shift_month(before.window.as_of, 1)
    created = (table["created_at"] != "") & (table["created_at"].str[:7] >= start)
    entered = created | table.index.isin(known_before)
    return pd.DataFrame(
        {
            "project": table.index,
            "entry": ["entered" if has else "newly covered" for has in entered],
            "created_in_period": created.to_numpy(dtype=bool),
        }
    )
