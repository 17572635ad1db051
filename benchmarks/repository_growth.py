"""How much a refresh adds to the packed repository, over ten simulated weeks.

Each week, in a temporary clone: every count of stars and forks grows a little, a tenth of the
projects has its last three months revised, and in two of the ten weeks a new month is published.
Then the report is built and committed, and git packs. The answers are drawn from a fixed seed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.child import ROOT, measure, print_table
from landscape.base.months import shift_month
from landscape.metrics.model import LIVE, Store
from landscape.metrics.store import load_store, write_store

WEEKS = 10
MONTH_WEEKS = (4, 8)
TARGET_KB = 1000.0
REVISED_SHARE = 0.1
REVISED_MONTHS = 3
SEED = 20260522


def main() -> int:
    """Print the growth by week; 1 where a week adds more than the target on average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    weeks = parser.parse_args().weeks
    random = np.random.default_rng(SEED)
    rows = [("week", "what happens", "changed files", "packed", "added")]
    with tempfile.TemporaryDirectory(prefix="landscape-growth-") as folder:
        clone = Path(folder) / "clone"
        run("git", "clone", "--quiet", "--depth", "1", f"file://{ROOT}", str(clone), where=ROOT)
        run("git", "checkout", "--quiet", "-b", "growth", where=clone)
        build_and_commit(clone, "start")
        first = size_kb = pack(clone)
        rows.append(("0", "as committed", "", f"{size_kb:,.0f} KB", ""))
        for week in range(1, weeks + 1):
            store = load_store(clone)
            is_new_month = week in MONTH_WEEKS
            write_store(clone, revise(store, random, is_new_month=is_new_month))
            changed = build_and_commit(clone, f"week {week}")
            before, size_kb = size_kb, pack(clone)
            what = "revisions and a new month" if is_new_month else "revisions"
            added = f"{size_kb - before:,.0f} KB"
            rows.append((str(week), what, f"{changed:,}", f"{size_kb:,.0f} KB", added))
            print(rows[-1], file=sys.stderr, flush=True)
    print_table(rows)
    mean_kb = (size_kb - first) / weeks
    print(f"\n{mean_kb:,.0f} KB a week on average, target below {TARGET_KB:,.0f} KB")
    return int(mean_kb >= TARGET_KB)


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
