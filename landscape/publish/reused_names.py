"""Former names of projects' repositories that somebody else has taken since."""

from __future__ import annotations

from dataclasses import dataclass

from landscape.dataset.model import Dataset
from landscape.metrics.model import Store
from landscape.sources.budget import Budget
from landscape.sources.github import fetch_repositories
from landscape.sources.github_client import Token
from landscape.sources.model import RepositoryRequest


@dataclass(frozen=True)
class ReusedName:
    """A name that a project's repository had, and the repository that has it now."""

    project: str
    name: str
    repo_id: int


def find_reused_names(
    dataset: Dataset, store: Store, *, base_url: str, token: Token | None, budget: Budget
) -> tuple[ReusedName, ...]:
    """Ask GitHub where former names lead, a hundred in a query; a failure finds nothing.

    Taken is a name that leads to another repository which is younger than the project's. An older
    one is where a project moved from by hand: its name was never free. What only a privileged
    token sees is told to nobody.
    """
    known = store.repositories.dropna(subset=["repo_id", "created_at"])
    columns = (known[name] for name in ("project", "repo_id", "created_at"))
    facts = {project: (int(own), str(day)) for project, own, day in zip(*columns, strict=True)}
    requests = [
        RepositoryRequest(project.id, name)
        for project in dataset.projects.values()
        if project.retired is None and project.id in facts
        for name in project.former_repos
    ]
    if not requests:
        return ()
    reused = []
    for answer in fetch_repositories(requests, base_url=base_url, token=token, budget=budget):
        found, (repo_id, created_at) = answer.facts, facts[answer.project]
        if found is None or found.private:
            continue
        if found.repo_id != repo_id and found.created_at > created_at:
            reused.append(ReusedName(answer.project, answer.asked_name, found.repo_id))
    return tuple(reused)
