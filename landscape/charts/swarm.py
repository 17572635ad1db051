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
        taken = [
            (height - reach, height + reach)
            for at, height in placed
            if abs(at - x) < diameter
            for reach in [math.sqrt(diameter**2 - (at - x) ** 2)]
        ]
        lowest = 0.0
        for bottom, top in sorted(taken):
            if bottom >= lowest:
                break
            lowest = max(lowest, top)
        placed.append((x, lowest))
    return [height for _, height in placed]


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
