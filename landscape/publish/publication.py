"""Getting what was generated to the remote: again on a newer head where somebody was faster.

At most five times, never with force, never by merging generated text. Pull requests are opened by
``landscape.publish.pull_request``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from landscape.base.errors import LandscapeError
from landscape.metrics.store import load_store
from landscape.publish.commit import Author, PushResult, commit_tree, push_commit, write_commit
from landscape.publish.generated_files import GeneratedFiles, collect_generated
from landscape.publish.git import Git, GitError, find_folder
from landscape.publish.replay import (
    Rebuild,
    Refresh,
    load_store_of,
    refuse_foreign_history,
    replay_refresh,
)
from landscape.publish.store_delta import (
    StoreDelta,
    compute_delta,
    describe_delta,
    summarise_delta,
)

MOST_ATTEMPTS = 5
PULL_BRANCH = "landscape/refresh"


@dataclass(frozen=True)
class Plan:
    """What is to be published, and where to.

    root: the landscape's folder. branch: the remote's branch that it is for. message: of the
    commit; empty for one made of the changed values. rebuild: see ``Rebuild``.
    """

    root: Path
    branch: str
    rebuild: Rebuild = field(repr=False)
    remote: str = "origin"
    message: str = ""
    author: Author = field(default_factory=Author)
    tell: Callable[[str], None] = field(default=lambda _: None, repr=False)


@dataclass(frozen=True)
class Publication:
    """What became of it. ``commit`` is empty where there was nothing to commit.

    protected: the branch takes no direct push, and nothing was pushed. title and body: what the
    commit says.
    """

    commit: str = ""
    protected: bool = False
    attempts: int = 0
    title: str = ""
    body: str = ""
    files: int = 0
    notes: tuple[str, ...] = ()


def collect_refresh(git: Git, root: Path) -> Refresh | None:
    """Return what a refresh or build left uncommitted below the root; None where nothing did."""
    base = git.resolve("HEAD")
    if not base:
        raise LandscapeError("the repository has no commit yet", "make the first one by hand")
    folder = find_folder(git, root)
    generated = collect_generated(git, base, folder)
    if not generated:
        return None
    return Refresh(base, folder, generated, _compute_delta(git, base, folder, generated, root))


def write_message(refresh: Refresh, message: str = "") -> tuple[str, str]:
    """Return the commit's title and body: the given message, or the changed values by field."""
    if message.strip():
        title, _, body = message.strip().partition("\n")
        return title.strip(), body.strip()
    if not refresh.delta:
        return "Rebuild the report", ""
    title = f"Refresh: {summarise_delta(refresh.delta)}"
    return title, "\n".join(describe_delta(refresh.delta))


def push_to_branch(git: Git, refresh: Refresh, plan: Plan) -> Publication:
    """Commit onto the branch and push; a protected branch is told, not forced.

    Raises GitError where the remote cannot be reached, or others were faster five times.
    """
    title, body = write_message(refresh, plan.message)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        head = fetch_branch(git, plan.remote, plan.branch)
        made = _make_commit(git, head, refresh, plan, f"{title}\n\n{body}".strip() + "\n")
        if made.commit is None:
            return Publication(attempts=attempt, notes=made.notes)
        result = push_commit(git, plan.remote, made.commit, plan.branch)
        done = Publication(made.commit, False, attempt, title, body, made.files, made.notes)
        if result is PushResult.DONE:
            return done
        if result is PushResult.PROTECTED:
            return Publication(protected=True, attempts=attempt, title=title, body=body)
        plan.tell(f"publish: somebody was faster, attempt {attempt} of {MOST_ATTEMPTS} was refused")
    raise _fail_for_races(plan.branch)


def push_for_pull_request(
    git: Git, refresh: Refresh, plan: Plan, pull_branch: str = PULL_BRANCH
) -> Publication:
    """Commit onto the branch's head and push that to the fixed branch of a pull request.

    The fixed branch only ever moves forwards: its last commit is a parent of the new one, whose
    files are those of the branch's head with ours.
    """
    title, body = write_message(refresh, plan.message)
    message = f"{title}\n\n{body}".strip() + "\n"
    for attempt in range(1, MOST_ATTEMPTS + 1):
        head = fetch_branch(git, plan.remote, plan.branch)
        made = _make_commit(git, head, refresh, plan, message)
        if made.commit is None:
            return Publication(attempts=attempt, notes=made.notes)
        commit = _continue_branch(git, head, made.commit, plan, pull_branch, message)
        done = Publication(commit, False, attempt, title, body, made.files, made.notes)
        if push_commit(git, plan.remote, commit, pull_branch) is PushResult.DONE:
            return done
        plan.tell(f"publish: {pull_branch} moved, attempt {attempt} of {MOST_ATTEMPTS} was refused")
    raise _fail_for_races(pull_branch)


def fetch_branch(git: Git, remote: str, branch: str, *, required: bool = True) -> str:
    """Fetch a branch of the remote and return its commit; empty where it need not exist."""
    listed = git.run("ls-remote", "--heads", remote, f"refs/heads/{branch}").text
    if not listed:
        if not required:
            return ""
        raise LandscapeError(f"{remote} has no branch {branch}", "name another one with --branch")
    git.run("fetch", "--quiet", "--no-tags", remote, f"refs/heads/{branch}")
    return git.resolve("FETCH_HEAD")


def settle_checkout(git: Git, refresh: Refresh, publication: Publication, branch: str) -> str:
    """Move the checkout to what was published, where it stands on that branch.

    Returns a word where it could not; nothing is lost then, since all of it was pushed.
    """
    current = git.ask("symbolic-ref", "--quiet", "--short", "HEAD").text
    if current not in ("", branch) or git.resolve("HEAD") != refresh.base:
        return ""
    before = {path: git.read_file(refresh.base, path) for path in refresh.generated.contents}
    _put(git.folder, before)
    moved = git.ask("merge", "--quiet", "--ff-only", publication.commit)
    if moved.code == 0:
        return ""
    _put(git.folder, refresh.generated.contents)
    return "this checkout could not follow; run: git pull"


@dataclass(frozen=True)
class _Made:
    commit: str | None
    files: int
    notes: tuple[str, ...]


def _make_commit(git: Git, head: str, refresh: Refresh, plan: Plan, message: str) -> _Made:
    generated = refresh.generated
    notes: list[str] = []
    if head != refresh.base:
        refuse_foreign_history(git, refresh.base, head, f"{plan.remote}/{plan.branch}")
        plan.tell("publish: the branch has moved; its head takes the fetched rows, and is rebuilt")
        generated, notes = replay_refresh(git, head, refresh, plan.rebuild)
    commit = write_commit(git, head, generated.contents, message, plan.author)
    return _Made(commit, len(generated.contents), tuple(notes))


def _continue_branch(
    git: Git, head: str, commit: str, plan: Plan, pull_branch: str, message: str
) -> str:
    """Return a commit with the same files that the pull request's branch can move forwards to."""
    existing = fetch_branch(git, plan.remote, pull_branch, required=False)
    if not existing or git.is_ancestor(existing, head):
        return commit
    trees = [git.run("rev-parse", f"{each}^{{tree}}").text for each in (existing, commit)]
    if trees[0] == trees[1] and git.is_ancestor(head, existing):
        return existing
    return commit_tree(git, trees[1], [existing, head], message, plan.author)


def _compute_delta(
    git: Git, base: str, folder: str, generated: GeneratedFiles, root: Path
) -> StoreDelta:
    if not any(path.startswith(f"{folder}data/metrics/") for path in generated.contents):
        return StoreDelta({})
    return compute_delta(load_store_of(git, base, folder), load_store(root))


def _put(folder: Path, contents: Mapping[str, bytes | None]) -> None:
    for path, content in contents.items():
        if content is None:
            (folder / path).unlink(missing_ok=True)
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def _fail_for_races(branch: str) -> GitError:
    return GitError(
        f"others pushed to {branch} {MOST_ATTEMPTS} times while this was publishing",
        "nothing was lost: what was generated is still in this checkout; publish again",
    )
