"""The contributed files of one state of a landscape, as bytes: from a commit, or from anywhere.

Names are judged here, before anything of that name touches the disk. What stands in the files is
judged by the dataset's checks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from landscape.base.findings import Finding
from landscape.dataset.catalogue import file_kinds as kinds
from landscape.dataset.discovery import (
    CORRECTIONS_PATH,
    PROJECTS_FOLDER,
    SETTINGS_PATH,
    TAXONOMY_PATH,
    suggest_id,
)
from landscape.publish.git import Git

CONTRIBUTED = (
    str(SETTINGS_PATH),
    str(TAXONOMY_PATH),
    str(CORRECTIONS_PATH),
    str(PROJECTS_FOLDER),
)
"""Where people's files lie that decide what the map shows."""

GENERATED = ("report/", "data/metrics/")
"""Folders that are written by the Action only."""

LONGEST_NAME_BYTES = 120
_SINGLE = frozenset(CONTRIBUTED[:3])


def is_contributed(path: str) -> bool:
    """Whether the path is one of a contributed file, however strange its name below it is."""
    return path in _SINGLE or path.startswith(f"{PROJECTS_FOLDER}/")


def is_generated(path: str) -> bool:
    """Whether the path is one that only the Action writes."""
    return path.startswith(GENERATED)


def read_commit_files(git: Git, commit: str, folder: str) -> dict[str, bytes]:
    """Return the contributed files of a commit by their path below the landscape's folder.

    ``folder`` is the landscape's place in the repository with a slash at its end, or empty.
    """
    found = git.read_files(commit, [folder + path for path in CONTRIBUTED])
    return {path.removeprefix(folder): content for path, content in found.items()}


def read_folder_files(root: Path) -> dict[str, bytes]:
    """Return the ordinary contributed files below the root."""
    paths = [root / path for path in sorted(_SINGLE)]
    folder = root / PROJECTS_FOLDER
    if folder.is_dir():
        paths += sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file() and not path.is_symlink()
    }


def lay_out_files(files: Mapping[str, bytes], folder: Path) -> list[Finding]:
    """Write the files below a folder of our own; return findings on names that are not written.

    Whatever the names are, nothing is written elsewhere: only the single files' fixed names, and
    plain names directly below ``data/projects``.
    """
    findings = []
    (folder / PROJECTS_FOLDER).mkdir(parents=True, exist_ok=True)
    for path in sorted(files):
        if path not in _SINGLE and not is_plain(path):
            findings.append(_refuse_name(path))
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(files[path])
    return findings


def is_plain(path: str) -> bool:
    """Whether the path is a printable name directly in the folder of projects."""
    folder, _, name = path.rpartition("/")
    return (
        folder == str(PROJECTS_FOLDER)
        and name not in ("", ".", "..")
        and not name.startswith(".")
        and name.isprintable()
        and not any(unicodedata.category(letter).startswith("C") for letter in name)
        and "\\" not in name
        and len(name.encode("utf-8", "surrogatepass")) <= LONGEST_NAME_BYTES
    )


def _refuse_name(path: str) -> Finding:
    name = path.rpartition("/")[2]
    shown = PurePosixPath(PROJECTS_FOLDER, _show_name(path.removeprefix(f"{PROJECTS_FOLDER}/")))
    if "/" in path.removeprefix(f"{PROJECTS_FOLDER}/"):
        return kinds.OUTSIDE_FOLDER.at(shown, 0)
    return kinds.BAD_FILE_NAME.at(
        shown, 0, value=name, wanted=f"{suggest_id(name.removesuffix('.yaml')[:60])}.yaml"
    )


def _show_name(name: str) -> str:
    short = name if len(name) <= LONGEST_NAME_BYTES else name[: LONGEST_NAME_BYTES - 1] + "…"
    return "".join(
        letter
        if letter.isprintable()
        else letter.encode("unicode_escape", "surrogatepass").decode("ascii", "replace")
        for letter in short
    )
