"""Tracer of two projects head to head: bars, facts, who develops them, and their lines."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean
from typing import Any

from tests.traceability.counted import find_people
from tests.traceability.discovered import expect_hours
from tests.traceability.drawings import Drawing, Text
from tests.traceability.linepictures import find_project, list_line_vintages
from tests.traceability.recount import Recount
from tests.traceability.series import break_at_seams
from tests.traceability.sheets import Sheet, trace_lines
from tests.traceability.storyfigures import find_quarter, read_title
from tests.traceability.tokens import Reader, Token, plain, signed_percent

Figure = dict[str, Any]
FULL_GROWTH = 10.0
"""Percent a month that fill a bar."""
PLACES = 3
WIDTH, MIDDLE = 960.0, 210.0
"""Pixels of the picture, and of the column in its middle."""


def trace_duel(drawing: Drawing, figure: Figure, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    projects = figure["projects"]
    months = find_quarter(projects, recount)
    series = {
        p: {m: v for m, v in recount.series(p).items() if m >= str(figure.get("since", ""))}
        for p in projects
    }
    bars = _find_lowest_bar(sheet)
    lowest = max(t.y for t in sheet.left if _is_fact(t) or t.y < bars + 20)
    trace_lines(sheet, series, find_project, break_at_seams(recount), lambda t: t.y > lowest + 10)
    numbers = {p: _count_duel(p, months, recount) for p in projects}
    for side, project in enumerate(projects):
        for metric, value in numbers[project].items():
            _trace_bar(sheet, metric, side, value)
    _trace_ratios(sheet, numbers)
    _trace_facts(sheet, projects, recount)
    facts: list[Token] = [*months, max(recount.records.counts, default="")]
    for project, told in numbers.items():
        mean, growth = told["openrank_mean"], told["growth"]
        facts += [f"@{project}", plain(mean), signed_percent(growth)]
    facts += read_title(figure, recount, reader)
    notes = list_line_vintages(series, recount)
    return sheet.finish(facts, [*notes, *_expect_people_note(projects, recount)])


def _count_duel(project: str, months: list[str], recount: Recount) -> dict[str, float | None]:
    people = find_people(project, recount.records.counted)
    return {
        "openrank_mean": recount.average(project, months) if months else None,
        "growth": compute_growth(project, months, recount) if months else None,
        "developers": people.developers if people else None,
        "main_developers": people.main if people else None,
        "participants": recount.participants(project),
        "contributors": recount.find_latest(project, "contributors"),
        "stars": recount.stars(project),
        "forks": recount.forks(project),
    }


def _find_lowest_bar(sheet: Sheet) -> float:
    return max((m.y for m in sheet.drawing.marks if "/bar-" in m.group), default=0.0)


def _is_fact(text: Text) -> bool:
    """Whether a text stands beside the column in the middle, where facts are named."""
    beside = abs(abs(text.x - WIDTH / 2) - MIDDLE / 2) < 1
    return beside and text.size == 13 and not text.bold and text.anchor in {"end", "start"}


def _trace_facts(sheet: Sheet, projects: list[str], recount: Recount) -> None:
    """Below the bars: when each was created, and where most of its developers come from."""
    bars = _find_lowest_bar(sheet)
    for side, project in enumerate(projects):
        anchor = ("end", "start")[side]
        told = sheet.take(lambda t, a=anchor: _is_fact(t) and t.anchor == a and t.y > bars)  # type: ignore[misc]
        people = find_people(project, recount.records.counted)
        created = recount.fact(project, "created_at")
        wanted = [[created]] if created else []
        wanted += [[str(n) for _, n in people.places[:PLACES]]] if people and people.places else []
        texts = {recount.fact(project, "language"), recount.fact(project, "license"),
                 str(recount.records.projects[project].get("origin", ""))}  # fmt: skip
        found = [
            tokens
            for t in told
            if t.text not in texts and (tokens := sheet.reader.read_named(t.text))
        ]
        sheet.expect(found, wanted, f"what is told of {project}")


def _expect_people_note(projects: list[str], recount: Recount) -> list[Token]:
    """In which months developers were counted, and of how many the place is known."""
    counted = recount.records.counted
    people = [find_people(project, counted) for project in projects]
    if not any(people):
        return []
    span = counted.find_span("community")
    placed = [own.placed if own else 0 for own in people]
    return [
        *([*span.months, *expect_hours(span)] if span else []),
        *(placed if any(placed) else []),
    ]


def compute_growth(project: str, months: list[str], recount: Recount) -> float:
    values = [recount.values[project][m] for m in months]
    return fmean(100 * (b / a - 1) for a, b in pairwise(values))


def _trace_bar(sheet: Sheet, metric: str, side: int, value: float | None) -> None:
    """The number at the outer end of a bar."""
    bar = next((m for m in sheet.drawing.marks if m.group.endswith(f"/bar-{metric}-{side}")), None)
    if bar is None or value is None:
        sheet.expect(bar is None, value is None, f"the bar of {metric}")
        return
    anchor = ("end", "start")[side]
    edge = bar.x if side == 0 else bar.x + bar.width
    found = sheet.take(lambda t: (
        t.anchor == anchor and t.bold and abs(t.y - bar.y - 16) < 1 and abs(t.x - edge) < 12
    ))  # fmt: skip
    sheet.expect(len(found), 1, f"numbers at the bar of {metric}")
    token = signed_percent(value) if metric == "growth" else plain(value)
    for text in found:
        sheet.expect_tokens(text, [token], f"{metric}: ")


def _trace_ratios(sheet: Sheet, numbers: dict[str, dict[str, float | None]]) -> None:
    """Two bars of a metric are as long as their values are large; the longer ones are alike."""
    full = max(m.width for m in sheet.drawing.marks if "/bar-" in m.group)
    for metric in next(iter(numbers.values())):
        bars = [m for m in sheet.drawing.marks if f"/bar-{metric}-" in m.group]
        values = [abs(told[metric] or 0.0) for told in numbers.values()]
        # Small growth is not blown up: a bar is full from this much on.
        fill = min(1.0, max(values) / FULL_GROWTH) if metric == "growth" else 1.0
        for longer in [max(bar.width for bar in bars)] if bars else []:
            sheet.expect_near(longer, full * fill, 0.6, f"the longer bar of {metric}")
        if len(bars) == 2 and all(values):
            (less, short), (more, long) = sorted(
                (value, bar.width) for value, bar in zip(values, bars, strict=True)
            )
            sheet.expect_near(short, long * less / more, 0.6, f"the bars of {metric}")
