"""Counts by published month: how many were on the map, who came and who left (the replay)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.base.languages import Messages
from landscape.base.months import count_months, list_months, shift_month
from landscape.charts.palette import Theme
from landscape.charts.scales import MINUS, compute_ticks, format_number
from landscape.charts.style import Sheet, blend_colors, open_sheet
from landscape.charts.surface import LABEL_PX, SMALL_PX
from landscape.charts.text import measure_text
from landscape.charts.trend import choose_month_ticks
from landscape.charts.vintages import describe_source

SHOWN_MONTHS = 24
MAP_HEIGHT_PX = 150.0
CAME_HEIGHT_PX = 62.0
LEFT_HEIGHT_PX = 62.0
GAP_PX = 26.0
WIDEST_COLUMN_PX = 30.0
QUIET_SHARE = 0.4
LEAST_SCALE = 10


@dataclass(frozen=True)
class Month:
    """One published month; what is None has no published month before it."""

    month: str
    on_the_map: int
    entered: int | None
    newly_covered: int | None
    left: int | None
    months_since: int | None

    @property
    def came(self) -> int:
        """Who came, for whatever reason."""
        return (self.entered or 0) + (self.newly_covered or 0)


@dataclass(frozen=True)
class Plot:
    """Where months and counts stand, in pixels."""

    first: str
    months: int
    left: float
    right: float
    top: float
    highest: float
    largest: float
    """The largest number of a month's coming or leaving that is drawn to scale."""

    @property
    def column_width(self) -> float:
        """The width of a column."""
        return min((self.right - self.left) / self.months * 0.72, WIDEST_COLUMN_PX)

    @property
    def map_bottom(self) -> float:
        """The y of no project on the map."""
        return self.top + MAP_HEIGHT_PX

    @property
    def axis(self) -> float:
        """The y between who came, above, and who left, below."""
        return self.map_bottom + GAP_PX + CAME_HEIGHT_PX

    def locate_month(self, month: str) -> float:
        """Return the x of the middle of a month's column."""
        step = (self.right - self.left) / self.months
        return self.left + step * (count_months(self.first, month) + 0.5)

    def measure_change(self, count: int) -> float:
        """Return the height of a column of who came or left; the largest ones are cut."""
        return CAME_HEIGHT_PX * min(count, self.largest) / self.largest


def list_shown_months(counts: pd.DataFrame) -> list[Month]:
    """Return the published months among the newest 24, in order, of ``replay_months``' table."""
    if counts.empty:
        return []
    first = shift_month(str(counts["month"].iloc[-1]), 1 - SHOWN_MONTHS)
    columns = ("entered", "newly_covered", "left", "months_since")
    return [
        Month(
            str(row["month"]),
            int(row["on_the_map"]),
            *(None if pd.isna(row[name]) else int(row[name]) for name in columns),
        )
        for row in counts.to_dict("records")
        if str(row["month"]) >= first
    ]


def draw_strip(
    counts: pd.DataFrame,
    theme: Theme,
    messages: Messages,
    *,
    yearly: bool = True,
    vintages: Sequence[str] = (),
) -> str | None:
    """Return the picture; None where no month is published.

    counts: of ``replay_months``. yearly: whether the window begins anew every January, which the
    footnote then tells. vintages: those of the values that decide, for the source line.
    """
    months = list_shown_months(counts)
    if not months:
        return None
    last = months[-1]
    title = messages("strip.title", on_the_map=last.on_the_map, month=last.month)
    if last.left is not None:
        told = messages("strip.title.changes", came=last.came, left=last.left)
        title = messages("strip.title.both", first=title, second=told)
    with open_sheet(theme) as sheet:
        top = sheet.write_heading(title, messages("strip.subtitle")) + 24
        _write_key(sheet, top, messages)
        top += 32
        plot = _lay_out(sheet, months, top)
        _draw_grid(sheet, plot)
        for month in months:
            _draw_month(sheet, plot, month, is_last=month == last)
        below = plot.axis + LEFT_HEIGHT_PX + 40
        note = messages("strip.note")
        if vintages:
            note = messages("sentences", first=describe_source(vintages, messages), second=note)
        if yearly:
            note = messages("sentences", first=note, second=messages("strip.yearly"))
        height = sheet.write_footnote(below, note)
        return sheet.export(height, title)


def _lay_out(sheet: Sheet, months: list[Month], top: float) -> Plot:
    highest = max(month.on_the_map for month in months)
    # A month after a gap collects the changes of all months between; it must not set the scale.
    usual = [m for m in months if m.months_since == 1]
    largest = max([LEAST_SCALE, *(m.came for m in usual), *(m.left or 0 for m in usual)])
    first = months[0].month
    return Plot(
        first=first,
        months=len(list_months(first, months[-1].month)),
        left=sheet.left + measure_text("1,000", SMALL_PX) + 10,
        right=sheet.right,
        top=top,
        highest=max(highest, 1) * 1.06,
        largest=float(largest),
    )


def _draw_grid(sheet: Sheet, plot: Plot) -> None:
    theme = sheet.theme
    for tick in compute_ticks(0, plot.highest, 4):
        if tick != int(tick):
            continue
        y = plot.map_bottom - MAP_HEIGHT_PX * tick / plot.highest
        color = theme.muted if tick == 0 else theme.grid
        sheet.draw_line([(plot.left, y), (plot.right, y)], color=color)
        label = format_number(tick)
        sheet.write((plot.left - 8, y + 4), label, size=SMALL_PX, color=theme.muted, anchor="right")
    sheet.draw_line([(plot.left, plot.axis), (plot.right, plot.axis)], color=theme.muted)
    end = shift_month(plot.first, plot.months - 1)
    for month, label in choose_month_ticks(plot.first, end, plot.right - plot.left):
        y = plot.axis + LEFT_HEIGHT_PX + 30
        sheet.write(
            (plot.locate_month(month), y), label, size=SMALL_PX, color=theme.muted, anchor="center"
        )


def _draw_month(sheet: Sheet, plot: Plot, month: Month, *, is_last: bool) -> None:
    theme = sheet.theme
    center, width = plot.locate_month(month.month), plot.column_width
    left = center - width / 2
    height = MAP_HEIGHT_PX * month.on_the_map / plot.highest
    quiet = blend_colors(theme.accent, theme.background, QUIET_SHARE)
    color = theme.accent if is_last else quiet
    box = (left, plot.map_bottom - height, width, height)
    sheet.draw_box(*box, color=color, name=f"map-{month.month}")
    _write_count(sheet, center, plot.map_bottom - height - 4, month.on_the_map, width + 8)
    y = plot.axis
    soft = blend_colors(theme.gain, theme.background, QUIET_SHARE)
    for count, hue, name in (
        (month.entered or 0, theme.gain, "entered"),
        (month.newly_covered or 0, soft, "covered"),
    ):
        drawn = min(plot.measure_change(count), y - (plot.axis - CAME_HEIGHT_PX))
        if drawn > 0:
            y -= drawn
            sheet.draw_box(left, y, width, drawn, color=hue, name=f"{name}-{month.month}")
    if month.came:
        _write_count(sheet, center, y - 4, month.came, width + 12, "+", theme.gain)
    if month.left:
        drawn = plot.measure_change(month.left)
        name = f"left-{month.month}"
        sheet.draw_box(left, plot.axis, width, drawn, color=theme.loss, name=name)
        below = plot.axis + drawn + 13
        _write_count(sheet, center, below, month.left, width + 12, MINUS, theme.loss)


def _write_count(
    sheet: Sheet, x: float, y: float, count: int, room: float, sign: str = "", color: str = ""
) -> None:
    """Write a count where it fits its column."""
    text = sign + format_number(count)
    if measure_text(text, SMALL_PX) <= room + 6:
        color = color or sheet.theme.muted
        sheet.write((x, y), text, size=SMALL_PX, color=color, anchor="center")


def _write_key(sheet: Sheet, y: float, messages: Messages) -> None:
    """Name the three colours, where no column can reach them."""
    theme = sheet.theme
    soft = blend_colors(theme.gain, theme.background, QUIET_SHARE)
    x = sheet.left
    for color, key in ((theme.gain, "entered"), (soft, "covered"), (theme.loss, "left")):
        text = messages(f"strip.{key}")
        sheet.draw_box(x, y - 9, 10, 10, color=color)
        sheet.write((x + 15, y), text, size=LABEL_PX)
        x += 15 + measure_text(text, LABEL_PX) + 22
