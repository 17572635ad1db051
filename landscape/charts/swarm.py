"""Dots that share an axis without covering each other: where each one stands above it."""

from __future__ import annotations

import math
from collections.abc import Sequence


def stack_dots(xs: Sequence[float], diameter: float) -> list[float]:
    """Return for each x how high its dot stands, so that no two dots overlap.

    Earlier dots get the lower places; the first stand on the axis (height 0).
    """
    placed: list[tuple[float, float]] = []
    for x in xs:
        near = [(at, height) for at, height in placed if abs(at - x) < diameter]
        # Just above some neighbour, or on the axis, is where the lowest free place is.
        tops = [0.0] + [height + math.sqrt(diameter**2 - (at - x) ** 2) for at, height in near]
        placed.append((x, min(top for top in sorted(tops) if _is_free(x, top, near, diameter))))
    return [height for _, height in placed]


def _is_free(x: float, top: float, near: Sequence[tuple[float, float]], diameter: float) -> bool:
    return all((at - x) ** 2 + (height - top) ** 2 >= diameter**2 - 1e-6 for at, height in near)


def fit_dots(xs: Sequence[float], room: float, radii: Sequence[float]) -> tuple[float, list[float]]:
    """Return the largest of the radii whose stack fits into the room, and the heights.

    Where none fits (many equal values), dots of the smallest radius overlap like a pile of coins.
    """
    for radius in radii:
        heights = stack_dots(xs, 2 * radius + 0.5)
        highest = max(heights, default=0.0)
        if highest <= room:
            return radius, heights
    squeeze = room / highest
    return radii[-1], [height * squeeze for height in heights]
