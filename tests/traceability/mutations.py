"""Pictures with one thing changed, to see that it is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tests.traceability.drawings import Drawing
from tests.traceability.sheets import is_data

MOVED_PIXELS = 4.0
WITH_LINES = {"technology", "project", "trend", "story/head-to-head", "story/trend"}


def change_digits(drawing: Drawing) -> Iterator[tuple[str, Drawing]]:
    """Yield the picture with one digit of a text changed, for every digit."""
    for place, text in enumerate(drawing.texts):
        for digit in re.finditer(r"\d", text.text):
            other = str((int(digit[0]) + 4) % 10)
            changed = text.text[: digit.start()] + other + text.text[digit.end() :]
            texts = [*drawing.texts]
            texts[place] = replace(text, text=changed)
            yield f"{text.text} as {changed}", replace(drawing, texts=texts)


def move_places(drawing: Drawing, kind: str) -> Iterator[tuple[str, Drawing]]:
    """Yield the picture with one plotted place moved: a point of a line, a column, a mark."""
    if kind == "map" or "--moving" in kind:
        return
    for place, line in enumerate(drawing.lines):
        named = re.search(r"/(curve|known|unknown|map|quarter|edges)[^/]*$", line.group)
        if named or (kind in WITH_LINES and is_data(line)):
            points = [*line.points]
            points[0] = (points[0][0], points[0][1] - MOVED_PIXELS)
            lines = [*drawing.lines]
            lines[place] = replace(line, points=tuple(points))
            yield f"line {line.group} {line.points[0]}", replace(drawing, lines=lines)
    for place, mark in enumerate(drawing.marks):
        if "/marks" in mark.group and kind != "story/quadrant":
            moved = replace(mark, x=mark.x + MOVED_PIXELS, y=mark.y + MOVED_PIXELS)
            marks = [*drawing.marks]
            marks[place] = moved
            yield f"mark {mark}", replace(drawing, marks=marks)
        if "/bar-" in mark.group:
            marks = [*drawing.marks]
            marks[place] = replace(mark, width=mark.width + 4 * MOVED_PIXELS)
            yield f"bar {mark}", replace(drawing, marks=marks)
