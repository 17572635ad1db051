"""What became of each hour that was asked for, beside the hours themselves.

A line is added after every hour, the last one of an hour holds: a kill at any instant loses at
most the line that was being written, never a file. Files are believed only together with theirs.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "manifest.jsonl"
FETCHED = "fetched"
MISSING = "missing"
DAMAGED = "damaged"
UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class HourEntry:
    """One hour: its state, the file it lies in, that file's size, and why it is not there."""

    state: str
    file: str = ""
    size_bytes: int = 0
    detail: str = ""


class Manifest:
    """The states of the hours in a folder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._entries = _load(folder / FILE)

    def find(self, hour: str) -> HourEntry | None:
        """Return what is known of an hour; None where it has to be fetched.

        That holds for every hour whose file is not there as it was written.
        """
        with self._lock:
            entry = self._entries.get(hour)
        if entry is None or entry.state != FETCHED:
            return None
        try:
            size = (self._folder / entry.file).stat().st_size
        except OSError:
            return None
        return entry if size == entry.size_bytes else None

    def record(self, hour: str, entry: HourEntry) -> None:
        """Keep what became of an hour."""
        line = json.dumps({"hour": hour, **asdict(entry)}).encode("utf-8")
        with self._lock:
            self._entries[hour] = entry
            with (self._folder / FILE).open("ab") as stream:
                # It begins a line by itself: the one before may be a torn one.
                stream.write(b"\n" + line)
                stream.flush()
                os.fsync(stream.fileno())


def _load(path: Path) -> dict[str, HourEntry]:
    """Read the manifest; an hour whose line is none is fetched and checked anew."""
    entries: dict[str, HourEntry] = {}
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return entries
    for line in filter(None, lines):
        try:
            said = json.loads(line)
            hour = str(said.pop("hour"))
            entries[hour] = HourEntry(**said)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return entries
