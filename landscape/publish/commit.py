"""Commits made without touching anybody's index or branch, and pushed without force.

What goes into them is decided elsewhere.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from landscape.publish.git import Git, GitError


@dataclass(frozen=True)
class Author:
    """Who commits."""

    name: str = "github-actions[bot]"
    email: str = "41898282+github-actions[bot]@users.noreply.github.com"


class PushResult(Enum):
    """What became of a push."""

    DONE = auto()
    RACED = auto()
    """Somebody else was faster."""
    PROTECTED = auto()
    """The other side refuses such pushes to this branch."""


def write_commit(
    git: Git,
    base: str,
    contents: Mapping[str, bytes | None],
    message: str,
    author: Author,
    parents: Sequence[str] = (),
) -> str | None:
    """Return a new commit: the base's files with these contents; None where nothing differs.

    ``contents`` goes by path in the repository; None removes. ``parents``: the base by default.
    """
    with tempfile.TemporaryDirectory(prefix="landscape-index-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git.run("read-tree", base, extra=index)
        lines = b"".join(_stage(git, path, content) for path, content in contents.items())
        git.run("update-index", "-z", "--index-info", given=lines, extra=index)
        tree = git.run("write-tree", extra=index).text
    if tree == git.run("rev-parse", f"{base}^{{tree}}").text and not parents:
        return None
    return commit_tree(git, tree, parents or [base], message, author)


def commit_tree(git: Git, tree: str, parents: Sequence[str], message: str, author: Author) -> str:
    """Return a new commit of a tree."""
    who = {
        "GIT_AUTHOR_NAME": author.name,
        "GIT_AUTHOR_EMAIL": author.email,
        "GIT_COMMITTER_NAME": author.name,
        "GIT_COMMITTER_EMAIL": author.email,
    }
    named = [part for parent in parents for part in ("-p", parent)]
    answer = git.run("commit-tree", tree, *named, given=message.encode(), extra=who)
    return answer.text


def push_commit(git: Git, remote: str, commit: str, branch: str) -> PushResult:
    """Push a commit to a branch of the remote, only ever forwards.

    Raises GitError where the remote could not be reached, or refuses for another reason.
    """
    answer = git.ask("push", "--porcelain", remote, f"{commit}:refs/heads/{branch}")
    if answer.code == 0:
        return PushResult.DONE
    said = f"{answer.output.decode('utf-8', 'replace')}\n{answer.errors}"
    if _RACED.search(said):
        return PushResult.RACED
    if _PROTECTED.search(said):
        return PushResult.PROTECTED
    lines = [line for line in answer.errors.strip().splitlines() if line.strip()]
    raise GitError(
        f"the push to {remote}/{branch} failed: {lines[-1] if lines else 'no reason given'}",
        "the commit is not lost: correct the cause, and publish again",
    )


# "[rejected]" is this side's word that the branch is elsewhere now; the rest are the words of
# the other side when two pushes meet in the same instant.
_RACED = re.compile(
    r"\[rejected\]|non-fast-forward|fetch first|cannot lock ref|failed to update ref"
    r"|incorrect old value|reference already exists|failed to lock|unable to lock",
    re.IGNORECASE,
)
_PROTECTED = re.compile(
    r"protected branch|hook declined|GH006|GH013|repository rule violations"
    r"|prohibited by|not allowed to push|deny updating",
    re.IGNORECASE,
)


def _stage(git: Git, path: str, content: bytes | None) -> bytes:
    name = path.encode("utf-8", "surrogateescape")
    if content is None:
        return b"0 " + b"0" * 40 + b"\t" + name + b"\0"
    blob = git.run("hash-object", "-w", "--stdin", given=content).text
    return b"100644 " + blob.encode() + b"\t" + name + b"\0"
