"""A pull request from a fixed branch: opened once, then its text follows what the branch holds."""

from __future__ import annotations

from github import GithubException
from github.PullRequest import PullRequest
from github.Repository import Repository

from landscape.publish.github_session import GitHubError, explain_refusals

LARGEST_BODY_CHARACTERS = 65_000
DISCOVERY_BRANCH = "landscape/discovery"
"""The fixed branch of the pull request that proposes candidates."""
_NOT_PERMITTED = "not permitted to create"


def find_pull_request(
    repository: Repository, *, head: str, base: str | None = None
) -> PullRequest | None:
    """Return the open pull request from a branch of this repository; None where there is none."""
    return _find_first(repository, "open", head, base)


def has_pull_request(repository: Repository, *, head: str, base: str) -> bool:
    """Whether there is or was one from the branch, open or closed."""
    return _find_first(repository, "all", head, base) is not None


def upsert_pull_request(
    repository: Repository, *, head: str, base: str, title: str, body: str
) -> PullRequest:
    """Open a pull request from the branch, or rewrite the text of the one that is open."""
    body = body[:LARGEST_BODY_CHARACTERS]
    with explain_refusals(f"open a pull request from {head}"):
        pull = find_pull_request(repository, head=head, base=base)
        if pull is not None:
            if pull.title != title or (pull.body or "") != body:
                pull.edit(title=title, body=body)
            return pull
        try:
            return repository.create_pull(base=base, head=head, title=title, body=body)
        except GithubException as error:
            if _NOT_PERMITTED not in str(error.data):
                raise
            raise GitHubError(
                "GitHub does not let Actions open pull requests in this repository",
                "switch on Settings › Actions › General › Allow GitHub Actions to create and "
                f"approve pull requests, or open one from the branch {head} by hand: it is pushed",
            ) from error


def _find_first(
    repository: Repository, state: str, head: str, base: str | None
) -> PullRequest | None:
    owner = repository.full_name.partition("/")[0]
    wanted = {"base": base} if base else {}
    with explain_refusals(f"look for a pull request from {head}"):
        pulls = repository.get_pulls(state=state, head=f"{owner}:{head}", **wanted)
        return next(iter(pulls), None)
