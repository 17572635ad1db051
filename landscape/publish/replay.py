"""A refresh applied again to a newer head: its rows onto the store there, then everything rebuilt.

Generated text is never merged. What people changed meanwhile stays as they made it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from landscape.base.errors import LandscapeError
from landscape.base.files import write_atomically
from landscape.dataset.discovery import PROJECTS_FOLDER
from landscape.metrics.model import Store
from landscape.metrics.store import FOLDER, load_store, write_store
from landscape.publish.generated_files import GeneratedFiles, collect_generated
from landscape.publish.git import Git
from landscape.publish.store_delta import StoreDelta, apply_delta

Rebuild = Callable[[Path], None]
"""Rebuilds the report below a landscape's folder; raises what a guard or bad data raise."""

_STORED = ("opendigger/", "github/", "repositories.csv", "state.csv")


@dataclass(frozen=True)
class Refresh:
    """What a refresh left in a work tree: its commit, the changed files, the changed rows."""

    base: str
    folder: str
    generated: GeneratedFiles
    delta: StoreDelta


def load_store_of(git: Git, commit: str, folder: str) -> Store:
    """Return the store as a commit has it."""
    place = f"{folder}{FOLDER.as_posix()}"
    with tempfile.TemporaryDirectory(prefix="landscape-store-") as temporary:
        root = Path(temporary)
        for path, content in git.read_files(commit, [place]).items():
            target = root / path.removeprefix(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return load_store(root)


def replay_refresh(
    git: Git, head: str, refresh: Refresh, rebuild: Rebuild
) -> tuple[GeneratedFiles, list[str]]:
    """Return what the refresh comes to on another head, and what a human should know of it."""
    notes: list[str] = []
    with _check_out(git, head) as tree:
        root = tree.folder / refresh.folder
        store = load_store(root)
        is_newer = _is_newer(git, head, refresh)
        write_store(root, apply_delta(store, refresh.delta, is_newer=is_newer))
        _replay_files(git, head, refresh, tree.folder, notes)
        try:
            rebuild(root)
        except LandscapeError as error:
            # A guard, or what others pushed meanwhile: data is kept all the same, pages stay.
            notes.append(f"the report was not rebuilt: {error.message}")
        return collect_generated(tree, head, refresh.folder), notes


def _is_newer(git: Git, head: str, refresh: Refresh) -> bool:
    """Whether our values were read after the last ones that the head has."""
    place = f"{refresh.folder}{FOLDER.as_posix()}"
    said = git.run("--literal-pathspecs", "log", "-1", "--format=%ct", head, "--", place).text
    ours = [
        (git.folder / path).stat().st_mtime
        for path in refresh.generated.contents
        if path.startswith(place) and (git.folder / path).is_file()
    ]
    return not said or not ours or max(ours) >= int(said)


def _replay_files(git: Git, head: str, refresh: Refresh, folder: Path, notes: list[str]) -> None:
    """Take over whole files that are no store's tables, where nobody else changed them."""
    for path, content in refresh.generated.contents.items():
        place = path.removeprefix(refresh.folder)
        inner = place.removeprefix(f"{FOLDER.as_posix()}/")
        is_project = place.startswith(f"{PROJECTS_FOLDER}/")
        if not is_project and (inner == place or inner.startswith(_STORED)):
            continue
        if git.read_file(head, path) != git.read_file(refresh.base, path):
            notes.append(
                f"{place} was changed by somebody else meanwhile, and stays as they left it"
            )
        elif content is None:
            (folder / path).unlink(missing_ok=True)
        else:
            write_atomically(folder / path, content)


@contextmanager
def _check_out(git: Git, commit: str) -> Iterator[Git]:
    """Check a commit out beside the work tree, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="landscape-tree-") as temporary:
        # The folder must not exist yet; its name is in a folder of our own.
        folder = Path(temporary) / "tree"
        git.run("worktree", "add", "--quiet", "--detach", str(folder), commit)
        try:
            yield git.at(folder)
        finally:
            removed = git.ask("worktree", "remove", "--force", str(folder))
            if removed.code != 0:
                git.ask("worktree", "prune")


def refuse_foreign_history(git: Git, base: str, head: str, place: str) -> None:
    """Raise LandscapeError where the work tree has commits that the remote branch does not."""
    if not git.is_ancestor(base, head):
        raise LandscapeError(
            f"this checkout has commits that {place} does not have",
            "push them first, or check out the branch as the remote has it",
        )
