"""Tracer of what discovery adds to pages: who develops a project, and what trends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.traceability.counted import COUNTED, Span, find_people, own_stars
from tests.traceability.files import Row
from tests.traceability.records import shift
from tests.traceability.recount import Recount
from tests.traceability.tokens import Token, Tokens, percent

PLACES = 8
TRENDING = 10


def expect_people(project: str, recount: Recount) -> Iterator[Tokens]:
    """A sentence with the months, and the source; nothing where nobody was counted."""
    counted = recount.records.counted
    people = find_people(project, counted)
    if people is None:
        return
    span = counted.find_span("community")
    window = counted.windows["community"]
    months: list[Token] = [*dict.fromkeys((span.first if span else window, window))]
    told: list[Token] = [people.developers, *months]
    told += [people.main] if people.main is not None else []
    if people.places:
        told += [people.placed, *(number for _, number in people.places[:PLACES])]
    yield told
    yield expect_source(people.rows, span)


def expect_trending(recount: Recount) -> Iterator[Tokens]:
    """The month, our projects, what else gained most, and of how many hours both months are."""
    counted, projects = recount.records.counted, recount.records.projects
    if not counted.stars:
        return
    month = max(counted.stars)
    ours, others = own_stars(month, counted, projects)
    earlier, _ = own_stars(shift(month, -1), counted, projects)
    yield [month]
    for project, row in list(ours.items())[:TRENDING]:
        before: Token = int(earlier[project]["stars"]) if project in earlier else "–"
        domain = f"#{recount.domain(project)}"
        yield [f"@{project}", domain, int(row["stars"]), before, int(row["place"])]
    shown = [row for row in others if not is_left_out(row["repo"], row["repo_id"], recount)]
    for row in shown[:TRENDING]:
        yield [int(row["stars"]), int(row["place"])]
    note = expect_source(counted.stars[month], counted.spans.get(("trending", month)))
    known = [other for other in counted.stars if other != month]
    span = counted.spans.get(("trending", max(known))) if known else None
    if span and span.hours < span.total and earlier.keys() & ours.keys():
        note += [span.last, span.hours, span.total]
    yield note


def is_left_out(repo: str, number: str, recount: Recount) -> bool:
    """Whether a repository is no candidate: refused, or a further or former one of a project."""
    told = recount.records.projects.values()
    names = {str(item["repo"]) for item in recount.records.rejected}
    names |= {n for p in told for key in ("additional_repos", "former_repos")
              for n in p.get(key, [])}  # fmt: skip
    numbers = {str(item["repo_id"]) for item in recount.records.rejected if "repo_id" in item}
    return repo.lower() in {name.lower() for name in names} or number in numbers


def expect_source(rows: Iterable[Row], span: Span | None) -> list[Token]:
    """The numbers of a source line: editions, or the months of the events and the hours seen."""
    labels = {row["vintage"] for row in rows}
    if span is None or labels != {COUNTED}:
        return [*sorted(labels - {COUNTED})]
    return [*span.months, *expect_hours(span)]


def expect_hours(span: Span) -> list[Token]:
    if span.hours >= span.total:
        return [span.total]
    # Never rounded up to the whole.
    return [span.hours, span.total, percent(min(99.9, int(span.share * 1000) / 10))]
