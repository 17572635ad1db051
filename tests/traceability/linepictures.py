"""Tracers of pictures with lines: trends, a project's line, technology domains, survival."""

from __future__ import annotations

import re
from typing import Any

from tests.traceability.domainpages import TREND_NAMED, list_leading
from tests.traceability.drawings import Drawing
from tests.traceability.figures import choose_vintage, select_technology
from tests.traceability.records import Series, shift
from tests.traceability.recount import Recount
from tests.traceability.series import break_at_seams, list_movement_facts, name_period, select_lines
from tests.traceability.sheets import Sheet, trace_lines
from tests.traceability.storyfigures import read_title
from tests.traceability.tokens import Reader, Token, plain

TREND_MONTHS = 24


def find_project(tokens: list[str]) -> str | None:
    return next((token[1:] for token in tokens if token[0] == "@"), None)


def list_line_vintages(
    series: dict[str, Series], recount: Recount, metric: str = "openrank"
) -> list[Token]:
    """The vintages of the months that are drawn, or summed into what is drawn."""
    found = {
        recount.vintage(project, month, metric)
        for project, line in series.items()
        for month in recount.series(project, metric)
        if any(name_period(month, period) in line for period in ("month", "quarter", "year"))
    }
    return [*sorted(found)]


def list_sampled_months(series: dict[str, Series], recount: Recount, metric: str) -> list[Token]:
    """The drawn months that discovery counted without all of their hours."""
    spans = recount.records.counted.spans
    drawn = {(project, month) for project, line in series.items() for month in line}
    months = {m for p, m in drawn if recount.vintage(p, m, metric) == "archive"}
    lacking = [s for m in months if (s := spans.get(("trending", m))) and s.hours < s.total]
    return [*sorted(span.last for span in lacking)]


def list_line_facts(series: dict[str, Series], recount: Recount) -> list[Token]:
    """What headings of lines may tell: periods, newest and largest values, counts."""
    facts: list[Token] = [len(series), *(f"@{p}" for p in series)]
    for line in series.values():
        newest, first = max(line), min(line)
        best = max(sorted(line), key=lambda m: line[m])
        facts += [newest, first, best, plain(line[newest]), plain(line[best]), plain(line[first])]
    return facts


def trace_domain_trend(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    leading = list_leading(name, recount)[:TREND_NAMED]
    since = select_domain_months(recount)
    series = {
        p: {m: v for m, v in recount.series(p).items() if m >= since}
        for p in leading
        if any(m >= since for m in recount.series(p))
    }
    sheet = Sheet(drawing, reader)
    trace_lines(sheet, series, find_project, break_at_seams(recount))
    return sheet.finish([*list_line_facts(series, recount), f"#{name}"])


def select_domain_months(recount: Recount) -> str:
    return shift(recount.as_of, 1 - TREND_MONTHS)


def trace_project(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    series = {name: recount.series(name)}
    sheet = Sheet(drawing, reader)
    trace_lines(sheet, series, lambda _: name, break_at_seams(recount))
    return sheet.finish([f"@{name}"])


def trace_story_trend(
    drawing: Drawing, figure: dict[str, Any], recount: Recount, reader: Reader
) -> list[str]:
    metric = figure.get("metric", "openrank")
    series = select_lines(figure, recount)
    sheet = Sheet(drawing, reader)
    trace_lines(sheet, series, find_project, break_at_seams(recount, metric))
    facts = [*list_line_facts(series, recount), len(figure["projects"])]
    facts += list_movement_facts(series, recount, metric)
    facts += read_title(figure, recount, reader)
    notes = list_line_vintages(series, recount, metric)
    if figure.get("period", "month") == "month":
        notes += list_sampled_months(series, recount, metric)
    return sheet.finish(facts, notes)


def trace_technology(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    series: dict[str, Series] = {}
    rows = select_technology(recount)
    vintage = choose_vintage(recount)
    for domain, year, value in rows:
        series.setdefault(domain, {})[year] = value
    newest = {domain: line[max(line)] for domain, line in series.items()}

    def find_domain(tokens: list[str]) -> str | None:
        told = next((token for token in tokens if token[0] not in "@#"), "")
        return next((d for d, v in newest.items() if told == f"{v:,.0f}"), None)

    sheet = Sheet(drawing, reader)
    trace_lines(sheet, series, find_domain, lambda *_: False)
    first, last = min(map(min, series.values())), max(map(max, series.values()))
    largest = max(newest, key=lambda d: newest[d])
    times = round(newest[largest] / series[largest][first])
    return sheet.finish([first, last, len(series), times], [find_month(vintage), last])


def find_month(label: str) -> str:
    """The edition whose picture the figures were read from, as their label names it."""
    found = re.search(r"\d{4}-\d{2}", label)
    return found[0] if found else label
