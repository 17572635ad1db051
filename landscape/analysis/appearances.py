"""In which editions each of today's projects stood, with what was published of it then."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landscape.analysis.identity import match_projects
from landscape.metrics.model import Edition

PUBLISHED = (
    "on_the_map",
    "status",
    "verdict",
    "openrank_mean",
    "rank",
    "stars",
    "domain",
    "labels",
)


def list_appearances(
    editions: Sequence[Edition], current: pd.DataFrame
) -> dict[str, list[dict[str, object]]]:
    """Return, by project, a row for each edition that lists it, in the order of the editions.

    ``current``: the projects of today as an edition's table (on_the_map, repo, repo_id,
    former_repos, additional_repos), which tells who continues whom. A row has the edition's
    name, as_of and taxonomy, and ``PUBLISHED`` as published there; unknown is NaN, NA or empty.
    """
    found: dict[str, list[dict[str, object]]] = {}
    for edition in editions:
        continued = match_projects(edition.projects, current).continued
        for row in edition.projects.to_dict("records"):
            project = continued.get(str(row["project"]))
            if project is not None:
                head = {
                    "edition": edition.name,
                    "as_of": edition.as_of,
                    "taxonomy": edition.taxonomy,
                }
                published = {name: row[name] for name in PUBLISHED}
                found.setdefault(project, []).append({**head, **published})
    return found
