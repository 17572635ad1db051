"""What a refresh asks, of whom and under which names: repositories first, for they tell the names.

What the answers mean is ``landscape.analysis.intake``'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from landscape.dataset.model import Project
from landscape.sources.budget import Budget
from landscape.sources.github import fetch_repositories
from landscape.sources.github_client import Token
from landscape.sources.model import (
    LabelAnswer,
    MetricAnswer,
    MetricRequest,
    Outcome,
    RepositoryAnswer,
    RepositoryRequest,
)
from landscape.sources.opendigger import fetch_label_series, fetch_metrics
from landscape.sources.persistence import Pacing
from landscape.sources.progress import Progress

GITHUB_SHARE = 1 / 3
"""Of the time: GitHub is asked first, and must leave OpenDigger, which decides, its part."""


@dataclass(frozen=True)
class Inquiry:
    """Everything that a refresh asks.

    sources: ``opendigger``, ``github`` or both. metrics: the inclusion metric first. domains:
    ids of technology domains. newest_month: a file that knows a later one is nonsense.
    """

    projects: Sequence[Project]
    repositories: pd.DataFrame
    sources: frozenset[str]
    metrics: tuple[str, ...]
    domains: tuple[str, ...]
    newest_month: str
    opendigger_url: str
    github_url: str
    token: Token | None = field(repr=False)
    opendigger_workers: int
    github_workers: int
    budget: Budget = field(repr=False)
    budget_seconds: float
    progress: Progress = field(repr=False)
    pacing: Pacing = field(default_factory=Pacing)


@dataclass(frozen=True)
class Records:
    """What the sources answered."""

    metrics: list[MetricAnswer]
    repositories: list[RepositoryAnswer]
    labels: list[LabelAnswer]


def fetch_all(inquiry: Inquiry) -> Records:
    """Ask both sources within the budget; no failure is raised, each is an answer."""
    repositories = _fetch_repositories(inquiry) if "github" in inquiry.sources else []
    if "opendigger" not in inquiry.sources:
        return Records([], repositories, [])
    names = choose_names(inquiry.projects, inquiry.repositories, repositories)
    # What decides is settled first, former names included: the rest may use up the time.
    deciding = _fetch_metrics(inquiry, inquiry.metrics[:1], names)
    deciding = _ask_by_former_names(inquiry, deciding, repositories)
    names |= {answer.project: answer.asked_name for answer in deciding}
    others = _fetch_metrics(inquiry, inquiry.metrics[1:], names)
    return Records([*deciding, *others], repositories, _fetch_labels(inquiry))


def choose_names(
    projects: Sequence[Project],
    repositories: pd.DataFrame,
    answers: Sequence[RepositoryAnswer],
) -> dict[str, str]:
    """Return project to the name that OpenDigger, which minds letter case, is asked by.

    GitHub's of today where it answered; else the stored one where it is the file's but for its
    case; else the file's.
    """
    stored = _index_texts(repositories, "full_name")
    names = {}
    for project in projects:
        known = stored.get(project.id, "")
        names[project.id] = known if known.lower() == project.repo.lower() else project.repo
    names |= {answer.project: answer.facts.full_name for answer in answers if answer.facts}
    return names


def list_known_ids(projects: Sequence[Project], repositories: pd.DataFrame) -> dict[str, int]:
    """Return project to the stored id of its repository, where the id is still the file's.

    A file that names another repository than the stored one, and does not call that a former
    name, was pointed there by a human: the old id must not lead it back.
    """
    ids = repositories.set_index("project")["repo_id"].dropna()
    stored = _index_texts(repositories, "full_name")
    known = {}
    for project in projects:
        own = {name.lower() for name in (project.repo, *project.former_repos)}
        name = stored.get(project.id, "").lower()
        if project.id in ids.index and (not name or name in own):
            known[project.id] = int(ids[project.id])
    return known


def _fetch_repositories(inquiry: Inquiry) -> list[RepositoryAnswer]:
    ids = list_known_ids(inquiry.projects, inquiry.repositories)
    requests = [
        RepositoryRequest(project.id, project.repo, ids.get(project.id))
        for project in inquiry.projects
    ]
    return _ask_github(inquiry, requests)


def _ask_github(inquiry: Inquiry, requests: Sequence[RepositoryRequest]) -> list[RepositoryAnswer]:
    return fetch_repositories(
        requests,
        base_url=inquiry.github_url,
        token=inquiry.token,
        budget=inquiry.budget.limit(inquiry.budget_seconds * GITHUB_SHARE),
        workers=inquiry.github_workers,
        pacing=inquiry.pacing,
        progress=inquiry.progress,
    )


def _fetch_metrics(
    inquiry: Inquiry, metrics: Sequence[str], names: Mapping[str, str]
) -> list[MetricAnswer]:
    requests = [
        MetricRequest(project, name, metric)
        for metric in metrics
        for project, name in names.items()
    ]
    return fetch_metrics(
        requests,
        base_url=inquiry.opendigger_url,
        budget=inquiry.budget,
        workers=inquiry.opendigger_workers,
        pacing=inquiry.pacing,
        newest_month=inquiry.newest_month,
        progress=inquiry.progress,
    )


def _ask_by_former_names(
    inquiry: Inquiry, deciding: list[MetricAnswer], repositories: Sequence[RepositoryAnswer]
) -> list[MetricAnswer]:
    """Ask again for what was not found: just after a rename the data are under the old name still.

    Only names that GitHub says still lead to the same repository: a name that another has taken
    has another's figures.
    """
    missing = {answer.project for answer in deciding if answer.outcome is Outcome.MISSING}
    names = _find_safe_names(inquiry, missing, repositories)
    if not names:
        return deciding
    found = {
        answer.project: answer
        for answer in _fetch_metrics(inquiry, inquiry.metrics[:1], names)
        if answer.outcome is Outcome.OK
    }
    return [found.get(answer.project, answer) for answer in deciding]


def _find_safe_names(
    inquiry: Inquiry, missing: set[str], repositories: Sequence[RepositoryAnswer]
) -> dict[str, str]:
    """Return project to an earlier name that leads to the repository still."""
    projects = {project.id: project for project in inquiry.projects}
    safe: dict[str, str] = {}
    doubtful: list[RepositoryRequest] = []
    for answer in repositories:
        if answer.project not in missing or answer.facts is None or answer.facts.private:
            continue
        former = projects[answer.project].former_repos
        if answer.facts.full_name.lower() != answer.asked_name.lower():
            if not answer.name_taken:
                safe[answer.project] = answer.asked_name
        elif former:
            request = RepositoryRequest(answer.project, former[-1], answer.facts.repo_id)
            doubtful.append(request)
    for answer in _ask_github(inquiry, doubtful) if doubtful else []:
        if answer.facts is not None and not answer.name_taken:
            safe[answer.project] = answer.asked_name
    return safe


def _fetch_labels(inquiry: Inquiry) -> list[LabelAnswer]:
    """Ask for technology domains; the answers carry our ids, ``cloud-native`` for cloud_native."""
    if not inquiry.domains:
        return []
    answers = fetch_label_series(
        [domain.replace("-", "_") for domain in inquiry.domains],
        base_url=inquiry.opendigger_url,
        budget=inquiry.budget,
        workers=inquiry.opendigger_workers,
        pacing=inquiry.pacing,
        newest_month=inquiry.newest_month,
    )
    return [
        replace(answer, label=domain)
        for domain, answer in zip(inquiry.domains, answers, strict=True)
    ]


def _index_texts(repositories: pd.DataFrame, name: str) -> dict[str, str]:
    known = repositories[repositories[name].notna()]
    return dict(zip(known["project"], known[name], strict=True))
