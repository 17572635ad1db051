"""The report of this repository, built anew from the committed data, once for all tests."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.cli.commands import CHECKOUT, make_environment

SECONDS = 400
"""A build takes half a minute of computing; the machine may be busy with more."""


@cache
def build_live_report() -> Path:
    """Return a folder with the data, the repository's front pages, and the report of now."""
    folder = Path(tempfile.mkdtemp(prefix="landscape-live-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(CHECKOUT / "data", folder / "data")
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
    return folder
