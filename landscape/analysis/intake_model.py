"""What the sources answered, as tables, and what the rules made of it: the shapes only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from landscape.metrics.model import Store

OK: Final = "ok"
MISSING: Final = "missing"
UNAVAILABLE: Final = "unavailable"
NOT_ASKED: Final = "not asked"
ABSENT: Final = "absent"
GONE: Final = "gone"
PRIVATE: Final = "private"

OPENDIGGER_SOURCE: Final = "opendigger"
GITHUB_SOURCE: Final = "github"


@dataclass(frozen=True)
class Answers:
    """What one refresh was told. A project that is in no row was not asked.

    metrics: one row a metric file: project, metric, outcome (``ok``, ``missing``, ``unavailable``,
        ``not asked``), detail (one line for people), text all. Key project+metric.
    values: one row a month of a file that was ok: project, metric, month (``YYYY-MM``), value
        (float, never NaN). Key project+metric+month.
    repositories: one row a project: project, outcome (as above), is_gone (bool: not found by its
        id either), is_private (bool), asked_name, is_name_taken (bool: the asked name belongs to
        another repository now), detail; where ok also repo_id (Int64), full_name, created_at
        (``YYYY-MM-DD``), last_commit_at (``YYYY-MM``), language, license (text, None unknown),
        archived (boolean), stars, forks, watchers (Int64). Key project.
    labels: one row a technology domain that was asked for: domain, outcome, detail.
    years: one row a year of a label that was ok: domain, year (``YYYY``), openrank (float).
    """

    metrics: pd.DataFrame
    values: pd.DataFrame
    repositories: pd.DataFrame
    labels: pd.DataFrame
    years: pd.DataFrame


@dataclass(frozen=True)
class Intake:
    """What the rules made of the answers.

    store: the new store. technology: the new yearly figures of technology domains.
    learned: one row a project and source that was asked: project, source, answer (what it comes
        to: ``ok``, ``absent``, ``unavailable``, ``gone``, ``private``), before (the state until
        now, ``ok`` where there was none), state (the one that is stored now), since (date text,
        empty where ok), detail. Ordered by source, project.
    renames: project, old_name, new_name, is_name_taken (bool): the repository has a new name.
    replaced: project, old_name, new_name, old_id, new_id (Int64): the project's file was pointed
        at another repository than the stored one.
    corrections: one row a declared correction: number, status (``applied``, ``lapsed``,
        ``not asked``), found (float: what upstream says now, NaN where it gives nothing).
    """

    store: Store
    technology: pd.DataFrame
    learned: pd.DataFrame
    renames: pd.DataFrame
    replaced: pd.DataFrame
    corrections: pd.DataFrame
