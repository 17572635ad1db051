"""One project's part of a change: what differs, what it is judged as, and who stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from landscape.analysis.model import Landscape
from landscape.analysis.preview import find_neighbours, list_recent_values
from landscape.base.findings import Finding
from landscape.dataset.discovery import PROJECTS_FOLDER, is_id
from landscape.dataset.model import Project, Taxonomy
from landscape.publish.contributed_files import is_plain
from landscape.publish.near_duplicates import NearDuplicate, find_near_duplicates
from landscape.publish.version import Version
from landscape.report.entries import Entry, list_entries

_PLACING = frozenset({"domain", "subdomain", "also_in", "tags"})
JUDGED_CHANGES = 200
"""So many projects of one change are shown with numbers and neighbours; the rest are listed."""


class Act(StrEnum):
    """What a change does to a project."""

    ADDED = "added"
    CHANGED = "changed"
    RETAGGED = "retagged"
    REMOVED = "removed"


@dataclass(frozen=True)
class KeyChange:
    """One key of a project's file: its value before and after, as text; empty where absent."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class ProjectChange:
    """One changed project.

    before, after: its row in the landscape of each state, None where it has none. neighbours:
    rows of its domain around it, itself included. recent: its newest monthly values, None
    unknown. notes: what a reader must know beside the findings.
    """

    project: str
    path: str
    act: Act
    keys: tuple[KeyChange, ...]
    before: Entry | None
    after: Entry | None
    neighbours_before: tuple[Entry, ...]
    neighbours_after: tuple[Entry, ...]
    domain_count: int
    recent: tuple[float | None, ...]
    near: tuple[NearDuplicate, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    maintainers: tuple[str, ...]


@dataclass(frozen=True)
class Sides:
    """Both states: what was read, and what the rules made of it (None where they could not)."""

    old: Version
    new: Version
    before: Landscape | None
    after: Landscape | None


def list_project_changes(
    sides: Sides,
    changed: Sequence[str],
    findings: Sequence[Finding],
    projects: Mapping[str, Project],
    notes: Mapping[str, str],
) -> tuple[ProjectChange, ...]:
    """Return the changed projects in order of path; ``projects`` are all after the change."""
    listed: list[ProjectChange] = []
    for path in changed:
        project = path.removeprefix(f"{PROJECTS_FOLDER}/").removesuffix(".yaml")
        is_project = path == f"{PROJECTS_FOLDER}/{project}.yaml" and is_plain(path)
        if not is_project or not is_id(project):
            # No project's file; the findings tell of it.
            continue
        own = tuple(finding for finding in findings if str(finding.path) == path)
        change = _describe(sides, project, path, own)
        if len(listed) < JUDGED_CHANGES:
            change = _judge(change, sides, projects, notes)
        listed.append(change)
    return _tell_renamed_files(listed, sides)


def _describe(
    sides: Sides, project: str, path: str, findings: tuple[Finding, ...]
) -> ProjectChange:
    old = sides.old.values.get(project)
    new = sides.new.values.get(project)
    keys = _compare_keys(old or {}, new or {}) if old is not None and new is not None else ()
    return ProjectChange(
        project=project,
        path=path,
        act=_name_act(sides, project, keys),
        keys=keys,
        before=None,
        after=None,
        neighbours_before=(),
        neighbours_after=(),
        domain_count=0,
        recent=(),
        near=(),
        findings=findings,
        notes=(),
        maintainers=(),
    )


def _judge(
    change: ProjectChange,
    sides: Sides,
    projects: Mapping[str, Project],
    notes: Mapping[str, str],
) -> ProjectChange:
    project = change.project
    before = _pick_neighbours(sides.before, project)
    # Of a file with errors nothing is known after the change: the old one stands in for it.
    is_judged = project in sides.new.projects
    after = _pick_neighbours(sides.after, project) if is_judged else ()
    said = [notes[project]] if project in notes else []
    if change.act is not Act.REMOVED and not is_judged:
        said.append("its file cannot be judged until its errors are corrected")
    latest = sides.after if change.act is not Act.REMOVED else sides.before
    recent = list_recent_values(latest, [project])[project] if latest is not None else ()
    return replace(
        change,
        before=_pick(before, project),
        after=_pick(after, project),
        neighbours_before=before,
        neighbours_after=after,
        domain_count=_count_domain(latest, _pick(after, project) or _pick(before, project)),
        recent=recent,
        near=_find_near(change, sides, projects),
        notes=tuple(said),
        maintainers=_list_maintainers(sides, project),
    )


def _name_act(sides: Sides, project: str, keys: Sequence[KeyChange]) -> Act:
    if project not in sides.old.project_ids:
        return Act.ADDED
    if project not in sides.new.project_ids:
        return Act.REMOVED
    return Act.RETAGGED if keys and {key.key for key in keys} <= _PLACING else Act.CHANGED


def _compare_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[KeyChange, ...]:
    return tuple(
        KeyChange(str(key), _show(old.get(key)), _show(new.get(key)))
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    )


def _show(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_show_inner(item)}" for key, item in value.items())
    return str(value)


def _show_inner(value: object) -> str:
    return f"({_show(value)})" if isinstance(value, dict) else _show(value)


def _pick_neighbours(landscape: Landscape | None, project: str) -> tuple[Entry, ...]:
    if landscape is None:
        return ()
    rows: pd.DataFrame = find_neighbours(landscape, project)
    return tuple(list_entries(replace(landscape, projects=rows)))


def _pick(entries: Sequence[Entry], project: str) -> Entry | None:
    return next((entry for entry in entries if entry.project == project), None)


def _count_domain(landscape: Landscape | None, entry: Entry | None) -> int:
    """Return how many projects of the entry's domain are on the map."""
    if landscape is None or entry is None:
        return 0
    table = landscape.projects
    return int((table["rank"].notna() & (table["domain"] == entry.domain)).sum())


def _find_near(
    change: ProjectChange, sides: Sides, projects: Mapping[str, Project]
) -> tuple[NearDuplicate, ...]:
    project = sides.new.projects.get(change.project)
    touched = {key.key for key in change.keys}
    if project is None or (
        change.act is not Act.ADDED and not touched & {"name", "repo", "homepage"}
    ):
        return ()
    others = [item for item in projects.values() if item.id != project.id]
    return find_near_duplicates(project.name, project.repo, project.homepage, others)


def _list_maintainers(sides: Sides, project: str) -> tuple[str, ...]:
    """Return who looks after the domains that the project is, or was, in."""
    # Who decides is what the base says; a change cannot appoint its own reviewers.
    taxonomy: Taxonomy | None = sides.old.taxonomy or sides.new.taxonomy
    if taxonomy is None:
        return ()
    own = [
        version.projects[project].domain
        for version in (sides.old, sides.new)
        if project in version.projects
    ]
    return tuple(
        dict.fromkeys(
            name for domain in taxonomy.domains if domain.id in own for name in domain.maintainers
        )
    )


def _tell_renamed_files(
    changes: Sequence[ProjectChange], sides: Sides
) -> tuple[ProjectChange, ...]:
    """Add a word where one project leaves under one id and comes back under another."""
    removed = {
        sides.old.projects[change.project].repo.lower(): change.project
        for change in changes
        if change.act is Act.REMOVED and change.project in sides.old.projects
    }
    told = []
    for change in changes:
        project = sides.new.projects.get(change.project)
        former = removed.get(project.repo.lower()) if project and change.act is Act.ADDED else None
        if former is not None:
            note = (
                f"this is {former} under another id: ids are permanent, and the stored values "
                f"belong to {former}; keep the file's name"
            )
            told.append(replace(change, notes=(*change.notes, note)))
        else:
            told.append(change)
    return tuple(told)
