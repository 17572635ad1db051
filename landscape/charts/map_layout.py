"""Where each box of the map goes: the tightest way to cut a rectangle into boxes in order.

A box is a leaf (a lane of marks) or a container of boxes. Every box answers one question, how
high it must be at a given width; containers answer it by the best sequence of straight cuts
through their children (an optimal slicing floorplan over contiguous runs, so that neighbours
in the taxonomy stay neighbours on the map). Nothing here knows of colours or of OpenRank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

STEP = 6
"""Widths are tried in steps of this many pixels."""

Heights = NDArray[np.float64]
"""Height needed at each width, index times STEP pixels; infinite where the width is too small."""


@dataclass(frozen=True)
class Rectangle:
    """A place on the canvas, in pixels."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, left: float, top: float, right: float, bottom: float) -> Rectangle:
        """Return the rectangle without the given margins."""
        return Rectangle(
            self.x + left, self.y + top, self.width - left - right, self.height - top - bottom
        )


@dataclass(frozen=True)
class Item:
    """Something to be laid in a lane: its size in pixels and what it stands for."""

    width: float
    height: float
    key: str


@dataclass(frozen=True)
class Insets:
    """The margins between a box's edge and its content."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True)
class Box:
    """A leaf with items, or a container with children; ``minimum_width`` holds its heading."""

    key: str
    insets: Insets
    minimum_width: float = 0.0
    items: tuple[Item, ...] = ()
    children: tuple[Box, ...] = ()
    gap: float = 0.0
    """Between children that lie side by side or above each other."""


@dataclass
class Placement:
    """The outcome: a rectangle for each box key and each item key."""

    boxes: dict[str, Rectangle] = field(default_factory=dict)
    items: dict[str, Rectangle] = field(default_factory=dict)
    cuts: list[tuple[str, Rectangle]] = field(default_factory=list)
    """Gaps between children: the container's key and the gap's rectangle."""


ITEM_GAP = 9.0
ROW_GAP = 4.0
MAX_SPREAD = 8.0


def break_rows(items: Sequence[Item], width: float) -> list[list[Item]]:
    """Fill rows from left to right; an item starts a new row where it no longer fits."""
    rows: list[list[Item]] = []
    used = 0.0
    for item in items:
        if rows and used + ITEM_GAP + item.width <= width:
            rows[-1].append(item)
            used += ITEM_GAP + item.width
        else:
            rows.append([item])
            used = item.width
    return rows


def _leaf_height(items: Sequence[Item], width: float) -> float:
    if items and max(item.width for item in items) > width:
        return float("inf")
    return _sum_rows(break_rows(items, width))


def _sum_rows(rows: list[list[Item]]) -> float:
    return sum(max(item.height for item in row) for row in rows) + ROW_GAP * max(len(rows) - 1, 0)


class Floorplan:
    """The heights of every box at every width up to ``width``, and the cuts that reach them."""

    def __init__(self, root: Box, width: float) -> None:
        self._steps = int(width // STEP) + 1
        self._heights: dict[str, Heights] = {}
        self._runs: dict[str, dict[tuple[int, int], Heights]] = {}
        self._root = root
        self._measure(root)

    @property
    def height(self) -> float:
        """The least height of the root at the full width."""
        return float(self._heights[self._root.key][self._steps - 1])

    def place(self, rectangle: Rectangle) -> Placement:
        """Give every box and item its place inside the rectangle."""
        placement = Placement()
        self._place(self._root, rectangle, placement)
        return placement

    def _measure(self, box: Box) -> Heights:
        widths = np.arange(self._steps) * float(STEP)
        inner = widths - box.insets.left - box.insets.right
        margin = box.insets.top + box.insets.bottom
        if box.children:
            for child in box.children:
                self._measure(child)
            whole = self._measure_runs(box)[0, len(box.children) - 1]
            # The inner width is rarely a multiple of the step: the next narrower one is safe.
            index = np.floor(inner / STEP).astype(int)
            heights = np.where(index >= 0, whole[np.clip(index, 0, None)], np.inf) + margin
        else:
            heights = np.array([_leaf_height(box.items, width) for width in inner]) + margin
            # A wider row may take in a taller item and so raise the whole; then the rows stay
            # as they are in a narrower box.
            heights = np.minimum.accumulate(heights)
        heights[widths < box.minimum_width] = np.inf
        self._heights[box.key] = heights
        return heights

    def _measure_runs(self, box: Box) -> dict[tuple[int, int], Heights]:
        runs: dict[tuple[int, int], Heights] = {}
        count = len(box.children)
        for index, child in enumerate(box.children):
            runs[index, index] = self._heights[child.key]
        for length in range(2, count + 1):
            for first in range(count - length + 1):
                last = first + length - 1
                best = np.full(self._steps, np.inf)
                for cut in range(first, last):
                    upper, lower = runs[first, cut], runs[cut + 1, last]
                    stacked = upper + lower + box.gap
                    best = np.minimum(best, np.minimum(stacked, self._beside(box, upper, lower)[0]))
                runs[first, last] = best
        self._runs[box.key] = runs
        return runs

    def _beside(self, box: Box, left: Heights, right: Heights) -> tuple[Heights, NDArray[np.int_]]:
        """Return height and best left width (in steps) of two runs side by side, at each width."""
        gap = int(np.ceil(box.gap / STEP))
        heights = np.full(self._steps, np.inf)
        choice = np.zeros(self._steps, dtype=int)
        for width in range(gap + 2, self._steps):
            lefts = left[1 : width - gap]
            rights = right[width - gap - 1 : 0 : -1]
            higher = np.maximum(lefts, rights)
            lowest = higher.min()
            if np.isinf(lowest):
                continue
            # Among the equally low ones the cut that leaves least empty space.
            waste = np.where(higher == lowest, np.abs(lefts - rights), np.inf)
            heights[width], choice[width] = lowest, int(np.argmin(waste)) + 1
        return heights, choice

    def _place(self, box: Box, rectangle: Rectangle, placement: Placement) -> None:
        placement.boxes[box.key] = rectangle
        margins = box.insets
        inner = rectangle.inset(margins.left, margins.top, margins.right, margins.bottom)
        if box.children:
            self._place_run(box, 0, len(box.children) - 1, inner, placement)
        else:
            _place_items(self._choose_rows(box, inner.width), inner, placement)

    def _choose_rows(self, box: Box, width: float) -> list[list[Item]]:
        """Return the rows of least height at this width or a narrower measured one."""
        if not box.items:
            return []
        sides = box.insets.left + box.insets.right
        measured = (step * STEP - sides for step in range(self._steps - 1, -1, -1))
        widths = [width, *(narrower for narrower in measured if narrower < width)]
        return break_rows(box.items, min(widths, key=partial(_leaf_height, box.items)))

    def _place_run(
        self, box: Box, first: int, last: int, area: Rectangle, placement: Placement
    ) -> None:
        if first == last:
            self._place(box.children[first], area, placement)
            return
        runs = self._runs[box.key]
        width = min(int(area.width // STEP), self._steps - 1)
        for cut in range(first, last):
            upper, lower = runs[first, cut], runs[cut + 1, last]
            if upper[width] + lower[width] + box.gap <= runs[first, last][width]:
                self._stack(box, (first, cut, last), area, placement)
                return
        for cut in range(first, last):
            heights, choice = self._beside(box, runs[first, cut], runs[cut + 1, last])
            if heights[width] <= runs[first, last][width]:
                self._juxtapose(
                    box, (first, cut, last), float(choice[width] * STEP), area, placement
                )
                return
        raise ValueError(f"no cut of {box.key} fits a width of {area.width:.0f} px")

    def _stack(
        self, box: Box, cut: tuple[int, int, int], area: Rectangle, placement: Placement
    ) -> None:
        first, middle, last = cut
        runs = self._runs[box.key]
        width = min(int(area.width // STEP), self._steps - 1)
        needs = (runs[first, middle][width], runs[middle + 1, last][width])
        spare = area.height - box.gap - sum(needs)
        upper_height = float(needs[0] + spare * needs[0] / sum(needs))
        upper = Rectangle(area.x, area.y, area.width, upper_height)
        lower_y = area.y + upper_height + box.gap
        lower = Rectangle(area.x, lower_y, area.width, area.y + area.height - lower_y)
        gap = Rectangle(area.x, area.y + upper_height, area.width, box.gap)
        placement.cuts.append((box.key, gap))
        self._place_run(box, first, middle, upper, placement)
        self._place_run(box, middle + 1, last, lower, placement)

    def _juxtapose(
        self,
        box: Box,
        cut: tuple[int, int, int],
        left_width: float,
        area: Rectangle,
        placement: Placement,
    ) -> None:
        first, middle, last = cut
        left = Rectangle(area.x, area.y, left_width, area.height)
        right_x = area.x + left_width + box.gap
        right = Rectangle(right_x, area.y, area.x + area.width - right_x, area.height)
        gap = Rectangle(area.x + left_width, area.y, box.gap, area.height)
        placement.cuts.append((box.key, gap))
        self._place_run(box, first, middle, left, placement)
        self._place_run(box, middle + 1, last, right, placement)


def _place_items(rows: list[list[Item]], area: Rectangle, placement: Placement) -> None:
    """Lay the items row by row; a little of the spare height goes between the rows."""
    spare = max(area.height - _sum_rows(rows), 0.0)
    spread = min(spare / (len(rows) + 1), MAX_SPREAD) if rows else 0.0
    y = area.y + spread / 2
    for row in rows:
        height = max(item.height for item in row)
        x = area.x
        for item in row:
            top = y + (height - item.height) / 2
            placement.items[item.key] = Rectangle(x, top, item.width, item.height)
            x += item.width + ITEM_GAP
        y += height + ROW_GAP + spread
