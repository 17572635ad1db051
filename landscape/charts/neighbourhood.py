"""F13: one project and those it shares developers with.

Neighbours stand around the project, clockwise by the number of common developers, which is
written on each; where there are many, every second one stands on an inner ring.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from landscape.analysis.collaboration import Network
from landscape.base.languages import Messages
from landscape.charts.network import color_families, scale_radius, write_legend
from landscape.charts.network_layout import Area, Body, part_bodies
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.style import blend_colors
from landscape.charts.surface import LABEL_PX, SMALL_PX, Point
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.vintages import describe_counted

RADIUS_X, RADIUS_Y = 330.0, 250.0
INNER_SHARE = 0.58
RIM_PX = 46.0
NAME_ROOM_PX = 150.0
CENTER_NAME_PX = 17.0
MARK_PX = 15.0
"""The least radius of a mark; more where its number needs it."""
THINNEST_PX, THICKEST_PX = 1.2, 13.0
FEWEST_ON_TWO_RINGS = 13


@dataclass(frozen=True)
class Neighbour:
    """One neighbour: its name, colour, radius, number of common developers, and where it stands.

    ``is_high``: it stands above the centre, and its name above it, clear of its tie.
    """

    name: str
    color: str
    radius: float
    developers: int
    point: Point
    is_high: bool


def draw_neighbourhood(
    network: Network, families: Mapping[str, str], *, theme: Theme, messages: Messages
) -> str | None:
    """Return the picture; None where the project has no neighbour.

    network: as of ``select_neighbourhood``. families: as for ``draw_network``.
    """
    if network.edges.empty or not network.center:
        return None
    names = dict(zip(network.nodes["project"], network.nodes["name"], strict=True))
    ranked = rank_neighbours(network)
    title = messages(
        "neighbourhood.title",
        center=names[network.center],
        first=names[ranked[0][0]],
        developers=ranked[0][1],
    )
    plate = Plate(theme)
    top = plate.write_heading(
        title, messages("neighbourhood.subtitle", center=names[network.center])
    )
    colors, legend = color_families(network.nodes, families, theme)
    top = write_legend(plate, legend, top + 26) + 22
    center = (plate.width / 2, top + RADIUS_Y + RIM_PX)
    neighbours = _arrange(network, ranked, colors, theme, center)
    _draw_ties(plate, neighbours, center)
    _draw_center(plate, network, colors, center)
    for neighbour in neighbours:
        _draw_neighbour(plate, neighbour)
    footnote = messages(
        "sentences",
        first=describe_counted(network.vintages, network.span, messages),
        second=_tell_shown(network, messages),
    )
    bottom = center[1] + RADIUS_Y + 48
    return plate.export(plate.write_footnote(bottom, footnote), title)


def _tell_shown(network: Network, messages: Messages) -> str:
    shown, total = len(network.edges), network.edges_total
    kind = "all" if shown == total else "shown"
    return messages(f"neighbourhood.{kind}", shown=shown, total=total)


def rank_neighbours(network: Network) -> list[tuple[str, int]]:
    """Return neighbours with their common developers, the most first, equal ones by id."""
    pairs = [
        (second if first == network.center else first, int(developers))
        for first, second, developers in network.edges.itertuples(index=False, name=None)
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _arrange(
    network: Network,
    ranked: list[tuple[str, int]],
    colors: Mapping[str, str],
    theme: Theme,
    center: Point,
) -> list[Neighbour]:
    """Place the neighbours clockwise from the top, every second one on the inner ring.

    Where long names would touch, the neighbours part as far as they must.
    """
    nodes = network.nodes.set_index("project")
    largest = float(nodes["openrank"].max())
    points: dict[str, Point] = {}
    bodies: dict[str, Body] = {}
    names: dict[str, str] = {}
    radii: dict[str, float] = {}
    for place, (project, developers) in enumerate(ranked):
        points[project] = _locate(place, len(ranked), center)
        names[project] = shorten_text(str(nodes.at[project, "name"]), NAME_ROOM_PX, LABEL_PX)
        digits = measure_text(str(developers), SMALL_PX, bold=True) / 2 + 3
        radius = max(scale_radius(float(nodes["openrank"][project]), largest), MARK_PX, digits)
        half_width = max(radius, measure_text(names[project], LABEL_PX) / 2) + 4
        near, far = radius + 2, radius + LABEL_PX + 6
        is_high = points[project][1] < center[1]
        bodies[project] = Body(half_width, *((far, near) if is_high else (near, far)))
        radii[project] = radius
    area = Area(
        center[0] - RADIUS_X - NAME_ROOM_PX / 2,
        center[1] - RADIUS_Y - RIM_PX,
        center[0] + RADIUS_X + NAME_ROOM_PX / 2,
        center[1] + RADIUS_Y + RIM_PX,
    )
    parted = part_bodies(points, bodies, area)
    return [
        Neighbour(
            names[project],
            colors.get(str(nodes.at[project, "domain"]), theme.muted),
            radii[project],
            developers,
            parted[project],
            is_high=points[project][1] < center[1],
        )
        for project, developers in ranked
    ]


def _locate(place: int, count: int, center: Point) -> Point:
    """Return the point of the neighbour at this place of so many, in whole pixels."""
    angle = 2 * math.pi * place / count
    is_inner = count >= FEWEST_ON_TWO_RINGS and place % 2 == 1
    share = INNER_SHARE if is_inner else 1.0
    return (
        float(round(center[0] + share * RADIUS_X * math.sin(angle))),
        float(round(center[1] - share * RADIUS_Y * math.cos(angle))),
    )


def _draw_ties(plate: Plate, neighbours: list[Neighbour], center: Point) -> None:
    most = max(neighbour.developers for neighbour in neighbours)
    ties = plate.open_group("edges")
    for neighbour in reversed(neighbours):
        share = neighbour.developers / most
        width = THINNEST_PX + (THICKEST_PX - THINNEST_PX) * share
        color = blend_colors(neighbour.color, plate.theme.background, 0.4)
        plate.draw_line([center, neighbour.point], color=color, width=width, parent=ties)


def _draw_center(plate: Plate, network: Network, colors: Mapping[str, str], center: Point) -> None:
    nodes = network.nodes.set_index("project")
    name = shorten_text(
        str(nodes.at[network.center, "name"]), NAME_ROOM_PX, CENTER_NAME_PX, bold=True
    )
    width = measure_text(name, CENTER_NAME_PX, bold=True) + 32
    color = colors.get(str(nodes.at[network.center, "domain"]), plate.theme.muted)
    box = plate.draw_box(center[0] - width / 2, center[1] - 22, width, 44, color=color, radius=22)
    box.set("stroke", plate.theme.background)
    box.set("stroke-width", "3")
    plate.write((center[0], center[1] + 6), name, size=CENTER_NAME_PX, bold=True,
                anchor="center", color=plate.theme.background)  # fmt: skip


def _draw_neighbour(plate: Plate, neighbour: Neighbour) -> None:
    x, y = neighbour.point
    marks = plate.open_group("marks")
    plate.draw_circle((x, y), neighbour.radius, color=neighbour.color, parent=marks)
    plate.write((x, y + 4.3), str(neighbour.developers), size=SMALL_PX, bold=True,
                anchor="center", color=plate.theme.background)  # fmt: skip
    aside = -neighbour.radius - 5 if neighbour.is_high else neighbour.radius + LABEL_PX + 1
    plate.write((x, y + aside), neighbour.name, anchor="center", halo=True)
