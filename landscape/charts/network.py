"""F13: the collaboration network as a whole: who shares developers with whom."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from landscape.analysis.collaboration import Network
from landscape.base.languages import Messages
from landscape.charts.network_layout import Area, Body, compute_layout
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate, format_points
from landscape.charts.style import blend_colors
from landscape.charts.surface import SMALL_PX, Point
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.vintages import describe_counted

HEIGHT_PX = 840.0
LEAST_HEIGHT_PX = 260.0
NODE_AREA_PX = 9000.0
"""So much of the picture a node gets, until the height is used up."""
SMALLEST_PX, LARGEST_PX = 4.0, 27.0
SMALLEST_NAME_PX, LARGEST_NAME_PX = 12.0, 16.0
NAME_ROOM_PX = 158.0
EDGE_CLASSES = 4


def scale_radius(openrank: float, largest: float) -> float:
    """Return the radius of a node; its area follows OpenRank, an unknown one is smallest."""
    if not math.isfinite(openrank) or largest <= 0:
        return SMALLEST_PX
    return SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * math.sqrt(openrank / largest)


def color_families(
    nodes: pd.DataFrame, families: Mapping[str, str], theme: Theme
) -> tuple[dict[str, str], dict[str, str]]:
    """Return domain to colour, and the legend: name of the family to colour, in its order.

    Families are coloured in the order of the mapping, whether they are shown or not, so that a
    family keeps its colour from picture to picture.
    """
    names = list(dict.fromkeys(families.values()))
    hues = {name: theme.layers[index % len(theme.layers)] for index, name in enumerate(names)}
    shown = {families.get(domain, "") for domain in nodes["domain"]}
    colors = {domain: hues[family] for domain, family in families.items()}
    return colors, {name: hue for name, hue in hues.items() if name in shown}


def draw_network(
    network: Network, families: Mapping[str, str], *, theme: Theme, messages: Messages
) -> str | None:
    """Return the picture; None where there is no edge.

    network: as of ``select_network``. families: domain id to the name, in the page's language,
    of the family (group or layer) whose colour it has.
    """
    if network.edges.empty:
        return None
    title = _write_title(network, messages)
    plate = Plate(theme)
    subtitle = messages("network.subtitle", at_least=network.at_least)
    top = plate.write_heading(title, subtitle)
    colors, legend = color_families(network.nodes, families, theme)
    top = write_legend(plate, legend, top + 26) + 12
    points, bottom = _place_nodes(plate, network, top)
    _draw_edges(plate, network, points)
    _draw_nodes(plate, network, points, colors)
    footnote = messages(
        "sentences",
        first=describe_counted(network.vintages, network.span, messages),
        second=messages(
            "network.shown",
            edges=len(network.edges),
            edges_total=network.edges_total,
            nodes=len(network.nodes),
            nodes_total=network.nodes_total,
            at_least=network.at_least,
        ),
    )
    return plate.export(plate.write_footnote(bottom + 8, footnote), title)


def _write_title(network: Network, messages: Messages) -> str:
    names = dict(zip(network.nodes["project"], network.nodes["name"], strict=True))
    edges = network.edges.sort_values(
        ["common_developers", "project_a", "project_b"],
        ascending=[False, True, True],
        kind="stable",
    )
    strongest = edges.iloc[0]
    hub = network.nodes.sort_values(["degree", "project"], ascending=[False, True], kind="stable")
    return messages(
        "network.title",
        first=names[strongest["project_a"]],
        second=names[strongest["project_b"]],
        developers=int(strongest["common_developers"]),
        hub=hub["name"].iloc[0],
        neighbours=int(hub["degree"].iloc[0]),
    )


def write_legend(plate: Plate, legend: Mapping[str, str], y: float) -> float:
    """Write each family with its colour, in as many lines as they need; return the y below."""
    x = plate.left
    for name, color in legend.items():
        label = shorten_text(name, plate.right - plate.left - 20, SMALL_PX)
        width = 16 + measure_text(label, SMALL_PX)
        if x > plate.left and x + width > plate.right:
            x, y = plate.left, y + 20
        plate.draw_circle((x + 5, y - 4), 5.0, color=color)
        plate.write((x + 15, y), label, size=SMALL_PX, color=plate.theme.muted)
        x += width + 22
    return y


def size_name(radius: float) -> float:
    """Return the type size of a node's name in pixels."""
    share = (radius - SMALLEST_PX) / (LARGEST_PX - SMALLEST_PX)
    return round(SMALLEST_NAME_PX + (LARGEST_NAME_PX - SMALLEST_NAME_PX) * share, 1)


def is_large(radius: float) -> bool:
    """Whether the node's name is written in bold."""
    return radius > 0.5 * LARGEST_PX


def _measure_nodes(network: Network) -> dict[str, tuple[str, float]]:
    """Return project to its name, shortened to fit, and its radius."""
    nodes = network.nodes
    largest = float(nodes["openrank"].max())
    radii = [scale_radius(float(value), largest) for value in nodes["openrank"]]
    return {
        project: (shorten_text(name, NAME_ROOM_PX, size_name(radius), is_large(radius)), radius)
        for project, name, radius in zip(nodes["project"], nodes["name"], radii, strict=True)
    }


def _place_nodes(plate: Plate, network: Network, top: float) -> tuple[dict[str, Point], float]:
    measured = _measure_nodes(network)
    bodies = {
        project: Body(
            max(radius, measure_text(name, size_name(radius), is_large(radius)) / 2) + 3,
            radius + 3,
            radius + size_name(radius) * 1.35 + 2,
        )
        for project, (name, radius) in measured.items()
    }
    room = NODE_AREA_PX * len(bodies) / (plate.right - plate.left)
    bottom = top + min(HEIGHT_PX, max(LEAST_HEIGHT_PX, room))
    edges = [
        (first, second, math.log2(2 + developers / network.at_least))
        for first, second, developers in network.edges.itertuples(index=False, name=None)
    ]
    area = Area(plate.left, top, plate.right, bottom)
    return compute_layout(edges, bodies, area), bottom


def _draw_edges(plate: Plate, network: Network, points: Mapping[str, Point]) -> None:
    """Draw the edges in a few classes of strength, the weak ones first and faintly."""
    theme = plate.theme
    low = math.log(network.at_least)
    high = math.log(max(int(network.edges["common_developers"].max()), network.at_least + 1))
    classes: list[list[str]] = [[] for _ in range(EDGE_CLASSES)]
    for first, second, developers in network.edges.itertuples(index=False, name=None):
        share = (math.log(developers) - low) / (high - low)
        place = min(int(share * EDGE_CLASSES), EDGE_CLASSES - 1)
        classes[place].append(format_points([points[first], points[second]]))
    for place, data in enumerate(classes):
        if data:
            group = plate.open_group(f"edges-{place}")
            color = blend_colors(theme.muted, theme.background, 0.32 + 0.18 * place)
            plate.draw_path("".join(data), color=color, width=0.8 + 1.3 * place, parent=group)


def _draw_nodes(
    plate: Plate, network: Network, points: Mapping[str, Point], colors: Mapping[str, str]
) -> None:
    marks = plate.open_group("marks")
    names = plate.open_group("names")
    measured = _measure_nodes(network)
    for project, domain in zip(network.nodes["project"], network.nodes["domain"], strict=True):
        name, radius = measured[project]
        x, y = points[project]
        color = colors.get(domain, plate.theme.muted)
        plate.draw_circle((x, y), radius, color=color, parent=marks)
        size = size_name(radius)
        plate.write((x, y + radius + size), name, size=size, anchor="center", halo=True,
                    bold=is_large(radius), parent=names)  # fmt: skip
