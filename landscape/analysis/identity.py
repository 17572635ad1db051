"""Which project of one edition is which of another, whatever was renamed, merged or split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Identities:
    """What the projects of an earlier edition are in a later one.

    continued: earlier id to later id. merged: those of them whose later project is continued by
        another one (one that was on the map; of these the same by id, or the smallest id).
    split: later id to the earlier id that it was a part of.
    recreated: later ids whose repository has another number than before under the same name:
        deleted, and made anew.
    """

    continued: Mapping[str, str]
    merged: frozenset[str] = frozenset()
    split: Mapping[str, str] = field(default_factory=dict)
    recreated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Row:
    """One project of an edition: its repository's number (0 unknown) and names, lower case."""

    project: str
    repo_id: int
    repo: str
    former: frozenset[str]
    additional: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return self.former | {self.repo}


def match_projects(before: pd.DataFrame, after: pd.DataFrame) -> Identities:
    """Find what each earlier project is in the later table.

    In: both with project, on_the_map (bool), repo, repo_id (Int64, NA unknown), former_repos,
    additional_repos (full names joined by spaces). A project is, the first that applies: the one
    of the same id (ids are permanent) · the one whose repository has the same number · the one
    that bears or bore its repository's name, or whose name it bore. Letter case of names makes no
    difference.
    """
    earlier, later = _list_rows(before), _list_rows(after)
    by_number = {row.repo_id: name for name, row in later.items() if row.repo_id}
    by_name = {name: row.project for row in later.values() for name in row.former if name}
    by_name |= {row.repo: row.project for row in later.values() if row.repo}
    continued = {}
    for name, row in earlier.items():
        found = name if name in later else by_number.get(row.repo_id)
        if found is None:
            found = next((by_name[n] for n in sorted(row.names) if n in by_name), None)
            if found is not None and _is_another(row, later[found]):
                found = None
        if found is not None:
            continued[name] = found
    return Identities(
        continued,
        merged=_find_merged(continued, set(before.loc[before["on_the_map"], "project"])),
        split=_find_split(earlier, later, set(continued.values())),
        recreated=frozenset(
            to
            for name, to in continued.items()
            if earlier[name].repo == later[to].repo and _is_another(earlier[name], later[to])
        ),
    )


def _list_rows(table: pd.DataFrame) -> dict[str, _Row]:
    columns = ("project", "repo_id", "repo", "former_repos", "additional_repos")
    return {
        project: _Row(
            project=project,
            repo_id=0 if pd.isna(repo_id) else int(repo_id),
            repo=repo.lower(),
            former=frozenset(former.lower().split()),
            additional=frozenset(additional.lower().split()),
        )
        for project, repo_id, repo, former, additional in zip(
            *(table[name].tolist() for name in columns), strict=True
        )
    }


def _is_another(row: _Row, other: _Row) -> bool:
    """Whether both numbers are known and differ: another repository under the name."""
    return bool(row.repo_id and other.repo_id and row.repo_id != other.repo_id) and (
        row.repo == other.repo
    )


def _find_merged(continued: Mapping[str, str], on_the_map: set[str]) -> frozenset[str]:
    merged = set()
    groups: dict[str, list[str]] = {}
    for name, to in continued.items():
        groups.setdefault(to, []).append(name)
    for to, names in groups.items():
        keeper = min(names, key=lambda name: (name not in on_the_map, name != to, name))
        merged |= set(names) - {keeper}
    return frozenset(merged)


def _find_split(
    earlier: Mapping[str, _Row], later: Mapping[str, _Row], continuing: set[str]
) -> dict[str, str]:
    """Find the later projects that are new, and were a part of an earlier one."""
    parts: dict[str, str] = {}
    for row in earlier.values():
        for name in sorted(row.names | row.additional):
            parts.setdefault(name, row.project)
    split = {}
    for name, row in later.items():
        if name in continuing:
            continue
        origin = next((parts[n] for n in sorted(row.names) if n in parts), None)
        # A name that was given up and taken by somebody else is no part of what bore it.
        if origin is not None and not _is_another(earlier[origin], row):
            split[name] = origin
    return split
