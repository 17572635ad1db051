"""The branch of the pull request that proposes candidates, as machines and people left it.

It is only ever added to. What people deleted there is read from its history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from landscape.dataset.discovery import PROJECTS_FOLDER, REJECTED_PATH
from landscape.publish.contributed_files import GENERATED
from landscape.publish.git import Git
from landscape.publish.proposal_file import (
    ProjectMention,
    Refusals,
    read_project,
    read_refusals,
)


@dataclass(frozen=True)
class ProposalBranch:
    """What stands on the branch, beside what the landscape's own branch has.

    main: the landscape's commit. existing: the branch's, empty where there is none. head: the same,
    but empty where nothing of it is left to decide: all was merged, so it begins anew. projects:
    the files of projects at the head, or on main where there is no head, by their path below the
    landscape's folder; merged: those on main. own: the machine's proposals that the branch has
    and main had not when they parted. refusals: of both. deleted: projects' files that the branch
    once had and has no more. edited: those that somebody changed after they were added.
    """

    main: str
    existing: str
    head: str
    projects: Mapping[str, ProjectMention] = field(repr=False)
    merged: Mapping[str, ProjectMention] = field(repr=False)
    own: Mapping[str, ProjectMention]
    refusals: Refusals = field(repr=False)
    deleted: Mapping[str, ProjectMention]
    edited: frozenset[str]

    @property
    def base(self) -> str:
        """The commit that the next one is made from."""
        return self.head or self.main

    def list_refusals(self) -> Refusals:
        """Return what is not to be proposed: refused, deleted, or there already."""
        known = (*self.projects.values(), *self.merged.values(), *self.deleted.values())
        names = frozenset(name for mention in known for name in mention.names)
        ids = frozenset(mention.repo_id for mention in known if mention.repo_id is not None)
        return self.refusals | Refusals(names, ids)


def read_branch(git: Git, main: str, existing: str, folder: str) -> ProposalBranch:
    """Read the branch from its commit, empty where there is none.

    ``folder``: the landscape's place in the repository, with a slash at its end, or empty. The
    history of both commits must be there: see ``deepen``.
    """
    head = existing if existing and not _is_merged(git, main, existing, folder) else ""
    merged = _read_projects(git, main, folder)
    projects = _read_projects(git, head, folder) if head else merged
    rejected = f"{folder}{REJECTED_PATH}"
    refusals = read_refusals(git.read_file(main, rejected))
    own: dict[str, ProjectMention] = {}
    deleted: dict[str, ProjectMention] = {}
    edited: set[str] = set()
    if head:
        refusals |= read_refusals(git.read_file(head, rejected))
        before_parting = _read_projects(git, _find_parting(git, main, head), folder)
        own = {
            path: mention
            for path, mention in projects.items()
            if mention.is_proposal and path not in before_parting
        }
        for commit, status, path in _list_steps(git, main, head, f"{folder}{PROJECTS_FOLDER}"):
            place = path.removeprefix(folder)
            if status == "D" and place not in projects:
                before = git.read_file(f"{commit}^1", path)
                deleted[place] = read_project(before or b"")
            elif status != "A":
                edited.add(place)
    return ProposalBranch(
        main, existing, head, projects, merged, own, refusals, deleted, frozenset(edited)
    )


def deepen(git: Git, remote: str) -> None:
    """Fetch the history that a shallow clone lacks: what was deleted stands there alone."""
    if git.run("rev-parse", "--is-shallow-repository").text == "true":
        git.run("fetch", "--quiet", "--no-tags", "--unshallow", remote)


def _read_projects(git: Git, commit: str, folder: str) -> dict[str, ProjectMention]:
    files = git.read_files(commit, [f"{folder}{PROJECTS_FOLDER}"])
    return {path.removeprefix(folder): read_project(content) for path, content in files.items()}


def _is_merged(git: Git, main: str, existing: str, folder: str) -> bool:
    """Whether main has taken over what the branch holds, as a merge or as one commit of it all."""
    if git.is_ancestor(existing, main):
        return True
    base = _find_parting(git, main, existing)
    changed = [path for _, path in _list_changes(git, base, existing)]
    gone = {path for status, path in _list_changes(git, base, main) if status == "D"}
    return bool(changed) and all(
        path in gone or _has_taken(git, (base, main, existing), path, folder) for path in changed
    )


def _find_parting(git: Git, main: str, head: str) -> str:
    return git.run("merge-base", main, head).text


def _has_taken(git: Git, commits: tuple[str, str, str], path: str, folder: str) -> bool:
    """Whether main has what the branch made of a file: commits are their parting, main, branch."""
    before, ours, theirs = (git.read_file(commit, path) for commit in commits)
    place = path.removeprefix(folder)
    if ours == theirs:
        return True
    if place == str(REJECTED_PATH):
        here, there = read_refusals(ours), read_refusals(theirs)
        return there.names <= here.names
    # Edited after it was merged, or measured anew: main's is the newer one. As it was when they
    # parted it holds nothing of the branch.
    is_newer = ours is not None and ours != before
    return is_newer and place.startswith((f"{PROJECTS_FOLDER}/", *GENERATED))


def _list_steps(git: Git, main: str, head: str, place: str) -> Iterator[tuple[str, str, str]]:
    """Yield commit, status and path of every change below a place, along the branch itself."""
    said = git.run("rev-list", "--reverse", "--first-parent", head, f"^{main}").text
    for commit in said.splitlines():
        for status, path in _list_changes(git, f"{commit}^1", commit, place):
            yield commit, status, path


def _list_changes(git: Git, old: str, new: str, place: str = "") -> list[tuple[str, str]]:
    """Return status (A, D, M, T) and path of each file that differs between two commits."""
    where = ["--", place] if place else []
    listed = git.run(
        "--literal-pathspecs", "diff", "--name-status", "-z", "--no-renames", old, new, *where
    ).output
    parts = [part.decode("utf-8", "surrogateescape") for part in listed.split(b"\0")[:-1]]
    return list(zip(parts[::2], parts[1::2], strict=True))
