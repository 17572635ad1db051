"""Tracer of a project's page: standing, verdict, change, months, facts, neighbours, editions."""

from __future__ import annotations

from collections.abc import Iterator

from tests.traceability.chapters import expect_marks, expect_reason
from tests.traceability.discovered import expect_people
from tests.traceability.history import match
from tests.traceability.recount import Recount
from tests.traceability.tokens import Prose, Token, Tokens, Wanted, plain, signed, signed_percent

MONTHS = 9
NEIGHBOURS = 10
LABELS = 4
OWN = "landscape"
"""The taxonomy of the editions that were frozen here."""


def expect_project(project: str, recount: Recount, language: str) -> Iterator[Wanted]:
    rank, domain = recount.rank.get(project), recount.domain(project)
    if rank:
        place = recount.members[domain].index(project) + 1
        whole = len(recount.ranked)
        home: list[Token] = [place, f"#{domain}"]
        home = home[::-1] if language == "zh" else home
        yield [rank, whole, *home, plain(recount.mean(project)), recount.as_of]
    else:
        yield [recount.as_of]
    if recount.retired_on(project):
        yield [recount.retired_on(project)]
    yield expect_reason(project, recount, language)
    if project in recount.moved:
        before, now = recount.moved[project]
        yield [
            *recount.periods,
            plain(before),
            plain(now),
            signed(now - before),
            signed_percent(recount.percent(project)),
            signed(recount.share_change(project)),
        ]
    elif recount.moved:
        yield Prose((recount.fact(project, "created_at")[:7], *recount.periods))
    yield from _expect_months(project, recount, language)
    yield from _expect_facts(project, recount, language)
    yield from expect_people(project, recount)
    near = [n for n in recount.neighbours.get(project, []) if n[0] in recount.records.projects]
    if near:
        shown = near[:NEIGHBOURS]
        more = len(near) - len(shown)
        yield [
            *(token for other, common in shown for token in (f"@{other}", common)),
            *([more] if more else []),
        ]
    yield from _expect_editions(project, recount)


def _expect_months(project: str, recount: Recount, language: str) -> Iterator[Tokens]:
    series = recount.series(project)
    if not series:
        return
    last = max(series)
    best = max(sorted(series), key=lambda m: series[m])
    newest: list[Token] = [plain(series[last]), last]
    highest: list[Token] = [plain(series[best]), best]
    if len(series) > 1:
        yield [
            f"@{project}",
            min(series),
            last,
            *(reversed(newest) if language == "zh" else newest),
            *(reversed(highest) if language == "zh" else highest),
        ]
    months = sorted(series)[-MONTHS:]
    yield months
    yield [plain(series[m]) for m in months]
    yield [recount.monthly_ranks[m][project] for m in months]
    yield [len(recount.monthly_ranks[m]) for m in months]


def _expect_facts(project: str, recount: Recount, language: str) -> Iterator[Tokens]:
    participants = recount.participants(project)
    counts, row = recount.records.counts, recount.counts.get(project, {})
    then = [m for m in counts if counts[m].get(project) is row and m != max(counts)]
    for number in (recount.stars(project), recount.forks(project)):
        if number is not None:
            yield [number, *then]
    if participants is not None:
        yield [recount.as_of, plain(participants)]
    for name in ("created_at", "last_commit_at"):
        if recount.fact(project, name):
            yield [recount.fact(project, name)]
    yield expect_marks(project, recount, language)
    if participants is None:
        yield [recount.as_of]


def _expect_editions(project: str, recount: Recount) -> Iterator[Tokens]:
    for edition in recount.records.editions.values():
        ids = match(edition, recount)
        for key, row in edition.rows.items():
            if ids[key] != project:
                continue
            mean, stars, rank = (row.get(n) for n in ("openrank_mean", "stars", "rank"))
            # An edition of our own has the domains of today, where they still are.
            domain = row.get("domain", "")
            is_known = edition.about["taxonomy"] == OWN and domain in recount.records.domains
            more = len((row.get("domain") or row["labels"]).split(" | ")) - LABELS
            yield [
                edition.name,
                edition.about["as_of"],
                plain(float(mean)) if mean else "–",
                int(rank) if rank else "–",
                int(stars) if stars else "–",
                *([signed(more)] if more > 0 else []),
                *([f"#{domain}"] if is_known else []),
            ]
