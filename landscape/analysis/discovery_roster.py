"""Which repositories of an archive are the dataset's, and which must not be proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

import pandas as pd

from landscape.analysis.discovery import Roster
from landscape.dataset.model import Project, Rejected


@dataclass(frozen=True)
class Identification:
    """The roster, and the projects whose repository nothing identifies, by id."""

    roster: Roster
    unidentified: tuple[str, ...]

    def exclude(self, names: Set[str], ids: Set[int]) -> Identification:
        """Return it with further repositories that must not be proposed, names in lower case."""
        roster = replace(
            self.roster,
            excluded_names=self.roster.excluded_names | names,
            excluded_ids=self.roster.excluded_ids | ids,
        )
        return replace(self, roster=roster)


def list_open_names(projects: Iterable[Project], repositories: pd.DataFrame) -> tuple[str, ...]:
    """Return the names to look up in an archive: of projects whose id is not stored.

    repositories: project, repo_id (Int64, NA unknown).
    """
    stored = _read_ids(repositories)
    names: set[str] = set()
    for project in projects:
        if project.id not in stored:
            names.update((project.repo, *project.former_repos))
    return tuple(sorted(names))


def identify_projects(
    projects: Sequence[Project],
    repositories: pd.DataFrame,
    names: pd.DataFrame,
    rejected: Sequence[Rejected] = (),
) -> Identification:
    """Return which repository is which project's: by the stored id, else by its names.

    repositories: project, repo_id (Int64, NA unknown). names: repo_id, repo_name, last_at, as
    ``landscape.analysis.discovery.list_names`` answers. Without a stored id it is the repository
    that last bore the project's name, and only where none did, that which last bore a former one:
    somebody else may have taken that. Of two projects with one repository the first by id has it.
    """
    stored = _read_ids(repositories)
    bearers = _find_last_bearers(names)
    found: dict[int, str] = {}
    unidentified = []
    for project in sorted(projects, key=lambda each: (each.id not in stored, each.id)):
        known = stored.get(project.id)
        repo_id = known if known is not None else _look_up(project, bearers)
        if repo_id is None:
            unidentified.append(project.id)
        else:
            found.setdefault(repo_id, project.id)
    excluded = {
        name.lower()
        for project in projects
        for name in (project.repo, *project.former_repos, *project.additional_repos)
    }
    excluded |= {item.repo.lower() for item in rejected}
    excluded |= {str(name).lower() for name in repositories["full_name"].dropna()}
    ids = {item.repo_id for item in rejected if item.repo_id is not None}
    roster = Roster(found, frozenset(ids), frozenset(excluded))
    return Identification(roster, tuple(sorted(unidentified)))


def _read_ids(repositories: pd.DataFrame) -> dict[str, int]:
    known = repositories[repositories["repo_id"].notna()]
    return dict(zip(known["project"], (int(value) for value in known["repo_id"]), strict=True))


def _find_last_bearers(names: pd.DataFrame) -> dict[str, int]:
    """Return for each name, in lower case, the repository that bore it last."""
    ordered = names.sort_values(["last_at", "repo_id"], kind="stable")
    return {
        str(name).lower(): int(repo_id)
        for name, repo_id in zip(ordered["repo_name"], ordered["repo_id"], strict=True)
    }


def _look_up(project: Project, bearers: dict[str, int]) -> int | None:
    for name in (project.repo, *project.former_repos):
        if name.lower() in bearers:
            return bearers[name.lower()]
    return None
