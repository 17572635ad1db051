"""One at a time: a lock on a folder, which the system lets go of when its holder dies.

The folder itself is locked, so no file is left behind that could go stale or be committed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from landscape.base.errors import LockedError

if sys.platform != "win32":
    import fcntl

POLL_SECONDS = 0.05


@contextmanager
def hold_lock(
    folder: Path, *, shared: bool = False, wait_seconds: float = 0.0, busy: str
) -> Iterator[None]:
    """Hold the folder's lock while the block runs; readers share theirs, a writer is alone.

    Raises LockedError with the message ``busy`` where another still holds it after the wait.
    Holding is by opened folder, not by process: whoever holds it must not ask for it again.
    """
    if sys.platform == "win32":
        # No folder can be locked there, and nothing refreshes there on a schedule.
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        for _ in range(int(wait_seconds / POLL_SECONDS)):
            if _try_lock(handle, kind):
                break
            time.sleep(POLL_SECONDS)
        else:
            if not _try_lock(handle, kind):
                raise LockedError(busy, "wait until it has ended, then try again")
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int, kind: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
