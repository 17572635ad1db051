"""Tracers of pictures that place projects: the map, networks, duel, quadrant and timeline."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from tests.traceability.barpictures import list_vintages
from tests.traceability.discovered import expect_source
from tests.traceability.drawings import Drawing, Mark, Text
from tests.traceability.figures import choose_threshold, list_network
from tests.traceability.linepictures import find_project
from tests.traceability.recount import Recount
from tests.traceability.series import number_period
from tests.traceability.sheets import Sheet, squeeze
from tests.traceability.storyfigures import (
    select_events,
    select_neighbours,
)
from tests.traceability.tokens import Reader, Token, Tokens, plain

Figure = dict[str, Any]
GAINS = 10
NUDGED = 20.0
"""Pixels by which circles of a quadrant may be moved apart."""
LINES_OF_NAME = 4


# The map (F2)


def trace_map(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    boxes = [mark for mark in drawing.marks if "box" in mark.classes]
    heads = {}
    for text in sheet.take(lambda t: t.bold and reader.read_named(t.text)[:1] != [] and
                           t.text in reader.domains.values() and t.anchor == "start"):  # fmt: skip
        domain = sheet.read(text)[0][1:]
        heads[domain] = box = _find_box(text.x, text.y, boxes)
        for count in sheet.take(
            lambda t, y=text.y, b=box: (  # type: ignore[misc]
                t.y == y and t.anchor == "end" and b is _find_box(t.x, t.y, boxes)
            )
        ):
            sheet.expect_tokens(count, [len(recount.members[domain])], f"{domain}: ")
    sheet.expect(sorted(heads), sorted(d for d in recount.members if recount.members[d]), "boxes")
    places = _take_names(sheet, recount)
    sheet.expect(sorted(places), sorted(recount.ranked), "projects on the map")
    for project, text in places.items():
        box = heads.get(recount.domain(project))
        sheet.expect(_find_box(text.x, text.y, boxes) is box, True, f"{project} in its domain")
    _trace_sizes(sheet, places, recount)
    _trace_legend(sheet)
    since = recount.young[-1][0]
    young = sum(recount.fact(p, "created_at")[:7] >= since for p in recount.ranked)
    background = drawing.marks[0].colour
    dots = [m for m in drawing.marks if m.kind == "circle" and m.stroke == background]
    sheet.expect(len(dots), young + 1, "marks of what is new, with the legend's")
    window = recount.window(recount.as_of)
    return sheet.finish([
        len(recount.ranked), len(recount.ids), len(heads), window[0], recount.as_of,
        plain(recount.above), since, GAINS,
    ], list_vintages(recount, recount.window_published))  # fmt: skip


def _find_box(x: float, y: float, boxes: list[Mark]) -> Mark | None:
    """The smallest box around a place."""
    around = [b for b in boxes if b.x <= x <= b.x + b.width and b.y <= y <= b.y + b.height]
    return min(around, key=lambda b: b.width * b.height, default=None)


def _take_names(sheet: Sheet, recount: Recount) -> dict[str, Text]:
    """Take every project's name, which may be written in several lines."""
    names = {"".join(str(recount.records.projects[p]["name"]).split()): p for p in recount.ranked}
    found: dict[str, Text] = {}
    texts = list(sheet.left)
    taken: list[Text] = []
    place = 0
    while place < len(texts):
        for length in range(LINES_OF_NAME, 0, -1):
            part = texts[place : place + length]
            project = names.get("".join("".join(t.text.split()) for t in part))
            alike = {(t.size, t.colour, t.anchor) for t in part}
            if project and len(alike) == 1 and part[0].anchor == "start":
                if project in found:
                    sheet.wrong.append(f"{project} is on the map twice")
                found[project] = part[0]
                taken += part
                place += length - 1
                break
        place += 1
    sheet.take(lambda t: t in taken)
    return found


def _trace_sizes(sheet: Sheet, places: dict[str, Text], recount: Recount) -> None:
    """Names grow with the root of OpenRank, from the smallest to the largest."""
    roots = {p: math.sqrt(recount.mean(p) or 0) for p in places}
    first, last = min(roots, key=lambda p: roots[p]), max(roots, key=lambda p: roots[p])
    low, high = places[first].size, places[last].size
    for project, text in places.items():
        part = (roots[project] - roots[first]) / (roots[last] - roots[first])
        sheet.expect_near(text.size, low + (high - low) * part, 0.16, f"the size of {project}")


def _trace_legend(sheet: Sheet) -> None:
    """The sample marks grow as the marks do."""
    samples = []
    for text in sheet.take(lambda t: t.text.isdigit() and t.y < 60):
        near = min(
            (m for m in sheet.drawing.marks if m.kind == "rect" and m.x + m.width <= text.x),
            key=lambda m: text.x - m.x - m.width + abs(text.y - 4 - m.y - m.height / 2),
        )
        sheet.expect(text.text.rstrip("0") in {"1", "2", "5"}, True, f"the sample {text.text}")
        samples.append((math.sqrt(int(text.text)), near.width))
    samples.sort()
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(samples)]
    sheet.expect(len(samples) >= 1, True, "samples of sizes")
    if slopes and max(slopes) - min(slopes) > 0.05:
        sheet.wrong.append(f"the samples of sizes do not grow alike: {samples}")


# Networks (F13)


def trace_network(
    drawing: Drawing, name: str, recount: Recount, reader: Reader, least: int = 0
) -> list[str]:
    """The whole network; ``least`` common developers where a story's figure asks for so many."""
    sheet = Sheet(drawing, reader)
    least = least or choose_threshold(recount)
    pairs = list_network(recount, least)
    nodes = _place_names(sheet)
    wanted = sorted({project for pair, _ in pairs for project in pair})
    sheet.expect(sorted(nodes), wanted, "projects of the network")
    by_place = {(mark.x, mark.y): project for project, mark in nodes.items()}
    common = dict(pairs)
    widths: dict[float, list[int]] = {}
    drawn = []
    for line in drawing.lines:
        if "/edges" in line.group:
            for a, b in zip(line.points[::2], line.points[1::2], strict=True):
                one, other = sorted((by_place.get(a, "?"), by_place.get(b, "?")))
                drawn.append((one, other))
                widths.setdefault(line.width, []).append(common.get((one, other), 0))
    sheet.expect(sorted(drawn), sorted(common), "lines between projects")
    bands = [widths[width] for width in sorted(widths)]
    for thin, thick in pairwise(bands):
        sheet.expect(max(thin) <= min(thick), True, "thicker lines with more")
    _trace_radii(sheet, nodes, recount)
    ties = {p: sum(p in pair for pair in common) for p in wanted}
    most = max(ties.values())
    strongest, developers = pairs[0]
    busiest = [p for p, number in ties.items() if number == most]
    return sheet.finish([
        least, *(f"@{p}" for p in (*strongest, *busiest)), developers, most,
    ], [
        least, len(wanted), len(pairs), len(recount.records.pairs),
        *_count_known_network(recount),
        *list_pair_vintages(recount),
    ])  # fmt: skip


def _count_known_network(recount: Recount) -> list[Token]:
    known = list_network(recount, 0)
    return [len(known), len({project for pair, _ in known for project in pair})]


def list_pair_vintages(recount: Recount) -> list[Token]:
    counted = recount.records.counted
    return expect_source(counted.pairs, counted.find_span("collaboration"))


def _place_names(sheet: Sheet) -> dict[str, Mark]:
    """Find the mark of each name: the one right above it, or the nearest."""
    marks = [m for m in sheet.drawing.marks if m.group == "/marks"]
    nodes = {}
    free = list(marks)
    names = sheet.take(lambda t: t.group == "/names")
    for text in sorted(names, key=lambda t: min(_distance(t, m) for m in marks)):
        project = find_project(sheet.read(text))
        mark = min(free, key=lambda m: _distance(text, m), default=None)
        if project is None or mark is None:
            sheet.wrong.append(f"{text.text!r} has no mark")
            continue
        free.remove(mark)
        nodes[project] = mark
    sheet.expect(len(free), 0, "marks without a name")
    return nodes


def _distance(text: Text, mark: Mark) -> float:
    aside = abs(text.x - mark.x)
    below = abs(text.y - mark.y - mark.height - 10)
    return aside + below


def _trace_radii(sheet: Sheet, nodes: dict[str, Mark], recount: Recount) -> None:
    """Whoever has more OpenRank has no smaller circle."""
    ordered = sorted(nodes, key=lambda p: recount.mean(p) or 0.0)
    for one, other in pairwise(ordered):
        grows = nodes[one].width <= nodes[other].width + 0.06
        sheet.expect(grows, True, f"the circle of {other} against that of {one}")


def trace_neighbourhood(
    drawing: Drawing, figure: Figure, recount: Recount, reader: Reader
) -> list[str]:
    if "project" not in figure:
        return trace_network(drawing, "", recount, reader, int(figure.get("at_least", 0)))
    sheet = Sheet(drawing, reader)
    near, total = select_neighbours(figure, recount)
    marks = [m for m in drawing.marks if m.group == "/marks"]
    told = {}
    for mark in marks:
        inside = sheet.take(
            lambda t, m=mark: abs(t.x - m.x) < 1 and abs(t.y - 4.3 - m.y) < 3 and t.text.isdigit()  # type: ignore[misc]
        )
        below = sheet.take(
            lambda t, m=mark: abs(t.x - m.x) < 1 and abs(t.y - m.y) < m.height + 22  # type: ignore[misc]
        )
        project = next((find_project(sheet.read(t)) for t in below if sheet.read(t)), None)
        told[project or "?"] = int(inside[0].text) if inside else -1
    sheet.expect(told, dict(near), "neighbours with their common developers")
    lines = [line for line in drawing.lines if "/edges" in line.group]
    ends = {line.points[1]: line.width for line in lines}
    sheet.expect(sorted(ends), sorted((m.x, m.y) for m in marks), "lines to the neighbours")
    sheet.expect(len({line.points[0] for line in lines}), 1, "places where the lines begin")
    strengths = sorted(zip((c for _, c in near), (ends.get((m.x, m.y), 0) for m in marks),
                           strict=False))  # fmt: skip
    for thin, thick in pairwise(strengths):
        sheet.expect(thin[1] <= thick[1] + 0.06, True, "thicker lines with more")
    least = [int(figure["at_least"])] if figure.get("at_least") else []
    return sheet.finish([
        f"@{figure['project']}", f"@{near[0][0]}", near[0][1],
    ], [near[-1][1], len(near), total, *least, *list_pair_vintages(recount)])  # fmt: skip


# Quadrant (F10) and timeline (F15)


def trace_quadrant(drawing: Drawing, figure: Figure, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    told = recount.records.comparisons[figure["comparison"]]
    judged = {p["project"]: (float(p["x"]), float(p["y"])) for p in told["placements"]}
    fields = [m for m in drawing.marks if m.kind == "rect"][1:5]
    left, right = min(m.x for m in fields), max(m.x + m.width for m in fields)
    top, bottom = min(m.y for m in fields), max(m.y + m.height for m in fields)
    marks = [m for m in drawing.marks if m.group == "/marks"]
    means = {p: recount.mean(p) for p in judged}
    ordered = sorted(judged, key=lambda p: (means[p] is None, -(means[p] or 0), p))
    sheet.expect(len(marks), len(judged), "circles")
    spread = _fit_quadrant(ordered, judged, marks)
    for project, mark in zip(ordered, marks, strict=False):
        x, y = judged[project]
        place = ((left + right) / 2 + spread[0] * x, (top + bottom) / 2 - spread[1] * y)
        # Circles that would cover each other are moved apart, so far and no farther.
        alone = all(
            math.dist((mark.x, mark.y), (m.x, m.y)) > mark.width + m.width + NUDGED
            for m in marks
            if m is not mark
        )
        reach = 0.6 if alone else NUDGED
        sheet.expect_near(mark.x, place[0], reach, f"{project} from left to right")
        sheet.expect_near(mark.y, place[1], reach, f"{project} from bottom to top")
    _trace_radii(sheet, {p: m for p, m in zip(ordered, marks, strict=False) if means[p]}, recount)
    seen = []
    for text in sheet.take(lambda t: t.size == 13 and reader.read_named(t.text)[:1] != []):
        project = find_project(sheet.read(text)) or "?"
        seen.append(project)
        mean = means.get(project)
        sheet.expect_tokens(text, [f"@{project}", *([] if mean is None else [plain(mean)])])
    sheet.expect(sorted(seen), sorted(judged), "labels")
    window = recount.window(recount.as_of)
    labels = {v for p in judged if (j := recount.judged[p]) for v in j.vintages}
    unknown = sum(mean is None for mean in means.values())
    title: Tokens = reader.read_named(told["title"][reader.language])
    return sheet.finish([window[0], recount.as_of, *title], [*labels, unknown, len(judged)])


def _fit_quadrant(
    ordered: list[str], judged: dict[str, tuple[float, float]], marks: list[Mark]
) -> tuple[float, float]:
    """Pixels for a step of one on each axis, from the two farthest apart."""
    found = []
    for axis in (0, 1):
        pairs = [(judged[p][axis], (m.x, m.y)[axis]) for p, m in zip(ordered, marks, strict=False)]
        low, high = min(pairs), max(pairs)
        found.append(abs((high[1] - low[1]) / (high[0] - low[0])))
    return found[0], found[1]


def trace_timeline(drawing: Drawing, figure: Figure, recount: Recount, reader: Reader) -> list[str]:
    sheet = Sheet(drawing, reader)
    events = select_events(figure, recount)
    dates = [str(event["date"])[:7] for event in events]
    labels = sheet.take(lambda t: t.bold and t.size == 12)
    sheet.expect(sorted(t.text for t in labels), dates, "dates")
    marks = sorted(m.x for m in drawing.marks if m.kind == "circle")
    sheet.expect(len(marks), len(set(dates)), "marks")
    steps = sorted({number_period(date) for date in dates})
    if len(marks) == len(steps) > 2:
        unit = (marks[-1] - marks[0]) / (steps[-1] - steps[0])
        for step, x in zip(steps, marks, strict=True):
            sheet.expect_near(x, marks[0] + unit * (step - steps[0]), 1.0, f"the event {step}")
    told = []
    for label in labels:
        lines = sheet.take(lambda t, a=label: t.x == a.x and t.size == 13 and 0 < t.y - a.y < 60)  # type: ignore[misc]
        told.append((label.text, squeeze("".join(t.text for t in lines))))
    wanted = [
        (date, squeeze(event["text"][reader.language]))
        for date, event in zip(dates, events, strict=True)
    ]
    sheet.expect(sorted(told), sorted(wanted), "events")
    caption = reader.read_named(figure.get("caption", {}).get(reader.language, ""))
    return sheet.finish([len(events), dates[0], dates[-1], *caption])
