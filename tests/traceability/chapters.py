"""Tracers of the pages behind the front page: movers, survival, method, all projects, events."""

from __future__ import annotations

from collections.abc import Iterator

from tests.traceability.figures import (
    expect_coverage,
    expect_strip,
    expect_survival_alt,
    expect_survival_rows,
)
from tests.traceability.recount import ON_THE_MAP, Recount
from tests.traceability.tokens import Prose, Token, Tokens, Wanted, plain, signed, signed_percent

MOVERS = 40


def expect_movers_page(recount: Recount, language: str) -> Iterator[Wanted]:
    total, compared = len(recount.ids), len(recount.moved)
    counts = [total, compared] if language == "zh" else [compared, total]
    if not recount.moved:
        return
    yield [*recount.periods, *counts, signed_percent(recount.total_percent())]
    yield ["2025-05"]
    for projects in (recount.gains, recount.losses):
        for project in projects[:MOVERS]:
            before, now = recount.moved[project]
            yield [
                f"@{project}",
                f"#{recount.domain(project)}",
                plain(before),
                plain(now),
                signed(now - before),
                signed_percent(recount.percent(project)),
                signed(recount.share_change(project)),
            ]
        if len(projects) > MOVERS:
            yield Prose((MOVERS, len(projects)))


def expect_survival_page(recount: Recount, language: str) -> Iterator[Tokens]:
    yield [plain(recount.above)]
    for kind in ("edition", "created", "domain"):
        yield expect_survival_alt(recount, language, kind)
        yield from expect_survival_rows(recount, language, kind)
    yield expect_strip(recount)


def expect_method_page(recount: Recount, language: str) -> Iterator[Tokens]:
    first, last = recount.window(recount.as_of)[0], recount.as_of
    published, months = len(recount.window_published), len(recount.window(last))
    yield [plain(recount.above), first, last, *([published, months])]
    labels: dict[str, list[tuple[str, str]]] = {}
    seams = 0
    for project in recount.ids:
        own = {m: recount.records.vintages[project][m] for m in recount.series(project)}
        seams += len(set(own.values())) > 1
        for month, label in own.items():
            labels.setdefault(label, []).append((month, project))
    yield [seams]
    yield [max(recount.records.counts, default="–")]
    yield ["2025-05"]
    for count in recount.count_verdicts().values():
        yield [count]
    yield expect_coverage(recount, language)
    yield expect_coverage(recount, language)
    for label, seen in sorted(labels.items()):
        known = len({project for _, project in seen})
        yield [label, min(seen)[0], max(seen)[0], known]


def expect_index_page(recount: Recount, language: str) -> Iterator[Tokens]:
    records = recount.records
    yield [len(recount.ids)]
    window = recount.window(recount.as_of)
    yield [window[0], recount.as_of, plain(recount.above)]
    names = {p: str(records.projects[p]["name"]).casefold() for p in recount.ids}
    for project in sorted(recount.ids, key=lambda p: (names[p], p)):
        rank = recount.rank.get(project)
        yield [
            f"@{project}",
            f"#{recount.domain(project)}",
            *([rank] if rank else []),
            *expect_short_reason(project, recount, language),
        ]


def expect_reason(project: str, recount: Recount, language: str) -> list[Token]:
    """The numbers of the sentence that explains a verdict."""
    judged = recount.judged[project]
    counts: list[Token] = [judged.known, judged.months]
    window: list[Token] = [judged.first, judged.last]
    order = [*window, *counts] if language == "zh" else [*counts, *window]
    if judged.mean is None:
        order = []
    arithmetic = [*([] if judged.mean is None else [plain(judged.mean)]), *order]
    readings: dict[str, list[Token]] = {
        "retired": [recount.retired_on(project)],
        "gone": [recount.state(project, "github", "gone")],
        "no recent data": [judged.last_known],
        "too new": [recount.fact(project, "created_at"), recount.as_of],
        ON_THE_MAP: [*arithmetic, plain(recount.above)],
        "below": [*arithmetic, plain(recount.above)],
    }
    told = readings.get(judged.verdict, [recount.as_of])
    return [*told, *expect_remarks(project, recount)]


def expect_remarks(project: str, recount: Recount) -> list[Token]:
    """What a reason adds: the vintages that a mean spans, and since when nothing is to be had."""
    judged, stale = recount.judged[project], recount.stale_since(project)
    spans = judged.mean is not None and len(judged.vintages) > 1
    return [*(judged.vintages if spans else ()), *([stale, judged.last_known] if stale else [])]


def expect_short_reason(project: str, recount: Recount, language: str) -> list[Token]:
    """As above, without the window and the threshold that hold for all."""
    judged, told = recount.judged[project], expect_reason(project, recount, language)
    window: list[Token] = [judged.first, judged.last]
    common = recount.window(recount.as_of)
    measured = judged.mean is not None and judged.verdict in {ON_THE_MAP, "below"}
    if not measured or window != [common[0], common[-1]]:
        return told
    counts = [judged.known, judged.months]
    return [plain(judged.mean), *counts, *expect_remarks(project, recount)]


def expect_marks(project: str, recount: Recount, language: str) -> list[Token]:
    """What stands beside a name on the map: unavailable since, a mean of fewer months."""
    judged = recount.judged[project]
    since = recount.stale_since(project)
    marks: list[Token] = [since] if since else []
    if judged.verdict == ON_THE_MAP and judged.known < len(recount.window_published):
        counts: list[Token] = [judged.known, judged.months]
        marks += counts[::-1] if language == "zh" else counts
    return marks


def expect_change(project: str, recount: Recount) -> list[Token]:
    """A cell with the change and, below it, its percent."""
    change = recount.change(project)
    if change is None:
        return ["–"]
    return [signed(change), signed_percent(recount.percent(project))]


def expect_events_page(recount: Recount, language: str) -> Iterator[Tokens]:
    year = ""
    for event in sorted(recount.records.events, key=lambda e: str(e["date"]), reverse=True):
        date = str(event["date"])
        if date[:4] != year:
            year = date[:4]
            yield [year]
        yield [date, *(f"@{project}" for project in event.get("projects", []))]
