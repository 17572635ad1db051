"""Small landscapes in temporary folders: the base of the cases, and overlays on it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases" / "dataset"
EXPECTED = "expected"
RECIPE = "recipe.json"


def make_landscape(folder: Path, overlay: Path | None = None) -> Path:
    """Copy the base landscape and lay a case over it."""
    root = folder / "landscape"
    shutil.copytree(CASES / "base", root)
    if overlay is not None:
        ignored = shutil.ignore_patterns(EXPECTED, RECIPE)
        shutil.copytree(overlay, root, dirs_exist_ok=True, ignore=ignored)
        if (overlay / RECIPE).exists():
            for step in json.loads((overlay / RECIPE).read_text(encoding="utf-8")):
                follow_step(root / step["path"], step)
    return root


def follow_step(path: Path, step: dict[str, object]) -> None:
    """Make what cannot lie in a repository as it is: odd bytes, links, huge files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if step.get("remove"):
        path.unlink()
    elif step.get("folder"):
        path.mkdir()
    elif "link_to" in step:
        path.symlink_to(str(step["link_to"]))
    else:
        padding = b"x" * int(str(step.get("padding", 0)))
        path.write_bytes(str(step["text"]).encode("utf-8", "surrogateescape") + padding)


def write_project(root: Path, project_id: str, text: str) -> Path:
    """Write a project's file and return its path."""
    path = root / "data" / "projects" / f"{project_id}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def list_cases(sort: str) -> list[Path]:
    """Return the folders of the cases, ``valid`` or ``invalid``."""
    return sorted(path for path in (CASES / sort).iterdir() if path.is_dir())
