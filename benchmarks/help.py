"""How much CPU ``landscape --help`` takes, against an interpreter that does nothing."""

from __future__ import annotations

import argparse
import sys

from benchmarks.child import Measurement, measure, print_machine, print_table

TARGET_CPU_SECONDS = 0.3


def measure_fastest(arguments: list[str], rounds: int) -> Measurement:
    """Return the run that took least CPU; stop where one fails."""
    runs = [measure(arguments) for _ in range(rounds)]
    for run in runs:
        if run.exit_code != 0:
            sys.exit(f"exit {run.exit_code}: {run.stderr[-2000:]}")
    return min(runs, key=lambda run: run.cpu_seconds)


def main() -> None:
    """Print the table; exit 1 where the help takes more CPU than its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="runs of each; the fastest counts")
    rounds = parser.parse_args().rounds
    measure(["-m", "landscape", "--help"])  # compiles the modules
    nothing = measure_fastest(["-c", "pass"], rounds)
    answered = measure_fastest(["-m", "landscape", "--help"], rounds)
    print_machine()
    rows = [["command", "CPU", "times the interpreter alone"]]
    for name, run in (("python -c pass", nothing), ("landscape --help", answered)):
        times = run.cpu_seconds / max(nothing.cpu_seconds, 0.01)
        rows.append([name, f"{run.cpu_seconds:.2f} s", f"{times:.1f}"])
    print_table(rows)
    print(f"\nCPU of --help: {answered.cpu_seconds:.2f} s (below {TARGET_CPU_SECONDS} s)")
    sys.exit(answered.cpu_seconds >= TARGET_CPU_SECONDS)


if __name__ == "__main__":
    main()
