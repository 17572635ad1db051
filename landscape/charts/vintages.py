"""The source line: which publications the plotted values come from, and what an archive lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from landscape.base.languages import Messages
from landscape.charts.scales import EN_DASH, format_number
from landscape.metrics.model import ARCHIVE, LIVE, ArchiveSpan


def describe_source(vintages: Iterable[str], messages: Messages) -> str:
    """Return the sentence that names the source and the vintages of what was plotted."""
    present = set(vintages)
    if ARCHIVE in present:
        others = present - {ARCHIVE}
        archive = messages("source.archive")
        if not others:
            return archive
        return messages("sentences", first=describe_source(others, messages), second=archive)
    labels = sorted(vintage for vintage in present if vintage != LIVE)
    kind = "mixed" if labels and LIVE in present else "published" if labels else "live"
    return messages(f"source.{kind}", labels=_join_labels(labels, messages))


def describe_counted(vintages: Iterable[str], span: ArchiveSpan | None, messages: Messages) -> str:
    """Return the source of a table that discovery counted: the months, and hours that lack.

    ``span`` is None where nobody recorded them; then, and for a table that others published, it
    is as ``describe_source`` says.
    """
    present = set(vintages)
    if span is None or present != {ARCHIVE}:
        return describe_source(present, messages)
    source = messages("source.counted", months=name_months(span))
    return messages("sentences", first=source, second=describe_hours(span, messages))


def describe_hours(span: ArchiveSpan, messages: Messages) -> str:
    """Say whether the archive had all hours of the months; numbers are too low where it had not."""
    if span.is_whole:
        return messages("source.whole", total=format_number(span.hours_total))
    # Never rounded up to the whole.
    share = min(99.9, int(span.share * 1000) / 10)
    return messages(
        "source.partial",
        hours=format_number(span.hours),
        total=format_number(span.hours_total),
        share=f"{share:.1f}",
    )


def name_vintages(vintages: Iterable[str], messages: Messages) -> str:
    """Return the labels of the publications, and in words what the last refresh read."""
    labels = sorted(set(vintages))
    named = [messages("vintage.live") if label == LIVE else label for label in labels]
    return messages("list.comma").join(named)


def name_months(span: ArchiveSpan) -> str:
    """Return the months, one or from – to."""
    return span.first if span.first == span.last else span.first + EN_DASH + span.last


def _join_labels(labels: Sequence[str], messages: Messages) -> str:
    if len(labels) < 2:
        return "".join(labels)
    return messages("list.comma").join(labels[:-1]) + messages("list.and") + labels[-1]
