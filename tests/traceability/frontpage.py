"""Tracer of the front page: what each of its lines with numbers says, in order."""

from __future__ import annotations

from collections.abc import Iterator

from tests.traceability.changes import expect_brief_changes
from tests.traceability.discovered import expect_trending
from tests.traceability.figures import (
    expect_coverage,
    expect_growth,
    expect_movers_alt,
    expect_network,
    expect_strip,
    expect_survival_alt,
    expect_survival_rows,
    expect_technology,
    expect_young,
)
from tests.traceability.records import Domain, count
from tests.traceability.recount import Recount
from tests.traceability.tokens import (
    Prose,
    Token,
    Tokens,
    Wanted,
    amount,
    percent,
    plain,
    signed,
    signed_percent,
)

YOUNGEST = 10


def expect_front(recount: Recount, language: str) -> Iterator[Wanted]:
    zh = language == "zh"
    total, on_map = len(recount.ids), len(recount.ranked)
    first, last = recount.window(recount.as_of)[0], recount.as_of
    strongest = [t for p in recount.ranked[:5] for t in (f"@{p}", plain(recount.mean(p)))]
    counts: list[Token] = [total, on_map] if zh else [on_map, total]
    domains = sum(bool(members) for members in recount.members.values())
    yield [*counts, last, first, last, plain(recount.above)]
    yield [20]
    yield [last, *counts, domains, *strongest]
    everything = recount.mean_sum(recount.ranked)
    held = recount.mean_sum(recount.ranked[:10])
    # The part of the first ten is told only where there are more.
    share: list[Token] = [10, percent(100 * held / everything)] if on_map > 10 else []
    yield [*strongest, *share]
    yield _expect_largest_domains(recount, everything, zh)
    gains = [t for p in recount.gains[:5] for t in (f"@{p}", signed(recount.change(p)))]
    losses = [t for p in recount.losses[:5] for t in (f"@{p}", signed(recount.change(p)))]
    if recount.moved:
        compared, moved = len(recount.moved), signed_percent(recount.total_percent())
        yield [*recount.periods, *gains] if gains else []
        yield [*losses, compared, moved] if losses else []
    yield expect_young(recount.young[:1], on_map)
    verdicts = recount.count_verdicts()
    yield [verdicts[name] for name in verdicts if name != "on the map" and verdicts[name]]
    yield from expect_brief_changes(recount, language)
    yield [20]
    yield from _expect_top(recount)
    if recount.moved:
        yield [*recount.periods, *([total, compared] if zh else [compared, total]), moved]
        yield expect_movers_alt(recount)
        yield ["2025-05"]
    yield expect_growth(recount)
    yield expect_young(recount.young, on_map)
    yield expect_young(recount.young, on_map)
    born = {p: recount.fact(p, "created_at") for p in recount.ranked}
    youngest = sorted((p for p in born if born[p]), key=lambda p: (born[p], p), reverse=True)
    yield [token for p in youngest[:YOUNGEST] for token in (f"@{p}", born[p][:7])]
    yield from expect_trending(recount)
    yield from expect_graveyard(recount, recount.buried, with_rule=True)
    yield expect_survival_alt(recount, language, "edition")
    yield from expect_survival_rows(recount, language, "edition")
    yield expect_strip(recount)
    yield from _expect_domains(recount, everything)
    periods = recount.periods if recount.moved else []
    yield Prose((percent(100), *periods), optional=not recount.moved)
    yield expect_technology(recount)
    yield expect_network(recount, language)
    published = len(recount.window_published)
    months = len(recount.window(recount.as_of))
    yield [plain(recount.above), first, last, *([published, months])]
    yield ["2025-05"]
    yield expect_coverage(recount, language)
    yield expect_coverage(recount, language)


def expect_block(recount: Recount, language: str) -> Iterator[Tokens]:
    """The lines of the block in the repository's own README: the map, and one sentence."""
    counts: list[Token] = [len(recount.ranked), len(recount.ids)]
    counts = counts[::-1] if language == "zh" else counts
    domains = sum(bool(members) for members in recount.members.values())
    strongest = [t for p in recount.ranked[:5] for t in (f"@{p}", plain(recount.mean(p)))]
    yield [recount.as_of, *counts, domains, *strongest]
    yield [*counts, recount.as_of, *strongest]


def _expect_largest_domains(recount: Recount, everything: float, zh: bool) -> Tokens:
    sums = {d: recount.mean_sum(members) for d, members in recount.members.items() if members}
    tokens: list[Token] = []
    for domain in sorted(sums, key=lambda d: (-round(sums[d], 6), d))[:3]:
        pair = [percent(100 * sums[domain] / everything), len(recount.members[domain])]
        tokens += [f"#{domain}", *(reversed(pair) if zh else pair)]
    return tokens


def _expect_top(recount: Recount) -> Iterator[Tokens]:
    for place, project in enumerate(recount.ranked[:20], start=1):
        yield [
            place,
            f"@{project}",
            f"#{recount.domain(project)}",
            plain(recount.mean(project)),
            amount(recount.stars(project)),
            plain(recount.participants(project)),
            *([] if recount.fact(project, "language") else ["–"]),
            recount.fact(project, "created_at")[:7] or "–",
            *([] if recount.records.projects[project].get("origin") else ["–"]),
        ]


def expect_graveyard(
    recount: Recount, buried: list[str], *, with_rule: bool = False, shown: int | None = None
) -> Iterator[Wanted]:
    """The rule (where it is told), a row a project, and the line below."""
    rule = recount.records.settings.get("graveyard", {})
    if with_rule:
        since = str(rule.get("created_since", "2022-12"))[:7]
        yield [since, int(rule.get("stars", 9000)), int(rule.get("idle_months", 4))]
    for project in buried[:shown]:
        why = recount.bury(project)
        told = recount.records.projects[project].get("retired", {})
        successor = told.get("successor")
        last = recount.fact(project, "last_commit_at")[:7]
        yield [
            f"@{project}",
            f"#{recount.domain(project)}",
            recount.fact(project, "created_at")[:7] or "–",
            last or "–",
            amount(recount.stars(project)),
            *([recount.retired_on(project)[:7]] if why == "retired" else []),
            *([count(recount.as_of) - count(last)] if why == "idle" else []),
            *([f"@{successor}"] if successor else []),
        ]
    unjudged = sum(recount.bury(p) is None for p in recount.ids)
    yield Prose((len(buried[:shown]), len(buried), unjudged))


def _expect_domains(recount: Recount, everything: float) -> Iterator[Wanted]:
    domains: list[Domain] = list(recount.records.domains.values())
    told: list[str] = []
    for domain in domains:
        if domain.layer not in told:
            told.append(domain.layer)
            yield _expect_layer(domain.layer, recount, everything)
        members = recount.members[domain.id]
        own = recount.mean_sum(members)
        yield [
            f"#{domain.id}",
            len(members),
            len(recount.residents(domain.id)),
            plain(own if members else None),
            percent(100 * own / everything if members else None),
            signed_percent(recount.growth[domain.id][0] if domain.id in recount.growth else None),
            *([f"@{p}" for p in members[:4]] or ["–"]),
        ]


def _expect_layer(layer: str, recount: Recount, everything: float) -> Prose:
    """The totals of a layer, and of each group that it has."""
    own = [d for d in recount.records.domains.values() if d.layer == layer]
    parts: dict[str, list[str]] = {"": [d.id for d in own]}
    for domain in own:
        for group in domain.place[1:]:
            parts.setdefault(group["en"], []).append(domain.id)
    tokens: list[Token] = []
    for domains in parts.values():
        members = [p for d in domains for p in recount.members[d]]
        size = recount.mean_sum(members)
        residents = sum(len(recount.residents(d)) for d in domains)
        tokens += [len(members), residents, plain(size), percent(100 * size / everything)]
    return Prose(tuple(tokens))
