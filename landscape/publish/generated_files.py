"""Which files of a work tree a machine wrote, and so may be committed by one.

Machines write measured values, the report, the block of the front page, and the repository's new
name in a project's file. Everything else in a work tree is somebody's own work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from landscape.base.errors import LandscapeError
from landscape.dataset.discovery import PROJECTS_FOLDER
from landscape.publish.contributed_files import GENERATED, is_contributed
from landscape.publish.git import Git
from landscape.report.markers import replace_block

_MACHINE_KEYS = frozenset({"repo", "former_repos"})
_FRONT_PAGES = ("README",)


@dataclass(frozen=True)
class GeneratedFiles:
    """Changed files that machines wrote, by their path in the repository; None where removed."""

    contents: Mapping[str, bytes | None]

    def __bool__(self) -> bool:
        """Whether there is anything to commit."""
        return bool(self.contents)


def collect_generated(git: Git, base: str, folder: str) -> GeneratedFiles:
    """Return what machines changed in the work tree since the commit.

    ``folder`` is the landscape's place in the repository, with a slash at its end, or empty.
    Raises LandscapeError where people's own edits lie beside them: the report shows those too,
    and would be published without them.
    """
    contents: dict[str, bytes | None] = {}
    foreign = []
    for path in list_changed(git, base, folder):
        place = path.removeprefix(folder)
        content = _read(git.folder / path)
        if place.startswith(GENERATED) or _is_front_page(git, base, path, place, content):
            contents[path] = content
        elif is_contributed(place):
            if _is_renaming(git.read_file(base, path), content, place):
                contents[path] = content
            else:
                foreign.append(place)
    if foreign and contents:
        raise LandscapeError(
            f"these files have edits that are not committed: {', '.join(foreign[:5])}",
            "commit them first (or put them aside): the report was made with them",
        )
    return GeneratedFiles(contents)


def list_changed(git: Git, base: str, folder: str) -> list[str]:
    """Return changed and new files below the landscape's folder, ignored ones left out."""
    # The index is not ours to look at or to change: it may hold half of somebody's commit.
    where = ["--", folder] if folder else []
    tracked = git.run(
        "--literal-pathspecs", "diff", "--name-only", "-z", "--no-renames", base, *where
    )
    new = git.run("--literal-pathspecs", "ls-files", "-z", "--others", "--exclude-standard", *where)
    names = (tracked.output + new.output).split(b"\0")
    return sorted({name.decode("utf-8", "surrogateescape") for name in names if name})


def _read(path: Path) -> bytes | None:
    if path.is_symlink() or not path.is_file():
        return None
    return path.read_bytes()


def _is_front_page(git: Git, base: str, path: str, place: str, content: bytes | None) -> bool:
    """Whether the file is a page of the root of which nothing but our block changed."""
    if "/" in place or not place.startswith(_FRONT_PAGES) or not place.endswith(".md"):
        return False
    before = git.read_file(base, path)
    if before is None or content is None:
        return False
    return _blank(before) == _blank(content)


def _blank(content: bytes) -> str:
    return replace_block(content.decode("utf-8", "surrogateescape"), "")


def _is_renaming(before: bytes | None, after: bytes | None, place: str) -> bool:
    """Whether nothing but the repository's name differs in a project's file."""
    if before is None or after is None or not place.startswith(f"{PROJECTS_FOLDER}/"):
        return False
    old, new = _parse(before), _parse(after)
    if old is None or new is None:
        return False
    differing = {key for key in {*old, *new} if old.get(key) != new.get(key)}
    return bool(differing) and differing <= _MACHINE_KEYS


def _parse(content: bytes) -> dict[str, Any] | None:
    try:
        value = yaml.load(content, yaml.BaseLoader)  # noqa: S506 - text only, no objects
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
