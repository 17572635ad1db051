"""F14: when the projects on the map were created, by quarter, and how many are young."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.model import Landscape
from landscape.base.languages import Messages
from landscape.base.months import count_months, shift_month
from landscape.charts.palette import Theme
from landscape.charts.scales import compute_ticks, format_number
from landscape.charts.style import Sheet, blend_colors, open_sheet
from landscape.charts.surface import LABEL_PX, SMALL_PX
from landscape.charts.text import measure_text

PLOT_HEIGHT_PX = 210.0
BRACKET_ROW_PX = 26.0
COLUMN_GAP_PX = 2.0
WIDEST_COLUMN_PX = 56.0
NARROWEST_PLOT_PX = 420.0
OLDER_SHARE = 0.4
MOST_QUARTERS = 44
KEPT_YEARS = 10
"""Where there are more quarters than that, what lies further back shares one column."""


@dataclass(frozen=True)
class Column:
    """One quarter: its first month, and how many projects on the map were created in it."""

    start: str
    projects: int


@dataclass(frozen=True)
class Young:
    """The projects created since a month: how many, and their percent of those dated."""

    since: str
    projects: int
    percent: float

    @property
    def share(self) -> str:
        """The percentage as text."""
        return f"{format_number(self.percent)}%"


@dataclass(frozen=True)
class Plot:
    """Where months and counts stand, in pixels; ``end`` is the month after the last one."""

    start: str
    end: str
    left: float
    right: float
    top: float
    bottom: float
    highest: float
    lead: float
    """Room before ``left`` for the column of what was created earlier; 0 where there is none."""

    def locate_month(self, month: str) -> float:
        """Return the x at which the month begins."""
        share = count_months(self.start, month) / count_months(self.start, self.end)
        return self.left + (self.right - self.left) * share

    def locate_count(self, count: float) -> float:
        """Return the y of the count; zero is the bottom."""
        return self.bottom - (self.bottom - self.top) * count / self.highest


def list_columns(freshness: pd.DataFrame) -> list[Column]:
    """Return the quarters of the table (measure ``quarter``), the earliest first."""
    quarters = freshness[freshness["measure"] == "quarter"].sort_values("period")
    return [
        Column(f"{period[:4]}-{int(period[-1]) * 3 - 2:02d}", int(projects))
        for period, projects in zip(quarters["period"], quarters["projects"], strict=True)
    ]


def fold_columns(columns: Sequence[Column]) -> tuple[int, list[Column]]:
    """Return how many projects lie too far back for a column of their own, and the other ones."""
    if len(columns) <= MOST_QUARTERS:
        return 0, list(columns)
    first = f"{int(columns[-1].start[:4]) - KEPT_YEARS}-01"
    kept = [column for column in columns if column.start >= first]
    return sum(column.projects for column in columns if column.start < first), kept


def _pick_young(freshness: pd.DataFrame, measure: str) -> Young:
    row = freshness[freshness["measure"] == measure].iloc[0]
    return Young(str(row["period"]), int(row["projects"]), float(row["share"]))


def draw_freshness(landscape: Landscape, theme: Theme, messages: Messages) -> str | None:
    """Return the picture; None where no creation date is known."""
    table = landscape.freshness
    earlier, columns = fold_columns(list_columns(table))
    if not columns:
        return None
    recent, fresh = (_pick_young(table, name) for name in ("since-last-year", "within-six-months"))
    dated = int(table["of"].iloc[0])
    unknown = int(table.loc[table["measure"] == "unknown", "projects"].sum())
    title = messages("freshness.title", share=recent.share, since=recent.since)
    subtitle = messages(
        "freshness.subtitle", dated=format_number(dated), as_of=landscape.window.as_of
    )
    with open_sheet(theme) as sheet:
        top = sheet.write_heading(title, subtitle) + 18
        before = messages("freshness.earlier", year=int(columns[0].start[:4]) - 1)
        plot = _lay_out(sheet, columns, top, (before, earlier))
        _draw_grid(sheet, plot)
        _draw_earlier(sheet, plot, before, earlier)
        _draw_columns(sheet, plot, columns, recent.since)
        for row, (young, key) in enumerate(((recent, "recent"), (fresh, "fresh"))):
            told = messages(
                f"freshness.{key}",
                since=young.since,
                count=format_number(young.projects),
                share=young.share,
            )
            _draw_bracket(sheet, plot, young.since, told, plot.bottom + 40 + row * BRACKET_ROW_PX)
        source = messages("freshness.source", as_of=landscape.window.as_of)
        if unknown:
            told = messages("freshness.unknown", count=unknown)
            source = messages("sentences", first=source, second=told)
        height = sheet.write_footnote(plot.bottom + 40 + 2 * BRACKET_ROW_PX - 8, source)
        return sheet.export(height, title)


def _lay_out(sheet: Sheet, columns: Sequence[Column], top: float, before: tuple[str, int]) -> Plot:
    label, earlier = before
    highest = max([earlier, *(column.projects for column in columns)])
    ticks = compute_ticks(0, max(highest, 1), 4)
    left = sheet.left + max(measure_text(format_number(tick), SMALL_PX) for tick in ticks) + 10
    lead = measure_text(label, SMALL_PX) + 14 if earlier else 0.0
    left += lead
    widest = left + max(WIDEST_COLUMN_PX * len(columns), NARROWEST_PLOT_PX)
    return Plot(
        start=columns[0].start,
        end=shift_month(columns[-1].start, 3),
        left=left,
        right=min(sheet.right, widest),
        top=top,
        bottom=top + PLOT_HEIGHT_PX,
        highest=max(highest, 1) * 1.08,
        lead=lead,
    )


def _draw_grid(sheet: Sheet, plot: Plot) -> None:
    theme = sheet.theme
    step_is_whole = [tick for tick in compute_ticks(0, plot.highest, 4) if tick == int(tick)]
    for tick in step_is_whole:
        y = plot.locate_count(tick)
        sheet.draw_line([(plot.left - plot.lead, y), (plot.right, y)], color=theme.grid)
        sheet.write(
            (plot.left - plot.lead - 8, y + 4),
            format_number(tick),
            size=SMALL_PX,
            color=theme.muted,
            anchor="right",
        )
    first = int(plot.start[:4]) + (plot.start[5:] != "01")
    years = range(first, int(plot.end[:4]) + (plot.end[5:] != "01"))
    room = (plot.right - plot.left) * 12 / count_months(plot.start, plot.end)
    step = 1 if room >= measure_text("2020", SMALL_PX) + 8 else 2
    for year in years:
        x = plot.locate_month(f"{year}-01")
        sheet.draw_line([(x, plot.bottom), (x, plot.bottom + 5)], color=theme.muted)
        if (year - first) % step == 0 and x + measure_text("2020", SMALL_PX) < sheet.width - 12:
            sheet.write((x + 2, plot.bottom + 18), str(year), size=SMALL_PX, color=theme.muted)


def _draw_columns(sheet: Sheet, plot: Plot, columns: Sequence[Column], recent: str) -> None:
    """Draw a column a quarter, the recent ones in full colour, counts above where they fit."""
    theme = sheet.theme
    older = blend_colors(theme.accent, theme.background, OLDER_SHARE)
    for column in columns:
        if not column.projects:
            continue
        left = plot.locate_month(column.start)
        width = plot.locate_month(shift_month(column.start, 3)) - left
        drawn = min(width, WIDEST_COLUMN_PX) - COLUMN_GAP_PX
        y = plot.locate_count(column.projects)
        is_recent = column.start >= recent
        sheet.draw_box(
            left + (width - drawn) / 2,
            y,
            drawn,
            plot.bottom - y,
            color=theme.accent if is_recent else older,
            name=f"quarter-{column.start}",
        )
        label = format_number(column.projects)
        if measure_text(label, SMALL_PX) <= width + 4 and column.projects >= 5:
            color = theme.text if is_recent else theme.muted
            sheet.write(
                (left + width / 2, y - 4), label, size=SMALL_PX, color=color, anchor="center"
            )
    sheet.draw_line(
        [(plot.left - plot.lead, plot.bottom), (plot.right, plot.bottom)], color=theme.muted
    )


def _draw_earlier(sheet: Sheet, plot: Plot, label: str, projects: int) -> None:
    """Draw the one column of what was created before the first quarter shown."""
    if not projects:
        return
    theme = sheet.theme
    width = min(plot.locate_month(shift_month(plot.start, 3)) - plot.left, plot.lead - 14)
    center, y = plot.left - 7 - plot.lead / 2, plot.locate_count(projects)
    color = blend_colors(theme.accent, theme.background, OLDER_SHARE)
    box = (center - width / 2, y, width - COLUMN_GAP_PX, plot.bottom - y)
    sheet.draw_box(*box, color=color, name="quarter-earlier")
    for text, at in ((format_number(projects), y - 4), (label, plot.bottom + 18)):
        sheet.write((center, at), text, size=SMALL_PX, color=theme.muted, anchor="center")


def _draw_bracket(sheet: Sheet, plot: Plot, since: str, told: str, y: float) -> None:
    """Draw the span from a month to the end, named on its left (or inside, where it is long)."""
    theme = sheet.theme
    start, end = plot.locate_month(max(since, plot.start)), plot.right
    sheet.draw_line([(start, y), (end, y)], color=theme.accent, width=3.0)
    width = measure_text(told, LABEL_PX, bold=True)
    if start - 10 - width >= sheet.left:
        sheet.write((start - 10, y + 4.5), told, color=theme.accent, bold=True, anchor="right")
    elif end + 10 + width <= sheet.right:
        sheet.write((end + 10, y + 4.5), told, color=theme.accent, bold=True)
    else:
        sheet.write((start, y + 17), told, color=theme.accent, bold=True)
