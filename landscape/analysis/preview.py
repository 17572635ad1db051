"""What a change of the contributed files does to the map: two landscapes of the same months.

How a change is read, checked and told is ``landscape.publish``'s.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from landscape.analysis.model import Landscape, Verdict

_COMPARED = ("domain", "verdict", "rank", "rank_in_domain")


def compare_landscapes(before: Landscape, after: Landscape) -> pd.DataFrame:
    """Return one row a project of either landscape, ordered by id, which is the key.

    Columns: project, domain_before, domain_after, verdict_before, verdict_after (str; empty where
    the project is not in that landscape), rank_before, rank_after, rank_in_domain_before,
    rank_in_domain_after (Int64; NA where it is not on that map), enters, leaves (bool: onto or
    off the map, by whatever cause).
    """
    sides = [
        landscape.projects.set_index("project")[list(_COMPARED)].add_suffix(f"_{side}")
        for side, landscape in (("before", before), ("after", after))
    ]
    table = sides[0].join(sides[1], how="outer").sort_index()
    for name in ("domain", "verdict"):
        for side in ("before", "after"):
            column = table[f"{name}_{side}"]
            table[f"{name}_{side}"] = [str(item) if pd.notna(item) else "" for item in column]
    was = table["verdict_before"] == Verdict.ON_THE_MAP
    is_now = table["verdict_after"] == Verdict.ON_THE_MAP
    table["enters"] = is_now & ~was
    table["leaves"] = was & ~is_now
    table.index.name = "project"
    return table.reset_index()


def find_neighbours(landscape: Landscape, project: str, reach: int = 2) -> pd.DataFrame:
    """Return the project with its neighbours in its domain, strongest first.

    Out: the rows of ``Landscape.projects`` of up to ``reach`` projects above and below in the
    order of the domain's page: by rank, then mean, unknown last, equal ones by id. Empty where
    the landscape does not have the project.
    """
    table = landscape.projects
    own = table.loc[table["project"] == project, "domain"]
    if own.empty:
        return table.iloc[0:0]
    domain = table[table["domain"] == own.iloc[0]]
    ordered = domain.sort_values(
        ["rank", "openrank_mean", "project"],
        ascending=[True, False, True],
        na_position="last",
        kind="stable",
        ignore_index=True,
    )
    place = int(ordered.index[ordered["project"] == project][0])
    around: pd.DataFrame = ordered.iloc[max(0, place - reach) : place + reach + 1]
    return around


def list_recent_values(
    landscape: Landscape, projects: Iterable[str], months: int = 12
) -> dict[str, tuple[float | None, ...]]:
    """Return each project's values in the newest published months, oldest first; None unknown."""
    newest = landscape.published[-months:]
    wanted = list(projects)
    series = landscape.series[landscape.series["project"].isin(wanted)]
    known = {
        (str(project), str(month)): float(value)
        for project, month, value in zip(
            series["project"], series["month"], series["openrank"], strict=True
        )
    }
    return {project: tuple(known.get((project, month)) for month in newest) for project in wanted}
