"""Labels beside marks that stand anywhere: each at the nearest free place, none on another."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

DIRECTIONS = 16
DISTANCES_PX = (3.0, 9.0, 16.0, 26.0, 38.0, 52.0, 70.0, 90.0, 115.0, 145.0, 180.0, 230.0)
LEADER_FROM_PX = 12.0
"""A label further from its mark is joined to it by a line."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def contains(self, other: Box) -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Mark:
    """A round mark and the size of the label that it wants."""

    x: float
    y: float
    radius: float
    width: float
    height: float


@dataclass(frozen=True)
class Callout:
    """Where a label stands, and the end of the line to its mark where it needs one."""

    box: Box
    leader: tuple[float, float] | None


def place_callouts(
    marks: Sequence[Mark], bounds: Box, barriers: Sequence[Box] = ()
) -> list[Callout | None]:
    """Return a place for each label, earlier marks first; None where there is no room at all.

    No label covers a mark or another label or leaves the bounds. Near places are tried before far
    ones; at one distance the right and left sides before above and below. ``barriers`` are crossed
    only by a label that finds no room beside them.
    """
    obstacles = [
        Box(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
        for mark in marks
    ]
    placed: list[Callout | None] = []
    for mark in marks:
        taken = [*obstacles, *(callout.box for callout in placed if callout)]
        beside = _find_place(mark, [*taken, *barriers], bounds) if barriers else None
        placed.append(beside or _find_place(mark, taken, bounds))
    return placed


def _find_place(mark: Mark, taken: Sequence[Box], bounds: Box) -> Callout | None:
    for distance, angle in itertools.product(DISTANCES_PX, _list_angles()):
        box = _put_beside(mark, distance, angle)
        if bounds.contains(box) and not any(box.overlaps(other) for other in taken):
            return Callout(box, _lead_to(mark, box) if distance >= LEADER_FROM_PX else None)
    return None


def _list_angles() -> list[float]:
    """Return the directions, those nearest to the horizontal first, right before left."""
    angles = [2 * math.pi * step / DIRECTIONS for step in range(DIRECTIONS)]
    return sorted(
        angles, key=lambda angle: (round(abs(math.sin(angle)), 6), -round(math.cos(angle), 6))
    )


def _put_beside(mark: Mark, distance: float, angle: float) -> Box:
    """Return the label's box whose edge is so far from the mark's rim in the direction."""
    reach = mark.radius + distance
    x, y = mark.x + reach * math.cos(angle), mark.y + reach * math.sin(angle)
    left = x - mark.width * (1 - math.cos(angle)) / 2
    top = y - mark.height * (1 - math.sin(angle)) / 2
    return Box(left, top, left + mark.width, top + mark.height)


def _lead_to(mark: Mark, box: Box) -> tuple[float, float]:
    """Return the point of the box's rim that is nearest to the mark."""
    return (
        min(max(mark.x, box.left), box.right),
        min(max(mark.y, box.top), box.bottom),
    )
