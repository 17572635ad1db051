"""The columns of the files under ``data/metrics`` and ``data/editions``, and what a cell may hold.

Reading and writing live in ``landscape.metrics.store`` and ``landscape.metrics.editions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

METRICS = (
    "openrank",
    "activity",
    "attention",
    "stars",
    "technical_fork",
    "participants",
    "contributors",
    "new_contributors",
    "inactive_contributors",
    "bus_factor",
    "issues_new",
    "issues_closed",
    "issue_comments",
    "change_requests",
    "change_requests_accepted",
    "change_requests_reviews",
    "code_change_lines_add",
    "code_change_lines_remove",
    "code_change_lines_sum",
    "issues_and_change_request_active",
)
"""OpenDigger's numeric metrics, in the order of the columns of a monthly file."""


@dataclass(frozen=True)
class Layout:
    """One kind of file: column name to kind of cell, in the file's order.

    Kinds: ``id`` (never empty), ``text``, ``number`` (0 or more, at most 2 decimals), ``signed``
    (the same, below 0 too), ``mean`` (computed, at most 6 decimals), ``count`` (whole, 0 or
    more), ``flag`` (true, false), ``day``, ``month``. Every kind but ``id`` may be empty: unknown.
    ``optional`` columns are in a file only where at least one of its cells is known.
    """

    kinds: Mapping[str, str]
    key: tuple[str, ...]
    optional: frozenset[str] = frozenset()


def name_vintage(metric: str) -> str:
    """Return the column for the vintage of one metric's value, where it is not the row's."""
    return f"{metric}_vintage"


# Each metric has a file of its own upstream, so one may be read anew while another is not. What a
# row's vintage does not hold for then says so itself. Such columns are rare and soon gone.
OWN_VINTAGES = tuple(name_vintage(metric) for metric in METRICS if metric != "openrank")

OPENDIGGER = Layout(
    kinds={
        "project": "id",
        **dict.fromkeys(METRICS, "number"),
        "code_change_lines_sum": "signed",
        "vintage": "id",
        **dict.fromkeys(OWN_VINTAGES, "text"),
    },
    key=("project",),
    optional=(frozenset(METRICS) - {"openrank"}) | frozenset(OWN_VINTAGES),
)
GITHUB = Layout(
    kinds={
        "project": "id",
        "stars": "count",
        "forks": "count",
        "watchers": "count",
        "vintage": "id",
    },
    key=("project",),
)
REPOSITORIES = Layout(
    kinds={
        "project": "id",
        "repo_id": "count",
        "full_name": "text",
        "created_at": "day",
        "last_commit_at": "month",
        "language": "text",
        "license": "text",
        "archived": "flag",
    },
    key=("project",),
)
STATES = Layout(
    kinds={"project": "id", "source": "id", "state": "id", "since": "day", "detail": "text"},
    key=("project", "source"),
)

_PUBLISHED = {
    "project": "id",
    "name": "text",
    "repo": "text",
    "repo_id": "count",
    "former_repos": "text",
    "additional_repos": "text",
    "layer": "text",
    "group": "text",
    "domain": "text",
    "subdomain": "text",
    "labels": "text",
    "status": "text",
    "on_the_map": "flag",
    "verdict": "text",
    "openrank_mean": "mean",
    "openrank_latest": "number",
    "months_known": "count",
    "months_in_window": "count",
    "window_first": "month",
    "window_last": "month",
    "vintages": "text",
    "last_known_month": "month",
    "stale_since": "text",
    "retired_on": "text",
    "gone_since": "text",
    "absent_since": "text",
    "successor": "text",
    "rank": "count",
    "rank_in_domain": "count",
    "change": "mean",
    "change_percent": "mean",
    "stars": "count",
    "forks": "count",
    "participants": "count",
    "language": "text",
    "license": "text",
    "created_at": "day",
    "last_commit_at": "month",
    "archived": "flag",
    "origin": "text",
}
EDITION = Layout(
    kinds=_PUBLISHED,
    key=("project",),
    optional=frozenset(_PUBLISHED) - {"project", "on_the_map"},
)
"""Ids of layers, groups, domains and subdomains are those of the taxonomy in force. ``labels``
are an imported edition's own words, joined by `` | ``, and ``status`` is what it said of the
project; ``former_repos``, ``additional_repos`` and ``vintages`` are joined by a space."""

LABEL_SEPARATOR = " | "

DTYPES = {
    "id": "object",
    "text": "object",
    "number": "float64",
    "signed": "float64",
    "mean": "float64",
    "count": "Int64",
    "flag": "boolean",
    "day": "object",
    "month": "object",
}
"""Kind of cell to the data type of its column in memory."""


def make_empty_table(layout: Layout, *, monthly: bool = False) -> pd.DataFrame:
    """Return a table without rows: the layout's required columns, ``month`` where monthly."""
    columns: dict[str, pd.Series] = {}
    for name, kind in layout.kinds.items():
        if name in layout.optional:
            continue
        columns[name] = pd.Series([], dtype=DTYPES[kind])
        if monthly and name == "project":
            columns["month"] = pd.Series([], dtype="object")
    return pd.DataFrame(columns)


def fill_projects(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every column of ``EDITION`` in its type, ordered by project.

    A column that the table does not have is unknown throughout. Text that is unknown is empty.
    """
    columns: dict[str, pd.Series] = {}
    ordered = table.sort_values("project", kind="stable", ignore_index=True)
    for name, kind in EDITION.kinds.items():
        if name in ordered:
            column = ordered[name]
        else:
            column = pd.Series([None] * len(ordered), index=ordered.index, dtype="object")
        if DTYPES[kind] == "object":
            column = column.astype("object")
            columns[name] = column.where(column.notna(), "")
        else:
            columns[name] = pd.Series(column, dtype=DTYPES[kind])
    return pd.DataFrame(columns)
