"""Several files written as one: killed at any instant, all are as before or all as after.

Everything new is first written and flushed beside the data. Then a journal that names it all is
moved into place: that is the instant at which the change happens. Only then are the files moved
to their places; whoever comes next, reader or writer, ends what a killed run began.

What the files hold is the callers' business.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from landscape.base.errors import LandscapeError
from landscape.base.lock import hold_lock

DATA = Path("data")
STAGE = DATA / ".transaction"
DRAFT = STAGE / "draft.json"
JOURNAL = STAGE / "journal.json"
WAIT_SECONDS = 60.0
_BUSY = "another run is writing the data of this landscape"
_PLAIN_NAME = re.compile(r"\d+")


def commit_files(root: Path, contents: Mapping[PurePosixPath, bytes | None]) -> list[PurePosixPath]:
    """Write the files, or remove those whose content is None; return the ones that changed.

    Paths are relative to the root and lie below ``data``. A file that already is as it should be
    is not touched; where that holds for all, nothing is written at all. Raises OSError where the
    disk is full or closed to us: then everything is as before.
    """
    _check_paths(contents)
    settle(root)
    changed = {
        path: content for path, content in contents.items() if _differs(root / path, content)
    }
    if not changed:
        return []
    with hold_lock(root / DATA, wait_seconds=WAIT_SECONDS, busy=_BUSY):
        _settle(root)
        try:
            _stage(root, changed)
        except BaseException:
            shutil.rmtree(root / STAGE, ignore_errors=True)
            raise
        _seal(root)
        _apply(root)
    return sorted(changed)


@contextmanager
def hold_settled(root: Path) -> Iterator[None]:
    """Let the block read files that belong together: before a change or after it, never between.

    A change that a killed run has begun is brought to its end first.
    """
    data = root / DATA
    if not data.is_dir():
        yield
        return
    while True:
        if (root / JOURNAL).exists():
            settle(root)
        with hold_lock(data, shared=True, wait_seconds=WAIT_SECONDS, busy=_BUSY):
            if not (root / JOURNAL).exists():
                yield
                return


def settle(root: Path) -> None:
    """Bring to its end what a killed run left: a change that had happened, or only its makings."""
    if (root / STAGE).exists():
        with hold_lock(root / DATA, wait_seconds=WAIT_SECONDS, busy=_BUSY):
            _settle(root)


def _settle(root: Path) -> None:
    if (root / JOURNAL).exists():
        _apply(root)
    elif (root / STAGE).exists():
        shutil.rmtree(root / STAGE)


def _stage(root: Path, changed: Mapping[PurePosixPath, bytes | None]) -> None:
    """Write everything new beside the data, and the journal that names it as a draft."""
    stage = root / STAGE
    stage.mkdir()
    # Nobody commits what a killed run leaves here.
    _write_file(stage / ".gitignore", b"*\n")
    moves: dict[str, str] = {}
    removed: list[str] = []
    for path, content in changed.items():
        if content is None:
            removed.append(str(path))
            continue
        staged = str(len(moves))
        moves[staged] = str(path)
        _write_file(stage / staged, content)
        (root / path.parent).mkdir(parents=True, exist_ok=True)
    # All are written before the first is flushed, which then flushes most of the others with it.
    for staged in moves:
        _flush(stage / staged)
    _write_file(root / DRAFT, json.dumps({"moves": moves, "removed": removed}).encode())
    _flush(root / DRAFT)


def _seal(root: Path) -> None:
    """Make the change happen: from here on it can only be brought to its end."""
    (root / DRAFT).replace(root / JOURNAL)
    _flush(root / STAGE)


def _apply(root: Path) -> None:
    """Move what the journal names to its places; what is there already was moved before."""
    moves, removed = _read_journal(root)
    for staged, path in moves.items():
        source = root / STAGE / staged
        if source.exists():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
    for path in removed:
        (root / path).unlink(missing_ok=True)
    for folder in sorted({(root / path).parent for path in (*moves.values(), *removed)}):
        _flush(folder)
    (root / JOURNAL).unlink()
    shutil.rmtree(root / STAGE)


def _read_journal(root: Path) -> tuple[dict[str, PurePosixPath], list[PurePosixPath]]:
    """Read the journal, and distrust it: a folder of data may come from anybody."""
    try:
        journal: Any = json.loads((root / JOURNAL).read_bytes())
        moves = {str(name): PurePosixPath(path) for name, path in journal["moves"].items()}
        removed = [PurePosixPath(path) for path in journal["removed"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LandscapeError(
            f"{JOURNAL} is no journal of this program", f"remove the folder {STAGE}"
        ) from error
    if not all(_PLAIN_NAME.fullmatch(name) for name in moves):
        raise LandscapeError(f"{JOURNAL} names strange files", f"remove the folder {STAGE}")
    _check_paths([*moves.values(), *removed])
    return moves, removed


def _check_paths(paths: Any) -> None:
    for path in paths:
        if path.is_absolute() or ".." in path.parts or path.parts[:1] != DATA.parts:
            raise LandscapeError(f"{path} does not lie below {DATA}/", f"see the folder {STAGE}")


def _differs(path: Path, content: bytes | None) -> bool:
    try:
        return path.read_bytes() != content
    except FileNotFoundError:
        return content is not None


def _write_file(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def _flush(path: Path) -> None:
    """Make sure that a file, or the names in a folder, outlive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
