"""The repository facts that stand beside a project: counts, dates, language (rule 6)."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from landscape.base.months import count_months

COUNTS = ("stars", "forks", "watchers")


def choose_facts_month(months: Iterable[str], as_of: str, *, is_replay: bool) -> str:
    """Return the month of the counts to show: the newest now, the nearest in a replay.

    Of two equally near months the earlier is taken; empty where there is none.
    """
    present = sorted(set(months))
    if not present:
        return ""
    if not is_replay:
        return present[-1]
    return min(present, key=lambda month: (abs(count_months(month, as_of)), month))


def collect_counts(github: pd.DataFrame, facts_month: str) -> pd.DataFrame:
    """Return, by project, its counts of the facts month, or of its own month nearest to that.

    In: the store's github table. Out: index project; stars, forks (Int64, NA unknown),
    facts_month (text). The counts of a project are all of one month.
    """
    if not facts_month:
        empty = github.assign(facts_month=github["month"])
        return empty.set_index("project")[["stars", "forks", "facts_month"]]
    counted = github[github["stars"].notna() | github["forks"].notna()]
    distance = counted["month"].map(
        {month: abs(count_months(month, facts_month)) for month in counted["month"].unique()}
    )
    nearest = (
        counted.assign(distance=distance, facts_month=counted["month"])
        .sort_values(["project", "distance", "month"], kind="stable")
        .drop_duplicates("project")
    )
    return nearest.set_index("project")[["stars", "forks", "facts_month"]]


def collect_facts(repositories: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """Return the facts of the projects in ``ids`` (index project).

    language, license, created_at, last_commit_at (text, empty where unknown), archived (boolean,
    NA unknown).
    """
    table = repositories.set_index("project").reindex(ids)
    facts = {
        name: table[name].astype("object").where(table[name].notna(), "")
        for name in ("language", "license", "created_at", "last_commit_at")
    }
    return pd.DataFrame({**facts, "archived": table["archived"].astype("boolean")}, index=ids)
