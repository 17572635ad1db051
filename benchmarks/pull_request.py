"""How long a pull request with one project waits for its verdict, step by step.

The data check's own workflow runs twice under ``act``, with the dataset of this repository: first
with nothing kept, so that the environment is made from the lock, then with what the first run
kept. GitHub and OpenDigger are stand-ins with a latency; what GitHub needs to start a runner and
to fetch this repository and the kept environment over its network is not in it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.child import ROOT, print_machine, print_table

TARGET_SECONDS = 20.0
PROJECT = """\
name: Epsilon
repo: epsilon/epsilon
domain: {domain}
summary: {{en: What epsilon is.}}
"""
STEPS = {
    "Main actions/checkout": "checkout",
    "Main Python": "Python",
    "Main Name of the environment": "name of the environment",
    "Main Environment, where it was kept": "environment, restored",
    "Main Environment, made anew": "environment, made anew",
    "Main Keep the environment": "environment, kept for the next",
    "Main Run": "landscape check: read, preview, measure, answer",
}
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "µs": 0.000001}


def parse_duration(text: str) -> float:
    """Return the seconds of a duration such as ``1m2.5s`` or ``14.9ms``."""
    parts = re.findall(r"([\d.]+)(h|ms|µs|m|s)", text)
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def read_steps(log: str) -> dict[str, float]:
    """Return the seconds of each step that we know by name."""
    found: dict[str, float] = {}
    for said, duration in re.findall(r"Success - (Main [^\[]+?)(?:@\w+)? \[([^\]]+)\]", log):
        if said in STEPS:
            found.setdefault(STEPS[said], parse_duration(duration))
    return found


def copy_landscape(root: Path) -> str:
    """Copy this repository's data, and return the id of one of its domains."""
    import yaml

    subprocess.run(
        f"git archive HEAD landscape.yaml data | tar -x -C '{root}'",
        cwd=ROOT,
        shell=True,
        check=True,
    )
    text = (root / "data" / "projects" / "vllm.yaml").read_text(encoding="utf-8")
    return str(yaml.safe_load(text)["domain"])


def run_twice(folder: Path, latency_seconds: float) -> list[tuple[float, dict[str, float]]]:
    """Return the wall seconds and the steps of the first and the second run."""
    from tests.publish.repositories import Clone, run_git
    from tests.standins.opendigger import OpenDiggerStandIn
    from tests.workflows.act import REPOSITORY, GitHubWholeStandIn, World, write_code

    remote = folder / "remote.git"
    run_git(folder, "init", "--quiet", "--bare", str(remote))
    run_git(folder, "clone", "--quiet", str(remote), "work")
    clone = Clone(folder / "work", remote)
    write_code(clone.root)
    domain = copy_landscape(clone.root)
    clone.commit("Begin")
    clone.push()
    run_git(clone.root, "checkout", "--quiet", "-b", "change")
    path = clone.root / "data" / "projects" / "epsilon.yaml"
    path.write_text(PROJECT.format(domain=domain), encoding="utf-8")
    clone.commit("Add epsilon")
    run_git(clone.root, "push", "--quiet", "origin", "change")
    kept = folder / "kept"
    kept.mkdir()
    pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    months = {f"2026-{month:02}": 30.0 for month in range(1, 5)}
    digger = OpenDiggerStandIn(
        {("epsilon/epsilon", "openrank"): months}, latency_seconds=latency_seconds
    )
    runs = []
    with GitHubWholeStandIn(remote, REPOSITORY, ()) as hub, digger:
        hub.latency_seconds = latency_seconds
        number = hub.open_pull("change")
        event = {"pull_request": {"number": number, "base": {"ref": "main"}}}
        world = World(folder, clone, hub, digger)
        for _ in range(2):
            run = world.run(
                "data-check.yml",
                "pull_request_target",
                event,
                environment={"STANDIN_CACHE": str(kept)} | pip,
                limit_seconds=900,
                shows_log=False,
            )
            if run.failed:
                sys.exit(run.log)
            runs.append((run.seconds, read_steps(run.log)))
    return runs


def main() -> None:
    """Print the table; exit 1 where the second run takes more than its target."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--latency", type=float, default=0.1, help="seconds of each answer")
    latency_seconds = parser.parse_args().latency
    with tempfile.TemporaryDirectory(prefix="landscape-benchmark-") as folder:
        (first, first_steps), (second, second_steps) = run_twice(Path(folder), latency_seconds)
    print_machine()
    rows = [["step", "first run", "second run"]]
    for step in STEPS.values():
        cells = [steps.get(step) for steps in (first_steps, second_steps)]
        rows.append([step, *("-" if cell is None else f"{cell:.1f} s" for cell in cells)])
    rows.append(["everything, act's own part included", f"{first:.1f} s", f"{second:.1f} s"])
    print_table(rows)
    print(f"\nsecond run: {second:.1f} s (below {TARGET_SECONDS:g} s)")
    sys.exit(second >= TARGET_SECONDS)


if __name__ == "__main__":
    main()
