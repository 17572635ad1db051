"""The source line: which publications the plotted values come from."""

from __future__ import annotations

from collections.abc import Iterable

from landscape.base.languages import Messages
from landscape.metrics.model import LIVE


def describe_source(vintages: Iterable[str], messages: Messages) -> str:
    """Return the sentence that names the source and the vintages of what was plotted."""
    present = set(vintages)
    parts = sorted(vintage for vintage in present if vintage != LIVE)
    told = [messages("source.published", labels=messages("list.and").join(parts))] if parts else []
    if LIVE in present:
        told.append(messages("source.live"))
    return messages("source", vintages=messages("list.comma").join(told))
