"""Whom the survival curves follow (F17): editions, half-years of creation, and domains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.identity import match_projects
from landscape.analysis.survival import (
    compute_trailing_means,
    count_seams,
    estimate_survival,
    find_starts,
    measure_spells,
)
from landscape.metrics.model import Edition

LEAST_FOLLOWED = 10
"""A curve of fewer projects would be an anecdote: every single one would be a step of 10 %."""

LEAST_SHOWN = 5
"""Where fewer are still followed a curve is not shown: each would be a step of over 20 %."""

COHORT_COLUMNS = (
    "kind", "cohort", "start", "projects", "at_risk", "followed", "ended", "unknown",
    "not_above", "unseen", "has_curve",
)  # fmt: skip
CURVE_COLUMNS = (
    "kind", "cohort", "month", "at_risk", "ended", "censored", "survival", "low", "high",
)  # fmt: skip


@dataclass(frozen=True)
class Survival:
    """How long projects stay above the threshold.

    cohorts: one row a group, ordered by kind, then time or domain: kind (``edition``,
        ``created``, ``domain``), cohort (the edition's name, ``2025-H1``, or the domain's id),
        start (month; empty where projects start in different ones), projects (int: all of the
        group), at_risk (above the threshold at the start), followed (of these, for a month or
        more), ended, unknown, not_above (not followed, and why: no mean at
        the start; or not above the threshold then, or ever), unseen (created so, values begin
        too late to know the start), has_curve (bool: at least 10 followed).
    curves: kind, cohort and the columns of ``estimate_survival``, for those that have a curve.
    seams: of the projects followed in any group, how many have values of several vintages.
    """

    above: float
    as_of: str
    cohorts: pd.DataFrame
    curves: pd.DataFrame
    seams: int


@dataclass(frozen=True)
class _Cohort:
    kind: str
    name: str
    start: str
    starts: pd.Series
    unseen: int = 0


def compute_survival(
    series: pd.DataFrame,
    projects: pd.DataFrame,
    editions: Sequence[Edition],
    above: float,
    as_of: str,
) -> Survival:
    """Follow the projects of every edition, half-year of creation, and domain.

    In: the landscape's series and projects (project, repo, domain, created_at); ``editions`` in
    order. An edition's projects are followed from its as-of month, those of a half-year from the
    first month above the threshold (only if they are seen from their start: the others would be
    survivors by choice), those of a domain from the as-of month of the first edition whose map
    had them. Editions that lie after as-of are left out.
    """
    created = projects.set_index("project")["created_at"]
    means = compute_trailing_means(series, created)
    past = [edition for edition in editions if edition.as_of <= as_of]
    members = _find_members(past, projects)
    cohorts = [
        *_list_editions(past, members),
        *_list_half_years(series, means, created, above),
        *_list_domains(past, members, projects),
    ]
    rows: list[dict[str, object]] = []
    curves: list[pd.DataFrame] = []
    ever_followed: set[str] = set()
    for cohort in cohorts:
        spells = measure_spells(means, cohort.starts, above)
        at_risk = spells[spells["state"] == "at risk"]
        row = _count_spells(cohort, spells)
        rows.append(row)
        ever_followed |= set(at_risk["project"])
        if row["has_curve"]:
            curve = estimate_survival(at_risk["months"], at_risk["ended"])
            curves.append(curve.assign(kind=cohort.kind, cohort=cohort.name))
    return Survival(
        above=above,
        as_of=as_of,
        cohorts=pd.DataFrame(rows, columns=list(COHORT_COLUMNS)),
        curves=pd.concat(curves, ignore_index=True)[list(CURVE_COLUMNS)]
        if curves
        else pd.DataFrame([], columns=list(CURVE_COLUMNS)),
        seams=count_seams(series, pd.Index(sorted(ever_followed), dtype="object")),
    )


def _count_spells(cohort: _Cohort, spells: pd.DataFrame) -> dict[str, object]:
    """Return the group's row of ``Survival.cohorts``."""
    at_risk = spells[spells["state"] == "at risk"]
    # Who has just joined has not been followed yet.
    followed = int((at_risk["months"] > 0).sum())
    return {
        "kind": cohort.kind,
        "cohort": cohort.name,
        "start": cohort.start,
        "projects": len(spells) + cohort.unseen,
        "at_risk": len(at_risk),
        "followed": followed,
        "ended": int(at_risk["ended"].sum()),
        "unknown": int((spells["state"] == "unknown").sum()),
        "not_above": int((spells["state"] == "not above").sum()),
        "unseen": cohort.unseen,
        "has_curve": followed >= LEAST_FOLLOWED,
    }


def _find_members(editions: Sequence[Edition], projects: pd.DataFrame) -> dict[str, list[str]]:
    """Return, by edition, the present ids of the projects on its map; what is gone keeps its."""
    present = pd.DataFrame(
        {
            "project": projects["project"],
            "on_the_map": True,
            "repo": projects["repo"],
            "repo_id": pd.Series(pd.NA, index=projects.index, dtype="Int64"),
            "former_repos": projects.get("former_repos", ""),
            "additional_repos": "",
        }
    )
    members = {}
    for edition in editions:
        continued = match_projects(edition.projects, present).continued
        on_the_map = edition.projects.loc[edition.projects["on_the_map"], "project"]
        members[edition.name] = sorted({continued.get(name, name) for name in on_the_map})
    return members


def _list_editions(editions: Sequence[Edition], members: dict[str, list[str]]) -> Iterator[_Cohort]:
    for edition in editions:
        starts = pd.Series(edition.as_of, index=members[edition.name], dtype="object")
        yield _Cohort("edition", edition.name, edition.as_of, starts)


def _list_half_years(
    series: pd.DataFrame, means: pd.DataFrame, created: pd.Series, above: float
) -> Iterator[_Cohort]:
    halves = created[created != ""].map(lambda day: f"{day[:4]}-H{1 if day[5:7] <= '06' else 2}")
    seen = find_starts(series, created)
    is_above = means > above
    for half, group in halves.groupby(halves, sort=True):
        ids = [name for name in sorted(group.index) if seen.get(name, "")]
        if not ids:
            continue
        # Whoever was never above starts where it was first seen, and counts as not above.
        starts = [
            is_above.columns[is_above.loc[name].to_numpy().argmax()]
            if is_above.loc[name].any()
            else seen[name]
            for name in ids
        ]
        cohort = pd.Series(starts, index=ids, dtype="object")
        yield _Cohort("created", str(half), "", cohort, unseen=len(group) - len(ids))


def _list_domains(
    editions: Sequence[Edition], members: dict[str, list[str]], projects: pd.DataFrame
) -> Iterator[_Cohort]:
    first: dict[str, str] = {}
    for edition in editions:
        for name in members[edition.name]:
            first.setdefault(name, edition.as_of)
    domains = projects.set_index("project")["domain"]
    for domain, group in domains.groupby(domains, sort=True):
        ids = [name for name in sorted(group.index) if name in first]
        if ids:
            starts = pd.Series([first[name] for name in ids], index=ids, dtype="object")
            yield _Cohort("domain", str(domain), "", starts)
