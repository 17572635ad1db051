"""F7: OpenRank by month, quarter or year of a few projects, each line named at its end.

Without title it holds digits and names only, so one picture serves every language. A line
breaks where a month is unknown and where two vintages meet; nothing is smoothed or filled in.
What is said of months here holds for the quarters and years of an aggregated series too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.base.periods import count_periods, find_kind, list_periods
from landscape.charts.labels import spread_labels
from landscape.charts.palette import Theme
from landscape.charts.scales import compute_ticks, format_number
from landscape.charts.style import Sheet, blend_colors, open_sheet
from landscape.charts.surface import LABEL_PX, SMALL_PX
from landscape.charts.text import measure_text, shorten_text

PLOT_HEIGHT_PX = 300.0
NAME_WIDTH_PX = 210.0
LABEL_SPACING_PX = 19.0
LEADER_PX = 26.0
LINE_PX = 2.25
TICK_GAP_PX = 12.0

Run = list[tuple[str, float]]
"""Months in a row that are known in one vintage, with their values."""


@dataclass(frozen=True)
class Line:
    """One project's line: its label and its unbroken runs, in order of time."""

    label: str
    color: str
    runs: list[Run]

    @property
    def last(self) -> tuple[str, float]:
        """The last known month and its value."""
        return self.runs[-1][-1]


@dataclass(frozen=True)
class Plot:
    """Where months and values stand, in pixels."""

    first: str
    last: str
    left: float
    right: float
    top: float
    bottom: float
    highest: float

    def locate_month(self, month: str) -> float:
        """Return the x of the month."""
        span = count_periods(self.first, self.last)
        if span == 0:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * count_periods(self.first, month) / span

    def locate_value(self, value: float) -> float:
        """Return the y of the value; zero is the bottom."""
        return self.bottom - (self.bottom - self.top) * value / self.highest


def split_runs(rows: pd.DataFrame) -> list[Run]:
    """Split one project's rows (month, openrank, vintage) where a month or the vintage breaks."""
    runs: list[Run] = []
    before: tuple[str, str] | None = None
    known = rows[rows["openrank"].notna()].sort_values("month", kind="stable")
    for month, value, vintage in zip(
        known["month"], known["openrank"].astype(float), known["vintage"], strict=True
    ):
        joins = before is not None and before[1] == vintage and count_periods(before[0], month) == 1
        if not joins:
            runs.append([])
        runs[-1].append((month, value))
        before = (month, vintage)
    return runs


def find_seams(series: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs of months between which a project's vintage changes, in order.

    Where the months between are unknown, the pair lies as far apart.
    """
    seams: set[tuple[str, str]] = set()
    for _, rows in series[series["openrank"].notna()].groupby("project", sort=True):
        ordered = rows.sort_values("month", kind="stable")
        months, vintages = ordered["month"].tolist(), ordered["vintage"].tolist()
        for index in range(1, len(months)):
            if vintages[index] != vintages[index - 1]:
                seams.add((months[index - 1], months[index]))
    return sorted(seams)


def draw_trend(
    series: pd.DataFrame,
    names: Mapping[str, str],
    theme: Theme,
    *,
    first_month: str = "",
    places: Mapping[str, int] | None = None,
    title: str = "",
    subtitle: str = "",
    footnote: str = "",
) -> str | None:
    """Return the picture of the projects in ``names``; None where no value is known.

    series: project, month (``YYYY-MM``; in an aggregated series ``YYYY-Qn`` or ``YYYY``),
        openrank (float, NaN unknown), vintage; others are left out, as are months before
        ``first_month``.
    names: project to label; its order gives the colours, so a project keeps its own.
    places: project to its colour's place in the palette, where the order is not to decide.
    """
    chosen = series[series["project"].isin(list(names)) & series["openrank"].notna()]
    chosen = chosen[chosen["month"] >= first_month]
    if chosen.empty:
        return None
    lines = _compose_lines(chosen, names, places or {}, theme)
    with open_sheet(theme) as sheet:
        top = sheet.write_heading(title, subtitle) + 22 if title or subtitle else 24.0
        plot = _lay_out(sheet, lines, chosen, top)
        _draw_grid(sheet, plot)
        _draw_seams(sheet, plot, find_seams(chosen))
        for line in reversed(lines):
            _draw_line(sheet, plot, line)
        _write_labels(sheet, plot, lines)
        below = plot.bottom + 34
        height = sheet.write_footnote(below, footnote) if footnote else below
        return sheet.export(height, title or ", ".join(names[project] for project in names))


def _compose_lines(
    series: pd.DataFrame, names: Mapping[str, str], places: Mapping[str, int], theme: Theme
) -> list[Line]:
    lines = []
    for position, (project, name) in enumerate(names.items()):
        runs = split_runs(series[series["project"] == project])
        if runs:
            label = shorten_text(name, NAME_WIDTH_PX, LABEL_PX, bold=True)
            place = places.get(project, position) % len(theme.series)
            lines.append(Line(label, theme.series[place], runs))
    return lines


def _lay_out(sheet: Sheet, lines: Sequence[Line], series: pd.DataFrame, top: float) -> Plot:
    highest = float(series["openrank"].max())
    ticks = compute_ticks(0.0, highest * 1.02 if highest > 0 else 1.0, 5)
    scale_width = max(measure_text(format_number(tick), SMALL_PX) for tick in ticks)
    label_width = max(
        measure_text(line.label, LABEL_PX, bold=True)
        + measure_text(" " + format_number(line.last[1]), LABEL_PX, bold=True)
        for line in lines
    )
    return Plot(
        first=str(series["month"].min()),
        last=str(series["month"].max()),
        left=sheet.left + scale_width + 10,
        right=sheet.right - label_width - LEADER_PX - 6,
        top=top,
        bottom=top + PLOT_HEIGHT_PX,
        highest=max(highest * 1.02, ticks[-1]) if highest > 0 else 1.0,
    )


def choose_month_ticks(first: str, last: str, room: float) -> list[tuple[str, str]]:
    """Return (month, label) pairs whose labels fit side by side in ``room`` pixels.

    Years (at their January) where the months span more than three of them, else months.
    """
    months = list_periods(first, last)
    if find_kind(first) == "year":
        return _thin_out([(year, year) for year in months], months, room)
    if find_kind(first) == "quarter":
        starts = [(quarter, quarter[:4]) for quarter in months if quarter.endswith("Q1")]
        return _thin_out(starts or [(first, first)], months, room)
    if len(months) > 36:
        years = [(month, month[:4]) for month in months if month.endswith("-01")]
        return _thin_out(years, months, room)
    for step in (1, 2, 3, 6, 12):
        ticks = [(month, month) for month in months if (int(month[5:]) - 1) % step == 0]
        if _fit_side_by_side(ticks, months, room):
            return ticks or [(first, first)]
    return [(first, first)]


def _fit_side_by_side(ticks: Sequence[tuple[str, str]], months: Sequence[str], room: float) -> bool:
    if len(ticks) < 2:
        return len(months) > 1 or bool(ticks)
    apart = room * count_periods(ticks[0][0], ticks[1][0]) / (len(months) - 1)
    return apart >= measure_text(ticks[0][1], SMALL_PX) + TICK_GAP_PX


def _thin_out(
    years: list[tuple[str, str]], months: Sequence[str], room: float
) -> list[tuple[str, str]]:
    step = 1
    while not _fit_side_by_side(years[::step], months, room):
        step += 1
    return years[::step]


def _draw_grid(sheet: Sheet, plot: Plot) -> None:
    theme = sheet.theme
    for tick in compute_ticks(0.0, plot.highest, 5):
        y = plot.locate_value(tick)
        color = theme.muted if tick == 0 else theme.grid
        sheet.draw_line([(plot.left, y), (plot.right, y)], color=color, width=1.0)
        sheet.write(
            (plot.left - 8, y + 4),
            format_number(tick),
            size=SMALL_PX,
            color=theme.muted,
            anchor="right",
        )
    for month, label in choose_month_ticks(plot.first, plot.last, plot.right - plot.left):
        x = plot.locate_month(month)
        sheet.draw_line([(x, plot.bottom), (x, plot.bottom + 5)], color=theme.muted)
        sheet.write((x, plot.bottom + 20), label, size=SMALL_PX, color=theme.muted, anchor="center")


def _draw_seams(sheet: Sheet, plot: Plot, seams: Iterable[tuple[str, str]]) -> None:
    """Mark where vintages meet: a thin dashed upright between the two months."""
    for before, after in seams:
        x = (plot.locate_month(before) + plot.locate_month(after)) / 2
        sheet.draw_line(
            [(x, plot.top), (x, plot.bottom)], color=sheet.theme.muted, width=1.0, dashes=(2, 4)
        )


def _draw_line(sheet: Sheet, plot: Plot, line: Line) -> None:
    for run in line.runs:
        points = [(plot.locate_month(month), plot.locate_value(value)) for month, value in run]
        if len(points) > 1:
            sheet.draw_line(points, color=line.color, width=LINE_PX)
        else:
            sheet.draw_dots(points, radius=3.0, color=line.color)
    month, value = line.last
    end = [(plot.locate_month(month), plot.locate_value(value))]
    sheet.draw_dots(end, radius=4.0, color=line.color)


def _write_labels(sheet: Sheet, plot: Plot, lines: Sequence[Line]) -> None:
    """Write name and last value beside each line's end, joined to it by a thin leader."""
    ends = [(plot.locate_month(line.last[0]), plot.locate_value(line.last[1])) for line in lines]
    places = spread_labels(
        [y for _, y in ends], LABEL_SPACING_PX, plot.top, plot.bottom - LABEL_SPACING_PX / 4
    )
    x = plot.right + LEADER_PX
    for line, (end_x, end_y), y in zip(lines, ends, places, strict=True):
        soft = blend_colors(line.color, sheet.theme.background, 0.55)
        sheet.draw_line([(plot.right + 6, end_y), (x - 4, y)], color=soft)
        if end_x < plot.right:
            # Dotted, so that nobody takes it for values of the months after the last known one.
            sheet.draw_line(
                [(end_x + 7, end_y), (plot.right + 6, end_y)], color=soft, dashes=(1, 5)
            )
        else:
            sheet.draw_line([(end_x + 4, end_y), (plot.right + 6, end_y)], color=soft)
        text = f"{line.label} {format_number(line.last[1])}"
        sheet.write((x, y + 4.5), text, color=line.color, bold=True)
