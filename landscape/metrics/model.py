"""The store in memory. Missing means unknown everywhere here; nothing is ever filled with zero."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

MONTHLY_KEY = ["project", "month"]
LIVE = "live"
"""The vintage of what the last refresh read; any other is the publication's label."""


@dataclass(frozen=True)
class Store:
    """Everything under ``data/metrics``.

    opendigger: one row a project and month: project (str), month (``YYYY-MM``), openrank (float,
        OpenRank of that month), further metric columns where known (float), vintage (str).
        Key project+month, ordered by project, month. NaN is unknown.
    github: one row a project and month in which counts were seen: project, month, stars, forks,
        watchers (Int64), vintage. Same key and order.
    repositories: one row a project: project, repo_id (Int64), full_name, created_at
        (``YYYY-MM-DD``), last_commit_at (``YYYY-MM``), language, license (str, NA unknown),
        archived (boolean, NA unknown). Ordered by project.
    states: what a source last said where it was not ok: project, source (``opendigger`` or
        ``github``), state (``absent``, ``unavailable``, ``gone``, ...), since (``YYYY-MM-DD``),
        detail. Ordered by project, source.
    """

    opendigger: pd.DataFrame
    github: pd.DataFrame
    repositories: pd.DataFrame
    states: pd.DataFrame
