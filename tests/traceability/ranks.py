"""Tracers of rankings in time: the race as lines (F9), the race in motion, and survival (F17)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from tests.traceability.barpictures import list_vintages
from tests.traceability.drawings import Drawing, Point, Scale, Text
from tests.traceability.history import Group, list_groups
from tests.traceability.races import PLACES, Race, list_race_notes, list_race_title, run_race
from tests.traceability.records import count
from tests.traceability.recount import Recount
from tests.traceability.sheets import Sheet
from tests.traceability.storyfigures import select_race
from tests.traceability.tokens import Reader, Tokens, percent, plain


def trace_domain_race(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    race = run_race(recount, recount.residents(name.removesuffix("--moving")))
    trace = trace_motion if name.endswith("--moving") else trace_race
    return trace(drawing, race, [f"#{name.removesuffix('--moving')}"], recount, reader)


def trace_story_race(
    drawing: Drawing, figure: dict[str, Any], recount: Recount, reader: Reader
) -> list[str]:
    race, group = select_race(figure, recount)
    return trace_race(drawing, race, group, recount, reader)


def trace_story_motion(
    drawing: Drawing, figure: dict[str, Any], recount: Recount, reader: Reader
) -> list[str]:
    race, group = select_race(figure, recount)
    return trace_motion(drawing, race, group, recount, reader)


def trace_race(
    drawing: Drawing, race: Race, group: Tokens, recount: Recount, reader: Reader
) -> list[str]:
    """Every mark stands in its month and place; labels tell names and newest values."""
    sheet = Sheet(drawing, reader)
    times = sheet.take_times(lambda t: True, max(race))
    marks = _find_marks(drawing)
    rows = sorted({y for own in marks.values() for _, y in own})
    sheet.expect(
        sorted(marks), sorted({p for order in race.values() for p in order[:PLACES]}), "who races"
    )
    for project, own in marks.items():
        wanted = {
            month: order.index(project) + 1
            for month, order in race.items()
            if project in order[:PLACES]
        }
        drawn = {}
        for x, y in own:
            month = times.read(x) if times else 0.0
            name = next((m for m in wanted if abs(count(m) - month) < 0.15), f"{month:.2f}")
            drawn[name] = rows.index(y) + 1
        sheet.expect(drawn, wanted, f"the places of {project}")
    _trace_race_labels(sheet, race, marks, recount)
    notes = list_race_notes(race, group, recount)
    return sheet.finish([*list_race_title(race), *notes], notes)


def _find_marks(drawing: Drawing) -> dict[str, list[Point]]:
    """Where each project has marks: circles at the ends, dots between them."""
    marks: dict[str, list[Point]] = {}
    dots = [(line.group, line.points) for line in drawing.lines]
    circles = [(m.group, ((m.x, m.y),)) for m in drawing.marks if m.kind == "circle"]
    for group, points in (*dots, *circles):
        found = re.search(r"/marks-([\w-]+)$", group)
        if found:
            rounded = [(round(x, 1), round(y, 1)) for x, y in points]
            marks.setdefault(found[1], []).extend(dict.fromkeys(rounded))
    return marks


def _trace_race_labels(
    sheet: Sheet, race: Race, marks: dict[str, list[Point]], recount: Recount
) -> None:
    """A name at the start; name and newest value at the end; the place within large marks."""
    rows = sorted({y for own in marks.values() for _, y in own})
    # The place of a mark is written into it, or beside it.
    for text in sheet.take(lambda t: t.text.isdigit() and t.anchor == "middle" and t.bold):
        row = min(rows, key=lambda y: abs(y - text.y + 4))
        sheet.expect(int(text.text), rows.index(row) + 1, "a place within a mark")
    newest = max(race)
    told = []
    for text in sheet.take(lambda t: t.bold and t.size <= 13 and bool(sheet.read(t))):
        project = sheet.read(text)[0].removeprefix("@")
        own = [y for _, y in marks.get(project, [])]
        if not any(abs(y - text.y + 4.5) < 2 for y in own):
            sheet.wrong.append(f"{text.text!r} does not stand at a mark of its own")
        if len(sheet.read(text)) > 1:
            told.append(project)
            sheet.expect_tokens(text, [f"@{project}", plain(recount.values[project].get(newest))])
    sheet.expect(sorted(told), sorted(race[newest][:PLACES]), "labels at the end")


def trace_motion(
    drawing: Drawing, race: Race, group: Tokens, recount: Recount, reader: Reader
) -> list[str]:
    """Every month's bars tell the values of that month, and stand in the order of them."""
    sheet = Sheet(drawing, reader)
    steps = {_find_step(t) for t in drawing.texts if "m" in t.classes}
    race = {month: race[month] for month in list(race)[-len(steps) :]}
    months = list(race)
    sheet.expect(sorted(steps), list(range(len(months))), "steps")
    vintages = {m: recount.records.vintages[order[0]][m] for m, order in race.items()}
    heads: dict[str, list[str]] = {month: [] for month in months}
    for text in sheet.take(lambda t: "m" in t.classes and "r" not in t.classes):
        heads[months[_find_step(text)]] += sheet.read(text)
    for month, tokens in heads.items():
        wanted = [month, vintages[month]][: max(1, len(tokens))]
        sheet.expect(sorted(tokens), sorted(wanted), f"what {month} is called")
    told: dict[str, set[str]] = {}
    project = ""
    # A name is followed by the values of its bar.
    for text in sheet.take(lambda t: "r" in t.classes):
        if "m" not in text.classes:
            project = sheet.read(text)[0].removeprefix("@")
            told[project] = set()
            continue
        month = months[_find_step(text)]
        told[project].add(month)
        value = recount.series(project).get(month)
        sheet.expect_tokens(text, [plain(value)], f"{project} {month}: ")
    shown = {p for order in race.values() for p in order[:PLACES]}
    sheet.expect(sorted(told), sorted(shown), "bars")
    for project in shown:
        seen = {month for month, order in race.items() if project in order[:PLACES]}
        sheet.expect(sorted(told.get(project, ())), sorted(seen), f"months of {project}")
    places = sheet.take(lambda t: t.text.isdigit() and t.anchor == "end")
    numbers = [int(text.text) for text in sorted(places, key=lambda t: t.y)]
    sheet.expect(numbers, [*range(1, len(numbers) + 1)], "places")
    notes = list_race_notes(race, group, recount)
    return sheet.finish([*list_race_title(race), *notes], notes)


def _find_step(text: Text) -> int:
    return next(int(name[1:]) for name in text.classes if re.fullmatch(r"m\d+", name))


# Survival (F17)


def trace_survival(drawing: Drawing, name: str, recount: Recount, reader: Reader) -> list[str]:
    kind = name.partition("-")[2] or "edition"
    sheet = Sheet(drawing, reader)
    groups = [g for g in list_groups(recount) if g.kind == kind]
    curved = {_name(group): group for group in groups if group.followed >= 10}
    scale = sheet.take_scale(lambda t: t.anchor == "end" and t.text.endswith("%"), "y")
    times = sheet.take_scale(
        lambda t: t.anchor == "middle" and t.colour == _axis_colour(sheet), "x"
    )
    if scale is None or times is None:
        return sheet.wrong
    curves = {line.group.rpartition("/curve-")[2]: line for line in drawing.lines
              if "/curve-" in line.group}  # fmt: skip
    sheet.expect(len(curves), len(curved), "curves")
    for label in sheet.take(lambda t: t.bold and t.size == 13):
        named = [g for g in curved.values() if _spell(g, sheet.reader) in label.text]
        group = max(named, key=lambda g: len(_spell(g, sheet.reader)), default=None)
        if group is None:
            sheet.wrong.append(f"{label.text!r} names no curve")
            continue
        last, share, _, _ = group.result()
        sheet.expect_tokens(label, [_name(group), percent(100 * share)])
        line = next((c for c in curves.values() if c.stroke == label.colour), None)
        if line is None:
            sheet.wrong.append(f"{label.text!r} has no curve of its colour")
            continue
        drawn = {round(times.read(x)): scale.read(y) for x, y in line.points}
        sheet.expect(max(drawn), last, f"last month of {_name(group)}")
        for month, value in drawn.items():
            wanted = 100 * group.curve()[month][1] if month <= last else -1.0
            sheet.expect_near(value, wanted, scale.step, f"{_name(group)} after {month} months")
        _trace_risk(sheet, label, group, last, times)
    results = [(g, g.result()) for g in curved.values()]
    lasts = [result[0] for _, result in results]
    sheet.expect_title(
        [_name(g), percent(100 * share), plain(recount.above), last, *alike]
        for g, (last, share, _, _) in results
        for alike in ([], [lasts.count(last)])
    )
    missed = [(g.unknown + g.not_above, g.unseen) for g in groups]
    missed_too = [(g.unknown + g.not_above, g.unseen) for g in curved.values()]
    counts = [sum(column) for rows in (missed, missed_too) for column in zip(*rows, strict=True)]
    title = sheet.reader.read_named(drawing.title)
    return sheet.finish([plain(recount.above), percent(95), *title], [
        10, *counts, len(groups) - len(curved), "2025", 5,
        *list_vintages(recount, [m for p in recount.ids for m in recount.series(p)]),
    ])  # fmt: skip


def _axis_colour(sheet: Sheet) -> str:
    return next((t.colour for t in sheet.drawing.texts if t.text.endswith("%")
                 and t.anchor == "end"), "")  # fmt: skip


def _name(group: Group) -> str:
    return f"#{group.name}" if group.kind == "domain" else group.name


def _spell(group: Group, reader: Reader) -> str:
    """The name of a group as pictures write it."""
    return reader.domains.get(group.name, group.name) if group.kind == "domain" else group.name


def _trace_risk(sheet: Sheet, label: Text, group: Group, last: int, times: Scale) -> None:
    """The numbers of those still followed, in the row of the group's colour."""
    heads = sheet.take(lambda t: t.colour == label.colour and not t.bold)
    sheet.expect(len(heads), 1, f"rows of {_name(group)}")
    for head in heads:
        sheet.expect_tokens(head, [_name(group)])
        row = sheet.take(lambda t, y=head.y: t.y == y and t.anchor == "middle")  # type: ignore[misc]
        told = {round(times.read(t.x)): int(t.text.replace(",", "")) for t in row}
        curve = group.curve()
        wanted = {month: curve[month][0] for month in told if month < len(curve)}
        sheet.expect(told, wanted, f"still followed of {_name(group)}")
        # The months of the axis may lie apart; up to the last one none is left out.
        texts = [t for t in sheet.drawing.texts if t.anchor == "middle" and t.text.isdigit()]
        columns = sorted({round(times.read(t.x)) for t in texts})
        step = min((b - a for a, b in pairwise(columns)), default=1)
        sheet.expect(max(told, default=0) + step > last, True, f"months of {_name(group)}")
