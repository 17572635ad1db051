"""The contributed files of a pull request, read through GitHub's interface as data.

Nothing of the head is checked out, imported or run. Count and size are bounded before anything is
fetched: what is too much becomes a finding.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from github import GithubException
from github.GitTreeElement import GitTreeElement
from github.PullRequest import PullRequest
from github.Repository import Repository

from landscape.base.findings import Finding, Level
from landscape.dataset.catalogue import FindingKind
from landscape.dataset.catalogue import file_kinds as kinds
from landscape.dataset.catalogue.kind import escape_unprintable
from landscape.dataset.discovery import PROJECTS_FOLDER, STORIES_FOLDER, FileKind
from landscape.publish.contributed_files import (
    EDITIONS,
    SINGLE_FILES,
    is_contributed,
    is_generated,
    is_plain,
)
from landscape.publish.github_session import BOT, explain_refusals

MOST_LISTED = 3_000
"""GitHub lists no more files of a pull request than this."""
MOST_READ = 500
"""A new edition brings its months; a person's change is much smaller."""
MOST_TREES = 30
_REMOVED = "removed"

GENERATED_EDITED = FindingKind(
    "generated-edited",
    Level.ERROR,
    "the file is written by the Action, not by hand",
    "undo this file; edit data/projects, data/taxonomy.yaml or landscape.yaml instead, and the "
    "Action rebuilds it after the merge",
    "The next build would overwrite it without a word.",
)
TOO_MANY_FILES = FindingKind(
    "too-many-files",
    Level.ERROR,
    "the pull request changes {count} files, more than the {limit} that are read",
    "split it into smaller ones",
    "A check must end; what is not read must not pass.",
)


@dataclass(frozen=True)
class Head:
    """What a pull request changes of the contributed files.

    changes: content by path below the landscape's folder, None where removed. findings: on files
    that were not handed over. elsewhere: how many of its files are neither contributed nor
    generated, and so are not judged here.
    """

    sha: str
    changes: Mapping[str, bytes | None]
    findings: tuple[Finding, ...]
    elsewhere: int

    def apply(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the files as they would be with these changes."""
        merged = {path: content for path, content in files.items() if path not in self.changes}
        return merged | {
            path: content for path, content in self.changes.items() if content is not None
        }


def read_head(
    repository: Repository, number: int, *, folder: str = "", bot: str = BOT
) -> tuple[PullRequest, Head]:
    """Return the pull request and what its head changes."""
    with explain_refusals(f"show pull request #{number}"):
        pull = repository.get_pull(number)
        sha = pull.head.sha
        if pull.changed_files > MOST_LISTED:
            return pull, Head(sha, {}, (_tell_too_many(pull.changed_files, MOST_LISTED),), 0)
        touched = _list_touched(pull, folder)
        wanted = {path for path in touched if is_contributed(path)}
        findings = [] if _is_own(pull, bot) else _find_generated(touched)
        elsewhere = sum(not is_contributed(path) and not is_generated(path) for path in touched)
        if len(wanted) > MOST_READ:
            findings.append(_tell_too_many(len(wanted), MOST_READ))
            return pull, Head(sha, {}, tuple(findings), elsewhere)
        changes: dict[str, bytes | None] = {
            path: None for path in wanted if touched[path] == _REMOVED
        }
        present = wanted - changes.keys()
        entries = _list_entries(repository, sha, folder, present)
        for path in sorted(present):
            changes |= _read(repository, path, entries.get(path), findings)
        return pull, Head(sha, changes, tuple(findings), elsewhere)


def _list_touched(pull: PullRequest, folder: str) -> dict[str, str]:
    """Return the changed paths below the landscape's folder, and what happened to each."""
    touched: dict[str, str] = {}
    for file in pull.get_files():
        touched[file.filename] = file.status
        if file.status == "renamed" and file.previous_filename:
            touched.setdefault(file.previous_filename, _REMOVED)
    return {
        path.removeprefix(folder): status
        for path, status in touched.items()
        if path.startswith(folder)
    }


def _list_entries(
    repository: Repository, sha: str, folder: str, paths: Iterable[str]
) -> dict[str, GitTreeElement]:
    """Return the head's entries of the paths; those that no contributed file can have are left out.

    Trees are listed folder by folder, each once, and not more of them than an edition needs.
    """
    trees: dict[str, dict[str, GitTreeElement]] = {}

    def list_folder(place: str) -> dict[str, GitTreeElement]:
        if place not in trees:
            outer, _, name = place.rpartition("/")
            entry = list_folder(outer).get(name) if place else None
            tree_sha = sha if not place else entry.sha if entry and entry.type == "tree" else ""
            is_asked = tree_sha and len(trees) < MOST_TREES
            trees[place] = _list_tree(repository, tree_sha) if is_asked else {}
        return trees[place]

    entries = {}
    for path in sorted(paths):
        if path in SINGLE_FILES or is_plain(path):
            place, _, name = f"{folder}{path}".rpartition("/")
            if (entry := list_folder(place).get(name)) is not None:
                entries[path] = entry
    return entries


def _list_tree(repository: Repository, sha: str) -> dict[str, GitTreeElement]:
    try:
        return {element.path: element for element in repository.get_git_tree(sha).tree}
    except GithubException as error:
        if error.status == 404:
            return {}
        raise


def _read(
    repository: Repository,
    path: str,
    entry: GitTreeElement | None,
    findings: list[Finding],
) -> dict[str, bytes | None]:
    """Return the file's content by its path; where it is none to be read, add a finding."""
    shown = PurePosixPath(escape_unprintable(path))
    if entry is None:
        # In a folder below: a finding on its place comes from laying it out, whatever it holds.
        return {path: b""}
    if entry.mode == "120000":
        findings.append(kinds.SYMLINK.at(shown, 0))
        return {}
    if entry.type != "blob":
        findings.append(kinds.NOT_A_FILE.at(shown, 0, reason="it is no ordinary file"))
        return {}
    is_small = path.startswith((f"{PROJECTS_FOLDER}/", f"{STORIES_FOLDER}/"))
    limit_kb = (FileKind.PROJECT if is_small else FileKind.SETTINGS).limit_kb
    size = entry.size or 0
    if size > limit_kb * 1024:
        findings.append(
            kinds.FILE_TOO_LARGE.at(shown, 0, size_kb=-(-size // 1024), limit_kb=limit_kb)
        )
        return {}
    blob = repository.get_git_blob(entry.sha)
    return {path: base64.b64decode(blob.content)}


def _find_generated(touched: Mapping[str, str]) -> list[Finding]:
    edited = [
        path
        for path, status in touched.items()
        # A new edition is welcome; one that was published is not changed.
        if is_generated(path) or (path.startswith(f"{EDITIONS}/") and status != "added")
    ]
    return [
        GENERATED_EDITED.at(PurePosixPath(escape_unprintable(path)), 0) for path in sorted(edited)
    ]


def _is_own(pull: PullRequest, bot: str) -> bool:
    """Whether the Action itself opened it, from the repository's own branch."""
    source = pull.head.repo
    return (
        pull.user is not None
        and pull.user.login == bot
        and source is not None
        and source.full_name.lower() == pull.base.repo.full_name.lower()
    )


def _tell_too_many(count: int, limit: int) -> Finding:
    return TOO_MANY_FILES.at(PurePosixPath("data"), 0, count=count, limit=limit)
