"""Which files the paths of a command line stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Selection:
    """The chosen files, and those named that belong to no landscape."""

    chosen: frozenset[PurePosixPath]
    foreign: tuple[PurePosixPath, ...]


def select_files(
    root: Path, paths: Sequence[Path] | None, known: Iterable[PurePosixPath]
) -> Selection:
    """Return the known files at or below the paths; all of them where no path is given.

    ``paths`` are absolute or relative to the current folder, ``known`` relative to the root.
    A file that is named but not known is foreign; a folder without known files is nothing.
    """
    files = frozenset(known)
    if paths is None:
        return Selection(files, ())
    chosen: set[PurePosixPath] = set()
    foreign: list[PurePosixPath] = []
    for path in paths:
        place = _place_below(root, path)
        matching = {file for file in files if file == place or place in file.parents}
        chosen |= matching
        if not matching and not path.is_dir():
            foreign.append(place)
    return Selection(frozenset(chosen), tuple(foreign))


def _place_below(root: Path, path: Path) -> PurePosixPath:
    """Return the path below the root; the absolute path where it lies outside."""
    # The folder is resolved, the file is not: a symbolic link is judged as one.
    if path.name in ("", "..") or path.is_dir():
        absolute = path.resolve()
    else:
        absolute = path.parent.resolve() / path.name
    try:
        return PurePosixPath(absolute.relative_to(root.resolve()).as_posix())
    except ValueError:
        return PurePosixPath(absolute.as_posix())
