"""How many of a number a share allows. Which share applies where is the callers' business."""

from __future__ import annotations

import math

_TOLERANCE = 1e-9
"""10 % of 30 is 3, though 0.1 * 30 is a little more in floating point, and 0.29 * 100 less."""


def count_allowed(share: float, total: int) -> int:
    """Return the largest count that is not more than the share of total, at least one."""
    return max(1, math.floor(share * total + _TOLERANCE))
