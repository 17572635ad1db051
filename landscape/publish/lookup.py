"""What GitHub says of a repository that somebody wants to add."""

from __future__ import annotations

from dataclasses import dataclass

from github import GithubException
from github.Repository import Repository

from landscape.base.errors import LandscapeError
from landscape.publish.github_session import explain_refusals
from landscape.report.markdown import clean_text


@dataclass(frozen=True)
class Found:
    """A repository as GitHub shows it: names as written there, texts of its owner."""

    full_name: str
    name: str
    homepage: str
    description: str
    archived: bool
    is_fork: bool


def look_up_repository(repository: Repository) -> Found | None:
    """Return the repository; None where GitHub has none. A renamed one has its new name.

    Raises GitHubError where GitHub cannot be asked.
    """
    with explain_refusals("show the repository"):
        try:
            repository.update()
        except GithubException as error:
            if error.status == 404:
                return None
            raise
        homepage = clean_text(repository.homepage or "")
        return Found(
            full_name=repository.full_name,
            name=repository.name,
            homepage=homepage if homepage.startswith(("https://", "http://")) else "",
            description=clean_text(repository.description or ""),
            archived=bool(repository.archived),
            is_fork=bool(repository.fork),
        )


def refuse_missing(full_name: str) -> LandscapeError:
    """Return the error for a repository that GitHub does not have."""
    return LandscapeError(
        f"GitHub has no public repository {full_name}",
        "check the spelling; with --offline it is added without asking",
    )
