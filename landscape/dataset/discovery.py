"""Which files people contribute, and files that lie where none is read.

Nothing is opened here; ``landscape.dataset.document`` reads.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from landscape.base.findings import Finding
from landscape.dataset.catalogue import file_kinds as kinds

SETTINGS_PATH = PurePosixPath("landscape.yaml")
TAXONOMY_PATH = PurePosixPath("data/taxonomy.yaml")
CORRECTIONS_PATH = PurePosixPath("data/corrections.yaml")
EVENTS_PATH = PurePosixPath("data/events.yaml")
REJECTED_PATH = PurePosixPath("data/rejected.yaml")
PROJECTS_FOLDER = PurePosixPath("data/projects")
STORIES_FOLDER = PurePosixPath("data/stories")
COMPARISONS_FOLDER = PurePosixPath("data/comparisons")

ID_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 64
"""Characters of an id: it becomes a part of paths and addresses, with more around it."""

_YAML_ENDINGS = (".yaml", ".yml")
# Folders and files of data/ that other parts of the house read.
_OTHER_FOLDERS = frozenset({"projects", "stories", "comparisons", "metrics", "editions"})
_OTHER_FILES = frozenset({"taxonomy.yaml", "corrections.yaml", "events.yaml", "rejected.yaml"})


class FileKind(StrEnum):
    """The kinds of files that people write; each has a schema of the same name."""

    SETTINGS = "landscape"
    TAXONOMY = "taxonomy"
    CORRECTIONS = "corrections"
    PROJECT = "project"
    STORY = "story"
    COMPARISON = "comparison"
    EVENTS = "events"
    REJECTED = "rejected"

    @property
    def limit_kb(self) -> int:
        """The largest size that is read, in KB."""
        return 64 if self in (FileKind.PROJECT, FileKind.STORY) else 1024


@dataclass(frozen=True, slots=True)
class ContributedFile:
    """A file to read: its path below the root, and its kind. ``id`` is its name."""

    path: PurePosixPath
    kind: FileKind

    @property
    def id(self) -> str:
        """The file's name without its ending: a project's id."""
        return self.path.stem


@dataclass(frozen=True)
class Discovery:
    """The files to read, ordered by path, and findings on places and names."""

    files: tuple[ContributedFile, ...]
    findings: tuple[Finding, ...]


def discover_files(root: Path) -> Discovery:
    """Find every contributed file below the root."""
    files: list[ContributedFile] = []
    findings: list[Finding] = []
    for path, kind in ((SETTINGS_PATH, FileKind.SETTINGS), (TAXONOMY_PATH, FileKind.TAXONOMY)):
        findings += _add_single(root, ContributedFile(path, kind), files, is_required=True)
    for path, kind in (
        (CORRECTIONS_PATH, FileKind.CORRECTIONS),
        (EVENTS_PATH, FileKind.EVENTS),
        (REJECTED_PATH, FileKind.REJECTED),
    ):
        findings += _add_single(root, ContributedFile(path, kind), files, is_required=False)
    if not _list_folder(root / PROJECTS_FOLDER):
        findings.append(kinds.NO_PROJECTS.at(PROJECTS_FOLDER, 0))
    for folder, kind, ending in _FOLDERS:
        findings += _add_folder(root, folder, kind, ending, files)
    findings += _find_misplaced(root)
    return Discovery(tuple(sorted(files, key=lambda file: str(file.path))), tuple(findings))


_FOLDERS = (
    (PROJECTS_FOLDER, FileKind.PROJECT, ".yaml"),
    (STORIES_FOLDER, FileKind.STORY, ".md"),
    (COMPARISONS_FOLDER, FileKind.COMPARISON, ".yaml"),
)
_UNREAD_CODES = frozenset(
    kind.code
    for kind in (kinds.SYMLINK, kinds.NOT_A_FILE, kinds.OUTSIDE_FOLDER, kinds.WRONG_EXTENSION)
)


def is_id(text: str) -> bool:
    """Return whether a file of this name, without its ending, has a good id."""
    return len(text) <= LONGEST_ID and ID_FORM.fullmatch(text) is not None


def suggest_id(name: str) -> str:
    """Return the nearest id to a name: lower case, hyphens for anything else, not too long."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return plain[:LONGEST_ID].rstrip("-") or "project-name"


def _add_single(
    root: Path, file: ContributedFile, files: list[ContributedFile], *, is_required: bool
) -> Iterator[Finding]:
    path = root / file.path
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        if is_required:
            yield kinds.MISSING_FILE.at(file.path, 0)
        return
    if stat.S_ISLNK(mode):
        yield kinds.SYMLINK.at(file.path, 0)
    elif not stat.S_ISREG(mode):
        yield kinds.NOT_A_FILE.at(file.path, 0, reason="it is no ordinary file")
    else:
        files.append(file)


def _add_folder(
    root: Path, folder: PurePosixPath, kind: FileKind, ending: str, files: list[ContributedFile]
) -> Iterator[Finding]:
    for entry in _list_folder(root / folder):
        file = ContributedFile(folder / entry.name, kind)
        findings = tuple(_check_entry(entry, file.path, ending))
        yield from findings
        if not any(finding.code in _UNREAD_CODES for finding in findings):
            files.append(file)


def _list_folder(folder: Path) -> list[os.DirEntry[str]]:
    """List a folder by name, without hidden files (an editor's, or a half-written one)."""
    try:
        with os.scandir(folder) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(visible, key=lambda entry: entry.name)


def _check_entry(entry: os.DirEntry[str], path: PurePosixPath, ending: str) -> Iterator[Finding]:
    if entry.is_symlink():
        yield kinds.SYMLINK.at(path, 0)
    elif entry.is_dir():
        inner = [item.name for item in _list_folder(Path(entry.path))] or [""]
        yield from (kinds.OUTSIDE_FOLDER.at(path / name, 0) for name in inner)
    elif not entry.is_file():
        yield kinds.NOT_A_FILE.at(path, 0, reason="it is no ordinary file")
    elif not entry.name.endswith(ending):
        wanted = f"{suggest_id(path.stem)}{ending}"
        yield kinds.WRONG_EXTENSION.at(path, 0, value=entry.name, wanted=wanted, ending=ending)
    else:
        yield from _check_id(entry.name.removesuffix(ending), path, ending)


def _check_id(name: str, path: PurePosixPath, ending: str) -> Iterator[Finding]:
    wanted = f"{suggest_id(name)}{ending}"
    if ID_FORM.fullmatch(name) is None:
        yield kinds.BAD_FILE_NAME.at(path, 0, value=path.name, wanted=wanted)
    elif len(name) > LONGEST_ID:
        length = len(name)
        yield kinds.LONG_FILE_NAME.at(path, 0, length=length, limit=LONGEST_ID, wanted=wanted)


def _find_misplaced(root: Path) -> Iterator[Finding]:
    """Find YAML files of ``data/`` that lie beside the places where files are read."""
    data = PROJECTS_FOLDER.parent
    for entry in _list_folder(root / data):
        path = data / entry.name
        if entry.is_dir(follow_symlinks=False):
            inner = _list_folder(Path(entry.path)) if entry.name not in _OTHER_FOLDERS else []
            for item in inner:
                if item.name.endswith(_YAML_ENDINGS):
                    yield kinds.OUTSIDE_FOLDER.at(path / item.name, 0)
        elif entry.name.endswith(_YAML_ENDINGS) and entry.name not in _OTHER_FILES:
            yield kinds.OUTSIDE_FOLDER.at(path, 0)
