"""F18: what the data cannot say. For each month, how many projects are known, and why not.

The deciding metric is drawn as stacked columns; each other metric is one row of cells below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from landscape.analysis.model import Landscape
from landscape.base.languages import Messages
from landscape.charts.logos import compute_contrast
from landscape.charts.metric_names import name_metric
from landscape.charts.palette import Theme
from landscape.charts.scales import compute_ticks, format_number
from landscape.charts.style import Sheet, blend_colors, open_sheet
from landscape.charts.surface import LABEL_PX, SMALL_PX
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.vintages import describe_source, name_vintages

STATES = ("known", "zero", "not_created", "not_covered", "unavailable", "unknown")
PLOT_HEIGHT_PX = 220.0
ROW_PX = 26.0
METRIC_WIDTH_PX = 150.0
COLUMN_GAP_PX = 3.0
SWATCH_PX = 12.0
VINTAGE_PX = 5.0


@dataclass(frozen=True)
class Grid:
    """Where months and counts stand, in pixels."""

    months: tuple[str, ...]
    left: float
    right: float
    top: float
    total: int

    @property
    def bottom(self) -> float:
        """The y of zero."""
        return self.top + PLOT_HEIGHT_PX

    @property
    def width(self) -> float:
        """The width of one month."""
        return (self.right - self.left) / len(self.months)

    def locate_month(self, index: int) -> float:
        """Return the x at which the month's column begins."""
        return self.left + index * self.width

    def locate_count(self, count: float) -> float:
        """Return the y of the count."""
        return self.bottom - PLOT_HEIGHT_PX * count / self.total


def choose_colors(theme: Theme) -> dict[str, str]:
    """Return the colour of each state: blue is data, grey is none, red is what failed."""
    return {
        "known": theme.sequence[-1],
        "zero": theme.sequence[-3],
        "not_created": theme.surface,
        "not_covered": blend_colors(theme.muted, theme.background, 0.7),
        "unavailable": theme.loss,
        "unknown": blend_colors(theme.muted, theme.background, 0.32),
    }


def draw_coverage(landscape: Landscape, theme: Theme, messages: Messages) -> str | None:
    """Return the picture; None where the table has no row of the deciding metric."""
    table = landscape.coverage
    if table.empty or not (table["metric"] == landscape.window.metric).any():
        return None
    main = table[table["metric"] == landscape.window.metric].sort_values("month")
    others = [name for name in dict.fromkeys(table["metric"]) if name != landscape.window.metric]
    total = int(main.iloc[-1][list(STATES)].sum())
    newest = main.iloc[-1]
    title = messages(
        "coverage.title",
        known=int(newest["known"]) + int(newest["zero"]),
        total=total,
        month=newest["month"],
    )
    subtitle = "coverage.subtitle" if others else "coverage.subtitle.alone"
    with open_sheet(theme) as sheet:
        top = sheet.write_heading(title, messages(subtitle))
        top = _draw_legend(sheet, main, top + 24, messages) + 24
        grid = Grid(
            tuple(main["month"]), sheet.left + METRIC_WIDTH_PX, sheet.right, top, max(total, 1)
        )
        _draw_scale(sheet, grid)
        _draw_columns(sheet, grid, main)
        y = _draw_months(sheet, grid, main, messages)
        for name in others:
            y += ROW_PX
            _draw_row(
                sheet,
                grid,
                table[table["metric"] == name],
                name_metric(name, messages.language),
                y,
            )
        plotted = {label for text in table["vintages"] for label in text.split("+") if label}
        height = sheet.write_footnote(y + 12, describe_source(plotted, messages))
        return sheet.export(height, title)


def _draw_legend(sheet: Sheet, main: pd.DataFrame, y: float, messages: Messages) -> float:
    """Draw a swatch and a word for each state that occurs, in lines; return the last line's y."""
    colors = choose_colors(sheet.theme)
    x = sheet.left
    for state in STATES:
        if state != "known" and not main[state].any():
            continue
        word = messages(f"coverage.{state}")
        width = SWATCH_PX + 6 + measure_text(word, LABEL_PX)
        if x > sheet.left and x + width > sheet.right:
            x, y = sheet.left, y + 22
        _draw_swatch(sheet, x, y, colors[state])
        sheet.write((x + SWATCH_PX + 6, y), word)
        x += width + 20
    return y


def _draw_swatch(sheet: Sheet, x: float, y: float, color: str) -> None:
    # The frame keeps the faintest state visible on the background.
    sheet.draw_box(x, y - SWATCH_PX + 2, SWATCH_PX, SWATCH_PX, color=sheet.theme.grid)
    sheet.draw_box(x + 1, y - SWATCH_PX + 3, SWATCH_PX - 2, SWATCH_PX - 2, color=color)


def _draw_scale(sheet: Sheet, grid: Grid) -> None:
    for tick in compute_ticks(0, grid.total, 4):
        if tick != int(tick):
            continue
        y = grid.locate_count(tick)
        sheet.draw_line([(grid.left, y), (grid.right, y)], color=sheet.theme.grid)
        sheet.write(
            (grid.left - 8, y + 4),
            format_number(tick),
            size=SMALL_PX,
            color=sheet.theme.muted,
            anchor="right",
        )


def _draw_columns(sheet: Sheet, grid: Grid, main: pd.DataFrame) -> None:
    """Draw the states of each month on top of each other, the number of known ones inside."""
    colors = choose_colors(sheet.theme)
    for index, row in enumerate(main.to_dict("records")):
        x, below = grid.locate_month(index) + COLUMN_GAP_PX / 2, 0
        for state in STATES:
            count = int(row[state])
            if not count:
                continue
            top = grid.locate_count(below + count)
            sheet.draw_box(
                x,
                top,
                grid.width - COLUMN_GAP_PX,
                grid.locate_count(below) - top,
                color=colors[state],
                name=f"{state}-{row['month']}",
            )
            below += count
        known = int(row["known"])
        if grid.bottom - grid.locate_count(known) >= SMALL_PX + 8:
            _write_count(
                sheet,
                (x + (grid.width - COLUMN_GAP_PX) / 2, grid.locate_count(known) + SMALL_PX + 3),
                known,
                grid.width,
                colors["known"],
            )


def _write_count(
    sheet: Sheet, point: tuple[float, float], count: int, room: float, ground: str
) -> None:
    if measure_text(str(count), SMALL_PX) > room:
        return
    theme = sheet.theme
    color = max(
        (theme.text, theme.background), key=lambda candidate: compute_contrast(candidate, ground)
    )
    sheet.write(point, str(count), size=SMALL_PX, color=color, anchor="center")


def _draw_months(sheet: Sheet, grid: Grid, main: pd.DataFrame, messages: Messages) -> float:
    """Draw the axis: months, those not published marked, and the vintages; return the y below."""
    theme = sheet.theme
    baseline = grid.bottom
    sheet.draw_line([(grid.left, baseline), (grid.right, baseline)], color=theme.muted)
    y = baseline + 18
    published = main["published"].tolist()
    width = measure_text("2025-01", SMALL_PX) + 10
    step = next(step for step in (1, 2, 3, 4, 6, 12, 24) if step * grid.width >= width or step > 12)
    for index, month in enumerate(grid.months):
        if (len(grid.months) - 1 - index) % step == 0:
            center = grid.locate_month(index) + grid.width / 2
            sheet.write((center, y), month, size=SMALL_PX, color=theme.muted, anchor="center")
    y = _draw_spans(sheet, grid, main["vintages"].tolist(), y + 20, messages)
    if not all(published):
        flags = ["" if is_published else "no" for is_published in published]
        y = _draw_unpublished(sheet, grid, flags, y + 24, messages)
    return y + 10


def _write_row_name(sheet: Sheet, grid: Grid, text: str, y: float) -> None:
    room = grid.left - sheet.left - 10
    short = shorten_text(text, room, SMALL_PX)
    sheet.write((sheet.left, y), short, size=SMALL_PX, color=sheet.theme.muted)


def _draw_spans(
    sheet: Sheet, grid: Grid, vintages: Sequence[str], y: float, messages: Messages
) -> float:
    """Draw one bar for each stretch of months of the same vintages, its label below."""
    theme = sheet.theme
    _write_row_name(sheet, grid, messages("coverage.vintage"), y + 4)
    index = 0
    for label, group in groupby(vintages):
        count = len(list(group))
        left, width = grid.locate_month(index), count * grid.width
        index += count
        if not label:
            continue
        half = COLUMN_GAP_PX / 2
        sheet.draw_box(
            left + half, y - VINTAGE_PX / 2, width - 2 * half, VINTAGE_PX, color=theme.muted
        )
        label = name_vintages(label.split("+"), messages)
        if measure_text(label, SMALL_PX) <= width:
            center = (left + width / 2, y + 18)
            sheet.write(center, label, size=SMALL_PX, color=theme.text, anchor="center")
    return y + 18


def _draw_unpublished(
    sheet: Sheet, grid: Grid, flags: Sequence[str], y: float, messages: Messages
) -> float:
    """Mark the months that are not published with a cross each."""
    _write_row_name(sheet, grid, messages("coverage.unpublished"), y)
    for index, flag in enumerate(flags):
        if flag:
            x, half = grid.locate_month(index) + grid.width / 2, 4.0
            center = y - 4
            for sign in (1, -1):
                sheet.draw_line(
                    [(x - half, center - sign * half), (x + half, center + sign * half)],
                    color=sheet.theme.muted,
                    width=1.5,
                )
    return y


def _draw_row(sheet: Sheet, grid: Grid, rows: pd.DataFrame, name: str, y: float) -> None:
    """Draw one metric as a row of cells: the darker, the more projects are known."""
    theme = sheet.theme
    _write_row_name(sheet, grid, name[:1].upper() + name[1:], y - 8)
    known = dict(zip(rows["month"], rows["known"] + rows["zero"], strict=True))
    for index, month in enumerate(grid.months):
        count = int(known.get(month, 0))
        shade = _pick_shade(theme, count / grid.total)
        left = grid.locate_month(index) + COLUMN_GAP_PX / 2
        width = grid.width - COLUMN_GAP_PX
        sheet.draw_box(left, y - ROW_PX + 2, width, ROW_PX - 4, color=shade)
        if count:
            _write_count(sheet, (left + width / 2, y - 9), count, grid.width, shade)


def _pick_shade(theme: Theme, share: float) -> str:
    if share <= 0:
        return theme.surface
    steps = len(theme.sequence)
    return theme.sequence[min(int(share * steps), steps - 1)]
