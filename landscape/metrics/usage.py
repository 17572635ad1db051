"""Which metrics are used: a refresh asks for these and for no other.

A new figure, table or story that shows a further metric adds it here.
"""

from __future__ import annotations

from landscape.dataset.model import Inclusion

SHOWN_METRICS = ("participants",)
"""Shown beside the inclusion metric: the size of the community, in the top 20."""


def list_used_metrics(inclusion: Inclusion) -> tuple[str, ...]:
    """Return the metrics to ask for, the one that decides first."""
    return (inclusion.metric, *(name for name in SHOWN_METRICS if name != inclusion.metric))
