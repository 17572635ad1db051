"""The report of this repository, built anew from the committed data."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli.commands import CHECKOUT, make_environment

SECONDS = 400
"""A build takes a quarter of a minute of computing; the machine may be busy with more."""


def build_live_report(folder: Path) -> Path:
    """Fill the folder with the data, the repository's front pages, and the report of now.

    Processes that ask for the same folder at the same time build it once: the first does, the
    others wait for it. A build that failed is tried again by the next that asks.
    """
    folder.mkdir(parents=True, exist_ok=True)
    finished = folder / ".finished"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            _build(folder)
            finished.touch()
    return folder


def _build(folder: Path) -> None:
    shutil.copytree(CHECKOUT / "data", folder / "data", dirs_exist_ok=True)
    for name in ("landscape.yaml", "README.md", "README.zh-CN.md"):
        shutil.copy(CHECKOUT / name, folder / name)
    result = subprocess.run(
        [sys.executable, "-P", "-m", "landscape", "build"],
        cwd=folder,
        env=make_environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert result.returncode == 0, result.stderr
