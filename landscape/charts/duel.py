"""F12: two projects head to head: their numbers back to back, and their OpenRank by month."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.head_to_head import HeadToHead
from landscape.base.languages import Messages
from landscape.charts.labels import spread_labels
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.scales import compute_ticks, format_change, format_number, format_period
from landscape.charts.style import blend_colors
from landscape.charts.surface import LABEL_PX, SMALL_PX, Anchor
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.trend import Plot, choose_month_ticks, find_seams, split_runs
from landscape.charts.vintages import describe_hours, describe_source, name_months

FEWEST_OPENRANK = 10.0
"""Below it a single contributor moves the monthly growth by a lot: no headline."""
SMALL_GROWTH = 10.0
"""Percent a month; a smaller one does not fill its row as if it were much."""
NAME_PX = 20.0
VALUE_PX = 16.0
ROW_PX = 40.0
FACT_ROW_PX = 27.0
BAR_PX = 20.0
MIDDLE_PX = 210.0
"""The column in the middle, where the metrics are named."""
VALUE_ROOM_PX = 100.0
PLOT_HEIGHT_PX = 190.0
END_ROOM_PX = 150.0


@dataclass(frozen=True)
class Side:
    """One half of the picture: 0 is the left; text and bars grow away from the middle."""

    index: int
    color: str

    @property
    def direction(self) -> int:
        """-1 to the left, 1 to the right."""
        return 2 * self.index - 1

    @property
    def anchor(self) -> Anchor:
        """How text stands that begins at the middle."""
        return "left" if self.index else "right"


def draw_duel(
    duel: HeadToHead,
    *,
    theme: Theme,
    messages: Messages,
    places: Mapping[str, int] | None = None,
) -> str | None:
    """Return the picture; None where not one number is known of both.

    duel: as of ``compute_head_to_head``. places: project to its colour's place in the palette.
    """
    shared = duel.numbers["a"].notna() & duel.numbers["b"].notna()
    if not shared.any():
        return None
    title = _write_title(duel, messages)
    plate = Plate(theme)
    y = plate.write_heading(title, _write_subtitle(duel, messages)) + 40
    chosen = [
        (places or {}).get(project, index) % len(theme.series)
        for index, project in enumerate(duel.projects)
    ]
    sides = (Side(0, theme.series[chosen[0]]), Side(1, theme.series[chosen[1]]))
    middle = plate.width / 2
    for side, name in zip(sides, duel.names, strict=True):
        room = middle - MIDDLE_PX / 2 - plate.left
        short = shorten_text(name, room, NAME_PX, bold=True)
        point = (middle + side.direction * MIDDLE_PX / 2, y)
        plate.write(point, short, size=NAME_PX, bold=True, color=side.color, anchor=side.anchor)
    y += 20
    for metric, a, b in duel.numbers.itertuples(index=False, name=None):
        _draw_number(plate, sides, str(metric), (float(a), float(b)), y, messages)
        y += ROW_PX
    for metric, a, b in duel.facts.itertuples(index=False, name=None):
        _write_fact(plate, sides, str(metric), (str(a), str(b)), y, messages)
        y += FACT_ROW_PX
    y = _draw_trend(plate, duel, sides, y + 24, messages)
    return plate.export(plate.write_footnote(y, _write_footnote(duel, messages)), title)


def _find_number(duel: HeadToHead, metric: str) -> tuple[float, float]:
    rows = duel.numbers[duel.numbers["metric"] == metric]
    if rows.empty:
        return math.nan, math.nan
    return float(rows["a"].iloc[0]), float(rows["b"].iloc[0])


def _write_title(duel: HeadToHead, messages: Messages) -> str:
    """Say who is ahead by the mean, and who did better from month to month."""
    means, growths = _find_number(duel, "openrank_mean"), _find_number(duel, "growth")
    if any(math.isnan(mean) for mean in means) or means[0] == means[1]:
        return messages("duel.title.none", first=duel.names[0], second=duel.names[1])
    ahead = int(means[1] > means[0])
    words = {
        "leader": duel.names[ahead],
        "other": duel.names[1 - ahead],
        "mean": format_number(means[ahead]),
        "other_mean": format_number(means[1 - ahead]),
    }
    told = growths[0] != growths[1] and not any(math.isnan(growth) for growth in growths)
    if not told or min(means) < FEWEST_OPENRANK:
        return messages("duel.title.mean", **words)
    kind = "both" if growths[ahead] > growths[1 - ahead] else "split"
    if max(growths) < 0:
        kind += ".falling"
    return messages(
        f"duel.title.{kind}",
        **words,
        growth=_format_percent(growths[ahead]),
        other_growth=_format_percent(growths[1 - ahead]),
    )


def _write_subtitle(duel: HeadToHead, messages: Messages) -> str:
    if duel.quarter:
        told = messages("duel.subtitle", quarter=format_period(duel.quarter))
    else:
        told = messages("duel.subtitle.none")
    if not duel.facts_month or not duel.numbers["metric"].isin(["stars", "forks"]).any():
        return told
    counted = messages("duel.subtitle.counts", month=duel.facts_month)
    return messages("sentences", first=told, second=counted)


def _write_footnote(duel: HeadToHead, messages: Messages) -> str:
    told = describe_source(duel.series["vintage"], messages)
    if duel.series["vintage"].nunique() > 1:
        told = messages("sentences", first=told, second=messages("race.seam"))
    for sentence in _tell_community(duel, messages):
        told = messages("sentences", first=told, second=sentence)
    unknown = int(duel.numbers[["a", "b"]].isna().sum().sum())
    if unknown:
        told = messages("sentences", first=told, second=messages("duel.unknown"))
    return told


def _tell_community(duel: HeadToHead, messages: Messages) -> list[str]:
    """Say who counts as a developer and since when, of how many the place is known, what lacks."""
    told = []
    known = set(duel.numbers["metric"])
    if duel.span is not None:
        told.append(messages("duel.counted", months=name_months(duel.span)))
        told.append(describe_hours(duel.span, messages))
    if "main_developers" in known:
        told.append(messages("duel.main"))
    if any(duel.placed):
        first, second = (format_number(number) for number in duel.placed)
        told.append(messages("duel.placed", first=first, second=second))
    if duel.missing:
        names = [messages(f"duel.metric.{metric}") for metric in duel.missing]
        told.append(messages("duel.missing", names=messages("list.comma").join(names)))
    return told


def _format_percent(value: float) -> str:
    """Return the change with one decimal and its sign."""
    text = format_change(round(value, 1) if abs(value) < 9.95 else round(value))
    return text + "%"


def _draw_number(
    plate: Plate,
    sides: tuple[Side, Side],
    metric: str,
    values: tuple[float, float],
    y: float,
    messages: Messages,
) -> None:
    """Draw one metric: its name in the middle, a bar to each side, the values at their ends.

    The longer bar is as long as there is room; a negative value's bar is hollow.
    """
    theme = plate.theme
    middle = plate.width / 2
    label = shorten_text(messages(f"duel.metric.{metric}"), MIDDLE_PX - 16, LABEL_PX)
    plate.write((middle, y + BAR_PX - 5), label, anchor="center", color=theme.muted)
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if metric == "growth":
        largest = max(largest, SMALL_GROWTH)
    room = middle - MIDDLE_PX / 2 - plate.left - VALUE_ROOM_PX
    for side, value in zip(sides, values, strict=True):
        start = middle + side.direction * MIDDLE_PX / 2
        is_known = math.isfinite(value)
        length = max(room * abs(value) / largest, 2.0) if is_known and largest else 0.0
        if length:
            left = start if side.index else start - length
            group = plate.open_group(f"bar-{metric}-{side.index}")
            box = plate.draw_box(left, y, length, BAR_PX, color=side.color, radius=3, parent=group)
            if value < 0:
                box.set("fill", blend_colors(side.color, theme.background, 0.18))
                box.set("stroke", side.color)
        write = _format_percent if metric == "growth" else format_number
        text = write(value) if is_known else messages("duel.unknown.short")
        point = (start + side.direction * (length + 8), y + BAR_PX - 4)
        plate.write(point, text, size=VALUE_PX if is_known else LABEL_PX, bold=is_known,
                    anchor=side.anchor, color=theme.text if is_known else theme.muted)  # fmt: skip


def _write_fact(
    plate: Plate,
    sides: tuple[Side, Side],
    metric: str,
    facts: tuple[str, str],
    y: float,
    messages: Messages,
) -> None:
    middle = plate.width / 2
    label = shorten_text(messages(f"duel.metric.{metric}"), MIDDLE_PX - 16, LABEL_PX)
    plate.write((middle, y + 14), label, anchor="center", color=plate.theme.muted)
    for side, fact in zip(sides, facts, strict=True):
        room = middle - MIDDLE_PX / 2 - plate.left
        text = shorten_text(fact or messages("duel.unknown.short"), room, LABEL_PX)
        point = (middle + side.direction * MIDDLE_PX / 2, y + 14)
        color = plate.theme.text if fact else plate.theme.muted
        plate.write(point, text, anchor=side.anchor, color=color)


def _draw_trend(
    plate: Plate, duel: HeadToHead, sides: tuple[Side, Side], y: float, messages: Messages
) -> float:
    """Draw both lines by month, named at their ends; return the y below."""
    known = duel.series[duel.series["openrank"].notna()]
    if known.empty:
        return y
    theme = plate.theme
    plate.write((plate.left, y), messages("duel.trend"), size=LABEL_PX, color=theme.muted)
    plot = _lay_out_plot(plate, known, y + 20)
    _draw_grid(plate, plot)
    for before, after in find_seams(known):
        x = (plot.locate_month(before) + plot.locate_month(after)) / 2
        plate.draw_line([(x, plot.top), (x, plot.bottom)], color=theme.muted, dashes="2 4")
    ends: list[tuple[Side, str, float, float]] = []
    for side, project, name in zip(sides, duel.projects, duel.names, strict=True):
        runs = split_runs(known[known["project"] == project])
        for run in runs:
            points = [(plot.locate_month(month), plot.locate_value(value)) for month, value in run]
            if len(points) > 1:
                plate.draw_line(points, color=side.color, width=2.25)
            else:
                plate.draw_circle(points[0], 3.0, color=side.color)
        if runs:
            month, value = runs[-1][-1]
            point = (plot.locate_month(month), plot.locate_value(value))
            plate.draw_circle(point, 4.0, color=side.color)
            text = format_number(value)
            room = END_ROOM_PX - 14 - measure_text(" " + text, LABEL_PX, bold=True)
            short = shorten_text(name, room, LABEL_PX, bold=True)
            ends.append((side, f"{short} {text}", point[0], point[1]))
    places = spread_labels([end[3] for end in ends], 18.0, plot.top, plot.bottom)
    for (side, text, _, _), place in zip(ends, places, strict=True):
        plate.write((plot.right + 12, place + 4.5), text, bold=True, color=side.color)
    return plot.bottom + 30


def _lay_out_plot(plate: Plate, known: pd.DataFrame, top: float) -> Plot:
    highest = float(known["openrank"].max()) or 1.0
    ticks = compute_ticks(0.0, highest, 5)
    scale = max(measure_text(format_number(tick), SMALL_PX) for tick in ticks)
    return Plot(
        first=str(known["month"].min()),
        last=str(known["month"].max()),
        left=plate.left + scale + 10,
        right=plate.right - END_ROOM_PX,
        top=top,
        bottom=top + PLOT_HEIGHT_PX,
        highest=highest * 1.02,
    )


def _draw_grid(plate: Plate, plot: Plot) -> None:
    theme = plate.theme
    for tick in compute_ticks(0.0, plot.highest, 5):
        y = plot.locate_value(tick)
        color = theme.muted if tick == 0 else theme.grid
        plate.draw_line([(plot.left, y), (plot.right, y)], color=color)
        plate.write((plot.left - 8, y + 4), format_number(tick), size=SMALL_PX,
                    color=theme.muted, anchor="right")  # fmt: skip
    for month, label in choose_month_ticks(plot.first, plot.last, plot.right - plot.left):
        x = plot.locate_month(month)
        plate.draw_line([(x, plot.bottom), (x, plot.bottom + 5)], color=theme.muted)
        plate.write((x, plot.bottom + 20), label, size=SMALL_PX, color=theme.muted,
                    anchor="center")  # fmt: skip
