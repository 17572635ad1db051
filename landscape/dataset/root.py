"""Where a landscape begins: the folder with its settings."""

from __future__ import annotations

from pathlib import Path

from landscape.base.errors import LandscapeError
from landscape.dataset.discovery import SETTINGS_PATH


def find_root(start: Path) -> Path:
    """Return the nearest folder from ``start`` upwards that has a ``landscape.yaml``."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS_PATH).is_file():
            return candidate
    raise LandscapeError(
        f"there is no landscape.yaml in {folder} or above it",
        "go to the folder of a landscape, or name it: landscape --root DIR …",
    )
