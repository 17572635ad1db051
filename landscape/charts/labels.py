"""Where labels go so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass
class _Block:
    """Labels that touch each other: their wish for the first one's place, and how many."""

    wish: float
    count: int


def spread_labels(wanted: Sequence[float], spacing: float, low: float, high: float) -> list[float]:
    """Return places in the order given, ``spacing`` apart, as near to the wanted as possible.

    Minimises the sum of squared moves (pooling neighbours that would collide). Places stay
    within low and high; where there is no room for all, the spacing gives way.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    if len(wanted) > 1:
        spacing = min(spacing, (high - low) / (len(wanted) - 1))
    blocks: list[_Block] = []
    for rank, index in enumerate(order):
        # In these coordinates labels may coincide: the spacing is taken off.
        blocks.append(_Block(wanted[index] - rank * spacing, 1))
        while len(blocks) > 1 and blocks[-2].wish > blocks[-1].wish:
            last = blocks.pop()
            before = blocks[-1]
            total = before.count + last.count
            before.wish = (before.wish * before.count + last.wish * last.count) / total
            before.count = total
    highest = high - (len(wanted) - 1) * spacing
    places = [0.0] * len(wanted)
    rank = 0
    for block in blocks:
        for _ in range(block.count):
            places[order[rank]] = min(max(block.wish, low), highest) + rank * spacing
            rank += 1
    return places
