"""A pull request from a fixed branch: opened once, then its text follows what the branch holds."""

from __future__ import annotations

from github import GithubException
from github.PullRequest import PullRequest
from github.Repository import Repository

from landscape.publish.github_session import GitHubError, explain_refusals

LARGEST_BODY_CHARACTERS = 65_000
_NOT_PERMITTED = "not permitted to create"


def upsert_pull_request(
    repository: Repository, *, head: str, base: str, title: str, body: str
) -> PullRequest:
    """Open a pull request from the branch, or rewrite the text of the one that is open."""
    body = body[:LARGEST_BODY_CHARACTERS]
    with explain_refusals(f"open a pull request from {head}"):
        owner = repository.full_name.partition("/")[0]
        for pull in repository.get_pulls(state="open", head=f"{owner}:{head}", base=base):
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
