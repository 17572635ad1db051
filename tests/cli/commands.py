"""Runs the command line as its users do: another process, real files, real exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent.parent


def run_landscape(
    *arguments: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``landscape`` in a folder; ``environment`` is added to a small one."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "landscape", *map(str, arguments)],
        cwd=folder,
        env=make_environment(**environment),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
    )


def make_environment(**environment: str) -> dict[str, str]:
    """Return the environment of a run: the path, this checkout, and what is asked for."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), **environment}
