"""The graveyard (F6): projects that shone and went quiet, or were given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from landscape.base.months import count_months
from landscape.dataset.model import Graveyard

REASONS = ("retired", "archived", "idle")
"""Reason codes, the first that applies: declared over, archived, without a commit for long."""


@dataclass(frozen=True)
class GraveyardAnswer:
    """Who lies there, and of how many nobody can say.

    buried: project, name, repo, domain, reason (one of ``REASONS``), created_at, last_commit_at
        (text, empty unknown), idle_months (Int64, NA unknown), stars (Int64, NA unknown),
        retired_on (date text, empty), successor (project id, empty). The most stars first,
        unknown stars last, equal ones by id.
    unjudged: how many projects lack a fact (created, stars, last commit) that would decide,
        and are in no other way known to be in or out.
    judged: how many were judged, the buried among them.
    """

    buried: pd.DataFrame
    unjudged: int
    judged: int


def find_graveyard(
    projects: pd.DataFrame,
    settings: Graveyard,
    as_of: str,
    successors: Mapping[str, str] | None = None,
) -> GraveyardAnswer:
    """Find the projects that are retired, archived, or idle as the settings say.

    In: the landscape's projects: project, name, repo, domain, created_at, last_commit_at, stars,
    archived, retired_on; ``as_of`` (``YYYY-MM``) is the month of the facts; ``successors`` maps
    project to project. Retired means retired on or before as-of. Idle means all three: created
    on or after ``created_since``, so many stars, and so many months from the last commit's month
    to as-of. An unknown fact never buries: the project counts as unjudged, unless a known fact
    already rules it out.
    """
    rows, unjudged = [], 0
    for row in projects.to_dict("records"):
        reason = _find_reason(row, settings, as_of)
        unjudged += reason is None
        if reason:
            rows.append({**row, "reason": reason, "idle_months": _count_idle(row, as_of)})
    columns = [
        "project", "name", "repo", "domain", "reason", "created_at", "last_commit_at",
        "idle_months", "stars", "retired_on", "successor",
    ]  # fmt: skip
    buried = pd.DataFrame(rows, columns=columns, dtype="object")
    buried = buried.astype({"stars": "Int64", "idle_months": "Int64"})
    buried["successor"] = [(successors or {}).get(project, "") for project in buried["project"]]
    buried = buried.sort_values(
        ["stars", "project"], ascending=[False, True], na_position="last", kind="stable"
    )
    return GraveyardAnswer(buried.reset_index(drop=True), unjudged, len(projects) - unjudged)


def _find_reason(row: Mapping[Any, Any], settings: Graveyard, as_of: str) -> str | None:
    """Return the reason, empty for a project that is not buried, None where nobody can say."""
    retired_on = str(row["retired_on"] or "")
    if retired_on and retired_on[:7] <= as_of:
        return "retired"
    archived = row["archived"]
    if not pd.isna(archived) and bool(archived):
        return "archived"
    created = str(row["created_at"] or "")
    idle, stars = _count_idle(row, as_of), row["stars"]
    answers = (
        created >= settings.created_since.isoformat() if created else None,
        int(stars) >= settings.stars if not pd.isna(stars) else None,
        idle >= settings.idle_months if idle is not None else None,
    )
    if False in answers:
        return ""
    return None if None in answers else "idle"


def _count_idle(row: Mapping[Any, Any], as_of: str) -> int | None:
    last = str(row["last_commit_at"] or "")
    return count_months(last[:7], as_of) if last else None
