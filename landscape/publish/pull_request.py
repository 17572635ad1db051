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
    return next(iter(_list_pulls(repository, "open", head, base)), None)


def has_pull_request(repository: Repository, *, head: str, base: str, commit: str) -> bool:
    """Whether one from the branch is open, or was closed at the commit that the branch has."""
    pulls = _list_pulls(repository, "all", head, base)
    return any(pull.state == "open" or pull.head.sha == commit for pull in pulls)


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


def _list_pulls(
    repository: Repository, state: str, head: str, base: str | None
) -> list[PullRequest]:
    owner = repository.full_name.partition("/")[0]
    wanted = {"base": base} if base else {}
    with explain_refusals(f"look for a pull request from {head}"):
        return list(repository.get_pulls(state=state, head=f"{owner}:{head}", **wanted))
