"""Sums and counts that several pages tell: by verdict, by domain, and who moved most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from landscape.analysis.model import Landscape, Verdict
from landscape.dataset.model import Domain, Taxonomy
from landscape.report.entries import Entry, sort_by_strength


@dataclass(frozen=True)
class DomainTally:
    """One domain: its own projects strongest first, guests from other domains, and sums.

    ``openrank`` is the sum of the means on the map; ``share`` its part of the whole map's, 0 to
    1; ``place`` its place among the domains by that sum, None where it has none on the map.
    """

    domain: Domain
    entries: tuple[Entry, ...]
    guests: tuple[Entry, ...]
    openrank: float
    share: float | None
    place: int | None

    @property
    def on_map(self) -> tuple[Entry, ...]:
        """Its own projects on the map."""
        return tuple(entry for entry in self.entries if entry.on_the_map)

    @property
    def off_map(self) -> tuple[Entry, ...]:
        """Its own projects that are not on the map."""
        return tuple(entry for entry in self.entries if not entry.on_the_map)


@dataclass(frozen=True)
class Movers:
    """The largest gains and losses among the compared projects, the largest first."""

    gains: tuple[Entry, ...]
    losses: tuple[Entry, ...]


def count_verdicts(entries: list[Entry]) -> dict[Verdict, int]:
    """Return every verdict with its count, in rule 8's order."""
    counts = Counter(entry.verdict for entry in entries)
    return {verdict: counts[verdict] for verdict in Verdict}


def sum_openrank(entries: list[Entry] | tuple[Entry, ...]) -> float:
    """Return the sum of the means of the projects on the map."""
    return sum(entry.openrank_mean or 0.0 for entry in entries if entry.on_the_map)


def tally_domains(taxonomy: Taxonomy, entries: list[Entry]) -> list[DomainTally]:
    """Return every domain in the taxonomy's order. A guest counts in its own domain only."""
    ordered = sort_by_strength(entries)
    total = sum_openrank(entries)
    own = {
        domain.id: tuple(entry for entry in ordered if entry.domain == domain.id)
        for domain in taxonomy.domains
    }
    sums = {domain_id: sum_openrank(rows) for domain_id, rows in own.items()}
    places = sorted(
        (domain_id for domain_id in sums if sums[domain_id] > 0),
        key=lambda domain_id: (-sums[domain_id], domain_id),
    )
    return [
        DomainTally(
            domain=domain,
            entries=own[domain.id],
            guests=tuple(
                entry
                for entry in ordered
                if domain.id in entry.also_in and entry.domain != domain.id
            ),
            openrank=sums[domain.id],
            share=sums[domain.id] / total if total else None,
            place=places.index(domain.id) + 1 if domain.id in places else None,
        )
        for domain in taxonomy.domains
    ]


def find_movers(entries: list[Entry], limit: int) -> Movers:
    """Return the largest gains and losses; equal ones are ordered by id."""
    changes = [(entry.change, entry) for entry in entries if entry.change is not None]
    gains = sorted(
        (pair for pair in changes if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].project)
    )
    losses = sorted(
        (pair for pair in changes if pair[0] < 0), key=lambda pair: (pair[0], pair[1].project)
    )
    return Movers(
        tuple(entry for _, entry in gains[:limit]), tuple(entry for _, entry in losses[:limit])
    )


def find_leading(tally: DomainTally, limit: int) -> list[Entry]:
    """Return the domain's strongest projects: those on the map, then others with a mean."""
    return [entry for entry in tally.entries if entry.openrank_mean is not None][:limit]


def count_seams(landscape: Landscape) -> int:
    """Return how many projects have a series that vintages meet in."""
    if landscape.series.empty:
        return 0
    return int((landscape.series.groupby("project")["vintage"].nunique() > 1).sum())


def list_vintages(landscape: Landscape) -> list[tuple[str, str, str, int]]:
    """Return each vintage of the series with its first and last month and count of projects."""
    if landscape.series.empty:
        return []
    grouped = landscape.series.groupby("vintage", sort=True)
    spans = grouped.agg(
        first=("month", "min"), last=("month", "max"), projects=("project", "nunique")
    )
    return [
        (str(vintage), str(first), str(last), int(projects))
        for vintage, first, last, projects in spans.itertuples()
    ]


@dataclass(frozen=True)
class Freshness:
    """How many of the projects on the map, with known creation, were created since a month."""

    since: str
    count: int
    of: int

    @property
    def share(self) -> float | None:
        """The share, 0 to 1; None where no creation is known."""
        return self.count / self.of if self.of else None


def pick_freshness(landscape: Landscape, measure: str) -> Freshness:
    """Return one measure of ``compute_freshness``."""
    table = landscape.freshness
    row = table[table["measure"] == measure].to_dict("records")[0]
    return Freshness(str(row["period"]), int(row["projects"]), int(row["of"]))
