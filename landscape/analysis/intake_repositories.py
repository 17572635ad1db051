"""What GitHub said of repositories: facts, this month's counts, names, identity."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.intake_model import OK
from landscape.metrics.columns import DTYPES, GITHUB, REPOSITORIES
from landscape.metrics.model import LIVE, MONTHLY_KEY

FACTS = ("repo_id", "full_name", "created_at", "last_commit_at", "language", "license", "archived")
COUNTS = ("stars", "forks", "watchers")


def update_repositories(repositories: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Return the repository facts with those that were answered.

    In: the store's table; ``repositories`` of the Answers. What GitHub does not say (null) leaves
    the stored fact as it is: unknown replaces nothing that is known.
    """
    new = _select_public(answers)[["project", *FACTS]]
    if not len(new):
        return repositories
    fresh = new.set_index("project")
    stored = repositories.set_index("project")
    ids = pd.Index(sorted({*stored.index, *fresh.index}), name="project", dtype="object")
    columns = {}
    for name in FACTS:
        kind = REPOSITORIES.kinds[name]
        known = _cast(fresh[name].reindex(ids), kind)
        columns[name] = _cast(
            known.where(known.notna(), _cast(stored[name].reindex(ids), kind)), kind
        )
    table = pd.DataFrame(columns, index=ids).reset_index()
    return table[list(REPOSITORIES.kinds)]


def update_counts(github: pd.DataFrame, answers: pd.DataFrame, month: str) -> pd.DataFrame:
    """Return the counts with those that were answered as rows of the month.

    In: the store's github table; answers with the (corrected) counts.
    """
    seen = _select_public(answers)[["project", *COUNTS]]
    if not len(seen):
        return github
    rows = seen.assign(month=month, vintage=LIVE)
    is_replaced = (github["month"] == month) & github["project"].isin(rows["project"])
    parts = [part for part in (github[~is_replaced], rows) if len(part)]
    joined = pd.concat(parts, ignore_index=True)
    for name, kind in GITHUB.kinds.items():
        joined[name] = _cast(joined[name], kind)
    names = ["project", "month", *list(GITHUB.kinds)[1:]]
    return joined[names].sort_values(MONTHLY_KEY, kind="stable", ignore_index=True)


def _select_public(answers: pd.DataFrame) -> pd.DataFrame:
    """Select what anybody may know: a privileged token's view of a private repository is not."""
    return answers[(answers["outcome"] == OK) & ~answers["is_private"].astype(bool)]


def _cast(column: pd.Series, kind: str) -> pd.Series:
    return pd.Series(column, dtype=DTYPES[kind])


def list_renames(answers: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """List the repositories whose name is another than in the project's file.

    In: answers; ``projects`` with project, repo. Names that differ in letter case only are the
    same. Out: project, old_name, new_name, is_name_taken, ordered by project.
    """
    ok = _select_public(answers).merge(projects[["project", "repo"]], on="project")
    is_renamed = ok["full_name"].str.lower() != ok["repo"].str.lower()
    renamed = ok[is_renamed].sort_values("project", ignore_index=True)
    return pd.DataFrame(
        {
            "project": renamed["project"],
            "old_name": renamed["repo"],
            "new_name": renamed["full_name"],
            "is_name_taken": renamed["is_name_taken"].astype(bool),
        }
    )


def list_replaced(repositories: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """List the projects whose answer has another id than the stored one.

    That happens only where a human pointed the project's file at another repository: by a stored
    id, no other repository is ever accepted. Out: project, old_name, new_name, old_id, new_id.
    """
    joined = _select_public(answers).merge(repositories, on="project", suffixes=("", "_stored"))
    is_other = joined["repo_id_stored"].notna() & (joined["repo_id"] != joined["repo_id_stored"])
    changed = joined[is_other.fillna(value=False)].sort_values("project", ignore_index=True)
    return pd.DataFrame(
        {
            "project": changed["project"],
            "old_name": changed["full_name_stored"],
            "new_name": changed["full_name"],
            "old_id": changed["repo_id_stored"],
            "new_id": changed["repo_id"],
        }
    )
