"""The store in memory. Missing means unknown everywhere here; nothing is ever filled with zero."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landscape.base.languages import LocalizedText
from landscape.dataset.model import Inclusion

MONTHLY_KEY = ["project", "month"]
LIVE = "live"
"""The vintage of what the last refresh read; any other is the publication's label."""
ARCHIVE = "archive"
"""The vintage, in memory, of what discovery counted: its files say ``live`` too."""
NAME_TAKEN = "belongs to another repository now"
"""In the detail of a state: the project's name on GitHub was taken by somebody else."""


@dataclass(frozen=True)
class Store:
    """Everything under ``data/metrics``.

    opendigger: one row a project and month: project (str), month (``YYYY-MM``), openrank (float,
        OpenRank of that month), further metric columns where known (float), vintage (str: of the
        row's values), <metric>_vintage where a metric's value is of another vintage than the row
        (str, None where it is not). Key project+month, ordered by project, month. NaN is unknown.
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


@dataclass(frozen=True)
class ArchiveSpan:
    """Consecutive months that were counted, and how many of their hours had events.

    first, last: ``YYYY-MM``.
    """

    first: str
    last: str
    hours: int
    hours_total: int

    @property
    def is_whole(self) -> bool:
        """Whether every hour of the months had events."""
        return self.hours >= self.hours_total

    @property
    def share(self) -> float:
        """Which part of the hours had events."""
        return self.hours / self.hours_total if self.hours_total else 0.0


@dataclass(frozen=True)
class Edition:
    """What was published, as it was; or, of kind ``current``, what would be published now.

    kind: ``frozen`` (by us), ``imported`` (as somebody published it) or ``current``.
    title: of the landscape that it is an edition of. as_of: the last month of its data.
    inclusion: the rule that decided; None where none was published. taxonomy: the name of the
        scheme of its domains.
    vintages: of the values that it was made from. note: what to know of it, in English.
    projects: one row a project, in order of id, with the columns of ``EDITION`` in
        ``landscape.metrics.columns``; what the edition did not publish is unknown (NaN, NA, or
        empty text).
    series: the monthly values that it published: project, month, openrank, vintage, ordered by
        project and month; no rows where it published none.
    """

    name: str
    kind: str
    title: LocalizedText
    as_of: str
    inclusion: Inclusion | None
    taxonomy: str
    vintages: tuple[str, ...]
    note: str
    projects: pd.DataFrame
    series: pd.DataFrame
