"""F15: dated events on an axis of time, their texts above and below it in turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from landscape.base.languages import Messages
from landscape.base.months import count_months
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.surface import LABEL_PX, SMALL_PX
from landscape.charts.text import measure_text, wrap_text

Event = tuple[str, str]
"""A month (``YYYY-MM``) and a text in the page's language."""

TEXT_ROOM_PX = 190.0
TEXT_LINES = 4
LINE_PX = 17.0
STEM_PX = 26.0
ROW_GAP_PX = 14.0
SIDE_GAP_PX = 18.0
AXIS_GAP_PX = 8.0
DOT_PX = 6.0


@dataclass(frozen=True)
class Note:
    """An event with its wrapped text and where it stands.

    x: of its mark. left: of its text. row: 1 for the nearest above the axis, 2 for the next, -1
    for the nearest below.
    """

    month: str
    lines: list[str]
    x: float
    left: float
    width: float
    row: int

    @property
    def height(self) -> float:
        """The text's height with the month over it."""
        return LINE_PX * (len(self.lines) + 1)


def draw_timeline(
    events: Sequence[Event], *, theme: Theme, messages: Messages, title: str, footnote: str = ""
) -> str | None:
    """Return the picture; None without events.

    events: in any order. title and footnote (what the events are, and their sources): in the
    page's language.
    """
    if not events:
        return None
    ordered = sorted(events)
    plate = Plate(theme)
    first, last = ordered[0][0], ordered[-1][0]
    subtitle = messages("timeline.subtitle", count=len(ordered), first=first, last=last)
    top = plate.write_heading(title, subtitle) + 20
    notes = arrange_notes(ordered, plate.left + 12, plate.right - 12)
    above = _measure_rows(notes, 1)
    below = _measure_rows(notes, -1)
    axis = top + sum(above) + ROW_GAP_PX * len(above) + STEM_PX
    _draw_axis(plate, notes, axis)
    for note in notes:
        _draw_note(plate, note, axis, above if note.row > 0 else below)
    bottom = axis + AXIS_GAP_PX + STEM_PX + sum(below) + ROW_GAP_PX * len(below)
    height = plate.write_footnote(bottom, footnote) if footnote else bottom + 12
    return plate.export(height, title)


def locate_months(months: Sequence[str], left: float, right: float) -> list[float]:
    """Return the x of each month between left and right, the first and last at the ends."""
    span = count_months(months[0], months[-1])
    if span == 0:
        return [left + (right - left) / 2 for _ in months]
    return [left + (right - left) * count_months(months[0], month) / span for month in months]


def arrange_notes(events: Sequence[Event], left: float, right: float) -> list[Note]:
    """Return the events in order of time, each as near to the axis as it can stand.

    A text begins at its stem. Rows are given from the last event to the first: one that reaches
    over later stems or texts goes beyond them, so nothing is ever crossed. Of above and below
    the nearer row is taken; of equals the sides in turns.
    """
    texts = [wrap_text(text, TEXT_ROOM_PX, LABEL_PX, max_lines=TEXT_LINES) for _, text in events]
    widths = [
        max(
            *(measure_text(line, LABEL_PX) for line in lines),
            measure_text(month, SMALL_PX, bold=True),
        )
        for lines, (month, _) in zip(texts, events, strict=True)
    ]
    xs = locate_months([month for month, _ in events], left, right - max(widths))
    notes: list[Note] = []
    for index in reversed(range(len(events))):
        x, width = xs[index], widths[index]
        later = [note for note in notes if note.x <= x + width + SIDE_GAP_PX]
        beyond = {side: _find_beyond(later, side) for side in (1, -1)}
        turn = 1 if index % 2 == 0 else -1
        side = turn if beyond[turn] <= beyond[-turn] else -turn
        row = side * beyond[side]
        notes.append(Note(events[index][0], texts[index], x, x - 1, width, row))
    return notes[::-1]


def _find_beyond(notes: Sequence[Note], side: int) -> int:
    """Return the first row, counted from the axis, that lies beyond the notes of the side."""
    return 1 + max((note.row * side for note in notes if note.row * side > 0), default=0)


def _measure_rows(notes: Sequence[Note], side: int) -> list[float]:
    """Return the heights of the rows on one side, the nearest first."""
    count = max((note.row * side for note in notes), default=0)
    return [
        max((note.height for note in notes if note.row == side * row), default=0.0)
        for row in range(1, max(count, 0) + 1)
    ]


def _draw_axis(plate: Plate, notes: Sequence[Note], axis: float) -> None:
    theme = plate.theme
    plate.draw_line([(plate.left, axis), (plate.right, axis)], color=theme.muted, width=2)
    plate.draw_line([(notes[0].x, axis), (notes[-1].x, axis)], color=theme.accent, width=3)


def _draw_note(plate: Plate, note: Note, axis: float, heights: Sequence[float]) -> None:
    theme = plate.theme
    nearer = sum(heights[: abs(note.row) - 1]) + ROW_GAP_PX * (abs(note.row) - 1)
    if note.row > 0:
        foot = axis - STEM_PX - nearer
        top = foot - note.height
        stem_end = foot
    else:
        top = axis + STEM_PX + nearer
        stem_end = top + 3
    plate.draw_line([(note.x, axis), (note.x, stem_end)], color=theme.grid, width=1.5)
    plate.draw_circle((note.x, axis), DOT_PX, color=theme.accent, parent=plate.open_group("marks"))
    plate.write((note.left, top + LINE_PX - 4), note.month, size=SMALL_PX, bold=True,
                color=theme.accent)  # fmt: skip
    for index, line in enumerate(note.lines):
        plate.write((note.left, top + LINE_PX * (index + 2) - 4), line)
