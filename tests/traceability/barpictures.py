"""Tracers of pictures with columns and dots: movers, growth, freshness, coverage, the strip."""

from __future__ import annotations

from collections import Counter

from tests.traceability.drawings import Drawing, Line, Text, fit_scale
from tests.traceability.figures import count_known
from tests.traceability.records import count, list_months, shift
from tests.traceability.recount import Recount
from tests.traceability.sheets import Sheet
from tests.traceability.tokens import (
    Reader,
    Token,
    describe,
    is_token,
    percent,
    signed,
    signed_percent,
)

NAMED = 5
COLUMN_MONTHS = 24
PIXEL = 0.16


def list_vintages(recount: Recount, months: list[str]) -> list[Token]:
    """The vintages of the values in these months."""
    found = {
        recount.records.vintages[p][m]
        for p in recount.ids
        for m in recount.series(p)
        if m in months
    }
    return [*sorted(found)]


# Movers (F4)


def trace_movers(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    scale = sheet.take_scale(lambda t: t.anchor == "middle", "x")
    changes = {p: now - before for p, (before, now) in recount.moved.items()}
    if scale:
        drawn = sorted(scale.read(m.x) for m in drawing.marks if "/marks-" in m.group)
        sheet.expect(len(drawn), len(changes), "dots")
        for told, value in zip(drawn, sorted(changes.values()), strict=False):
            sheet.expect_near(told, value, scale.step, "a dot")
        _trace_callouts(sheet, recount)
    lost, gained = (sum(round(c, 6) * way > 0 for c in changes.values()) for way in (-1, 1))
    for text, number in zip(
        sorted(sheet.take(lambda t: t.y < 140 and t.size == 13), key=lambda t: t.x),
        filter(None, (lost, gained)),
        strict=True,
    ):
        sheet.expect_tokens(text, [number])
    missing = [p for p in recount.ranked if p not in recount.moved]
    total = abs(recount.total_percent())
    return sheet.finish([
        *recount.periods, len(changes), signed_percent(total), signed_percent(-total),
        *(f"@{p}" for p in (*recount.gains[:1], *recount.losses[:1])), percent(total),
    ], [
        *list_vintages(recount, [m for part in recount.basis for m in part]),
        len(missing), len(recount.ranked),
    ])  # fmt: skip


def _trace_callouts(sheet: Sheet, recount: Recount) -> None:
    """The five largest gains and losses: a name, and below it the change."""
    named = sheet.take(lambda t: t.bold and t.size == 15)
    projects = [*recount.gains[:NAMED], *recount.losses[:NAMED]]
    sheet.expect(
        sorted(sheet.read(t)[0] for t in named), sorted(f"@{p}" for p in projects), "the named"
    )
    for text in named:
        project = sheet.read(text)[0][1:]
        below = sheet.take(lambda t, n=text: t.x == n.x and 0 < t.y - n.y < 30)  # type: ignore[misc]
        sheet.expect(len(below), 1, f"changes below {project}")
        for change in below:
            sheet.expect_tokens(
                change, [signed(recount.change(project)), signed_percent(recount.percent(project))]
            )


# Growth of domains (F5)


def trace_growth(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    scale = sheet.take_scale(lambda t: t.anchor == "end" and t.x < 100, "y")
    growth = {domain: value for domain, (value, _) in recount.growth.items()}
    if scale:
        drawn = sorted(scale.read(m.y) for m in drawing.marks if m.group == "/marks")
        sheet.expect(len(drawn), len(growth), "marks")
        for line in drawing.lines:
            if line.width == 2.5:
                for _, y in line.points:
                    sheet.expect_near(scale.read(y), recount.total_percent(), scale.step, "all")
        for told, value in zip(drawn, sorted(growth.values()), strict=False):
            sheet.expect_near(told, value, scale.step, "a domain")
    rows: dict[float, list[Text]] = {}
    for text in sheet.take(lambda t: 110 < t.y < max(m.y for m in drawing.marks) + 20
                           and t.x > 100 and bool(sheet.read(t))):  # fmt: skip
        rows.setdefault(text.y, []).append(text)
    told_rows = [
        [token for text in sorted(row, key=lambda t: t.x) for token in sheet.read(text)]
        for _, row in sorted(rows.items())
    ]
    _compare_rows(sheet, told_rows, _expect_growth_rows(recount))
    few = [
        token
        for domain in recount.records.domains
        if domain not in growth
        for token in (
            len(set(recount.residents(domain)) & recount.moved.keys()),
            len(recount.residents(domain)),
        )
    ]
    first, last = next(iter(growth)), list(growth)[-1]
    grown = sum(value > 0 for value in growth.values())
    return sheet.finish([
        *recount.periods, len(growth), grown, f"#{first}", f"#{last}",
    ], [
        *few, *list_vintages(recount, [m for part in recount.basis for m in part]),
    ])  # fmt: skip


def _expect_growth_rows(recount: Recount) -> list[list[Token]]:
    rows = []
    total = (recount.total_percent(), "")
    ordered = sorted([*((v, d) for d, (v, _) in recount.growth.items()), total], reverse=True)
    for value, domain in ordered:
        if not domain:
            rows.append([signed_percent(value), len(recount.moved)])
            continue
        own = [p for p in recount.residents(domain) if p in recount.moved]
        largest = sorted(own, key=lambda p: (-round(recount.moved[p][1], 6), p))[:3]
        leaders = [t for p in largest for t in (f"@{p}", signed_percent(recount.percent(p)))]
        counts = [len(own), len(recount.residents(domain))]
        rows.append([f"#{domain}", signed_percent(value), *counts, *leaders])
    return rows


def _compare_rows(sheet: Sheet, told: list[list[str]], expected: list[list[Token]]) -> None:
    sheet.expect(len(told), len(expected), "rows")
    for tokens, wanted in zip(told, expected, strict=False):
        if len(tokens) != len(wanted) or not all(map(is_token, wanted, tokens)):
            sheet.wrong.append(f"a row tells {tokens}, not {describe(wanted)}")


# Columns that are named by their month


def find_columns(drawing: Drawing, name: str) -> dict[str, Line]:
    """Return, by month, the columns whose name begins so."""
    found = {}
    for line in drawing.lines:
        part = line.group.rpartition("/")[2]
        if part.startswith(f"{name}-"):
            found[part.removeprefix(f"{name}-")] = line
    return found


def measure(line: Line) -> float:
    _, top, _, bottom = line.box
    return bottom - top


def take_counts(sheet: Sheet, columns: dict[str, Line], found: str) -> dict[str, str]:
    """Take the number that stands over or in each column, where there is one."""
    told = {}
    for month, column in columns.items():
        left, top, right, bottom = column.box
        middle = (left + right) / 2
        near = sheet.take(
            lambda t, m=middle, a=top, b=bottom: (  # type: ignore[misc]
                t.anchor == "middle" and abs(t.x - m) < 1 and a - 6 <= t.y <= b + 14
                and bool(sheet.read(t)) and t.colour == found
            )
        ) if found else []  # fmt: skip
        if near:
            told[month] = sheet.read(near[0])[0]
    return told


# Freshness (F14)


def trace_freshness(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    scale = sheet.take_scale(lambda t: t.anchor == "end" and t.x < 60, "y")
    created = [recount.fact(p, "created_at") for p in recount.ranked]
    quarters = Counter(f"{c[:4]}-{3 * ((int(c[5:7]) - 1) // 3) + 1:02d}" for c in created if c)
    columns = find_columns(drawing, "quarter")
    first = min((month for month in columns if month != "earlier"), default="")
    expected = {month: n for month, n in quarters.items() if month >= first}
    earlier = sum(n for month, n in quarters.items() if month < first)
    if earlier:
        expected["earlier"] = earlier
    sheet.expect(sorted(columns), sorted(expected), "columns")
    for month, column in columns.items():
        left, top, right, bottom = column.box
        if scale:
            drawn = scale.read(top) - scale.read(bottom)
            sheet.expect_near(drawn, expected.get(month, 0), scale.step, f"column {month}")
        for text in sheet.take(
            lambda t, x=(left + right) / 2, y=top: abs(t.x - x) < 3 and abs(t.y - y) < 8  # type: ignore[misc]
        ):
            sheet.expect_tokens(text, [expected.get(month, 0)], f"over {month}: ")
    years = sheet.take(lambda t: t.text.isdigit() and len(t.text) == 4 and t.anchor == "start")
    times = fit_scale([(t.x, int(t.text)) for t in years], sheet.wrong, "time")
    for month, column in columns.items():
        if times and month != "earlier":
            wanted = int(month[:4]) + (int(month[5:]) - 1) / 12
            sheet.expect_near(times.read(column.box[0] + 1), wanted, 0.05, f"column {month}")
    facts: list[Token] = [recount.as_of, len(recount.ranked), str(int(first[:4]) - 1)]
    for since, number, known in recount.young:
        facts += [since, number, known, percent(100 * number / known)]
    undated = sum(not c for c in created)
    return sheet.finish(facts, [recount.as_of, undated])


# Coverage (F18)


def trace_coverage(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    scale = sheet.take_scale(lambda t: t.anchor == "end" and t.y < 380, "y")
    months = list_months(shift(recount.as_of, 1 - COLUMN_MONTHS), recount.as_of)
    counts = {month: count_coverage(month, recount) for month in months}
    for part in ("known", "zero", "not_covered", "not_created", "unavailable", "unknown"):
        columns = find_columns(drawing, part)
        wanted = {month for month in months if counts[month][part]}
        sheet.expect(sorted(columns), sorted(wanted), f"columns of {part}")
        for month, column in columns.items():
            if scale:
                drawn = measure(column) * -scale.slope
                sheet.expect_near(drawn, counts[month][part], 2 * scale.step, f"{part} {month}")
            left, top, right, bottom = column.box
            for text in sheet.take(
                lambda t, x=(left + right) / 2, a=top, b=bottom: (  # type: ignore[misc]
                    abs(t.x - x) < 1 and a < t.y < b and t.y < 341
                )
            ):
                sheet.expect_tokens(text, [counts[month][part]], f"{part} {month}: ")
    places = {month: c.box for p in ("known", "unknown") for month, c in
              find_columns(drawing, p).items()}  # fmt: skip
    _trace_coverage_rows(sheet, places, recount)
    known, never = count_known(recount)
    vintages = list_vintages(recount, months)
    zero: list[Token] = [0] if any(told["zero"] for told in counts.values()) else []
    return sheet.finish([known, len(recount.ids), recount.as_of, never, *zero], vintages)


def count_coverage(month: str, recount: Recount) -> Counter[str]:
    """How many projects are known in a month, and why the others are not."""
    told: Counter[str] = Counter()
    for project in recount.ids:
        series = recount.series(project)
        stale = recount.state(project, "opendigger", "unavailable")
        if month in series:
            told["known" if series[month] else "zero"] += 1
        elif recount.state(project, "opendigger", "absent") and not series:
            told["not_covered"] += 1
        elif recount.fact(project, "created_at")[:7] > month:
            told["not_created"] += 1
        elif stale and max(series, default="") < month:
            told["unavailable"] += 1
        else:
            told["unknown"] += 1
    return told


def _trace_coverage_rows(
    sheet: Sheet, places: dict[str, tuple[float, float, float, float]], recount: Recount
) -> None:
    """Months below the columns, and in the rows of other metrics how many are known."""
    centres = {month: (box[0] + box[2]) / 2 for month, box in places.items()}
    rows: dict[float, dict[str, int]] = {}
    for text in sheet.take(lambda t: t.anchor == "middle" and t.y > 341):
        month = min(centres, key=lambda m: abs(centres[m] - text.x))
        tokens = sheet.read(text)
        if text.size == 12 and len(tokens) == 1 and tokens[0] in centres and text.y < 370:
            sheet.expect(tokens[0], month, "a month below the columns")
        elif text.y > 430:
            rows.setdefault(text.y, {})[month] = int(text.text.replace(",", ""))
        else:
            span = {
                recount.records.vintages[p][month]
                for p in recount.ids
                if month in recount.series(p)
            } - {"live"}
            sheet.expect(set(tokens), span, f"the vintage over {month}")
    metrics = {
        metric: {
            month: number for month in centres if (number := _count_metric(metric, month, recount))
        }
        for metric in recount.records.values
        if metric != "openrank"
    }
    for told in rows.values():
        known = {month: number for month, number in told.items() if number}
        owner = next((m for m, counts in metrics.items() if counts == known), None)
        sheet.expect(owner is not None, True, f"the row of a metric that is known of {known}")
        metrics.pop(owner or "", None)


def _count_metric(metric: str, month: str, recount: Recount) -> int:
    return sum(month in recount.records.values[metric].get(p, {}) for p in recount.ids)


# The map month by month


def trace_strip(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    first = shift(recount.as_of, 1 - COLUMN_MONTHS)
    rows = {row[0]: row[1:] for row in recount.strip if row[0] >= first}
    scale = sheet.take_scale(lambda t: t.anchor == "end", "y")
    times = sheet.take_times(lambda t: True, recount.as_of)
    columns = find_columns(drawing, "map")
    sheet.expect(sorted(columns), sorted(rows), "months")
    bars_of: list[tuple[int, float, str]] = []
    for month, column in columns.items():
        left, top, right, bottom = column.box
        if scale:
            drawn = scale.read(top) - scale.read(bottom)
            sheet.expect_near(drawn, rows[month][0], scale.step, f"the map of {month}")
        if times:
            place = times.read((left + right) / 2)
            sheet.expect_near(place, count(month), 0.1, f"the column of {month}")
        own = [t for t in sheet.left if abs(t.x - (left + right) / 2) < 1 and t.anchor == "middle"]
        sheet.take(lambda t, o=own: t in o)  # type: ignore[misc]
        on_map, entered, newly, left_map = rows[month]
        wanted: list[Token] = [on_map, *([signed(entered + newly)] if entered + newly else [])]
        wanted += [signed(-left_map)] if left_map else []
        told = [token for t in sorted(own, key=lambda t: t.y) for token in sheet.read(t)]
        told = [token for token in told if token != month]
        _compare_rows(sheet, [told], [wanted])
    for part, place in (("entered", 1), ("covered", 2), ("left", 3)):
        bars = find_columns(drawing, part)
        wanted_months = {month for month, row in rows.items() if row[place]}
        sheet.expect(sorted(bars), sorted(wanted_months), f"columns of {part}")
        bars_of += [
            (rows[month][place], measure(bar), f"{part} {month}")
            for month, bar in bars.items()
            if month in wanted_months
        ]
    # The largest columns are cut, with their number; all others have one scale.
    most = max(row[3] for row in rows.values()) or max((n for n, _, _ in bars_of), default=0)
    unit = max((height / n for n, height, _ in bars_of if n == most), default=0.0)
    for number, height, what in bars_of:
        if number <= most:
            sheet.expect_near(height, unit * number, PIXEL, f"the column {what}")
    newest = rows[recount.as_of]
    months = list_months(first, recount.as_of)
    return sheet.finish([
        recount.as_of, newest[0], newest[1] + newest[2], newest[3],
    ], list_vintages(recount, months))  # fmt: skip
