"""What the whole build takes: decide, draw and write everything into an empty folder."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.child import ROOT, Measurement, measure, print_machine, print_table


def build_once(as_of: str, out: Path) -> Measurement:
    """Build this repository's landscape into the folder; stops where the build fails."""
    arguments = ["-m", "landscape", "--root", str(ROOT), "build", "--as-of", as_of]
    run = measure([*arguments, "--out", str(out)])
    if run.exit_code != 0:
        sys.exit(f"exit {run.exit_code}: {run.stderr[-2000:]}")
    return run


def main() -> None:
    """Print the table: time, memory, and how much was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--as-of", default="2026-04", help="the month to build")
    parser.add_argument("--rounds", type=int, default=3, help="runs; the fastest counts")
    arguments = parser.parse_args()
    runs = []
    for _ in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "report"
            runs.append(build_once(arguments.as_of, out))
            sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    fastest = min(runs, key=lambda run: run.wall_seconds)
    print_machine()
    print_table(
        [
            ["build", "wall", "CPU", "peak memory", "files", "written"],
            [
                f"as of {arguments.as_of}",
                f"{fastest.wall_seconds:.1f} s",
                f"{fastest.cpu_seconds:.1f} s",
                f"{fastest.peak_memory_mb:.0f} MB",
                str(len(sizes)),
                f"{sum(sizes) / 1e6:.1f} MB",
            ],
        ]
    )
    print("\n" + fastest.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
