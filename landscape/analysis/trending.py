"""What trends (F14): the landscape's projects and others by the stars that they gained."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import pandas as pd

from landscape.base.months import shift_month


@dataclass(frozen=True)
class Trending:
    """What gained stars in one month.

    projects: project, stars, place (int, among all repositories), earlier (Int64: stars of the
        month before, NA unknown); the most stars first.
    others: repo, stars, place, of what is no project, likewise.
    months: for which stars are known, in order; empty where for none.
    """

    month: str = ""
    projects: pd.DataFrame = field(default_factory=pd.DataFrame)
    others: pd.DataFrame = field(default_factory=pd.DataFrame)
    months: tuple[str, ...] = ()


def select_trending(
    stars: pd.DataFrame,
    names: Mapping[str, str],
    left_out: Set[str] = frozenset(),
    ids_left_out: Set[int] = frozenset(),
) -> Trending:
    """Return the newest month of which the table knows stars.

    stars: month, place, repo_id, repo, project (None where it is none), stars, of any months.
    names: repository in lower case to project, so that what became a project since then is one.
    left_out (lower case), ids_left_out: repositories that are no candidates: rejected, or a
    project's further or former ones. Rows of projects that are no longer in ``names`` are no
    projects.
    """
    known = identify_stars(stars, names)
    if known.empty:
        return Trending()
    months = tuple(sorted(known["month"].unique()))
    newest = known[known["month"] == months[-1]].sort_values("place", kind="stable")
    before = known[(known["month"] == shift_month(months[-1], -1)) & (known["project"] != "")]
    earlier = before.drop_duplicates("project").set_index("project")["stars"]
    is_ours = newest["project"] != ""
    ours = newest[is_ours].drop_duplicates("project")
    ours = ours.assign(earlier=ours["project"].map(earlier).astype("Int64"))
    is_out = newest["repo"].str.lower().isin(left_out) | newest["repo_id"].isin(ids_left_out)
    return Trending(
        month=months[-1],
        projects=ours[["project", "stars", "place", "earlier"]].reset_index(drop=True),
        others=newest[~is_ours & ~is_out][["repo", "stars", "place"]].reset_index(drop=True),
        months=months,
    )


def identify_stars(stars: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows whose stars are known, with ``project`` as the dataset has it now.

    Input as for ``select_trending``; project is empty where a repository is none of them.
    """
    known = stars[stars["stars"].notna() & stars["place"].notna()]
    ids = set(names.values())
    stored = known["project"].where(known["project"].isin(ids))
    by_name = known["repo"].str.lower().map(dict(names))
    project = stored.astype("object").where(stored.notna(), by_name)
    return known.assign(project=project.where(project.notna(), ""))
