"""What fetching and storing takes: one metric of many projects, from an empty store.

Stand-ins of OpenDigger and GitHub run in a process of their own and take 50 ms for each answer.
What is measured is a process that takes the refresh's own steps up to the store: load, check,
fetch, learn, store. The yardstick are the published figures of best-of-generator with the same
latency. ``python -m benchmarks.refresh``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from benchmarks.child import ROOT, Measurement, measure, print_machine, print_table

LATENCY_SECONDS = 0.05
METRIC = "participants"
"""A landscape that decides by this metric asks for no other."""
FIRST_YEAR, LAST_YEAR = 2015, 2025
"""Eleven years, as the oldest projects have them: 132 months in each series."""
YARDSTICK = {135: "405 requests, 24.5 s", 1000: "3,000 requests, 173 s"}
"""Projects: best-of-generator."""
MOST_REQUESTS_EACH = 1.02
MOST_SECONDS = {1000: 4.0}
MOST_MEMORY_MB = {1000: 250.0}
BATCH_SIZE = 100
STEPS = """
import sys, time
from pathlib import Path
begun = time.perf_counter()
from landscape.cli import refresh_steps as steps
sources = frozenset({"opendigger", "github"})
order = steps.Order((), sources, False, False, None, None, None, None, None)
marks = [time.perf_counter()]
known = steps.load(Path(sys.argv[1]))
steps.check(known, order)
marks.append(time.perf_counter())
answers = steps.fetch(known, order)
marks.append(time.perf_counter())
learned = steps.learn(known, answers)
marks.append(time.perf_counter())
steps.store(known, learned)
marks.append(time.perf_counter())
print(len(learned.intake.store.opendigger), *(f"{mark - begun:.2f}" for mark in marks))
"""


@dataclass(frozen=True)
class Round:
    """One measured run: how many projects, values and requests, and what it took."""

    projects: int
    values: int
    metric_requests: int
    github_requests: int
    steps: tuple[float, ...]
    measurement: Measurement


class StandIns:
    """The servers' process: addresses at once, counts of requests when asked."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._lines: IO[str] = process.stdout or sys.exit("the stand-ins have no output")
        self._input: IO[str] = process.stdin or sys.exit("the stand-ins have no input")
        self.urls: dict[str, str] = json.loads(self._lines.readline())

    def count_requests(self) -> tuple[int, int]:
        """Return the requests to OpenDigger and to GitHub since the last call."""
        print(file=self._input, flush=True)
        opendigger, github = json.loads(self._lines.readline())
        return opendigger, github


@contextmanager
def start_stand_ins(count: int) -> Iterator[StandIns]:
    """Run the servers in a process of their own while the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.refresh", "--serve", str(count)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield StandIns(process)
    finally:
        process.communicate()


def serve(count: int) -> None:
    """Serve series and repositories until the input ends; each line of it asks for the counts."""
    from tests.standins.github import GitHubStandIn, StandInRepository
    from tests.standins.opendigger import OpenDiggerStandIn

    months = [f"{y}-{m:02d}" for y in range(FIRST_YEAR, LAST_YEAR + 1) for m in range(1, 13)]
    series = {
        (name_repo(number), METRIC): {
            month: round(5 + (number * 31 + place * 7) % 500 / 7, 2)
            for place, month in enumerate(months)
        }
        for number in range(count)
    }
    repositories = [StandInRepository(1000 + n, name_repo(n)) for n in range(count)]
    with (
        OpenDiggerStandIn(series, latency_seconds=LATENCY_SECONDS) as opendigger,
        GitHubStandIn(repositories, latency_seconds=LATENCY_SECONDS) as github,
    ):
        print(json.dumps({"opendigger": opendigger.url, "github": github.url}), flush=True)
        for _ in sys.stdin:
            print(json.dumps([len(opendigger.requests), len(github.requests)]), flush=True)
            opendigger.requests.clear()
            github.requests.clear()


def name_repo(number: int) -> str:
    """Name the repository of a generated project."""
    return f"owner-{number % 97}/project-{number:05d}"


def write_landscape(root: Path, count: int) -> None:
    """Write a landscape of so many projects, without any value."""
    projects = root / "data" / "projects"
    projects.mkdir(parents=True)
    (root / "landscape.yaml").write_text(
        "title: {en: Benchmark}\nlanguages: [en]\n"
        f"inclusion: {{metric: {METRIC}, window: year-to-date, above: 10}}\n",
        encoding="utf-8",
    )
    (root / "data" / "taxonomy.yaml").write_text(
        "layers:\n- id: layer\n  name: {en: Layer}\n  domains:\n"
        "  - id: domain\n    name: {en: Domain}\n",
        encoding="utf-8",
    )
    for number in range(count):
        (projects / f"project-{number:05d}.yaml").write_text(
            f"name: Project {number}\nrepo: {name_repo(number)}\ndomain: domain\n"
            "summary: {en: A project.}\n",
            encoding="utf-8",
        )


def run_round(count: int, stand_ins: StandIns) -> Round:
    """Fetch everything into an empty store once; stops where a value is missing."""
    from tests.standins.github import TOKEN

    with tempfile.TemporaryDirectory() as folder:
        write_landscape(Path(folder), count)
        os.environ.update(
            LANDSCAPE_OPENDIGGER_URL=stand_ins.urls["opendigger"],
            GITHUB_API_URL=stand_ins.urls["github"],
            GITHUB_TOKEN=TOKEN,
        )
        measurement = measure(["-c", STEPS, folder])
    if measurement.exit_code != 0:
        sys.exit(f"exit {measurement.exit_code}: {measurement.stderr[-2000:]}")
    opendigger, github = stand_ins.count_requests()
    values, *steps = measurement.stdout.split()
    expected = count * 12 * (LAST_YEAR - FIRST_YEAR + 1)
    if int(values) != expected:
        sys.exit(f"{values} of {expected} values were stored")
    return Round(count, int(values), opendigger, github, tuple(map(float, steps)), measurement)


def describe(best: Round) -> list[str]:
    """Return a row of the table."""
    names = ("start", "load", "fetch", "learn", "store")
    starts = (0.0, *best.steps)
    parts = ", ".join(
        f"{name} {end - start:.1f}"
        for name, start, end in zip(names, starts, best.steps, strict=False)
    )
    return [
        f"{best.projects:,}",
        f"{best.metric_requests:,} + {best.github_requests}",
        f"{best.metric_requests / best.projects:.3f}",
        f"{best.measurement.wall_seconds:.1f} s ({parts})",
        f"{best.measurement.cpu_seconds:.1f} s",
        f"{best.measurement.peak_memory_mb:.0f} MB",
        YARDSTICK.get(best.projects, ""),
    ]


def list_misses(best: Round) -> list[str]:
    """Return where a target is missed."""
    most_requests = MOST_REQUESTS_EACH * best.projects
    checks: list[tuple[str, float, float | None]] = [
        ("requests for metrics", best.metric_requests, most_requests),
        ("requests to GitHub", best.github_requests, -(-best.projects // BATCH_SIZE)),
        ("seconds", best.measurement.wall_seconds, MOST_SECONDS.get(best.projects)),
        ("MB", best.measurement.peak_memory_mb, MOST_MEMORY_MB.get(best.projects)),
    ]
    return [
        f"{best.projects} projects: {found:.1f} {what}, more than {most:.1f}"
        for what, found, most in checks
        if most is not None and found > most
    ]


def main() -> None:
    """Print the table; end with exit code 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, nargs="+", default=[135, 1000, 10000])
    parser.add_argument("--rounds", type=int, default=3, help="runs; the fastest counts")
    parser.add_argument("--serve", type=int, metavar="N", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve is not None:
        serve(arguments.serve)
        return
    rows: list[list[Any]] = [
        ["projects", "requests", "each", "wall", "CPU", "peak memory", "best-of-generator"]
    ]
    misses: list[str] = []
    for count in arguments.projects:
        with start_stand_ins(count) as stand_ins:
            rounds = [run_round(count, stand_ins) for _ in range(arguments.rounds)]
        best = min(rounds, key=lambda one: one.measurement.wall_seconds)
        rows.append(describe(best))
        misses += list_misses(best)
    print_machine()
    print_table(rows)
    print("\n" + ("\n".join(misses) or "every target is met"))
    sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
