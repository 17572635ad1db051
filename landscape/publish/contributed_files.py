"""The contributed files of one state of a landscape, as bytes: from a commit, or from anywhere.

Names are judged here, before anything of that name touches the disk. What stands in the files is
judged by the dataset's checks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from landscape.base.findings import Finding
from landscape.dataset.catalogue import file_kinds as kinds
from landscape.dataset.discovery import (
    COMPARISONS_FOLDER,
    CORRECTIONS_PATH,
    EVENTS_PATH,
    PROJECTS_FOLDER,
    REJECTED_PATH,
    SETTINGS_PATH,
    STORIES_FOLDER,
    TAXONOMY_PATH,
    suggest_id,
)
from landscape.dataset.edition_seal import EDITIONS_FOLDER
from landscape.publish.git import Git

SINGLE_FILES = tuple(
    map(str, (SETTINGS_PATH, TAXONOMY_PATH, CORRECTIONS_PATH, EVENTS_PATH, REJECTED_PATH))
)
FOLDERS = tuple(map(str, (PROJECTS_FOLDER, STORIES_FOLDER, COMPARISONS_FOLDER)))
"""Folders with people's files directly in them."""

EDITIONS = str(EDITIONS_FOLDER)
"""Editions are frozen by a command and sealed; a new one comes by a pull request too."""

GENERATED = ("report/", "data/metrics/")
"""Folders that are written by the Action only."""

LONGEST_NAME_BYTES = 120
_DEEPEST = 6
_EDITION_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def is_contributed(path: str) -> bool:
    """Whether the path is one of a contributed file, however strange its name below it is."""
    folders = tuple(f"{folder}/" for folder in (*FOLDERS, EDITIONS))
    return path in SINGLE_FILES or path.startswith(folders)


def is_generated(path: str) -> bool:
    """Whether the path is one that only the Action writes."""
    return path.startswith(GENERATED)


def read_commit_files(git: Git, commit: str, folder: str) -> dict[str, bytes]:
    """Return the contributed files of a commit by their path below the landscape's folder.

    ``folder`` is the landscape's place in the repository with a slash at its end, or empty.
    """
    found = git.read_files(commit, [folder + path for path in (*SINGLE_FILES, *FOLDERS, EDITIONS)])
    return {path.removeprefix(folder): content for path, content in found.items()}


def read_folder_files(root: Path) -> dict[str, bytes]:
    """Return the ordinary contributed files below the root."""
    paths = [root / path for path in SINGLE_FILES]
    for folder in FOLDERS:
        if (root / folder).is_dir():
            paths += (path for path in (root / folder).iterdir() if not path.name.startswith("."))
    paths += (root / EDITIONS).rglob("*")
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(paths)
        if path.is_file() and not path.is_symlink()
    }


def lay_out_files(files: Mapping[str, bytes], folder: Path) -> list[Finding]:
    """Write the files below a folder of our own; return findings on names that are not written.

    Whatever the names are, nothing is written elsewhere: only the single files' fixed names, plain
    names directly in the folders of contributed files, and an edition's ordinary names.
    """
    findings = []
    (folder / PROJECTS_FOLDER).mkdir(parents=True, exist_ok=True)
    for path in sorted(files):
        if path not in SINGLE_FILES and not is_plain(path):
            findings.append(_refuse_name(path))
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(files[path])
    return findings


def is_plain(path: str) -> bool:
    """Whether the path is a printable name directly in a folder of contributed files."""
    if path.startswith(f"{EDITIONS}/"):
        parts = path.split("/")
        return len(parts) <= _DEEPEST and all(map(_EDITION_PART.fullmatch, parts))
    folder, _, name = path.rpartition("/")
    return (
        folder in FOLDERS
        and name not in ("", ".", "..")
        and not name.startswith(".")
        and name.isprintable()
        and not any(unicodedata.category(letter).startswith("C") for letter in name)
        and "\\" not in name
        and len(name.encode("utf-8", "surrogatepass")) <= LONGEST_NAME_BYTES
    )


def _refuse_name(path: str) -> Finding:
    folder = next(each for each in (*FOLDERS, EDITIONS) if path.startswith(f"{each}/"))
    inner = path.removeprefix(f"{folder}/")
    shown = PurePosixPath(folder, _show_name(inner))
    if "/" in inner:
        return kinds.OUTSIDE_FOLDER.at(shown, 0)
    stem, ending = PurePosixPath(inner).stem[:60], ".md" if folder == FOLDERS[1] else ".yaml"
    return kinds.BAD_FILE_NAME.at(shown, 0, value=inner, wanted=f"{suggest_id(stem)}{ending}")


def _show_name(name: str) -> str:
    short = name if len(name) <= LONGEST_NAME_BYTES else name[: LONGEST_NAME_BYTES - 1] + "…"
    return "".join(
        letter
        if letter.isprintable()
        else letter.encode("unicode_escape", "surrogatepass").decode("ascii", "replace")
        for letter in short
    )
