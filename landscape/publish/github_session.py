"""GitHub's REST interface for what is written there, and its refusals as errors of ours.

Facts about other repositories come from ``landscape.sources``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from github import Auth, Github, GithubException
from github.Repository import Repository
from requests import RequestException
from urllib3.util import Retry

from landscape.base.errors import LandscapeError
from landscape.sources.github_client import Token

TIMEOUT_SECONDS = 30
BOT = "github-actions[bot]"
"""Who writes with the token that GitHub gives a workflow."""


class GitHubError(LandscapeError):
    """GitHub refused, or could not be reached."""

    exit_code = 4


def open_repository(base_url: str, token: Token | None, full_name: str) -> Repository:
    """Return a repository, without asking for it yet."""
    if full_name.count("/") != 1:
        raise LandscapeError(
            f"{full_name!r} is not the name of a repository", "name it as owner/name"
        )
    # Only reading is repeated: a comment that arrived must not arrive twice.
    retry = Retry(
        total=2,
        backoff_factor=0.5,
        status_forcelist=(502, 503, 504),
        allowed_methods=frozenset({"GET"}),
        raise_on_status=False,
    )
    session = Github(
        base_url=base_url,
        auth=Auth.Token(token.value) if token is not None else None,
        timeout=TIMEOUT_SECONDS,
        retry=retry,
        seconds_between_requests=0,
        seconds_between_writes=0,
        per_page=100,
        lazy=True,
    )
    return session.get_repo(full_name)


@contextmanager
def explain_refusals(action: str, hint: str = "") -> Iterator[None]:
    """Turn what goes wrong inside into a GitHubError that says what was tried."""
    try:
        yield
    except GithubException as error:
        message = error.data.get("message") if isinstance(error.data, dict) else ""
        said = f"{error.status} {message or ''}".strip()
        raise GitHubError(f"GitHub refused to {action}: {said}", hint or _hint(error)) from error
    except (RequestException, OSError) as error:
        raise GitHubError(
            f"GitHub could not be asked to {action}: {type(error).__name__}", "try again later"
        ) from error


def _hint(error: GithubException) -> str:
    if error.status in (401, 403):
        return "check the rights of the token and of the job (permissions: in the workflow)"
    if error.status == 404:
        return "check the names; GitHub says the same of what a token may not see"
    return ""
