"""What needs a human's decision after a refresh, as the body of the standing issue."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from landscape.analysis.model import Landscape, Verdict
from landscape.report.entries import Entry, list_entries
from landscape.report.markdown import escape_text, render_repo_link

STALE_DAYS = 30
_LISTED = 100


@dataclass(frozen=True)
class Decision:
    """One thing to decide: under which heading, and one line of Markdown."""

    heading: str
    line: str


def list_decisions(
    landscape: Landscape,
    today: dt.date,
    *,
    left: Sequence[str] = (),
    refusals: Sequence[str] = (),
) -> tuple[Decision, ...]:
    """Return what needs a decision, the most urgent first.

    ``left``: ids of projects that left the published map. ``refusals``: what guards said, plain.
    """
    found = [
        Decision(
            "A guard refused to publish",
            f"{escape_text(refusal)} The report stays as it was until somebody runs the refresh "
            "with accept-shrink, or corrects the cause. GitHub ends schedules after 60 days "
            "without activity.",
        )
        for refusal in refusals
    ]
    entries = list_entries(landscape)
    found += _list_gone(entries)
    found += _list_archived(entries)
    found += _list_stale(entries, today)
    found += (
        Decision("Left the map", f"{_name(entry)}: {escape_text(str(entry.verdict))}")
        for entry in entries
        if entry.project in set(left)
    )
    return tuple(found)


def render_decisions(decisions: Sequence[Decision]) -> str:
    """Return the issue's body; empty where nothing needs a decision."""
    parts = []
    for heading in dict.fromkeys(decision.heading for decision in decisions):
        lines = [decision.line for decision in decisions if decision.heading == heading]
        listed = "\n".join(f"- {line}" for line in lines[:_LISTED])
        more = f"\n- … and {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
        parts.append(f"### {heading}\n\n{listed}{more}")
    return "\n\n".join(parts)


def list_left(published: bytes | None, landscape: Landscape) -> tuple[str, ...]:
    """Return the projects that a published table had on the map and the landscape has not."""
    if published is None:
        return ()
    rows = csv.DictReader(io.StringIO(published.decode("utf-8", "replace")))
    was = {row.get("project") for row in rows if row.get("verdict") == Verdict.ON_THE_MAP}
    table = landscape.projects
    return tuple(
        sorted(
            str(project)
            for project, verdict in zip(table["project"], table["verdict"], strict=True)
            if project in was and verdict not in (Verdict.ON_THE_MAP, Verdict.RETIRED)
        )
    )


def _list_gone(entries: Sequence[Entry]) -> list[Decision]:
    return [
        Decision(
            "Gone",
            f"{_name(entry)}: GitHub no longer has it since {entry.gone_since}. Retire it "
            "(`retired:` in its file), or name its new repository.",
        )
        for entry in entries
        if entry.verdict is Verdict.GONE
    ]


def _list_archived(entries: Sequence[Entry]) -> list[Decision]:
    return [
        Decision("Archived upstream", f"{_name(entry)}: retire it, or leave it as it is.")
        for entry in entries
        if entry.archived and entry.verdict is Verdict.ON_THE_MAP
    ]


def _list_stale(entries: Sequence[Entry], today: dt.date) -> list[Decision]:
    limit = today - dt.timedelta(days=STALE_DAYS)
    return [
        Decision(
            "No values to be had",
            f"{_name(entry)}: since {entry.stale_since}, last value in "
            f"{entry.last_known_month or 'no month'}. Was it renamed?",
        )
        for entry in entries
        if entry.stale_since and dt.date.fromisoformat(entry.stale_since) <= limit
    ]


def _name(entry: Entry) -> str:
    return render_repo_link(entry.name, entry.repo)
