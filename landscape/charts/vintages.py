"""The source line: which publications the plotted values come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from landscape.base.languages import Messages
from landscape.metrics.model import LIVE


def describe_source(vintages: Iterable[str], messages: Messages) -> str:
    """Return the sentence that names the source and the vintages of what was plotted."""
    present = set(vintages)
    labels = sorted(vintage for vintage in present if vintage != LIVE)
    kind = "mixed" if labels and LIVE in present else "published" if labels else "live"
    return messages(f"source.{kind}", labels=_join_labels(labels, messages))


def _join_labels(labels: Sequence[str], messages: Messages) -> str:
    if len(labels) < 2:
        return "".join(labels)
    return messages("list.comma").join(labels[:-1]) + messages("list.and") + labels[-1]
