"""The rules of the landscape, read again from its description and counted in plain Python."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from tests.traceability.counted import own_stars
from tests.traceability.files import Row
from tests.traceability.records import Records, Series, count, list_months, shift

ON_THE_MAP = "on the map"
OVER = ("retired", "gone")
VERDICTS = (*OVER, "unmeasured", "not covered", "too new", "no recent data", ON_THE_MAP, "below")


@dataclass(frozen=True)
class Judged:
    """A verdict with its arithmetic."""

    verdict: str
    mean: float | None
    known: int
    months: int
    first: str
    last: str
    vintages: tuple[str, ...]
    last_known: str


class Recount:
    """Everything that the report says of projects and domains, counted from the records."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.values = records.values["openrank"]
        self.above = float(records.settings["inclusion"]["above"])
        self.ids = sorted(records.projects)

    # Months (rules 2 and 6)

    @cached_property
    def published(self) -> list[str]:
        known: dict[str, set[str]] = defaultdict(set)
        for project in self.ids:
            for month in self.values.get(project, ()):
                known[month].add(project)
        newest = max(known)
        over = {p for p in self.ids if "" < self.retired_on(p)[:7] <= newest}
        found: list[str] = []
        for month in sorted(known):
            if found:
                last = found[-1]
                cohort = {p for p in known[last] - over if self.values[p][last] > 0}
                few = len(cohort - known[month]) <= max(1, len(cohort) // 10)
                gap = count(month) - count(last) - 1 > 3
                if not few and not (gap and 2 * len(known[month]) >= len(known[last])):
                    continue
            found.append(month)
        return found

    @cached_property
    def as_of(self) -> str:
        return self.published[-1]

    def window(self, end: str) -> list[str]:
        if self.records.settings["inclusion"]["window"] == "year-to-date":
            return list_months(f"{end[:4]}-01", end)
        return list_months(shift(end, -11), end)

    @cached_property
    def window_published(self) -> list[str]:
        return [m for m in self.window(self.as_of) if m in self.published]

    # What is declared

    def retired_on(self, project: str) -> str:
        return str(self.records.projects[project].get("retired", {}).get("date", ""))

    def state(self, project: str, source: str, state: str) -> str:
        """Return since when a source says so, empty where it does not."""
        for row in self.records.states:
            if (row["project"], row["source"], row["state"]) == (project, source, state):
                return row["since"]
        return ""

    def stale_since(self, project: str) -> str:
        """Since when a project with values is not to be had, empty where it is."""
        known = self.judged[project].last_known
        return self.state(project, "opendigger", "unavailable") if known else ""

    def fact(self, project: str, name: str) -> str:
        return self.records.facts.get(project, {}).get(name, "")

    # Verdicts (rules 7 and 8)

    def judge(self, project: str, as_of: str) -> Judged:
        series = {m: v for m, v in self.values.get(project, {}).items() if m <= as_of}
        published = [m for m in self.published if m <= as_of]
        recent = any(m in series for m in published[-3:])
        end = as_of
        seen = [m for m in published if m in series]
        stale = bool(self.state(project, "opendigger", "unavailable") and series)
        in_window = any(m in series for m in self.window(as_of) if m in published)
        if seen and (stale or (recent and not in_window)):
            end = seen[-1]
        months = self.window(end)
        chosen = [m for m in months if m in published and m in series]
        mean = round(fmean(series[m] for m in chosen), 6) if chosen else None
        vintages = {self.records.vintages[project][m] for m in chosen}
        gone = self.state(project, "github", "gone")
        created = self.fact(project, "created_at")
        absent = self.state(project, "opendigger", "absent")
        if "" < self.retired_on(project)[:7] <= as_of:
            verdict = "retired"
        elif gone and gone[:7] <= as_of:
            verdict = "gone"
        elif created[:7] > published[-1]:
            verdict = "too new"
        elif not series:
            verdict = "not covered" if absent else "unmeasured"
        elif not recent and not (stale and mean is not None):
            verdict = "no recent data"
        else:
            verdict = ON_THE_MAP if mean is not None and mean > self.above else "below"
        return Judged(verdict, mean, len(chosen), len(months), months[0], months[-1],
                      tuple(sorted(vintages)), max(series, default=""))  # fmt: skip

    @cached_property
    def judged(self) -> dict[str, Judged]:
        return {project: self.judge(project, self.as_of) for project in self.ids}

    @cached_property
    def ranked(self) -> list[str]:
        """Who is on the map, the strongest first, equal ones by id."""
        means = {p: j.mean or 0.0 for p, j in self.judged.items() if j.verdict == ON_THE_MAP}
        return sorted(means, key=lambda p: (-means[p], p))

    @cached_property
    def rank(self) -> dict[str, int]:
        return {project: place for place, project in enumerate(self.ranked, start=1)}

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """The projects on the map of each domain, the strongest first."""
        found: dict[str, list[str]] = {domain: [] for domain in self.records.domains}
        for project in self.ranked:
            found[self.domain(project)].append(project)
        return found

    def domain(self, project: str) -> str:
        return str(self.records.projects[project]["domain"])

    def residents(self, domain: str) -> list[str]:
        return [p for p in self.ids if self.domain(p) == domain]

    def mean(self, project: str) -> float | None:
        return self.judged[project].mean

    def mean_sum(self, projects: list[str]) -> float:
        return sum(self.judged[p].mean or 0.0 for p in projects)

    def latest(self, project: str) -> float | None:
        return self.values.get(project, {}).get(self.as_of)

    # Change (rule 9)

    @cached_property
    def basis(self) -> tuple[list[str], list[str]]:
        """The current and the earlier period that make more projects comparable."""
        current = self.window_published
        first = (current, [shift(m, -12) for m in current])
        newest = self.published[-3:]
        bases = []
        for month in self.published:
            three = list_months(month, shift(month, 2))
            within = count(newest[-1]) - count(month) <= 24
            if within and three[-1] < newest[0] and set(three) <= set(self.published):
                bases.append((newest, three))
        most = max((len(self.compare(*b)) for b in bases), default=0)
        second = next((b for b in bases if len(self.compare(*b)) >= most / 2), first)
        return second if len(self.compare(*second)) > len(self.compare(*first)) else first

    def compare(self, current: list[str], earlier: list[str]) -> list[str]:
        """The projects that are not over, of which every month is known, in one vintage."""
        months = [*current, *earlier]
        found = []
        for project in self.ids:
            if self.judged[project].verdict in OVER:
                continue
            series, labels = self.values.get(project, {}), self.records.vintages.get(project, {})
            if all(m in series for m in months) and len({labels[m] for m in months}) == 1:
                found.append(project)
        return found

    @cached_property
    def moved(self) -> dict[str, tuple[float, float]]:
        """Earlier and current mean of the compared projects."""
        current, earlier = self.basis
        return {
            project: (self.average(project, earlier), self.average(project, current))
            for project in self.compare(current, earlier)
        }

    def average(self, project: str, months: list[str]) -> float:
        return fmean(self.values[project][m] for m in months)

    @cached_property
    def totals(self) -> tuple[float, float]:
        return sum(b for b, _ in self.moved.values()), sum(n for _, n in self.moved.values())

    def total_percent(self) -> float:
        return 100 * (self.totals[1] / self.totals[0] - 1)

    def change(self, project: str) -> float | None:
        pair = self.moved.get(project)
        return None if pair is None else pair[1] - pair[0]

    def percent(self, project: str) -> float | None:
        pair = self.moved.get(project)
        return None if pair is None or not pair[0] else 100 * (pair[1] / pair[0] - 1)

    def share_change(self, project: str) -> float:
        before, now = self.moved[project]
        return 100 * (now / self.totals[1] - before / self.totals[0])

    @cached_property
    def gains(self) -> list[str]:
        return self._order_moved(1)

    @cached_property
    def losses(self) -> list[str]:
        return self._order_moved(-1)

    def _order_moved(self, way: int) -> list[str]:
        sizes = {p: round(way * (now - before), 6) for p, (before, now) in self.moved.items()}
        return sorted((p for p in sizes if sizes[p] > 0), key=lambda p: (-sizes[p], p))

    @cached_property
    def growth(self) -> dict[str, tuple[float, int]]:
        """Growth in percent and number of compared projects, by domain, the largest first."""
        pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for project, pair in self.moved.items():
            pairs[self.domain(project)].append(pair)
        found = {
            domain: (100 * (sum(n for _, n in own) / sum(b for b, _ in own) - 1), len(own))
            for domain, own in pairs.items()
            if len(own) >= 3
        }
        return dict(sorted(found.items(), key=lambda item: (-round(item[1][0], 6), item[0])))

    @property
    def basis_label(self) -> str:
        now, before = self.basis
        return f"{now[0]}..{now[-1]} vs {before[0]}..{before[-1]}"

    @property
    def periods(self) -> list[str]:
        """The months that a sentence about change names: now from, to, before from, to."""
        now, before = self.basis
        return [now[0], now[-1], before[0], before[-1]]

    @cached_property
    def young(self) -> list[tuple[str, int, int]]:
        """Since a month, how many of the map were created, and of how many it is known (F14)."""
        created = [self.fact(p, "created_at")[:7] for p in self.ranked]
        known = [month for month in created if month]
        sinces = (f"{int(self.as_of[:4]) - 1}-01", shift(self.as_of, -5))
        return [(since, sum(m >= since for m in known), len(known)) for since in sinces]

    def count_verdicts(self) -> dict[str, int]:
        told = [judged.verdict for judged in self.judged.values()]
        return {name: told.count(name) for name in VERDICTS}

    @cached_property
    def neighbours(self) -> dict[str, list[tuple[str, int]]]:
        """Who shares developers with whom: the most first, equal ones by id."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for pair, common in self.records.pairs.items():
            one, other = sorted(pair)
            found[one].append((other, common))
            found[other].append((one, common))
        return {p: sorted(near, key=lambda n: (-n[1], n[0])) for p, near in found.items()}

    # Facts of repositories (rule 6)

    @cached_property
    def counts(self) -> dict[str, Row]:
        """The counts of the newest month, or of a project's own month nearest to it."""
        found: dict[str, Row] = {}
        for month in sorted(self.records.counts):
            for project, row in self.records.counts[month].items():
                if row.get("stars") or row.get("forks"):
                    found[project] = row
        return found

    def stars(self, project: str) -> int | None:
        cell = self.counts.get(project, {}).get("stars", "")
        return int(cell) if cell else None

    def forks(self, project: str) -> int | None:
        cell = self.counts.get(project, {}).get("forks", "")
        return int(cell) if cell else None

    def participants(self, project: str) -> float | None:
        return self.find_latest(project, "participants")

    def find_latest(self, project: str, metric: str) -> float | None:
        """The value of the data month."""
        return self.records.values[metric].get(project, {}).get(self.as_of)

    # The graveyard (F6)

    def bury(self, project: str) -> str | None:
        """Return why a project is buried, empty where it is not, None where nobody can say."""
        rule = self.records.settings.get("graveyard", {})
        if "" < self.retired_on(project)[:7] <= self.as_of:
            return "retired"
        if self.fact(project, "archived") == "true":
            return "archived"
        created, last = self.fact(project, "created_at"), self.fact(project, "last_commit_at")
        stars = self.stars(project)
        answers = [
            created >= str(rule.get("created_since", "2022-12-01")) if created else None,
            stars >= int(rule.get("stars", 9000)) if stars is not None else None,
            count(self.as_of) - count(last) >= int(rule.get("idle_months", 4)) if last else None,
        ]
        if False in answers:
            return ""
        return None if None in answers else "idle"

    @cached_property
    def buried(self) -> list[str]:
        stars = {project: self.stars(project) for project in self.ids if self.bury(project)}
        return sorted(stars, key=lambda p: (stars[p] is None, -(stars[p] or 0), p))

    # Month by month

    def replay(self, month: str) -> set[str]:
        return {p for p in self.ids if self.judge(p, month).verdict == ON_THE_MAP}

    @cached_property
    def strip(self) -> list[tuple[str, int, int, int, int]]:
        """Published month, on the map, entered, newly covered, left."""
        found = []
        before: set[str] = set()
        last = ""
        for month in self.published:
            now = self.replay(month)
            came = now - before
            entered = {p for p in came if self._entered(p, last)} if last else set()
            found.append((month, len(now), len(entered), len(came - entered) if last else 0,
                          len(before - now)))  # fmt: skip
            before, last = now, month
        return found

    def _entered(self, project: str, last: str) -> bool:
        return min(self.values[project]) <= last or self.fact(project, "created_at")[:7] > last

    # Monthly ranks among all that have a value

    @cached_property
    def monthly_ranks(self) -> dict[str, dict[str, int]]:
        found = {}
        months = {m for p in self.ids for m in self.values.get(p, {})}
        for month in months:
            known = {p: self.values[p][month] for p in self.ids if month in self.values.get(p, {})}
            order = sorted(known, key=lambda p: (-known[p], p))
            found[month] = {p: place for place, p in enumerate(order, start=1)}
        return found

    def series(self, project: str, metric: str = "openrank") -> Series:
        """The known months of a metric; stars that OpenDigger lacks are those of discovery."""
        values = self.records.values[metric].get(project, {})
        known = {m: v for m, v in values.items() if m <= self.as_of}
        return (self.gained.get(project, {}) | known) if metric == "stars" else known

    @cached_property
    def gained(self) -> dict[str, Series]:
        """By project, the stars that discovery counted in months with enough of their hours."""
        found: dict[str, Series] = defaultdict(dict)
        counted = self.records.counted
        for month in counted.stars:
            ours, _ = own_stars(month, counted, self.records.projects)
            for project, row in ours.items() if not counted.is_sampled(month) else ():
                found[project][month] = float(row["stars"])
        return found

    def vintage(self, project: str, month: str, metric: str = "openrank") -> str:
        """Where the value of a month comes from: an edition, the last refresh, or the archive."""
        if month not in self.records.values[metric].get(project, {}):
            return "archive"
        own = self.records.own_vintages.get((metric, project, month))
        return own or self.records.vintages[project][month]
