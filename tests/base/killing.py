"""Kills a process at its n-th change of the file system: every write, flush, move, removal.

The calls that the system makes are counted by wrapping ``os``; what runs is the code itself. A
child is forked for each n, so that everything is imported once.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CALLS = (
    "open",
    "write",
    "fsync",
    "replace",
    "rename",
    "unlink",
    "remove",
    "mkdir",
    "rmdir",
    "chmod",
)


def kill_at(number: int, work: Callable[[], object]) -> bool:
    """Fork a child that does the work and is killed at the n-th call; return whether it was.

    The n-th write is cut in half first: a kill can come in its midst.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _arm(number)
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the work itself failed"
    return False


def kill_everywhere(
    before: Path, folder: Path, work: Callable[[], object], *, step: int = 1
) -> Iterator[tuple[int, bool]]:
    """Kill at each call in turn, or each step-th; before each the folder is as ``before`` again.

    Yields the number and whether the work was killed; ends after the first time that it was not.
    """
    number = 1 - step
    was_killed = True
    while was_killed:
        number += step
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before, folder)
        was_killed = kill_at(number, work)
        yield number, was_killed


def _arm(number: int) -> None:
    calls = 0

    def wrap(name: str) -> None:
        original = getattr(os, name)

        def counted(*arguments: Any, **options: Any) -> Any:
            nonlocal calls
            if name == "open" and not _opens_for_writing(arguments, options):
                return original(*arguments, **options)
            calls += 1
            if calls == number:
                if name == "write":
                    handle, content = arguments
                    original(handle, content[: len(content) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **options)

        setattr(os, name, counted)

    for name in CALLS:
        wrap(name)


def _opens_for_writing(arguments: tuple[Any, ...], options: dict[str, Any]) -> bool:
    flags = options.get("flags", arguments[1] if len(arguments) > 1 else 0)
    return bool(flags & (os.O_WRONLY | os.O_RDWR))


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return path to content of every file below the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
