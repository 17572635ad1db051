"""Hours of GH Archive from a base address into a folder: resumable, checked, within a size.

A damaged or missing hour is one entry of the result, no failure; every later run asks for what
is not there yet.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from landscape.base.lock import hold_lock
from landscape.sources.archive_files import find_damage
from landscape.sources.archive_manifest import (
    DAMAGED,
    FETCHED,
    MISSING,
    UNAVAILABLE,
    HourEntry,
    Manifest,
)
from landscape.sources.archive_transfer import AbsentError, RoomError, Transfer, forget_part
from landscape.sources.budget import Budget
from landscape.sources.circuit import Circuit
from landscape.sources.crew import run_tasks
from landscape.sources.failure import SourceError
from landscape.sources.persistence import Pacing, persist
from landscape.sources.progress import Progress, ignore_progress

SOURCE = "archive"
NO_ROOM = "no room"
WORKERS = 4
PATIENT = Pacing(read_seconds=60.0)


@dataclass(frozen=True)
class Download:
    """What became of every hour that was asked for, in order.

    ``fetched_now`` of them came in this run. An hour whose state is ``no room`` was not begun.
    """

    hours: dict[str, HourEntry]
    fetched_now: int

    def count(self, state: str) -> int:
        """Return how many hours are in the state."""
        return Counter(entry.state for entry in self.hours.values())[state]

    def list_hours(self, state: str) -> tuple[str, ...]:
        """Return the hours in the state, in order."""
        return tuple(hour for hour, entry in self.hours.items() if entry.state == state)


def download_hours(
    hours: Sequence[str],
    folder: Path,
    *,
    base_url: str,
    budget: Budget,
    limit_bytes: int,
    workers: int = WORKERS,
    pacing: Pacing = PATIENT,
    compact: Callable[[Path, Path], str] | None = None,
    progress: Progress = ignore_progress,
) -> Download:
    """Bring the hours into the folder, and return what became of each.

    A file that came whole is checked to its last byte before it gets its name. ``compact`` makes
    a smaller file of it, at its second argument, which is then kept instead; where that cannot be
    done it returns why, and the hour counts as damaged. No file is begun
    with which the folder would hold more than ``limit_bytes``. Raises LockedError where another
    download is at work there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with hold_lock(folder, busy=f"another download writes to {folder}"):
        run = _Run(folder, base_url, budget, _Room(folder, limit_bytes), pacing, compact)
        found: dict[str, HourEntry] = {}
        results = run_tasks(hours, run.bring, workers=workers, budget=budget)
        for done, (position, entry) in enumerate(results, start=1):
            found[hours[position]] = entry
            progress(SOURCE, done, len(hours))
    late = HourEntry(UNAVAILABLE, detail="the time for the whole run was used up")
    return Download({hour: found.get(hour, late) for hour in hours}, run.fetched_now)


class _Room:
    """The bytes that the folder may hold: what lies there, and what is on its way."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._lock = threading.Lock()
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._coming: dict[str, int] = {}

    def take(self, part: Path, size_bytes: int) -> None:
        """Note that the part will have so many bytes; raise RoomError where that is too much."""
        with self._lock:
            coming = {**self._coming, part.name: size_bytes}
            lying = sum(
                _measure_file(each)
                for each in os.scandir(self._folder)
                if each.name not in coming and each.is_file()
            )
            if lying + sum(coming.values()) > self._limit_bytes:
                raise RoomError
            self._coming = coming

    def settle(self, part: Path) -> None:
        """Note that the part is no longer on its way."""
        with self._lock:
            self._coming.pop(part.name, None)


def _measure_file(entry: os.DirEntry[str]) -> int:
    """Return the bytes of a file; 0 where another worker has removed or renamed it meanwhile."""
    try:
        return entry.stat().st_size
    except FileNotFoundError:
        return 0


class _Run:
    """One download, shared by its workers."""

    def __init__(
        self,
        folder: Path,
        base_url: str,
        budget: Budget,
        room: _Room,
        pacing: Pacing,
        compact: Callable[[Path, Path], str] | None,
    ) -> None:
        self._folder = folder
        self._base_url = base_url
        self._budget = budget
        self._room = room
        self._pacing = pacing
        self._compact = compact
        self._manifest = Manifest(folder)
        self._circuit = Circuit(budget)
        self._transfer = Transfer(pacing, room.take)
        self._lock = threading.Lock()
        self.fetched_now = 0

    def bring(self, hour: str) -> HourEntry:
        """Bring one hour, unless it is there already."""
        known = self._manifest.find(hour)
        if known is not None:
            return known
        part = self._folder / f".{hour}.part.json.gz"
        try:
            entry = self._fetch(hour, part)
        except RoomError:
            return HourEntry(NO_ROOM, detail="the cache is full")
        except AbsentError as error:
            entry = HourEntry(MISSING, detail=str(error))
        except SourceError as error:
            entry = HourEntry(UNAVAILABLE, detail=error.detail)
        finally:
            self._room.settle(part)
        self._manifest.record(hour, entry)
        return entry

    def _fetch(self, hour: str, part: Path) -> HourEntry:
        url = f"{self._base_url}/{hour}.json.gz"

        def bring_part() -> None:
            self._transfer.fetch(url, part, self._budget)

        reason = ""
        # What is damaged may have been damaged on its way, or be two halves: once more from zero.
        for _ in range(2):
            persist(
                hour, bring_part, pacing=self._pacing, circuit=self._circuit, budget=self._budget
            )
            reason = find_damage(part)
            if not reason:
                return self._keep(hour, part)
            forget_part(part)
        return HourEntry(DAMAGED, detail=reason)

    def _keep(self, hour: str, part: Path) -> HourEntry:
        target = self._folder / f"{hour}.json.gz"
        if self._compact is None:
            part.replace(target)
        else:
            target = self._folder / f"{hour}.parquet"
            reason = self._compact(part, target)
            if reason:
                forget_part(part)
                return HourEntry(DAMAGED, detail=reason)
        forget_part(part)
        with self._lock:
            self.fetched_now += 1
        return HourEntry(FETCHED, target.name, target.stat().st_size)
