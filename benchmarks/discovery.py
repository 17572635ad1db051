"""What discovery costs: against plain reading in Python, and against one query a pair.

On generated events of GH Archive's form in gzipped hours. Every side is a process of its own and
answers the same question, the common developers of all pairs; the answers are compared. At the
end stands what a month of the real archive needs, by calculation from these figures.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from benchmarks.child import Measurement, measure, print_machine, print_table

PROJECTS = 230
REPOSITORIES = 400_000
ACCOUNTS = 900_000
EVENTS_AN_HOUR = 100_000
MONTH_GZIP_GB = 200
REAL_EVENT_BYTES = 700
"""Of gzip for one event in 2024: 130 MB an hour hold about 190,000 events."""
TYPES = (
    *["PushEvent"] * 55,
    *["PullRequestEvent"] * 9,
    *["IssueCommentEvent"] * 8,
    *["WatchEvent"] * 8,
    *["CreateEvent"] * 11,
    *["IssuesEvent"] * 4,
    *["PullRequestReviewEvent"] * 3,
    *["PullRequestReviewCommentEvent"] * 2,
)
HEAD = ["events", "method", "wall", "CPU", "events a second", "peak memory"]


def write_events(folder: Path, events: int) -> None:
    """Write hours with so many events; a tenth of them in the projects' repositories."""
    folder.mkdir()
    dice = random.Random(20260401)
    for hour, start in enumerate(range(0, events, EVENTS_AN_HOUR)):
        day, number = 1 + hour // 24, hour % 24
        path = folder / f"2026-04-{day:02d}-{number}.json.gz"
        count = min(EVENTS_AN_HOUR, events - start)
        with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as stream:
            stream.writelines(
                _make_line(dice, start + step, f"2026-04-{day:02d}T{number:02d}")
                for step in range(count)
            )


def _make_line(dice: random.Random, number: int, hour: str) -> str:
    is_ours = dice.random() < 0.1
    # A few accounts and repositories have most of the events, as in the archive.
    repo = 1 + int(PROJECTS * dice.random() ** 2)
    actor = 1 + int(40_000 * dice.random() ** 2)
    if not is_ours:
        repo = PROJECTS + 1 + int(REPOSITORIES * dice.random() ** 3)
        actor = 1 + int(ACCOUNTS * dice.random() ** 2)
    moment = f"{hour}:{dice.randrange(60):02d}:{dice.randrange(60):02d}Z"
    title = "Something that was done " * dice.randrange(1, 20)
    return (
        f'{{"id":"{40_000_000_000 + number}","type":"{dice.choice(TYPES)}","actor":{{"id":{actor},'
        f'"login":"account-{actor}","display_login":"account-{actor}","gravatar_id":"","url":'
        f'"https://api.github.com/users/account-{actor}","avatar_url":'
        f'"https://avatars.githubusercontent.com/u/{actor}?"}},"repo":{{"id":{repo},"name":'
        f'"owner-{repo}/repository-{repo}","url":"https://api.github.com/repos/owner-{repo}/'
        f'repository-{repo}"}},"payload":{{"ref":"refs/heads/main","head":'
        f'"{dice.getrandbits(160):040x}","title":"{title}"}},"public":true,'
        f'"created_at":"{moment}"}}\n'
    )


def compare(
    events: int, memory_gb: float, *, slow: bool
) -> tuple[list[list[str]], float, list[Measurement]]:
    """Return a row a method, the MB of gzip, and the measurements in order of the rows."""
    with tempfile.TemporaryDirectory() as folder:
        hours, cache = Path(folder) / "hours", Path(folder) / "cache"
        write_events(hours, events)
        gzip_mb = sum(path.stat().st_size for path in hours.iterdir()) / 1e6
        ask = ["-m", "benchmarks.discovery_methods"]
        common = [str(hours), str(cache), str(memory_gb)]
        runs = {
            f"read and ask ({memory_gb:g} GB allowed)": measure([*ask, "one-query", *common]),
            "ask again, all pairs in one query": measure([*ask, "one-query", *common]),
            f"ask again, {PROJECTS * (PROJECTS - 1) // 2:,} pairs, one query each": measure(
                [*ask, "query-a-pair", *common]
            ),
        }
        if slow:
            runs["plain Python over the same files"] = measure([*ask, "python", *common])
        digests_mb = sum(path.stat().st_size for path in cache.rglob("*.parquet")) / 1e6
    for name, run in runs.items():
        if run.exit_code != 0:
            sys.exit(f"{name}: exit {run.exit_code}\n{run.stderr[-2000:]}")
    # One query a pair is asked for a sample of pairs only, so its answer is another.
    answers = [run.stdout.splitlines()[0] for name, run in runs.items() if "each" not in name]
    if any(first != second for first, second in pairwise(answers)):
        sys.exit(f"the answers differ: {answers}")
    print(f"{events:,} events: {gzip_mb:.0f} MB of gzip, {digests_mb:.0f} MB as digests")
    rows = []
    for name, run in runs.items():
        scale, part_wall, part_cpu = map(float, run.stdout.splitlines()[1].split())
        wall = run.wall_seconds + (scale - 1) * part_wall
        cpu = run.cpu_seconds + (scale - 1) * part_cpu
        rows.append(
            [
                f"{events:,}",
                name + (f" (from a part, times {scale:.0f})" if scale > 1 else ""),
                f"{wall:.1f} s",
                f"{cpu:.1f} s",
                f"{events / wall:,.0f}",
                f"{run.peak_memory_mb:.0f} MB",
            ]
        )
    return rows, gzip_mb, list(runs.values())


def print_month(events: int, gzip_mb: float, first: Measurement, again: Measurement) -> None:
    """Print what a month of the archive needs, by calculation."""
    month_events = MONTH_GZIP_GB * 1e9 / REAL_EVENT_BYTES
    by_events = month_events / events * first.cpu_seconds / 3600
    by_bytes = MONTH_GZIP_GB * 1e3 / gzip_mb * first.cpu_seconds / 3600
    ask_minutes = month_events / events * again.cpu_seconds / 60
    print(
        f"\nA month of {MONTH_GZIP_GB} GB of gzip is about {month_events / 1e6:.0f} million "
        f"events (at {REAL_EVENT_BYTES} bytes each). Reading it: {by_events:.1f} CPU hours by the "
        f"number of events, {by_bytes:.1f} by bytes; real events are longer than generated ones, "
        f"so the truth lies between. Asking once it is read: {ask_minutes:.0f} CPU minutes."
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--memory", type=float, default=1.0, help="GB for the engine")
    parser.add_argument("--without-python", action="store_true")
    arguments = parser.parse_args()
    print_machine()
    rows = [HEAD]
    runs: list[Measurement] = []
    gzip_mb = 0.0
    for events in arguments.events:
        more, gzip_mb, runs = compare(events, arguments.memory, slow=not arguments.without_python)
        rows += more
    print()
    print_table(rows)
    print_month(arguments.events[-1], gzip_mb, runs[0], runs[1])


if __name__ == "__main__":
    main()
