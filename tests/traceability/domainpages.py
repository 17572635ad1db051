"""Tracer of a domain's page: headline, growth, lanes, alt texts, ranking, who is not on the map."""

from __future__ import annotations

from collections.abc import Iterator

from tests.traceability.chapters import expect_change, expect_marks, expect_reason
from tests.traceability.races import expect_race_alt, list_race_notes, list_race_title, run_race
from tests.traceability.recount import Recount
from tests.traceability.tokens import (
    Prose,
    Token,
    Tokens,
    Wanted,
    amount,
    percent,
    plain,
    signed_percent,
)

TREND_NAMED = 6
FEWEST_RACING = 3


def expect_domain(domain: str, recount: Recount, language: str) -> Iterator[Wanted]:
    zh = language == "zh"
    members, residents = recount.members[domain], recount.residents(domain)
    counts: list[Token] = [len(members), len(residents)]
    counts = counts[::-1] if zh else counts
    sums = {d: recount.mean_sum(own) for d, own in recount.members.items()}
    if members:
        order = sorted((d for d in sums if recount.members[d]),
                       key=lambda d: (-round(sums[d], 6), d))  # fmt: skip
        places = [order.index(domain) + 1, len(recount.records.domains)]
        places = places[::-1] if zh else places
        share = percent(100 * sums[domain] / recount.mean_sum(recount.ranked))
        yield [*counts, plain(sums[domain]), share, *places, recount.as_of]
    else:
        yield [*counts, recount.as_of]
    yield _expect_growth(domain, recount, zh)
    yield [
        sum(recount.records.projects[p].get("subdomain") == lane for p in members)
        for lane in recount.records.domains[domain].subdomains
    ]
    yield from _expect_pictures(domain, recount)
    guests = [p for p in recount.ranked if domain in recount.records.projects[p].get("also_in", [])]
    place = 0
    for project in sorted([*members, *guests], key=lambda p: recount.rank[p]):
        place += project in members
        yield _expect_row(project, domain, place, recount, language)
    yield from _expect_others(domain, recount, language)


def _expect_growth(domain: str, recount: Recount, zh: bool) -> Tokens:
    residents = recount.residents(domain)
    compared = len(set(residents) & recount.moved.keys())
    counts: list[Token] = [len(residents), compared] if zh else [compared, len(residents)]
    if domain not in recount.growth:
        # Without a second period there is nothing to compare, and nothing is said.
        return [*counts, *recount.periods] if recount.moved and counts != [0, 0] else []
    total = signed_percent(recount.total_percent())
    return [signed_percent(recount.growth[domain][0]), *recount.periods, *counts, total]


def _expect_pictures(domain: str, recount: Recount) -> Iterator[Wanted]:
    leading = list_leading(domain, recount)
    drawn = [p for p in leading[:TREND_NAMED] if recount.latest(p) is not None]
    if leading:
        named = [t for p in drawn for t in (f"@{p}", plain(recount.latest(p)))]
        yield [f"#{domain}", recount.as_of, *named]
    if len(leading) >= FEWEST_RACING:
        race = run_race(recount, recount.residents(domain))
        words = Prose(tuple(list_race_notes(race, [], recount)), optional=True)
        yield Prose(tuple(list_race_title(race)), optional=True)
        yield expect_race_alt(recount, race, [f"#{domain}"])
        yield words
        yield Prose((f"#{domain}", *expect_race_alt(recount, race)), optional=True)
        yield words


def list_leading(domain: str, recount: Recount) -> list[str]:
    """The projects of a domain with a mean: those on the map, then the others."""
    others = order_others([p for p in recount.residents(domain) if p not in recount.rank], recount)
    return [*recount.members[domain], *(p for p in others if recount.mean(p) is not None)]


def _expect_row(project: str, domain: str, place: int, recount: Recount, language: str) -> Tokens:
    home = recount.domain(project)
    return [
        *([place] if home == domain else []),
        f"@{project}",
        *(expect_marks(project, recount, language) if home == domain else [f"#{home}"]),
        plain(recount.mean(project)),
        *expect_change(project, recount),
        amount(recount.stars(project)),
        *([] if recount.fact(project, "language") else ["–"]),
        recount.fact(project, "created_at")[:7] or "–",
    ]


def _expect_others(domain: str, recount: Recount, language: str) -> Iterator[Tokens]:
    others = [p for p in recount.residents(domain) if p not in recount.rank]
    if others:
        yield [len(others)]
    for project in order_others(others, recount):
        successor = recount.records.projects[project].get("retired", {}).get("successor")
        yield [
            f"@{project}",
            *([f"@{successor}"] if successor else []),
            *expect_reason(project, recount, language),
            amount(recount.stars(project)),
        ]


def order_others(projects: list[str], recount: Recount) -> list[str]:
    """Those off the map: the largest means first, equal ones by id; what has none comes last."""
    means = {p: recount.mean(p) for p in projects}
    return sorted(projects, key=lambda p: (means[p] is None, -(means[p] or 0), p))
