"""Who was ahead month by month, among a group of projects (F9)."""

from __future__ import annotations

from collections.abc import Collection

from tests.traceability.recount import Recount
from tests.traceability.tokens import Token, Tokens, plain

NAMED = 5
PLACES = 10
Race = dict[str, list[str]]
"""By month, the group's known projects, the strongest first."""


def run_race(recount: Recount, members: Collection[str], since: str = "") -> Race:
    """Rank the group in every month from where at least half of its best coverage is known."""
    known: dict[str, list[str]] = {}
    for project in members:
        for month in recount.series(project):
            if month >= since:
                known.setdefault(month, []).append(project)
    if not known:
        return {}
    most = max(map(len, known.values()))
    enough = {m for m, projects in known.items() if 2 * len(projects) >= most}
    last = max(enough)
    poor = max((m for m in known if m < last and m not in enough), default="")
    return {
        month: sorted(known[month], key=lambda p: (-recount.values[p][month], p))
        for month in sorted(known)
        if poor < month <= last
    }


def expect_race_alt(recount: Recount, race: Race, group: Tokens = ()) -> Tokens:
    last = max(race)
    values: list[Token] = []
    for project in race[last][:NAMED]:
        values += [f"@{project}", plain(recount.values[project][last])]
    return [*group, min(race), last, *values]


def list_race_title(race: Race) -> list[Token]:
    """What the title of a race may tell: who leads, who led, and in how many months."""
    leaders = [order[0] for order in race.values()]
    shown = {p for order in race.values() for p in order[:PLACES]}
    counts = {leaders.count(p) for p in leaders}
    return [min(race), len(race), *sorted(counts), *(f"@{p}" for p in sorted(shown))]


def list_race_notes(race: Race, group: Tokens, recount: Recount) -> list[Token]:
    """What stands below or above a race: its places, months, vintages, and who was ranked."""
    sizes = [len(order) for order in race.values()]
    vintages = {recount.records.vintages[p][m] for m, order in race.items() for p in order}
    shown = sorted({min(PLACES, size) for size in sizes})
    return [*group, min(race), max(race), *shown, *sorted({max(sizes), min(sizes), sizes[-1]}),
            *sorted(vintages)]  # fmt: skip
