"""F10: projects placed on two judged axes, the OpenRank of each beside its name.

The places are contributed judgements between -1 and 1; the numbers are measured. Marks that
would cover each other stand side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from landscape.base.languages import Messages
from landscape.charts.callouts import Box, Mark, place_callouts
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.scales import format_number
from landscape.charts.style import blend_colors
from landscape.charts.surface import LABEL_PX, Anchor, Point
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.vintages import describe_source

HEIGHT_PX = 560.0
EDGE_PX = 46.0
"""The outermost places lie so far inside the frame: room for their marks."""
SMALLEST_PX, LARGEST_PX = 6.0, 25.0
NAME_ROOM_PX = 190.0
LABEL_HEIGHT_PX = 17.0
AXIS_GAP_PX = 3.0
"""No name stands on an axis: it would seem to belong to both sides."""
AXIS_PX = 14.0
RING_PX = 3.0
MOST_RINGS = 120


@dataclass(frozen=True)
class QuadrantAxes:
    """What the ends of the two axes mean, in the page's language."""

    left: str
    right: str
    bottom: str
    top: str


@dataclass(frozen=True)
class Spot:
    """A project with its mark's place and size in pixels, its label and colour."""

    x: float
    y: float
    radius: float
    label: str
    color: str
    is_known: bool


def draw_quadrant(
    table: pd.DataFrame,
    axes: QuadrantAxes,
    *,
    theme: Theme,
    messages: Messages,
    title: str,
    months: str,
    vintages: Iterable[str],
) -> str | None:
    """Return the picture; None for an empty table.

    table: project, name, x, y (float, -1 to 1; y 1 is the top), openrank (float, mean over
        ``months``, NaN unknown). title: what the picture says, in the page's language.
    months: the window of the means; vintages: what they come from.
    """
    if table.empty:
        return None
    plate = Plate(theme)
    top = plate.write_heading(title, messages("quadrant.subtitle", months=months)) + 36
    frame = Box(plate.left, top, plate.right, top + HEIGHT_PX)
    _draw_frame(plate, frame, axes)
    left_out = _draw_spots(plate, _place_spots(table, frame, theme), frame)
    footnote = messages(
        "sentences", first=messages("quadrant.judged"), second=describe_source(vintages, messages)
    )
    unknown = int(table["openrank"].isna().sum())
    if unknown:
        told = messages("quadrant.unknown", count=unknown, total=len(table))
        footnote = messages("sentences", first=footnote, second=told)
    if left_out:
        told = messages("quadrant.unnamed", names=messages("list.comma").join(left_out))
        footnote = messages("sentences", first=footnote, second=told)
    return plate.export(plate.write_footnote(frame.bottom + 34, footnote), title)


def _draw_frame(plate: Plate, frame: Box, axes: QuadrantAxes) -> None:
    """Draw the four fields, the axes between them, and what their ends mean."""
    theme = plate.theme
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    width, height = middle[0] - frame.left, middle[1] - frame.top
    fields = (
        (frame.left, frame.top), (middle[0], frame.top),
        (frame.left, middle[1]), (middle[0], middle[1]),
    )  # fmt: skip
    for (left, top), tint in zip(fields, theme.layer_surfaces, strict=True):
        plate.draw_box(left + 2, top + 2, width - 4, height - 4, color=tint, radius=8)
    room = (frame.right - frame.left) / 3 - 24
    ends: tuple[tuple[Point, str, Anchor], ...] = (
        ((middle[0], frame.top - 10), "↑ " + axes.top, "center"),
        ((middle[0], frame.bottom + 22), "↓ " + axes.bottom, "center"),
        ((frame.left, frame.bottom + 22), "← " + axes.left, "left"),
        ((frame.right, frame.bottom + 22), axes.right + " →", "right"),
    )
    for point, words, anchor in ends:
        short = shorten_text(words, room, AXIS_PX, bold=True)
        plate.write(point, short, size=AXIS_PX, bold=True, anchor=anchor, color=theme.muted)


def _place_spots(table: pd.DataFrame, frame: Box, theme: Theme) -> list[Spot]:
    """Return the spots, the largest OpenRank first, moved apart where they would overlap."""
    ordered = table.sort_values(
        ["openrank", "project"], ascending=[False, True], na_position="last", kind="stable"
    )
    largest = float(ordered["openrank"].max())
    half_width = (frame.right - frame.left) / 2 - EDGE_PX
    half_height = (frame.bottom - frame.top) / 2 - EDGE_PX
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    spots: list[Spot] = []
    for name, x, y, openrank in zip(
        ordered["name"],
        ordered["x"].astype(float),
        ordered["y"].astype(float),
        ordered["openrank"].astype(float),
        strict=True,
    ):
        is_known = math.isfinite(openrank)
        share = math.sqrt(openrank / largest) if is_known and largest > 0 else 0.0
        radius = SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * share
        wanted = (middle[0] + half_width * x, middle[1] - half_height * y)
        point = _find_room(wanted, radius, spots)
        short = shorten_text(name, NAME_ROOM_PX, LABEL_PX, bold=True)
        label = f"{short} {format_number(openrank) if is_known else '?'}"
        color = theme.layers[(y < 0) * 2 + (x >= 0)]
        spots.append(Spot(*point, radius, label, color, is_known))
    return spots


def _find_room(wanted: Point, radius: float, spots: list[Spot]) -> Point:
    """Return the nearest point, on rings around the wanted one, that no earlier mark covers."""
    for ring in range(MOST_RINGS):
        directions = max(1, 8 * ring)
        for step in range(directions):
            angle = 2 * math.pi * step / directions
            x = round(wanted[0] + RING_PX * ring * math.cos(angle), 1)
            y = round(wanted[1] + RING_PX * ring * math.sin(angle), 1)
            if all(math.hypot(x - s.x, y - s.y) >= radius + s.radius + 1 for s in spots):
                return x, y
    return wanted


def _draw_spots(plate: Plate, spots: list[Spot], frame: Box) -> list[str]:
    """Draw marks and labels; return the labels that found no room."""
    theme = plate.theme
    marks = [
        Mark(
            spot.x,
            spot.y,
            spot.radius,
            measure_text(spot.label, LABEL_PX, bold=True) + 4,
            LABEL_HEIGHT_PX,
        )
        for spot in spots
    ]
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    axes = [
        Box(middle[0] - AXIS_GAP_PX, frame.top, middle[0] + AXIS_GAP_PX, frame.bottom),
        Box(frame.left, middle[1] - AXIS_GAP_PX, frame.right, middle[1] + AXIS_GAP_PX),
    ]
    callouts = place_callouts(marks, frame, axes)
    for spot, callout in zip(spots, callouts, strict=True):
        if callout and callout.leader:
            soft = blend_colors(spot.color, theme.background, 0.6)
            plate.draw_line([(spot.x, spot.y), callout.leader], color=soft)
    group = plate.open_group("marks")
    left_out = []
    for spot, callout in zip(spots, callouts, strict=True):
        fill = spot.color if spot.is_known else theme.background
        rim = theme.background if spot.is_known else spot.color
        plate.draw_circle((spot.x, spot.y), spot.radius, color=fill, rim=rim, parent=group)
        if callout is None:
            left_out.append(spot.label)
            continue
        point = ((callout.box.left + callout.box.right) / 2, callout.box.bottom - 4.5)
        plate.write(point, spot.label, bold=True, anchor="center")
    return left_out
