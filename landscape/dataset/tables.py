"""The contributed dataset as tables, for analysis and reports. Checks do not belong here.

The only module of this room that imports pandas, so that ``validate`` starts fast.
"""

from __future__ import annotations

import pandas as pd

from landscape.dataset.model import Dataset

PROJECT_COLUMNS = (
    "project",
    "name",
    "repo",
    "layer",
    "group",
    "domain",
    "subdomain",
    "also_in",
    "tags",
    "origin",
    "retired_on",
    "added",
)


def tabulate_projects(dataset: Dataset) -> pd.DataFrame:
    """Return one row a project, ordered by its id, which is the key.

    Columns: project, name, repo, layer, group, domain, subdomain, origin (str; empty where there
    is none), also_in and tags (tuples of ids), retired_on and added (``YYYY-MM-DD``, empty where
    not declared). Raises KeyError for a domain that the taxonomy does not have.
    """
    rows = []
    for project_id in sorted(dataset.projects):
        project = dataset.projects[project_id]
        domain = dataset.taxonomy.domain(project.domain)
        rows.append(
            (
                project.id,
                project.name,
                project.repo,
                domain.layer,
                domain.group,
                project.domain,
                project.subdomain,
                project.also_in,
                project.tags,
                project.origin,
                project.retired.date.isoformat() if project.retired else "",
                project.added.isoformat() if project.added else "",
            )
        )
    return pd.DataFrame(rows, columns=list(PROJECT_COLUMNS), dtype="object")


def tabulate_corrections(dataset: Dataset) -> pd.DataFrame:
    """Return one row a declared correction, in the order of their file.

    Columns: number (int, from 0), project, source, metric, month (str), value (float, NaN: treat
    as unknown), expected (float, NaN: upstream gives none).
    """
    items = dataset.corrections
    return pd.DataFrame(
        {
            "number": pd.Series([item.number for item in items], dtype="int64"),
            **{
                name: pd.Series([getattr(item, name) for item in items], dtype="object")
                for name in ("project", "source", "metric", "month")
            },
            **{
                name: pd.Series([getattr(item, name) for item in items], dtype="float64")
                for name in ("value", "expected")
            },
        }
    )
