"""Which metrics are used: a refresh asks for these and for no other.

A new figure or table that shows a further metric adds it here.
"""

from __future__ import annotations

from collections.abc import Iterable

from landscape.dataset.model import Inclusion
from landscape.dataset.story_model import Figure

SHOWN_METRICS = ("participants",)
"""Shown beside the inclusion metric: the size of the community, in the top 20."""
HEAD_TO_HEAD_METRICS = ("contributors",)
"""Of these a head to head has a row besides."""


def list_used_metrics(inclusion: Inclusion, figures: Iterable[Figure] = ()) -> tuple[str, ...]:
    """Return the metrics to ask for, the one that decides first.

    ``figures``: those of the stories; a trend shows the metric that it declares.
    """
    used = [inclusion.metric, *SHOWN_METRICS]
    for figure in figures:
        if figure.kind == "trend" and "metric" in figure.options:
            used.append(figure.options["metric"])
        elif figure.kind == "head-to-head":
            used += HEAD_TO_HEAD_METRICS
    return tuple(dict.fromkeys(used))
