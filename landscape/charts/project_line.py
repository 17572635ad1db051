"""One project's OpenRank by month, small enough that every project has its own (F7).

Digits only, so one picture serves every language. As in ``trend``, a line breaks where a month
is unknown and where two vintages meet; nothing is smoothed or filled in.
"""

from __future__ import annotations

import pandas as pd

from landscape.base.periods import count_periods
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.scales import compute_ticks, format_number
from landscape.charts.style import blend_colors
from landscape.charts.surface import LABEL_PX, SMALL_PX, Point
from landscape.charts.svg import format_number as format_coordinate
from landscape.charts.text import measure_text
from landscape.charts.trend import Run, choose_month_ticks, find_seams, split_runs

PLOT_HEIGHT_PX = 168.0
TOP_PX = 24.0
LINE_PX = 2.25
FEWEST_MONTHS = 2


def draw_project_line(rows: pd.DataFrame, name: str, theme: Theme) -> str | None:
    """Return the picture; None where fewer than two months are known.

    rows: project, month (``YYYY-MM``), openrank (float, NaN unknown), vintage of one project.
    """
    runs = split_runs(rows)
    months = [month for run in runs for month, _ in run]
    if len(months) < FEWEST_MONTHS:
        return None
    plot = _Plot(runs)
    plate = Plate(theme)
    _draw_grid(plate, plot)
    for before, after in find_seams(rows):
        x = round((plot.locate_month(before) + plot.locate_month(after)) / 2, 1)
        plate.draw_line([(x, plot.top), (x, plot.bottom)], color=theme.muted, dashes="2 4")
    color = theme.series[0]
    for run in runs:
        points = [plot.locate(month, value) for month, value in run]
        if len(points) > 1:
            plate.draw_line(points, color=color, width=LINE_PX)
        else:
            plate.draw_circle(points[0], 3.0, color=color)
    _write_marks(plate, plot, runs)
    return plate.export(plot.bottom + 34, name)


class _Plot:
    """Where months and values stand, in pixels; the right margin holds the newest value."""

    def __init__(self, runs: list[Run]) -> None:
        values = [value for run in runs for _, value in run]
        self.first, self.last = runs[0][0][0], runs[-1][-1][0]
        self.span = max(count_periods(self.first, self.last), 1)
        self.ticks = compute_ticks(0.0, max(values) * 1.08 or 1.0, 5)
        self.highest = max(max(values) * 1.08, self.ticks[-1]) or 1.0
        scale = max(measure_text(format_number(tick), SMALL_PX) for tick in self.ticks)
        newest = measure_text(format_number(values[-1]), LABEL_PX, bold=True)
        self.left = 28.0 + scale + 10
        self.right = 960.0 - 28.0 - newest - 12
        self.top, self.bottom = TOP_PX, TOP_PX + PLOT_HEIGHT_PX

    def locate_month(self, month: str) -> float:
        """Return the x of the month."""
        return self.left + (self.right - self.left) * count_periods(self.first, month) / self.span

    def locate(self, month: str, value: float) -> Point:
        """Return the point of a value; zero is the bottom."""
        return self.locate_month(month), self.bottom - PLOT_HEIGHT_PX * value / self.highest


def _draw_grid(plate: Plate, plot: _Plot) -> None:
    theme = plate.theme
    for tick in plot.ticks:
        y = plot.locate(plot.first, tick)[1]
        color = theme.muted if tick == 0 else theme.grid
        plate.draw_line([(plot.left, y), (plot.right, y)], color=color)
        plate.write(
            (plot.left - 8, y + 4),
            format_number(tick),
            size=SMALL_PX,
            color=theme.muted,
            anchor="right",
        )
    ticks = [
        (format_coordinate(plot.locate_month(month)), label)
        for month, label in choose_month_ticks(plot.first, plot.last, plot.right - plot.left)
    ]
    bottom, below = format_coordinate(plot.bottom), format_coordinate(plot.bottom + 20)
    plate.draw_path("".join(f"M{x} {bottom}v5" for x, _ in ticks), color=theme.muted)
    labels = plate.canvas.add(
        "g",
        transform=f"translate(0 {below})",
        font_size=SMALL_PX,
        fill=theme.muted,
        text_anchor="middle",
    )
    for x, label in ticks:
        plate.canvas.add("text", labels, label, x=x)


def _write_marks(plate: Plate, plot: _Plot, runs: list[Run]) -> None:
    """Mark the newest value, written at the right edge."""
    theme = plate.theme
    month, value = runs[-1][-1]
    x, y = plot.locate(month, value)
    soft = blend_colors(theme.series[0], theme.background, 0.55)
    plate.draw_line([(x + 5, y), (plot.right + 6, y)], color=soft)
    plate.draw_circle((x, y), 4.0, color=theme.series[0])
    plate.write((plot.right + 10, y + 4.5), format_number(value), color=theme.series[0], bold=True)
