"""How a command reaches GitHub: address, token and repository, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from landscape.base.errors import LandscapeError

if TYPE_CHECKING:
    from github.Repository import Repository

    from landscape.sources.github_client import Token

DEFAULT_URL = "https://api.github.com"

repository_option = click.option(
    "--repository",
    metavar="OWNER/NAME",
    envvar="GITHUB_REPOSITORY",
    help="The repository on GitHub. Default: GITHUB_REPOSITORY.",
)
bot_option = click.option(
    "--bot",
    metavar="LOGIN",
    default="github-actions[bot]",
    show_default=True,
    help="Who writes with the token: only this author's comments and issues are edited.",
)


@dataclass(frozen=True)
class GitHubAccess:
    """Where GitHub is and with what; ``token`` is None where none was given."""

    base_url: str
    token: Token | None

    def open(self, repository: str | None) -> Repository:
        """Return the repository to write to; LandscapeError without a name or a token."""
        from landscape.publish.github_session import open_repository

        if not repository:
            raise LandscapeError(
                "which repository on GitHub is not known",
                "name it with --repository OWNER/NAME, or in GITHUB_REPOSITORY",
            )
        if self.token is None:
            raise LandscapeError(
                "there is no token for GitHub", "give one in the environment: GITHUB_TOKEN"
            )
        return open_repository(self.base_url, self.token, repository)


def read_github_access(configured_url: str = DEFAULT_URL) -> GitHubAccess:
    """Return the access that the environment gives: GITHUB_API_URL and GITHUB_TOKEN."""
    from landscape.sources.github_client import Token

    url = os.environ.get("GITHUB_API_URL") or configured_url
    value = os.environ.get("GITHUB_TOKEN", "").strip()
    return GitHubAccess(url.rstrip("/"), Token(value) if value else None)
