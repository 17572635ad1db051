"""A build's answers as an edition: what freezing keeps, and what is compared with the last one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from landscape.analysis.model import Landscape, Verdict
from landscape.base.languages import LocalizedText
from landscape.dataset.model import Inclusion, Project
from landscape.metrics.columns import fill_projects
from landscape.metrics.model import Edition

CURRENT = "current"
OWN_TAXONOMY = "landscape"
"""The scheme of the domains of every edition that we freeze: its ids are permanent."""


def compose_edition(
    landscape: Landscape,
    projects: Mapping[str, Project],
    repositories: pd.DataFrame,
    title: LocalizedText,
    name: str = "",
) -> Edition:
    """Return the landscape as an edition; of kind ``current`` where it has no name.

    ``projects`` are the contributed ones by id; ``repositories`` is the store's table.
    """
    table = landscape.projects
    ids = table["project"]
    contributed = [projects[project] for project in ids]
    repo_ids = repositories.set_index("project")["repo_id"].reindex(ids)
    joined = table.assign(
        repo_id=repo_ids.to_numpy(),
        former_repos=[" ".join(project.former_repos) for project in contributed],
        additional_repos=[" ".join(project.additional_repos) for project in contributed],
        successor=[project.retired.successor if project.retired else "" for project in contributed],
        on_the_map=table["verdict"] == Verdict.ON_THE_MAP,
        verdict=[str(verdict) for verdict in table["verdict"]],
        vintages=[" ".join(vintages) for vintages in table["vintages"]],
    )
    window = landscape.window
    return Edition(
        name=name,
        kind="frozen" if name else CURRENT,
        title=title,
        as_of=window.as_of,
        inclusion=Inclusion(window.metric, window.kind, window.above),
        taxonomy=OWN_TAXONOMY,
        vintages=tuple(sorted(set(landscape.series["vintage"]))),
        note="",
        projects=fill_projects(joined),
        series=landscape.series,
    )
