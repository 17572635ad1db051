"""Where the nodes of a network stand: forces give the shape, then nodes with their labels part.

Drawing does not belong here. The forces start from a fixed seed and their result is rounded to
whole pixels before anything is decided by it, so that the layout is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

SEED = 7
FORCE_ROUNDS = 200
PART_ROUNDS = 400
ASIDE_PX = 104.0
"""The height of the strip below for parts that hang together with nothing else."""


@dataclass(frozen=True)
class Body:
    """What a node covers, in pixels: half its width, and how far it reaches up and down."""

    half_width: float
    above: float
    below: float


@dataclass(frozen=True)
class Area:
    """The pixels that may be used."""

    left: float
    top: float
    right: float
    bottom: float


def compute_layout(
    edges: Sequence[tuple[str, str, float]], bodies: Mapping[str, Body], area: Area
) -> dict[str, tuple[float, float]]:
    """Return each node's point; no two bodies overlap where the area has room for all.

    edges: two nodes and how strongly they attract each other (above 0).
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(bodies))
    graph.add_weighted_edges_from(sorted(edges))
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    points: dict[str, tuple[float, float]] = {}
    for part, region in zip(parts, _divide_area(parts, area), strict=True):
        inside = {node: bodies[node] for node in sorted(part)}
        forced = _apply_forces(_copy_part(graph, sorted(part)))
        points |= part_bodies(_fit_points(forced, region), inside, region)
    return part_bodies(points, bodies, area)


def _divide_area(parts: Sequence[Collection[str]], area: Area) -> list[Area]:
    """Give the largest part the area but a strip below, where the others stand side by side."""
    if len(parts) < 2:
        return [area]
    edge = area.bottom - min(ASIDE_PX, (area.bottom - area.top) / 3)
    regions = [Area(area.left, area.top, area.right, edge)]
    total = sum(len(part) for part in parts[1:])
    # As wide as their nodes need, at most what there is, and in the middle.
    width = min(150.0 * total, area.right - area.left)
    left = (area.left + area.right - width) / 2
    for part in parts[1:]:
        right = left + width * len(part) / total
        regions.append(Area(left, edge, right, area.bottom))
        left = right
    return regions


def _copy_part(graph: nx.Graph[str], nodes: Sequence[str]) -> nx.Graph[str]:
    """Return the part with its nodes in the given order.

    A view of networkx would iterate over a set where the part is small: an order, and so a
    layout, that differs from process to process.
    """
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(graph.edges(nodes, data=True))
    return part


def _apply_forces(graph: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    """Return where the forces put each node, rounded so that all machines agree."""
    forced = nx.spring_layout(graph, k=2.2 / len(graph) ** 0.5, seed=SEED, iterations=FORCE_ROUNDS)
    return {
        node: (round(float(forced[node][0]), 6), round(float(forced[node][1]), 6))
        for node in sorted(graph)
    }


def _fit_points(
    forced: Mapping[str, tuple[float, float]], area: Area
) -> dict[str, tuple[float, float]]:
    """Stretch the layout to the area by the order of its coordinates as much as by their size.

    Forces leave few far out and many close together; ranks spread them evenly, the mean of both
    keeps clusters visible and uses the room.
    """
    points: dict[str, list[float]] = {node: [0.0, 0.0] for node in forced}
    for axis, (low, high) in enumerate(((area.left, area.right), (area.top, area.bottom))):
        ordered = sorted(forced, key=lambda node: (forced[node][axis], node))
        values = [forced[node][axis] for node in ordered]
        span = (values[-1] - values[0]) or 1.0
        for rank, node in enumerate(ordered):
            by_rank = rank / max(len(ordered) - 1, 1)
            by_value = (values[rank] - values[0]) / span
            share = 0.5 * by_rank + 0.5 * by_value if len(ordered) > 1 else 0.5
            points[node][axis] = float(round(low + (high - low) * share))
    return {node: (x, y) for node, (x, y) in points.items()}


def part_bodies(
    points: Mapping[str, tuple[float, float]], bodies: Mapping[str, Body], area: Area
) -> dict[str, tuple[float, float]]:
    """Push overlapping bodies apart, each pair along the shorter way, until none overlap."""
    nodes = sorted(points)
    places = {node: list(points[node]) for node in nodes}
    for attempt in range(PART_ROUNDS):
        is_clear = True
        for index, first in enumerate(nodes):
            for second in nodes[index + 1 :]:
                is_clear &= not _part_pair(
                    places[first], places[second], bodies[first], bodies[second]
                )
        for node in nodes:
            _keep_inside(places[node], bodies[node], area)
        if is_clear and attempt:
            break
    return {node: (x, y) for node, (x, y) in places.items()}


def _part_pair(first: list[float], second: list[float], a: Body, b: Body) -> bool:
    """Move the two apart where they overlap; say whether they did."""
    across = a.half_width + b.half_width - abs(second[0] - first[0])
    is_below = (second[1], second[0]) >= (first[1], first[0])
    reach = a.below + b.above if is_below else a.above + b.below
    along = reach - abs(second[1] - first[1])
    if across <= 0.01 or along <= 0.01:
        return False
    axis, overlap = (0, across) if across < along else (1, along)
    forward = is_below if axis else second[0] >= first[0]
    step = (overlap / 2 + 0.05) * (1 if forward else -1)
    first[axis] -= step
    second[axis] += step
    return True


def _keep_inside(place: list[float], body: Body, area: Area) -> None:
    place[0] = min(max(place[0], area.left + body.half_width), area.right - body.half_width)
    place[1] = min(max(place[1], area.top + body.above), area.bottom - body.below)
