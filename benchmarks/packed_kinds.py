"""What a packed repository consists of: bytes in the pack by folder, names and history."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path, PurePosixPath

FORMAT = "%(objecttype) %(objectsize:disk) %(rest)"


def weigh_kinds(repository: Path) -> Counter[str]:
    """Return the bytes that each kind takes in the pack: a folder, the trees, the commits.

    Of an object that is kept as a difference it is the difference that counts.
    """
    listed = _run(repository, "", "rev-list", "--objects", "--all")
    lines = _run(repository, listed, "cat-file", f"--batch-check={FORMAT}").splitlines()
    weights: Counter[str] = Counter()
    for line in lines:
        kind, packed_bytes, path = line.split(" ", 2)
        weights[_name_kind(path) if kind == "blob" else f"({kind}s)"] += int(packed_bytes)
    return weights


def _name_kind(path: str) -> str:
    """Return the folder, moving pictures apart from the still ones in it."""
    folder = str(PurePosixPath(path).parent)
    return f"{folder} (moving)" if "--moving." in path else folder


def _run(repository: Path, stdin: str, *command: str) -> str:
    return subprocess.run(
        ["git", *command], cwd=repository, input=stdin, check=True, capture_output=True, text=True
    ).stdout
