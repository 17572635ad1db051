"""F4: every compared project on one axis by its change of OpenRank, the largest named.

Projects are dots on a straight axis, piled up where many changed alike. The names hang on
flags: the further out a dot, the lower its flag, so that no name can cross another's pole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.model import ChangeBasis, Landscape, Verdict
from landscape.base.languages import Messages
from landscape.charts.palette import Theme
from landscape.charts.scales import compute_ticks, format_change, format_number, format_period
from landscape.charts.style import Sheet, blend_colors, open_sheet
from landscape.charts.surface import LABEL_PX, SMALL_PX, Anchor, Point
from landscape.charts.swarm import fit_dots
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.vintages import describe_source

NAMED_EACH_WAY = 5
FLAG_ROW_PX = 42.0
NAME_PX = 15.0
FLAG_TEXT_PX = 260.0
NARROWEST_FLAG_PX = 84.0
"""Leaves room for the word beside zero where a side of the axis is short."""
POLE_GAP_PX = 7.0
TICK_ROOM_PX = 70.0
DOT_RADII_PX = (6.0, 5.5, 5.0, 4.5, 4.0, 3.5, 3.0, 2.5, 2.0)
PILE_PX = 215.0
PLAIN_DOT_SHARE = 0.55
TOLD_PERCENT = 0.05
"""A smaller change of the total is told as none."""


@dataclass(frozen=True)
class Flag:
    """A named project: its place in the order of changes, its change, its label's two lines."""

    index: int
    change: float
    name: str
    numbers: str

    @property
    def width(self) -> float:
        """The label's width in pixels, with the gap to its pole."""
        return POLE_GAP_PX + max(
            measure_text(self.name, NAME_PX, bold=True),
            measure_text(self.numbers, LABEL_PX),
            NARROWEST_FLAG_PX,
        )


@dataclass(frozen=True)
class Axis:
    """Where a change stands: zero's place and the pixels of one unit."""

    zero: float
    scale: float

    def locate(self, change: float) -> float:
        """Return the x of the change."""
        return self.zero + self.scale * change


@dataclass(frozen=True)
class Layout:
    """Everything placed: dots by index of the order of changes, flags with their rows.

    Heights are pixels above the lowest dots' centres.
    """

    axis: Axis
    xs: list[float]
    heights: list[float]
    radius: float
    flags: list[tuple[Flag, float]]

    @property
    def height(self) -> float:
        """How high the highest dot or label reaches."""
        tops = [height + self.radius for height in self.heights]
        return max([*tops, *(row + FLAG_ROW_PX - 8 for _, row in self.flags)])


def select_compared(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a change: project, name, change, percent; the largest loss first."""
    compared = projects.loc[projects["change"].notna(), ["project", "name", "change"]].copy()
    compared["change"] = compared["change"].astype(float)
    compared["percent"] = projects["change_percent"].astype(float)
    return compared.sort_values(["change", "project"], kind="stable").reset_index(drop=True)


def raise_flags(compared: pd.DataFrame) -> tuple[list[Flag], list[Flag]]:
    """Return the flags of the largest gains and of the largest losses, the largest first."""
    flags = [
        Flag(
            index,
            change,
            shorten_text(str(name), FLAG_TEXT_PX, NAME_PX, bold=True),
            _describe_numbers(change, percent),
        )
        for index, name, change, percent in zip(
            range(len(compared)),
            compared["name"],
            compared["change"],
            compared["percent"],
            strict=True,
        )
    ]
    # Equal gains stay in the order of ids, as equal losses do.
    ordered = sorted(flags, key=lambda flag: (-flag.change, flag.index))
    gains = [flag for flag in ordered if flag.change > 0]
    losses = [flag for flag in flags if flag.change < 0]
    return gains[:NAMED_EACH_WAY], losses[:NAMED_EACH_WAY]


def _describe_numbers(change: float, percent: float) -> str:
    if not math.isfinite(percent):
        return format_change(change)
    return f"{format_change(change)} ({format_change(round(percent))}%)"


def fit_axis(gains: Sequence[Flag], losses: Sequence[Flag], left: float, right: float) -> Axis:
    """Return the axis on which dots and labels fit between left and right, as wide as can be."""
    if not gains and not losses:
        return Axis((left + right) / 2, 1.0)

    def fit_scales(zero: float) -> tuple[float, float]:
        leftwards = min(
            ((zero - left - flag.width) / -flag.change for flag in losses), default=math.inf
        )
        rightwards = min(
            ((right - flag.width - zero) / flag.change for flag in gains), default=math.inf
        )
        return leftwards, rightwards

    low, high = left, right
    for _ in range(60):
        zero = (low + high) / 2
        leftwards, rightwards = fit_scales(zero)
        low, high = (zero, high) if leftwards < rightwards else (low, zero)
    return Axis(zero, min(fit_scales(zero)))


def arrange_movers(compared: pd.DataFrame, left: float, right: float) -> Layout:
    """Return where dots and flags stand between left and right."""
    gains, losses = raise_flags(compared)
    axis = fit_axis(gains, losses, left, right)
    changes = compared["change"].tolist()
    named = {flag.index for flag in (*gains, *losses)}
    # The named come first, so that they stand on the axis at the foot of their poles.
    order = sorted(range(len(changes)), key=lambda i: (i not in named, -abs(changes[i]), i))
    xs = [axis.locate(change) for change in changes]
    radius, stacked = fit_dots([xs[index] for index in order], PILE_PX, DOT_RADII_PX)
    heights = [0.0] * len(changes)
    for index, height in zip(order, stacked, strict=True):
        heights[index] = height
    heads = [(x, height + radius) for x, height in zip(xs, heights, strict=True)]
    flags = [*_place_rows(gains, axis, heads), *_place_rows(losses, axis, heads)]
    return Layout(axis, xs, heights, radius, flags)


def _place_rows(
    flags: Sequence[Flag], axis: Axis, heads: Sequence[tuple[float, float]]
) -> list[tuple[Flag, float]]:
    """Pair each flag with the height of its lower line, clear of dots and of other flags."""
    rows: list[tuple[Flag, float]] = []
    floor = 0.0
    for flag in flags:
        at = axis.locate(flag.change)
        far = at + math.copysign(flag.width + 8, flag.change)
        low, high = min(at, far) - 6, max(at, far) + 6
        below = max((head for x, head in heads if low <= x <= high), default=0.0)
        floor = max(floor, below + 14)
        rows.append((flag, floor))
        floor += FLAG_ROW_PX
    return rows


def draw_movers(landscape: Landscape, theme: Theme, messages: Messages) -> str | None:
    """Return the picture; None where nothing is comparable, so that the page says it instead."""
    compared = select_compared(landscape.projects)
    if landscape.basis.kind == "none" or compared.empty:
        return None
    title = _write_title(*raise_flags(compared), messages)
    with open_sheet(theme) as sheet:
        top = sheet.write_heading(title, _write_subtitle(landscape.basis, len(compared), messages))
        layout = arrange_movers(compared, sheet.left + 6, sheet.right - 6)
        baseline = top + 40 + layout.height + layout.radius
        _draw_axis(sheet, layout.axis, compared["change"].tolist(), (top + 16, baseline), messages)
        _draw_flags(sheet, layout, baseline)
        _draw_dots(sheet, layout, compared["change"].tolist(), baseline)
        height = sheet.write_footnote(baseline + 40, _write_footnote(landscape, messages))
        return sheet.export(height, title)


def _write_title(gains: Sequence[Flag], losses: Sequence[Flag], messages: Messages) -> str:
    names = {
        "gainer": gains[0].name if gains else "",
        "loser": losses[0].name if losses else "",
    }
    kinds = {(True, True): "both", (True, False): "gain", (False, True): "loss"}
    kind = kinds.get((bool(gains), bool(losses)), "none")
    return messages(f"movers.title.{kind}", **names)


def _write_subtitle(basis: ChangeBasis, compared: int, messages: Messages) -> str:
    if basis.total_earlier > 0:
        percent = 100 * (basis.total_current / basis.total_earlier - 1)
        kind = "same" if abs(percent) < TOLD_PERCENT else "rose" if percent > 0 else "fell"
        total = messages(f"movers.total.{kind}", percent=format_number(abs(percent)) + "%")
    else:
        total = messages("movers.total.from_zero")
    return messages(
        "movers.subtitle",
        current=format_period(basis.current),
        earlier=format_period(basis.earlier),
        compared=compared,
        total=total,
    )


def _write_footnote(landscape: Landscape, messages: Messages) -> str:
    projects, basis = landscape.projects, landscape.basis
    compared = projects.loc[projects["change"].notna(), "project"]
    series = landscape.series
    plotted = series[
        series["project"].isin(compared) & series["month"].isin([*basis.current, *basis.earlier])
    ]
    on_map = projects[projects["verdict"] == Verdict.ON_THE_MAP]
    missing = int(on_map["change"].isna().sum())
    told = messages(
        "movers.left_out" if missing else "movers.all_in", missing=missing, on_map=len(on_map)
    )
    return messages("sentences", first=describe_source(plotted["vintage"], messages), second=told)


def _pick_color(theme: Theme, change: float) -> str:
    if change == 0:
        return theme.muted
    return theme.gain if change > 0 else theme.loss


def _draw_axis(
    sheet: Sheet,
    axis: Axis,
    changes: Sequence[float],
    span: tuple[float, float],
    messages: Messages,
) -> None:
    """Draw the axis with round numbers below, and the line of no change up to the top."""
    theme = sheet.theme
    top, baseline = span
    low, high = min([0.0, *changes]), max([0.0, *changes])
    sheet.draw_line([(axis.zero, top), (axis.zero, baseline)], color=theme.grid)
    sheet.draw_line([(sheet.left, baseline), (sheet.right, baseline)], color=theme.grid)
    most = int(min(8, max(1, (high - low) * axis.scale / TICK_ROOM_PX)))
    for tick in compute_ticks(low, high, most):
        x = axis.locate(tick)
        sheet.draw_line([(x, baseline), (x, baseline + 5)], color=theme.muted)
        sheet.write(
            (x, baseline + 20),
            format_change(tick),
            size=SMALL_PX,
            color=theme.muted,
            anchor="center",
        )
    lost, gained = sum(change < 0 for change in changes), sum(change > 0 for change in changes)
    sides = (
        (lost, messages("movers.lost", count=lost), theme.loss, -8.0),
        (gained, messages("movers.gained", count=gained), theme.gain, 8.0),
    )
    for count, word, color, offset in sides:
        if not count:
            continue
        sheet.write(
            (axis.zero + offset, top + 9),
            word,
            color=color,
            anchor="right" if offset < 0 else "left",
        )


def _draw_flags(sheet: Sheet, layout: Layout, baseline: float) -> None:
    """Draw poles and labels: names bold, the numbers below them, outwards from the pole."""
    theme = sheet.theme
    floor = baseline - layout.radius - 2
    for flag, row in layout.flags:
        x = layout.xs[flag.index]
        color = _pick_color(theme, flag.change)
        foot = floor - layout.heights[flag.index]
        pole = [(x, foot), (x, floor - row - 29)]
        sheet.draw_line(pole, color=blend_colors(color, theme.background, PLAIN_DOT_SHARE))
        outwards = math.copysign(POLE_GAP_PX, flag.change)
        anchor: Anchor = "left" if flag.change > 0 else "right"
        sheet.write(
            (x + outwards, floor - row - 18), flag.name, size=NAME_PX, bold=True, anchor=anchor
        )
        sheet.write((x + outwards, floor - row), flag.numbers, color=color, anchor=anchor)


def _draw_dots(sheet: Sheet, layout: Layout, changes: Sequence[float], baseline: float) -> None:
    """Draw the pile, the named dots in full colour on top."""
    theme = sheet.theme
    floor = baseline - layout.radius - 2
    named = {flag.index for flag, _ in layout.flags}
    groups: dict[tuple[bool, str], list[Point]] = {}
    for index, change in enumerate(changes):
        key = (index in named, _pick_color(theme, change))
        point = (layout.xs[index], floor - layout.heights[index])
        groups.setdefault(key, []).append(point)
    for number, ((is_named, color), points) in enumerate(sorted(groups.items())):
        shade = color if is_named else blend_colors(color, theme.background, PLAIN_DOT_SHARE)
        sheet.draw_dots(points, radius=layout.radius, color=shade, name=f"marks-{number}")
