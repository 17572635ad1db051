"""What the sentences beside figures say: alt texts, headlines, tables that pages share."""

from __future__ import annotations

from collections.abc import Iterator

from tests.traceability.history import Group, list_groups
from tests.traceability.recount import Recount
from tests.traceability.tokens import (
    Prose,
    Shown,
    Token,
    Tokens,
    percent,
    plain,
    signed,
    signed_percent,
)


def expect_young(young: list[tuple[str, int, int]], on_map: int) -> Prose:
    """How many of the map were created since January of last year, and in six months (F14).

    And of how many it is not known, where there are such.
    """
    undated = on_map - young[0][2]
    tokens: list[Token] = [undated] if undated else []
    for place, (since, number, known) in enumerate(young):
        share = percent(100 * number / known if known else 0)
        tokens += [number, *([] if place else [known]), share, since]
    return Prose(tuple(tokens))


def expect_movers_alt(recount: Recount) -> Tokens:
    tokens: list[Token] = [len(recount.moved)]
    for projects in (recount.gains[:5], recount.losses[:5]):
        tokens += [t for p in projects for t in (f"@{p}", signed(recount.change(p)))]
    return tokens


def expect_growth(recount: Recount) -> list[Token]:
    return [
        token
        for domain, (growth, _) in recount.growth.items()
        for token in (f"#{domain}", signed_percent(growth))
    ]


def expect_strip(recount: Recount) -> Tokens:
    tokens: list[Token] = []
    for month, on_map, entered, newly, left in recount.strip[-6:]:
        tokens += [month, on_map, entered + newly, left]
    return tokens


def expect_technology(recount: Recount) -> Tokens:
    rows = select_technology(recount)
    if not rows:
        return []
    years = sorted(row[1] for row in rows)
    newest = [(domain, value) for domain, year, value in rows if year == years[-1]]
    newest.sort(key=lambda item: -item[1])
    return [years[0], years[-1], *(plain(value) for _, value in newest)]


def choose_vintage(recount: Recount) -> str:
    """The basis of the yearly figures of technology domains that covers most years."""
    years: dict[str, set[str]] = {}
    for row in recount.records.technology:
        years.setdefault(row["vintage"], set()).add(row["year"])
    return max(sorted(years), key=lambda vintage: len(years[vintage]), default="")


def select_technology(recount: Recount) -> list[tuple[str, str, float]]:
    """Domain, year and value of the one basis that covers most years; figures of others differ."""
    chosen = choose_vintage(recount)
    return [
        (row["domain"], row["year"], float(row["openrank"]))
        for row in recount.records.technology
        if row["vintage"] == chosen and row["openrank"]
    ]


MOST_EDGES = 260


def choose_threshold(recount: Recount) -> int:
    """The smallest multiple of ten that leaves no more pairs than can be drawn."""
    least = 10
    while len(list_network(recount, least)) > MOST_EDGES:
        least += 10
    return least


def expect_network(recount: Recount, language: str, least: int = 0) -> Tokens:
    """What the alt text of the whole network tells; ``least`` where a figure asks for it."""
    least = least or choose_threshold(recount)
    pairs = list_network(recount, least)
    nodes = {project for pair, _ in pairs for project in pair}
    strongest: list[Token] = []
    for pair, common in pairs[:5]:
        strongest += [*(f"@{p}" for p in pair), common]
    return [len(nodes), len(pairs), least, *strongest] if pairs else []


def list_network(recount: Recount, least: int) -> list[tuple[tuple[str, str], int]]:
    """Pairs of listed projects with at least so many common developers, the most first."""
    found = []
    for pair, common in recount.records.pairs.items():
        one, other = sorted(pair)
        if common >= least and {one, other} <= recount.records.projects.keys():
            found.append(((one, other), common))
    return sorted(found, key=lambda item: (-item[1], item[0]))


def count_known(recount: Recount) -> tuple[int, int]:
    """How many projects are known in the data month, and how many never had a value."""
    known = sum(recount.as_of in recount.series(p) for p in recount.ids)
    return known, sum(not recount.series(p) for p in recount.ids)


def expect_coverage(recount: Recount, language: str) -> Tokens:
    known, never = count_known(recount)
    total = len(recount.ids)
    if language == "zh":
        return [total, known, recount.as_of, never]
    return [recount.as_of, known, total, never]


def expect_survival_alt(recount: Recount, language: str, kind: str) -> Tokens:
    return [
        token
        for group in list_groups(recount)
        if group.kind == kind and group.followed >= 10
        for token in (name_group(group), *expect_result(group, language))
    ]


def name_group(group: Group) -> str:
    return f"#{group.name}" if group.kind == "domain" else group.name


def expect_survival_rows(recount: Recount, language: str, kind: str) -> Iterator[Tokens]:
    for group in list_groups(recount):
        if group.kind == kind:
            name = [] if kind == "domain" else [name_group(group)]
            counts = [group.projects, group.followed, group.ended]
            yield [*name, *counts, *expect_result(group, language)]


def expect_result(group: Group, language: str) -> list[Token]:
    if group.followed < 10:
        return [] if group.spells and not group.followed else [group.followed, 10]
    months, share, low, high = group.result()
    if low is None or high is None:
        return [months, group.followed] if language == "zh" else [group.followed, months]
    order: list[Token] = [percent(100 * share), months]
    order = order[::-1] if language == "zh" else order
    return [*order, Shown(95, percent=True), percent(100 * low), percent(100 * high)]
