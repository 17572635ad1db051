"""Getting what ``landscape discover`` wrote onto the branch of its pull request.

Only ever added to: what people wrote on the branch stays, what they deleted is not written again,
and what was refused or merged elsewhere is taken away. The report is left out: the merge rebuilds
it, and every refresh would put it into conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from landscape.base.errors import LandscapeError
from landscape.dataset.discovery import PROJECTS_FOLDER
from landscape.metrics.archive import (
    COLLABORATION,
    COMMUNITY,
    TRENDING,
    Spans,
    format_spans,
    load_spans,
    locate_spans,
    parse_spans,
)
from landscape.metrics.store import FOLDER
from landscape.publish.commit import Author, PushResult, push_commit, write_commit
from landscape.publish.generated_files import list_changed
from landscape.publish.git import Git, GitError, find_folder
from landscape.publish.proposal_branch import ProposalBranch, deepen, read_branch
from landscape.publish.proposal_file import Refusals, read_project
from landscape.publish.publication import MOST_ATTEMPTS, fetch_branch
from landscape.publish.pull_request import DISCOVERY_BRANCH

TABLES = (COLLABORATION, COMMUNITY, TRENDING)
SPANS = str(locate_spans())
_NAMED = 5


@dataclass(frozen=True)
class Discoveries:
    """What discovery left uncommitted, by path below the landscape's folder.

    proposals: files of projects. tables: those that differ from the commit's. spans: the record
    of what was read, of these and of other tables.
    """

    folder: str
    proposals: Mapping[str, bytes]
    tables: Mapping[str, bytes]
    spans: Spans


@dataclass(frozen=True)
class ProposalPlan:
    """Where it goes: the remote's branch that it is for, and the one of the pull request."""

    branch: str
    pull_branch: str = DISCOVERY_BRANCH
    remote: str = "origin"
    author: Author = field(default_factory=Author)
    tell: Callable[[str], None] = field(default=lambda _: None, repr=False)


@dataclass(frozen=True)
class Changes:
    """What one commit does: contents by path below the folder, None removes; and notes on it."""

    contents: Mapping[str, bytes | None]
    notes: tuple[str, ...] = ()

    def list_projects(self, *, removed: bool) -> list[str]:
        """Return the projects' ids whose files it adds, or removes."""
        return [
            Path(path).stem
            for path, content in self.contents.items()
            if path.startswith(f"{PROJECTS_FOLDER}/") and (content is None) is removed
        ]


@dataclass(frozen=True)
class Proposed:
    """What became of it. ``commit`` is empty where there was nothing new.

    standing: path to repository of every proposal that waits on the branch now. head: the
    branch's commit, empty where the landscape's own branch has taken over all that is on it.
    """

    commit: str
    title: str
    standing: Mapping[str, str]
    head: str = ""
    notes: tuple[str, ...] = ()
    attempts: int = 1


def collect_discoveries(git: Git, root: Path) -> Discoveries:
    """Return what ``landscape discover`` wrote in the work tree since its commit."""
    base = git.resolve("HEAD")
    if not base:
        raise LandscapeError("the repository has no commit yet", "make the first one by hand")
    folder = find_folder(git, root)
    proposals: dict[str, bytes] = {}
    tables: dict[str, bytes] = {}
    for path in list_changed(git, base, folder):
        place = path.removeprefix(folder)
        file = root / place
        if file.is_symlink() or not file.is_file():
            continue
        if _is_table(place):
            tables[place] = file.read_bytes()
        elif place.startswith(f"{PROJECTS_FOLDER}/") and git.read_file(base, path) is None:
            content = file.read_bytes()
            if read_project(content).is_proposal:
                proposals[place] = content
    return Discoveries(folder, proposals, tables, load_spans(root))


def push_proposals(git: Git, found: Discoveries, plan: ProposalPlan) -> Proposed:
    """Commit onto the pull request's branch and push, where there is anything new.

    Raises GitError where the remote cannot be reached, refuses, or others were faster five times.
    """
    deepen(git, plan.remote)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        main = fetch_branch(git, plan.remote, plan.branch)
        existing = fetch_branch(git, plan.remote, plan.pull_branch, required=False)
        branch = read_branch(git, main, existing, found.folder)
        changes = decide_changes(git, branch, found)
        standing = _list_standing(branch, changes)
        if not changes.contents:
            return Proposed("", "", standing, branch.head, changes.notes, attempt)
        title = _write_title(changes)
        commit = _commit(git, branch, found.folder, changes, title, plan.author)
        result = push_commit(git, plan.remote, commit, plan.pull_branch)
        if result is PushResult.DONE:
            return Proposed(commit, title, standing, commit, changes.notes, attempt)
        if result is PushResult.PROTECTED:
            raise GitError(
                f"{plan.remote} takes no push to {plan.pull_branch}",
                "let the token push to that branch, or name another one with --from-branch",
            )
        plan.tell(f"publish: {plan.pull_branch} moved, attempt {attempt} was refused")
    raise GitError(
        f"others pushed to {plan.pull_branch} {MOST_ATTEMPTS} times while this was publishing",
        "nothing was lost: what was found is still in this checkout; publish again",
    )


def decide_changes(git: Git, branch: ProposalBranch, found: Discoveries) -> Changes:
    """Return what differs from the branch: proposals to add and to take away, and tables."""
    contents: dict[str, bytes | None] = {}
    notes: list[str] = []
    refused = branch.list_refusals()
    for path, content in sorted(found.proposals.items()):
        mention = read_project(content)
        if refused.refuse(mention):
            continue
        if path in branch.projects or path in branch.merged:
            notes.append(f"{mention.repo}: {path} is another project's by now; next time")
        else:
            contents[path] = content
    names = frozenset(name for mention in branch.merged.values() for name in mention.names)
    for path, mention in branch.own.items():
        if branch.refusals.refuse(mention):
            contents[path] = None
        elif Refusals(names).refuse(mention):
            if path in branch.edited:
                notes.append(f"{path} was edited, so it stays; {mention.repo} is a project already")
            else:
                contents[path] = None
    contents |= _decide_tables(git, branch, found, notes)
    return Changes(contents, tuple(notes))


def _decide_tables(
    git: Git, branch: ProposalBranch, found: Discoveries, notes: list[str]
) -> dict[str, bytes | None]:
    """Return the tables that the branch has otherwise, but where it has seen more hours."""
    known = _read_spans(git, branch.base, found.folder)
    contents: dict[str, bytes | None] = {}
    spans = dict(known)
    for path, content in sorted(found.tables.items()):
        table, _, name = path.removeprefix(f"{FOLDER.as_posix()}/").partition("/")
        key = (table, name.removesuffix(".csv"))
        ours, theirs = found.spans.get(key), known.get(key)
        if ours is not None and theirs is not None and theirs.share > ours.share:
            notes.append(f"{path} was counted in more hours on the branch, and stays")
            continue
        if ours is not None:
            spans[key] = ours
        if git.read_file(branch.base, f"{found.folder}{path}") != content:
            contents[path] = content
    if spans != known:
        contents[SPANS] = format_spans(spans)
    return contents


def _commit(
    git: Git, branch: ProposalBranch, folder: str, changes: Changes, title: str, author: Author
) -> str:
    lines = [f"- {verb} {project}" for verb, project in _list_verbs(changes)]
    message = "\n\n".join(part for part in (title, "\n".join(lines)) if part) + "\n"
    # A branch that begins anew still only moves forwards, and its history begins at main.
    parents = [branch.head] if branch.head else [branch.main, *filter(None, [branch.existing])]
    contents = {f"{folder}{path}": content for path, content in changes.contents.items()}
    commit = write_commit(git, branch.base, contents, message, author, parents)
    if commit is None:
        raise LandscapeError("a commit of changes changes nothing", "")
    return commit


def _list_verbs(changes: Changes) -> list[tuple[str, str]]:
    return [("propose", project) for project in changes.list_projects(removed=False)] + [
        ("take away", project) for project in changes.list_projects(removed=True)
    ]


def _write_title(changes: Changes) -> str:
    for verb, removed in (("Propose", False), ("Take away", True)):
        projects = changes.list_projects(removed=removed)
        if projects:
            more = f" and {len(projects) - _NAMED} more" if len(projects) > _NAMED else ""
            return f"{verb} {', '.join(projects[:_NAMED])}{more}"
    windows = sorted({Path(path).stem for path in changes.contents if path != SPANS})
    return f"Tables of discovery, {windows[-1] if windows else 'recounted'}"


def _list_standing(branch: ProposalBranch, changes: Changes) -> dict[str, str]:
    standing = {path: mention.repo for path, mention in branch.own.items()}
    for path, content in changes.contents.items():
        if content is None:
            standing.pop(path, None)
        elif path.startswith(f"{PROJECTS_FOLDER}/"):
            standing[path] = read_project(content).repo
    return dict(sorted(standing.items()))


def _is_table(place: str) -> bool:
    return place.startswith(tuple(f"{FOLDER.as_posix()}/{table}/" for table in TABLES))


def _read_spans(git: Git, commit: str, folder: str) -> Spans:
    content = git.read_file(commit, f"{folder}{SPANS}")
    return parse_spans(content) if content is not None else {}
