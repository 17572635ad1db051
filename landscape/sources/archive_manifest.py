"""What became of each hour that was asked for, beside the hours themselves.

It is written whole after every hour: a kill at any instant loses at most what the last hour's
answer said, never a file. The files are believed only together with their line here.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from landscape.base.files import write_atomically

FILE = "manifest.json"
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
        with self._lock:
            self._entries[hour] = entry
            ordered = {name: asdict(self._entries[name]) for name in sorted(self._entries)}
            text = json.dumps({"hours": ordered}, indent=1) + "\n"
            write_atomically(self._folder / FILE, text.encode("utf-8"))


def _load(path: Path) -> dict[str, HourEntry]:
    """Read the manifest; where it is none, every hour is fetched and checked anew."""
    try:
        hours = json.loads(path.read_bytes())["hours"]
        return {str(hour): HourEntry(**entry) for hour, entry in hours.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
