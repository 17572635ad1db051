"""What a refresh changed, field by field: the values, the map, names, facts and states.

How it is told is ``landscape.report.difference``'s.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from landscape.analysis.entries import find_entries
from landscape.analysis.intake_model import ABSENT, GONE, OK, PRIVATE, UNAVAILABLE, Intake
from landscape.analysis.model import Landscape, Verdict
from landscape.metrics.columns import METRICS, name_vintage
from landscape.metrics.model import Store

FACTS = ("created_at", "language", "license")


@dataclass(frozen=True)
class Difference:
    """What is another after a refresh; every table is ordered, and empty where nothing changed.

    before, after: the landscapes; None where nothing can be decided yet.
    entered: project, entry (``entered``, ``newly covered``), created_in_period (rule 14).
    left: project, verdict (Verdict). moved: project, before, after (Verdict): any other change.
    revised: project, metric, month, before, after (float), vintage (of the value before): values
        that upstream changed; after is NaN where it gives the month no longer.
    months: metric, month, projects (int: values that are new), is_new (bool: the first ones).
    archived: project, archived (bool). facts: project, field, before, after (text).
    counted: how many repositories have counts of this month that are new or changed.
    states: project, source, change (``absent``, ``unavailable``, ``gone``, ``private``,
        ``recovered``, ``still unavailable``), since, detail.
    years: how many yearly figures of technology domains changed.
    intake: renames, replaced repositories and corrections, as they were taken in.
    """

    before: Landscape | None
    after: Landscape | None
    entered: pd.DataFrame
    left: pd.DataFrame
    moved: pd.DataFrame
    revised: pd.DataFrame
    months: pd.DataFrame
    archived: pd.DataFrame
    facts: pd.DataFrame
    counted: int
    states: pd.DataFrame
    years: int
    intake: Intake


def compute_difference(
    store: Store,
    technology: pd.DataFrame,
    intake: Intake,
    before: Landscape | None,
    after: Landscape | None,
) -> Difference:
    """Compare the store and the landscape before and after the answers were taken in."""
    revised, months = _compare_values(store.opendigger, intake.store.opendigger)
    entered, left, moved = _compare_maps(before, after)
    return Difference(
        before=before,
        after=after,
        entered=entered,
        left=left,
        moved=moved,
        revised=revised,
        months=months,
        archived=_compare_archived(store.repositories, intake.store.repositories),
        facts=_compare_facts(store.repositories, intake.store.repositories),
        counted=_count_new_rows(store.github, intake.store.github),
        states=_name_changes(intake.learned),
        years=_count_new_rows(technology, intake.technology),
        intake=intake,
    )


def _compare_maps(
    before: Landscape | None, after: Landscape | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    entered = pd.DataFrame({"project": [], "entry": [], "created_in_period": []})
    verdicts = pd.DataFrame({"project": [], "before": [], "after": []}, dtype="object")
    if before is not None and after is not None:
        entered = find_entries(before, after)
        was = before.projects.set_index("project")["verdict"]
        verdicts = after.projects[["project", "verdict"]].rename(columns={"verdict": "after"})
        verdicts = verdicts.assign(before=verdicts["project"].map(was).astype("object"))
    changed = verdicts[(verdicts["before"] != verdicts["after"]) & verdicts["before"].notna()]
    has_left = changed["before"] == Verdict.ON_THE_MAP
    moved = changed[~has_left & (changed["after"] != Verdict.ON_THE_MAP)]
    left = changed[has_left][["project", "after"]].rename(columns={"after": "verdict"})
    return (
        entered,
        left.reset_index(drop=True),
        moved[["project", "before", "after"]].reset_index(drop=True),
    )


def _compare_values(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the revised values, and how many are new by metric and month."""
    projects: pd.Index = pd.Index(sorted({*before["project"], *after["project"]}), dtype="object")
    months: pd.Index = pd.Index(sorted({*before["month"], *after["month"]}), dtype="object")
    newest = before["month"].max() if len(before) else ""
    revised, new = [], []
    for metric in METRICS:
        if metric not in before and metric not in after:
            continue
        old, now = (_spread(table, metric, projects, months) for table in (before, after))
        labels = _spread_vintages(before, metric, projects, months)
        rows, columns = np.nonzero(~np.isnan(old) & (old != now))
        revised.append(
            pd.DataFrame(
                {
                    "project": projects.to_numpy()[rows],
                    "metric": metric,
                    "month": months.to_numpy()[columns],
                    "before": old[rows, columns],
                    "after": now[rows, columns],
                    "vintage": labels[rows, columns],
                }
            )
        )
        counts = (np.isnan(old) & ~np.isnan(now)).sum(axis=0)
        new += [
            (metric, month, int(count), bool(month > newest))
            for month, count in zip(months, counts, strict=True)
            if count
        ]
    names = ["project", "metric", "month", "before", "after", "vintage"]
    parts = [part for part in revised if len(part)]
    joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names)
    return joined, pd.DataFrame(new, columns=["metric", "month", "projects", "is_new"])


def _spread(
    table: pd.DataFrame, metric: str, projects: pd.Index, months: pd.Index
) -> npt.NDArray[np.float64]:
    values = np.full((len(projects), len(months)), np.nan)
    if metric in table:
        rows = projects.get_indexer(pd.Index(table["project"]))
        values[rows, months.get_indexer(pd.Index(table["month"]))] = table[metric].to_numpy(float)
    return values


def _spread_vintages(
    table: pd.DataFrame, metric: str, projects: pd.Index, months: pd.Index
) -> npt.NDArray[np.object_]:
    labels = np.full((len(projects), len(months)), "", dtype=object)
    rows = projects.get_indexer(pd.Index(table["project"]))
    vintage = table["vintage"]
    if name_vintage(metric) in table:
        vintage = table[name_vintage(metric)].fillna(vintage)
    labels[rows, months.get_indexer(pd.Index(table["month"]))] = vintage.to_numpy(object)
    return labels


def _compare_facts(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """List the facts of repositories that were known and are others now; new ones are no change."""
    old = before.set_index("project").astype("object")
    now = after.set_index("project").astype("object")
    rows = []
    for name in FACTS:
        known = old.loc[old[name].notna(), name]
        rows += [
            (project, name, str(value), str(now.at[project, name]))
            for project, value in known.items()
            if value != now.at[project, name]
        ]
    table = pd.DataFrame(rows, columns=["project", "field", "before", "after"], dtype="object")
    return table.sort_values(["project", "field"], ignore_index=True)


def _compare_archived(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """List what was archived, or is so no longer; that it was not known before is no archiving."""
    known = before.loc[before["archived"].fillna(value=False).astype(bool), "project"]
    was = after["project"].isin(known)
    is_now = after["archived"].fillna(value=False).astype(bool)
    changed = after[(was != is_now) & after["archived"].notna()]
    return changed[["project", "archived"]].reset_index(drop=True)


def _count_new_rows(before: pd.DataFrame, after: pd.DataFrame) -> int:
    old = set(before.astype("object").where(before.notna(), "").itertuples(index=False, name=None))
    now = after.astype("object").where(after.notna(), "").itertuples(index=False, name=None)
    return sum(row not in old for row in now)


def _name_changes(learned: pd.DataFrame) -> pd.DataFrame:
    """Name what an answer changed about a project's state, or that it is still unavailable."""
    table = learned.copy()
    is_known = table["state"] == table["before"]
    change = pd.Series("", index=table.index, dtype="object")
    for state in (ABSENT, GONE, PRIVATE, UNAVAILABLE):
        change = change.mask((table["state"] == state) & ~is_known, state)
    change = change.mask((table["state"] == OK) & ~is_known, "recovered")
    change = change.mask((table["answer"] == UNAVAILABLE) & is_known, f"still {UNAVAILABLE}")
    table["change"] = change
    named = table[change != ""].sort_values(["change", "source", "project"], ignore_index=True)
    return named[["project", "source", "change", "since", "detail"]]
