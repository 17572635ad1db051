"""F5: domains on one vertical axis by their change of OpenRank, leading projects beside each.

A domain's dot stands where its growth is; its label beside it moves only as far as it must to
stand clear of its neighbours. One more label tells the change of all compared projects, since
only what differs from that is a domain's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.model import ChangeBasis, Landscape
from landscape.base.languages import Messages
from landscape.charts.labels import spread_labels
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.scales import compute_ticks, format_change, format_period
from landscape.charts.style import blend_colors
from landscape.charts.surface import SMALL_PX
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.vintages import describe_source

ROW_PX = 29.0
LEAST_HEIGHT_PX = 260.0
NAME_PX = 14.0
NAME_ROOM_PX = 250.0
LEADER_NAME_PX = 150.0
AXIS_ROOM_PX = 62.0
CURVE_PX = 78.0
GAP_PX = 18.0
RADIUS_PX = 5.0
LEADER_GAP = " · "


@dataclass(frozen=True)
class Row:
    """One label: a domain, or all compared projects together (without leaders)."""

    name: str
    growth: float
    counts: str
    leaders: tuple[str, ...]

    @property
    def percent(self) -> str:
        """The growth as it is written."""
        return format_percent(self.growth)


@dataclass(frozen=True)
class Columns:
    """Where the labels' columns stand: names, growth (right end), counts (right end), leaders."""

    name: float
    growth: float
    counts: float
    leaders: float


def format_percent(value: float) -> str:
    """Return the change as whole percent with its sign."""
    return f"{format_change(round(value))}%"


def draw_domain_growth(
    growth: pd.DataFrame,
    landscape: Landscape,
    names: Mapping[str, str],
    *,
    theme: Theme,
    messages: Messages,
) -> str | None:
    """Return the picture; None where no domain's growth can be told.

    growth: as of ``compute_domain_growth``. landscape: basis and series it was computed from.
    names: domain id to its name in the page's language.
    """
    told = growth[growth["growth"].notna()]
    if told.empty or landscape.basis.kind == "none":
        return None
    rows = _compose_rows(told, landscape.basis, names, messages)
    title = _write_title(told, names, messages)
    plate = Plate(theme)
    subtitle = messages(
        "growth.subtitle",
        current=format_period(landscape.basis.current),
        earlier=format_period(landscape.basis.earlier),
    )
    top = plate.write_heading(title, subtitle) + 48
    bottom = top + max(LEAST_HEIGHT_PX, ROW_PX * (len(rows) - 1))
    columns = _lay_out_columns(plate, rows, messages)
    _write_column_heads(plate, columns, top - 24, messages)
    _draw_rows(plate, rows, columns, top, bottom)
    footnote = _write_footnote(growth, landscape, names, messages)
    return plate.export(plate.write_footnote(bottom + 14, footnote), title)


def _compose_rows(
    told: pd.DataFrame, basis: ChangeBasis, names: Mapping[str, str], messages: Messages
) -> list[Row]:
    rows = [
        Row(
            shorten_text(names.get(domain, domain), NAME_ROOM_PX, NAME_PX, bold=True),
            float(value),
            messages("growth.counts", compared=compared, projects=projects),
            _describe_leaders(leaders),
        )
        for domain, value, compared, projects, leaders in zip(
            told["domain"],
            told["growth"],
            told["compared"],
            told["projects"],
            told["leaders"],
            strict=True,
        )
    ]
    if basis.total_earlier > 0:
        total = (basis.total_current / basis.total_earlier - 1) * 100
        rows.append(Row(messages("growth.all"), total, str(basis.compared), ()))
    return sorted(rows, key=lambda row: (-row.growth, not row.leaders))


def _describe_leaders(leaders: tuple[tuple[str, float], ...]) -> tuple[str, ...]:
    parts = []
    for name, percent in leaders:
        short = shorten_text(name, LEADER_NAME_PX, SMALL_PX)
        parts.append(f"{short} {format_percent(percent)}" if math.isfinite(percent) else short)
    return tuple(parts)


def join_leaders(leaders: tuple[str, ...], room: float) -> str:
    """Return as many of the leaders as fit side by side; none where not even one does."""
    for count in range(len(leaders), 0, -1):
        joined = LEADER_GAP.join(leaders[:count])
        if measure_text(joined, SMALL_PX) <= room:
            return joined
    return ""


def _write_title(told: pd.DataFrame, names: Mapping[str, str], messages: Messages) -> str:
    """Name the first and the last; which sentence fits depends on the signs."""
    domains, values = told["domain"].tolist(), [round(value) for value in told["growth"]]
    words = {
        "best": names.get(domains[0], domains[0]),
        "worst": names.get(domains[-1], domains[-1]),
        "grown": sum(value > 0 for value in values),
        "count": len(values),
    }
    if len(set(values)) == 1:
        return messages("growth.title.equal", **words)
    kind = "fell" if values[0] <= 0 else "rose" if values[-1] >= 0 else "both"
    if kind == "both" and words["grown"] == 1:
        kind = "one"
    return messages(f"growth.title.{kind}", **words)


def _lay_out_columns(plate: Plate, rows: list[Row], messages: Messages) -> Columns:
    name = plate.left + AXIS_ROOM_PX + CURVE_PX
    wide = max(
        *(measure_text(row.name, NAME_PX, bold=True) for row in rows),
        measure_text(messages("growth.head.domain"), SMALL_PX),
    )
    percent = max(measure_text(row.percent, NAME_PX, bold=True) for row in rows)
    counts = max(
        *(measure_text(row.counts, SMALL_PX) for row in rows),
        measure_text(messages("growth.head.counts"), SMALL_PX),
    )
    growth_right = name + wide + GAP_PX + percent
    counts_right = growth_right + GAP_PX + counts
    return Columns(name, growth_right, counts_right, counts_right + GAP_PX)


def _write_column_heads(plate: Plate, columns: Columns, y: float, messages: Messages) -> None:
    color = plate.theme.muted
    plate.write((columns.name, y), messages("growth.head.domain"), size=SMALL_PX, color=color)
    plate.write(
        (columns.counts, y),
        messages("growth.head.counts"),
        size=SMALL_PX,
        color=color,
        anchor="right",
    )
    head = shorten_text(messages("growth.head.leaders"), plate.right - columns.leaders, SMALL_PX)
    plate.write((columns.leaders, y), head, size=SMALL_PX, color=color)


def _draw_rows(plate: Plate, rows: list[Row], columns: Columns, top: float, bottom: float) -> None:
    values = [row.growth for row in rows]
    low, high = min(0.0, *values), max(0.0, *values)
    axis = plate.left + AXIS_ROOM_PX

    def locate(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / ((high - low) or 1.0)

    ticks = {tick: locate(tick) for tick in compute_ticks(low, high, 8)}
    _draw_axis(plate, axis, (top, bottom), ticks)
    places = spread_labels([locate(value) for value in values], ROW_PX, top, bottom)
    marks = plate.open_group("marks")
    for row, y in zip(rows, places, strict=True):
        color = _pick_color(plate.theme, row)
        start, end = (axis + RADIUS_PX, locate(row.growth)), (columns.name - 8, y)
        middle = (start[0] + end[0]) / 2
        curve = f"M{start[0]:.1f} {start[1]:.1f}C{middle:.1f} {start[1]:.1f} "
        curve += f"{middle:.1f} {end[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
        plate.draw_path(curve, color=blend_colors(color, plate.theme.background, 0.5))
        if row.leaders:
            plate.draw_circle((axis, start[1]), RADIUS_PX, color=color, parent=marks)
        else:
            plate.draw_line([(axis - 8, start[1]), (axis + 8, start[1])], color=color, width=2.5)
        _write_row(plate, row, columns, y + 5, color)


def _draw_axis(
    plate: Plate, x: float, span: tuple[float, float], ticks: Mapping[float, float]
) -> None:
    """Draw the axis over the span, and the ticks: value to its y."""
    theme = plate.theme
    plate.draw_line([(x, span[0]), (x, span[1])], color=theme.grid, width=2)
    for value, y in ticks.items():
        color = theme.muted if value == 0 else theme.grid
        plate.draw_line([(x - 5, y), (x, y)], color=color)
        plate.write(
            (x - 10, y + 4),
            format_percent(value),
            size=SMALL_PX,
            color=theme.muted,
            anchor="right",
        )


def _pick_color(theme: Theme, row: Row) -> str:
    if not row.leaders or round(row.growth) == 0:
        return theme.muted
    return theme.gain if row.growth > 0 else theme.loss


def _write_row(plate: Plate, row: Row, columns: Columns, y: float, color: str) -> None:
    theme = plate.theme
    bold = bool(row.leaders)
    text = theme.text if bold else theme.muted
    plate.write((columns.name, y), row.name, size=NAME_PX, bold=bold, color=text)
    plate.write(
        (columns.growth, y), row.percent, size=NAME_PX, bold=bold, color=color, anchor="right"
    )
    plate.write((columns.counts, y), row.counts, size=SMALL_PX, color=theme.muted, anchor="right")
    leaders = join_leaders(row.leaders, plate.right - columns.leaders)
    if leaders:
        plate.write((columns.leaders, y), leaders, size=SMALL_PX, color=theme.text)


def _write_footnote(
    growth: pd.DataFrame, landscape: Landscape, names: Mapping[str, str], messages: Messages
) -> str:
    compared = landscape.projects.loc[landscape.projects["change"].notna(), "project"]
    months = [*landscape.basis.current, *landscape.basis.earlier]
    series = landscape.series
    plotted = series[series["project"].isin(compared) & series["month"].isin(months)]
    told = describe_source(plotted["vintage"], messages)
    if (growth["compared"] < growth["projects"]).any():
        told = messages("sentences", first=told, second=messages("growth.young"))
    untold = growth[growth["growth"].isna()]
    if len(untold):
        listed = messages("list.comma").join(
            messages(
                "growth.part",
                domain=names.get(domain, domain),
                counts=messages("growth.counts", compared=n, projects=m),
            )
            for domain, n, m in zip(
                untold["domain"], untold["compared"], untold["projects"], strict=True
            )
        )
        missing = messages("growth.untold", domains=listed)
        told = messages("sentences", first=told, second=missing)
    return told
