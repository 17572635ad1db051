"""The ways to count common developers that ``benchmarks.discovery`` compares.

Each prints the sum and number of its pairs; then, where it asked for a part of the pairs only, by
how much that part has to be multiplied, and the wall and CPU seconds that it took.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from landscape.analysis import discovery
from landscape.analysis.discovery import Roster
from landscape.analysis.event_shapes import recognise_events
from landscape.dataset.model import Discovery
from landscape.sources.archive_digest import digest_files
from landscape.sources.archive_engine import open_embedded
from landscape.sources.archive_files import list_event_files

PROJECTS = 230
THREADS = 2
MONTHS = ("2026-04",)
RULES = Discovery(bot_repositories=10_000)
SAMPLE = 40


def ask_once(hours: Path, cache: Path, memory_gb: float) -> None:
    """All pairs in one query."""
    files = list_event_files([hours])
    digests, _ = digest_files(files, cache / "digests", memory_gb=memory_gb, threads=THREADS)
    engine = open_embedded(cache / "spill", memory_gb=memory_gb, threads=THREADS)
    events = recognise_events(engine.read_files([each.path for each in digests]), "events")
    within = discovery.select_window(events, MONTHS)
    activity = engine.keep(discovery.select_activity(within, RULES))
    roster = Roster({number: f"p{number:03d}" for number in range(1, PROJECTS + 1)})
    pairs = engine.fetch(discovery.count_pairs(activity, roster, 1))
    print(int(pairs["common_developers"].sum()), len(pairs))
    print(1, 0, 0)


def ask_each_pair(cache: Path, memory_gb: float) -> None:
    """Ask one query a pair over the same digests, of a sample of the pairs."""
    engine = open_embedded(cache / "spill", memory_gb=memory_gb, threads=THREADS)
    events = recognise_events(engine.read_files(sorted((cache / "digests").glob("*.parquet"))), "x")
    within = discovery.select_people(discovery.select_window(events, MONTHS), RULES)
    chosen = within.filter(within.type.isin(list(RULES.event_types)))
    every = list(combinations(range(1, PROJECTS + 1), 2))
    sample = every[:: len(every) // SAMPLE]
    total = 0
    wall, cpu = time.perf_counter(), time.process_time()
    for first, second in sample:
        left = chosen.filter(chosen.repo_id == first).select("developer").distinct()
        right = chosen.filter(chosen.repo_id == second).select("developer").distinct()
        both = left.semi_join(right, "developer")
        total += int(engine.fetch(both.aggregate(n=both.count()))["n"].iloc[0])
    print(total, len(sample))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(len(every) / len(sample), wall, cpu)


def read_plainly(hours: Path) -> None:
    """Every line through Python's own gzip and JSON, people in sets."""
    people: dict[int, set[int]] = defaultdict(set)
    for path in sorted(hours.iterdir()):
        with gzip.open(path) as stream:
            for line in stream:
                event = json.loads(line)
                repo = event["repo"]["id"]
                if repo <= PROJECTS and event["type"] in RULES.event_types:
                    people[repo].add(event["actor"]["id"])
    common = [len(people[a] & people[b]) for a, b in combinations(sorted(people), 2)]
    print(sum(common), sum(number > 0 for number in common))
    print(1, 0, 0)


def main() -> None:
    """Run the method that is named."""
    method, hours, cache, memory_gb = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    if method == "python":
        read_plainly(hours)
    elif method == "query-a-pair":
        ask_each_pair(cache, float(memory_gb))
    else:
        ask_once(hours, cache, float(memory_gb))


if __name__ == "__main__":
    main()
