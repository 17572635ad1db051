"""What waits for a decision on the branch of discovery's pull request, so as not to be proposed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from landscape.cli.discover_request import Request
from landscape.publish.git import Git, find_folder
from landscape.publish.proposal_branch import deepen, read_branch
from landscape.publish.proposal_file import Refusals
from landscape.publish.publication import fetch_branch

REMOTE = "origin"


@dataclass(frozen=True)
class Pending:
    """Repositories not to propose, ids of projects that are taken, and how many proposals wait."""

    refusals: Refusals = field(default_factory=Refusals)
    project_ids: frozenset[str] = frozenset()
    waiting: int = 0


def read_pending(request: Request) -> Pending:
    """Read the branch that the request names; nothing without one. Raises GitError."""
    if not request.pending:
        return Pending()
    git = Git.open(request.root, os.environ)
    existing = fetch_branch(git, REMOTE, request.pending, required=False)
    if not existing:
        return Pending()
    deepen(git, REMOTE)
    branch = read_branch(git, git.resolve("HEAD"), existing, find_folder(git, request.root))
    # An id that somebody deleted stays free of others: its file must not come back as theirs.
    paths = (*branch.projects, *branch.deleted)
    ids = frozenset(PurePosixPath(path).stem for path in paths)
    return Pending(branch.list_refusals(), ids, len(branch.own))
