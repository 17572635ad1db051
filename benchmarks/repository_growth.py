"""How much a refresh adds to the packed repository, over ten simulated weeks.

Each week, in a temporary clone: every count of stars and forks grows a little, a tenth of the
projects has its last three months revised, and in two of the ten weeks a new month is published.
Then the report is built, committed and pushed, as the scheduled refresh does, and git packs: where
it was pushed to, which is what everybody fetches, and in the clone too. There git packs worse:
it looks for no base among the differences that it kept the week before.

The answers are drawn from a fixed seed.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.child import ROOT, measure, print_table
from benchmarks.packed_kinds import weigh_kinds
from landscape.base.months import shift_month
from landscape.metrics.model import LIVE, Store
from landscape.metrics.store import load_store, write_store

WEEKS = 10
MONTH_WEEKS = (4, 8)
TARGET_KB = 1000.0
REVISED_SHARE = 0.1
REVISED_MONTHS = 3
SEED = 20260522
BRANCH = "growth"
KINDS_SHOWN = 14


@dataclass(frozen=True)
class Week:
    """One week: what happened, and what was there after it."""

    is_new_month: bool
    changed_files: int
    pushed_kb: float
    cloned_kb: float
    kinds: Counter[str]


def main() -> int:
    """Print the growth by week, and by kind; 1 where a week adds more than the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--month-weeks", type=int, nargs="*", default=list(MONTH_WEEKS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="landscape-growth-") as folder:
        weeks = simulate(Path(folder), options.weeks, options.month_weeks)
    largest_kb = print_weeks(weeks)
    print_kinds(weeks)
    return int(largest_kb >= TARGET_KB)


def simulate(folder: Path, count: int, month_weeks: Sequence[int]) -> list[Week]:
    """Return the state as committed, then that after each week."""
    remote, clone = folder / "remote.git", folder / "clone"
    shallow = ("clone", "--quiet", "--depth", "1")
    run("git", *shallow, "--bare", f"file://{ROOT}", str(remote), where=folder)
    run("git", *shallow, f"file://{remote}", str(clone), where=folder)
    run("git", "config", "gc.auto", "0", where=clone)
    run("git", "checkout", "--quiet", "-b", BRANCH, where=clone)
    random = np.random.default_rng(SEED)
    weeks = [take_week(remote, clone, "start", is_new_month=False)]
    for week in range(1, count + 1):
        is_new_month = week in month_weeks
        write_store(clone, revise(load_store(clone), random, is_new_month=is_new_month))
        weeks.append(take_week(remote, clone, f"week {week}", is_new_month=is_new_month))
        added = weeks[-1].pushed_kb - weeks[-2].pushed_kb
        print(f"week {week}: {added:,.0f} KB", file=sys.stderr, flush=True)
    return weeks


def take_week(remote: Path, clone: Path, message: str, *, is_new_month: bool) -> Week:
    """Build, commit, push and pack; return what is there then."""
    changed = build_and_commit(clone, message)
    run("git", "push", "--quiet", "origin", BRANCH, where=clone)
    return Week(is_new_month, changed, pack(remote), pack(clone), weigh_kinds(remote))


def print_weeks(weeks: list[Week]) -> float:
    """Print what each week added; return the most, in either repository."""
    head = ("week", "what happens", "changed files", "packed", "added", "added in one clone")
    rows: list[tuple[str, ...]] = [head]
    most_kb = 0.0
    for number, (before, week) in enumerate(itertools.pairwise(weeks), start=1):
        pushed_kb, cloned_kb = (
            week.pushed_kb - before.pushed_kb,
            week.cloned_kb - before.cloned_kb,
        )
        most_kb = max(most_kb, pushed_kb, cloned_kb)
        what = "revisions and a new month" if week.is_new_month else "revisions"
        sizes = (f"{size_kb:,.0f} KB" for size_kb in (week.pushed_kb, pushed_kb, cloned_kb))
        rows.append((str(number), what, f"{week.changed_files:,}", *sizes))
    print_table(rows)
    print(f"\n{most_kb:,.0f} KB in the largest week, target below {TARGET_KB:,.0f} KB\n")
    return most_kb


def print_kinds(weeks: list[Week]) -> None:
    """Print what the largest kinds added where it was pushed to: an ordinary and a month week."""
    added: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for before, week in itertools.pairwise(weeks):
        grown = {kind: size - before.kinds[kind] for kind, size in week.kinds.items()}
        added[week.is_new_month].update(grown)
    counts = Counter(week.is_new_month for week in weeks[1:])
    rows: list[tuple[str, ...]] = [("kind", "ordinary week", "week with a new month")]
    for kind, _ in (added[True] + added[False]).most_common(KINDS_SHOWN):
        means = (added[is_month][kind] / max(counts[is_month], 1) for is_month in (False, True))
        rows.append((kind, *(f"{mean / 1000:,.0f} KB" for mean in means)))
    print_table(rows)


def revise(store: Store, random: np.random.Generator, *, is_new_month: bool) -> Store:
    """Return the store as the next week's refresh might leave it."""
    monthly = store.opendigger.copy()
    projects = monthly["project"].unique()
    if is_new_month:
        newest = monthly["month"].max()
        added = monthly[monthly["month"] == newest].assign(month=shift_month(newest, 1))
        added["openrank"] = (added["openrank"] * random.uniform(0.9, 1.1, len(added))).round(2)
        monthly = pd.concat([monthly, added], ignore_index=True)
    chosen = random.choice(projects, int(len(projects) * REVISED_SHARE), replace=False)
    since = shift_month(monthly["month"].max(), 1 - REVISED_MONTHS)
    is_revised = monthly["project"].isin(chosen) & (monthly["month"] >= since)
    noise = random.uniform(0.98, 1.02, int(is_revised.sum()))
    monthly.loc[is_revised, "openrank"] = (monthly.loc[is_revised, "openrank"] * noise).round(2)
    return replace(store, opendigger=monthly, github=grow_counts(store.github, monthly, random))


def grow_counts(
    github: pd.DataFrame, monthly: pd.DataFrame, random: np.random.Generator
) -> pd.DataFrame:
    """Return the counts with those of the month after the newest, each a little larger."""
    month = shift_month(monthly["month"].max(), 1)
    last = github.sort_values(["project", "month"]).groupby("project").tail(1)
    grown = last.assign(month=month, vintage=LIVE)
    for name in ("stars", "forks"):
        factor = 1 + random.uniform(0, 0.01, len(grown))
        grown[name] = (grown[name].astype("Float64") * factor).round().astype("Int64")
    kept = github[github["month"] != month]
    return pd.concat([kept, grown], ignore_index=True)


def build_and_commit(clone: Path, message: str) -> int:
    """Build the report in the clone, commit everything, and return how many files changed."""
    result = measure(["-m", "landscape", "--root", str(clone), "build", "--accept-shrink"])
    if result.exit_code:
        raise SystemExit(result.stderr)
    run("git", "add", "--all", where=clone)
    changed = run("git", "diff", "--cached", "--name-only", where=clone).count("\n")
    identity = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.com")
    run("git", *identity, "commit", "--quiet", "--allow-empty", "-m", message, where=clone)
    return changed


def pack(clone: Path) -> float:
    """Pack the repository as git does by itself, and return its size in kilobytes."""
    run("git", "gc", "--quiet", "--prune=now", where=clone)
    lines = run("git", "count-objects", "-v", where=clone).splitlines()
    sizes = {key: int(value) for key, value in (line.split(": ") for line in lines)}
    return sizes["size-pack"] * 1.024


def run(*command: str, where: Path) -> str:
    """Run a command in the folder and return what it prints."""
    return subprocess.run(command, cwd=where, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
