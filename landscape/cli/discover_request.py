"""What ``landscape discover`` was asked for, and the folders of its cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from landscape.base.errors import LandscapeError


@dataclass(frozen=True)
class Folders:
    """The cache: hours as downloaded, what was read from them, and what memory does not hold."""

    hours: Path
    digests: Path
    spill: Path


@dataclass(frozen=True)
class Request:
    """The options of one run; ``engine`` is empty for the embedded one, months for defaults."""

    root: Path
    events: tuple[Path, ...]
    engine: str
    table: str
    first: str
    last: str
    every_hours: int
    memory_gb: float | None
    threads: int
    folders: Folders
    profiles: Path | None
    proposals: int
    pending: str
    accept_gaps: bool
    replace: bool
    dry_run: bool
    form: str
    summary: Path | None


def choose_folders(cache: Path | None, environment: Mapping[str, str]) -> Folders:
    """Return the folders below the named cache, or below the user's own."""
    if cache is None:
        home = Path(environment.get("HOME", "."))
        cache = Path(environment.get("XDG_CACHE_HOME") or home / ".cache") / "oss-landscape"
    return Folders(cache / "hours", cache / "digests", cache / "spill")


def require_engine() -> None:
    """Raise LandscapeError where the extra is not installed."""
    try:
        import duckdb  # noqa: F401
        import ibis  # noqa: F401
    except ImportError as error:
        raise LandscapeError(
            f"discovery needs packages that are not installed: {error.name}",
            "Install the extra: pip install 'oss-landscape[discovery]'.",
        ) from error
