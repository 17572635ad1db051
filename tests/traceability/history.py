"""Editions and survival, counted again: who came, left and stayed, and for how long."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import NormalDist, fmean
from typing import Any

from tests.traceability.files import Row
from tests.traceability.records import Edition, Series, count, list_months, shift
from tests.traceability.recount import Recount


@dataclass(frozen=True)
class Snapshot:
    """An edition, or the landscape of now, as far as two of them are compared."""

    name: str
    as_of: str
    imported: bool
    above: float | None
    """None where no rule was published."""
    taxonomy: str
    on_map: frozenset[str]
    listed: frozenset[str]
    repos: dict[str, str]
    labels: dict[str, str]
    """The domain of a project, in the words of the edition."""
    means: dict[str, float]
    ranks: dict[str, int]
    series: dict[str, Series]
    created: dict[str, str]
    rows: dict[str, Row]
    """What an edition says of each project; empty for the landscape of now."""


def snap_edition(edition: Edition, recount: Recount) -> Snapshot:
    """Read an edition, with the ids that its projects have now."""
    ids = match(edition, recount)
    rows = {ids[project]: row for project, row in edition.rows.items()}
    told: dict[str, Any] = edition.about
    on_map = frozenset(p for p, row in rows.items() if row["on_the_map"] == "true")
    means = {p: float(row["openrank_mean"]) for p, row in rows.items() if row.get("openrank_mean")}
    series = {ids[project]: values for project, values in edition.series.items()}
    published = {p: int(row["rank"]) for p, row in rows.items() if row.get("rank")}
    months = list_months(shift(told["as_of"], -2), told["as_of"])
    strength = {p: m for p, m in means.items() if p in on_map} or {
        p: fmean(values[m] for m in months)
        for p, values in series.items()
        if p in on_map and all(m in values for m in months)
    }
    derived = {p: 1 + sum(round(o, 6) > round(v, 6) for o in strength.values())
               for p, v in strength.items()}  # fmt: skip
    return Snapshot(
        name=edition.name,
        as_of=told["as_of"],
        imported=told["kind"] == "imported",
        above=float(told["rule"]["above"]) if told["rule"] else None,
        taxonomy=told["taxonomy"],
        on_map=on_map,
        listed=frozenset(rows),
        repos={p: row["repo"] for p, row in rows.items()},
        labels={p: row.get("domain") or row["labels"] for p, row in rows.items()},
        means=means,
        ranks=published or derived,
        series=series,
        created={p: row["created_at"] for p, row in rows.items()},
        rows=rows,
    )


def snap_now(recount: Recount) -> Snapshot:
    records = recount.records
    return Snapshot(
        name="",
        as_of=recount.as_of,
        imported=False,
        above=recount.above,
        taxonomy="landscape",
        on_map=frozenset(recount.ranked),
        listed=frozenset(recount.ids),
        repos={p: told["repo"] for p, told in records.projects.items()},
        labels={p: told["domain"] for p, told in records.projects.items()},
        means={p: j.mean for p, j in recount.judged.items() if j.mean is not None},
        ranks=recount.rank,
        series={p: recount.series(p) for p in recount.ids},
        created={p: recount.fact(p, "created_at") for p in recount.ids},
        rows={},
    )


@cache
def _match(recount: Recount, name: str) -> dict[str, str]:
    edition = recount.records.editions[name]
    numbers = {row["repo_id"]: p for p, row in recount.records.facts.items() if row["repo_id"]}
    names: dict[str, str] = {}
    for project, told in recount.records.projects.items():
        for repo in [*told.get("former_repos", []), told["repo"]]:
            names[repo.lower()] = project
    return {
        project: project
        if project in recount.records.projects
        else numbers.get(row["repo_id"]) or names.get(row["repo"].lower()) or project
        for project, row in edition.rows.items()
    }


def match(edition: Edition, recount: Recount) -> dict[str, str]:
    """Return, by project of an edition, its id of now: by id, repository's number, or name."""
    return _match(recount, edition.name)


@dataclass(frozen=True)
class Pair:
    """Two snapshots compared."""

    before: Snapshot
    after: Snapshot
    stayed: list[str]
    entered: list[str]
    newly_covered: list[str]
    left: list[str]
    moved: list[str]
    """Who stayed, in another domain of the same taxonomy."""
    renamed: list[str]
    openrank: dict[str, tuple[float, float]]
    periods: list[str]

    def order(self, projects: list[str], names: dict[str, str]) -> list[str]:
        """The strongest of the later map first, then of the earlier, then by name."""
        far = 10**9
        ranks = (self.after.ranks, self.before.ranks)
        return sorted(projects, key=lambda p: (*(r.get(p, far) for r in ranks), names.get(p, p)))

    def rank_changes(self) -> list[tuple[str, int, int]]:
        both = [p for p in self.stayed if p in self.before.ranks and p in self.after.ranks]
        found = [(p, self.before.ranks[p], self.after.ranks[p]) for p in both]
        moved = [item for item in found if item[1] != item[2]]
        return sorted(moved, key=lambda item: (-abs(item[1] - item[2]), item[0]))

    def openrank_changes(self) -> list[tuple[str, float, float]]:
        found = [(p, *self.openrank[p]) for p in self.stayed if p in self.openrank]
        moved = [item for item in found if round(item[2] - item[1], 6)]
        return sorted(moved, key=lambda item: (-round(abs(item[2] - item[1]), 6), item[0]))


def compare_snapshots(before: Snapshot, after: Snapshot, recount: Recount) -> Pair:
    came = sorted(after.on_map - before.on_map)
    known = {p for p in before.series if p in before.listed} | set(before.means)
    start = shift(before.as_of, 1)
    entered = [p for p in came if p in known or after.created.get(p, "")[:7] >= start]
    periods = [(shift(s.as_of, -2), s.as_of) for s in (before, after)]
    months = [list_months(*period) for period in periods]
    compared = {
        p: (fmean(values[m] for m in months[0]), fmean(values[m] for m in months[1]))
        for p, values in after.series.items()
        if all(m in values for part in months for m in part)
        and len(find_vintages(after, p, [*months[0], *months[1]], recount)) == 1
    }
    both = before.listed & after.listed & (before.on_map | after.on_map)
    return Pair(
        before=before,
        after=after,
        stayed=sorted(before.on_map & after.on_map),
        entered=entered,
        newly_covered=[p for p in came if p not in entered],
        left=sorted(before.on_map - after.on_map),
        moved=[
            p
            for p in sorted(before.on_map & after.on_map)
            if before.taxonomy == after.taxonomy and before.labels[p] != after.labels[p]
        ],
        renamed=[p for p in sorted(both) if before.repos[p].lower() != after.repos[p].lower()],
        openrank=compared,
        periods=[*periods[0], *periods[1]],
    )


def find_vintages(side: Snapshot, project: str, months: list[str], recount: Recount) -> set[str]:
    if side.name:
        return {side.name}
    return {recount.records.vintages[project][m] for m in months}


@cache
def list_pairs(recount: Recount) -> list[Pair]:
    """The last edition and now, then each edition and the one after it, then the first and now."""
    editions = [snap_edition(e, recount) for e in recount.records.editions.values()]
    editions.sort(key=lambda e: (e.as_of, e.name))
    now = snap_now(recount)
    between = list(pairwise(editions))
    if not editions:
        return []
    sides = [(editions[-1], now), *reversed(between)]
    if len(editions) > 1:
        sides.append((editions[0], now))
    return [compare_snapshots(before, after, recount) for before, after in sides]


@dataclass(frozen=True)
class Group:
    """Projects followed together, and what became of them."""

    kind: str
    name: str
    projects: int
    spells: dict[str, tuple[int, bool]]
    """Of those above the threshold at the start: for how many months, and whether they fell."""
    unknown: int
    not_above: int
    unseen: int

    @property
    def followed(self) -> int:
        return sum(months > 0 for months, _ in self.spells.values())

    @property
    def ended(self) -> int:
        return sum(ended for _, ended in self.spells.values())

    def curve(self) -> list[tuple[int, float, float | None, float | None]]:
        """At risk, share, low and high of every month (Kaplan, Meier and Greenwood)."""
        share, spread = 1.0, 0.0
        found = []
        wide = NormalDist().inv_cdf(0.975)
        for month in range(max(months for months, _ in self.spells.values()) + 1):
            at_risk = sum(months >= month for months, _ in self.spells.values())
            fell = sum(ended and months == month for months, ended in self.spells.values())
            share *= 1 - fell / at_risk
            if fell < at_risk:
                spread += fell / (at_risk * (at_risk - fell))
            low = high = None
            if 0 < share < 1:
                width = wide * math.sqrt(spread) / math.log(share)
                low, high = share ** math.exp(-width), share ** math.exp(width)
            found.append((at_risk, share, low, high))
        return found

    def result(self) -> tuple[int, float, float | None, float | None]:
        """Month, share, low and high where at least five are still followed."""
        curve = self.curve()
        last = max(month for month, point in enumerate(curve) if point[0] >= 5)
        return (last, *curve[last][1:])


@cache
def list_groups(recount: Recount) -> list[Group]:
    """Every edition, half-year of creation and domain, as they are followed."""
    members = {}
    for edition in recount.records.editions.values():
        snapshot = snap_edition(edition, recount)
        if snapshot.as_of <= recount.as_of:
            members[edition.name] = (snapshot.as_of, snapshot.on_map)
    groups = [
        follow("edition", name, dict.fromkeys(sorted(on_map), start), recount)
        for name, (start, on_map) in members.items()
    ]
    groups += _follow_half_years(recount)
    first: dict[str, str] = {}
    for start, on_map in members.values():
        for project in on_map:
            first.setdefault(project, start)
    for domain in sorted(recount.records.domains):
        starts = {p: first[p] for p in recount.residents(domain) if p in first}
        if starts:
            groups.append(follow("domain", domain, starts, recount))
    return groups


def _follow_half_years(recount: Recount) -> list[Group]:
    """Follow, by half-year of creation, those that are seen from their start."""
    halves: dict[str, list[str]] = defaultdict(list)
    for project in recount.ids:
        born = recount.fact(project, "created_at")
        if born:
            halves[f"{born[:4]} H{1 if born[5:7] <= '06' else 2}"].append(project)
    groups = []
    for half in sorted(halves):
        seen = {p: start for p in halves[half] if (start := find_start(p, recount))}
        if seen:
            starts = {p: find_first_above(p, start, recount) for p, start in seen.items()}
            unseen = len(halves[half]) - len(seen)
            groups.append(follow("created", half, starts, recount, unseen))
    return groups


def find_start(project: str, recount: Recount) -> str:
    """The first known month of a project whose values begin at most three months after birth."""
    series = recount.series(project)
    born = recount.fact(project, "created_at")[:7]
    if not series or not born:
        return ""
    first = min(series)
    return first if 0 <= count(first) - count(born) <= 3 else ""


@cache
def trail(project: str, recount: Recount) -> Series:
    """The mean of every month and the two before it, where these are known."""
    series, start = recount.series(project), find_start(project, recount)
    found = {}
    for month in series:
        window = list_months(shift(month, -2), month)
        if start and start in window:
            window = window[window.index(start) :]
        if all(m in series for m in window):
            found[month] = round(fmean(series[m] for m in window), 6)
    return found


def find_first_above(project: str, start: str, recount: Recount) -> str:
    above = [m for m, v in sorted(trail(project, recount).items()) if v > recount.above]
    return above[0] if above else start


def follow(
    kind: str, name: str, starts: dict[str, str], recount: Recount, unseen: int = 0
) -> Group:
    spells: dict[str, tuple[int, bool]] = {}
    unknown = not_above = 0
    for project, start in starts.items():
        means = trail(project, recount) if project in recount.records.projects else {}
        if start not in means:
            unknown += 1
        elif means[start] <= recount.above:
            not_above += 1
        else:
            month, steps = start, 0
            while means.get(month, 0.0) > recount.above:
                month, steps = shift(month, 1), steps + 1
            spells[project] = (steps, True) if month in means else (steps - 1, False)
    return Group(kind, name, len(starts) + unseen, spells, unknown, not_above, unseen)
