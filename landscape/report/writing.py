"""The report's files on disk: whole files only, nothing touched that did not change.

The order makes a kill at any time harmless. The published map comes last, then the rule that it
was made by, so that the next build is still guarded by what stood published before, or by what
stands now.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from landscape.base.files import write_atomically
from landscape.report import pictures
from landscape.report.addresses import CHAPTERS, DESCRIPTOR, DOCUMENT, TABLE
from landscape.report.templating import GENERATED

_LAST = (DESCRIPTOR, TABLE, DOCUMENT)
_PAGES = re.compile(
    r"(?:README|events|projects(?:-\d+)?|" + "|".join(CHAPTERS) + r"|"
    r"(?:domains|projects|stories)/[a-z0-9-]+)(?:\.[A-Za-z-]+)?\.md"
)
_FOLDERS = (
    "charts/story", "charts/race", "charts/trend", "charts/project", "charts", "domains",
    "projects", "stories",
)  # fmt: skip
"""Folders of the report folder that hold generated files, the inner ones first."""
_LEFTOVER = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.tmp")


@dataclass(frozen=True)
class ReportChange:
    """What a build changes in the report folder: paths in it, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def compare_report(files: dict[str, bytes], out: Path) -> ReportChange:
    """Return what writing the files would change, without writing."""
    changed = {path for path, content in files.items() if _read(out / path) != content}
    return ReportChange(
        written=tuple(sorted(changed)),
        removed=tuple(sorted(_list_stale(files, out))),
        unchanged=tuple(sorted(files.keys() - changed)),
    )


def write_report(files: dict[str, bytes], out: Path) -> ReportChange:
    """Write what changed, remove what the generator made and makes no more.

    Only files that are known as the generator's are removed: pictures by their names, pages by
    name and first line, and the leftovers of a killed write.
    """
    change = compare_report(files, out)
    for path in sorted(change.written, key=_find_turn):
        if path in _LAST:
            break
        write_atomically(out / path, files[path])
    for path in change.removed:
        (out / path).unlink(missing_ok=True)
    _remove_empty_folders(out, change.removed)
    for path in _LAST:
        if path in change.written:
            write_atomically(out / path, files[path])
    return change


def _find_turn(path: str) -> tuple[int, str]:
    """Pictures before the pages that show them, the front page after the others, exports last."""
    if path in _LAST:
        return (3, path)
    if path.endswith(".svg"):
        return (0, path)
    return (2 if path.startswith("README") else 1, path)


def _list_stale(files: dict[str, bytes], out: Path) -> list[str]:
    if not out.is_dir():
        return []
    stale = []
    for folder in (out, *(out / name for name in _FOLDERS)):
        if not folder.is_dir() or folder.is_symlink():
            continue
        for found in folder.iterdir():
            path = found.relative_to(out).as_posix()
            if path not in files and _is_ours(path, found):
                stale.append(path)
    return stale


def _is_ours(path: str, found: Path) -> bool:
    if found.is_symlink() or not found.is_file():
        return False
    if pictures.OWNED.fullmatch(path):
        return True
    if _PAGES.fullmatch(path):
        with found.open("rb") as stream:
            return stream.readline().strip() == GENERATED.encode()
    if leftover := _LEFTOVER.fullmatch(found.name):
        target = (Path(path).parent / leftover["name"]).as_posix()
        return bool(target in _LAST or pictures.OWNED.fullmatch(target) or _PAGES.fullmatch(target))
    return False


def _remove_empty_folders(out: Path, removed: tuple[str, ...]) -> None:
    for folder in _FOLDERS:
        emptied = any(path.startswith(f"{folder}/") for path in removed)
        if emptied and not any((out / folder).iterdir()):
            (out / folder).rmdir()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
