"""A preview as plain text for a terminal, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from landscape.analysis.model import Window
from landscape.charts.metric_names import name_metric
from landscape.dataset.catalogue.kind import escape_unprintable
from landscape.dataset.checks import CheckResult
from landscape.dataset.finding_reports import render_lines, render_sentence
from landscape.publish.preview import Move, Preview
from landscape.publish.project_change import Act, ProjectChange
from landscape.report.entries import Entry
from landscape.report.numbers import format_openrank
from landscape.report.reasons import explain_entry, name_verdict
from landscape.report.wording import Wording, load_wording

UNKNOWN_BAR = "·"
_BARS = "▁▂▃▄▅▆▇█"
LANGUAGE = "en"


def draw_bars(values: Sequence[float | None]) -> str:
    """Return one character a value, from 0 up to the largest; a dot where it is unknown."""
    largest = max((value for value in values if value is not None), default=0.0)
    return "".join(
        UNKNOWN_BAR
        if value is None
        else _BARS[min(len(_BARS) - 1, int(value / largest * len(_BARS)))]
        if largest
        else _BARS[0]
        for value in values
    )


def describe_place(change: ProjectChange) -> str:
    """Return the rank that the project has, or would have, as plain text; empty without one."""
    entry = change.after if change.act is not Act.REMOVED else change.before
    if entry is None or entry.rank is None:
        return ""
    verb = "had" if change.act is Act.REMOVED else "would have"
    count = change.domain_count
    text = (
        f"{verb} rank {entry.rank} on the map, {entry.rank_in_domain} of {count} in {entry.domain}"
    )
    before = change.before
    if before is not None and change.act is not Act.REMOVED and before.rank is not None:
        if before.domain != entry.domain:
            return f"{text} (before: {before.rank_in_domain} in {before.domain})"
        if before.rank != entry.rank:
            return f"{text} (before: {before.rank})"
    return text


def describe_keys(change: ProjectChange) -> list[str]:
    """Return what differs in the file, one line a key."""
    return [f"{key.key}: {key.before or '(none)'} → {key.after or '(none)'}" for key in change.keys]


def explain(entry: Entry, window: Window) -> str:
    """Return the verdict with its arithmetic as plain text."""
    wording = load_wording(LANGUAGE)
    return f"{name_verdict(entry.verdict, wording)}: {explain_entry(entry, window, wording)}"


def count_changes(preview: Preview) -> str:
    """Return the last sentence: how many projects, how many errors, of how many."""
    counts = {act: sum(change.act is act for change in preview.changes) for act in Act}
    parts = [f"{count} {act}" for act, count in counts.items() if count] or ["no project changes"]
    on_map = f"{preview.on_map[1]} of {preview.projects[1]} projects would be on the map"
    before = f" ({preview.on_map[0]} of {preview.projects[0]} before)"
    return f"{', '.join(parts)}; {on_map}{before}"


def render_preview_text(preview: Preview) -> str:
    """Return the preview as plain text; contributed text is shown without control characters."""
    lines: list[str] = []
    for change in preview.changes:
        lines += [*_render_change(change, preview.window), ""]
    lines += _render_rules(preview)
    lines += [f"note: {note}" for note in preview.notes]
    if preview.older_errors:
        lines.append(f"note: {preview.older_errors} errors were there before, in other files")
    shown = {finding for change in preview.changes for finding in change.findings}
    others = [finding for finding in preview.findings if finding not in shown]
    text = "\n".join(map(escape_unprintable, lines)) + "\n" if lines else ""
    text += render_lines(others)
    result = CheckResult(preview.findings, preview.files_checked)
    return f"{text}{render_sentence(result)}; {count_changes(preview)}\n"


def _render_change(change: ProjectChange, window: Window | None) -> Iterator[str]:
    yield f"{change.act} {change.project} ({change.path})"
    for line in describe_keys(change):
        yield f"  {line}"
    entry = change.after or (change.before if change.act is Act.REMOVED else None)
    if entry is not None and window is not None:
        yield f"  {explain(entry, window)}"
        if place := describe_place(change):
            yield f"  {place}"
        if any(value is not None for value in change.recent):
            yield f"  monthly {name_metric(window.metric, LANGUAGE)}: {draw_bars(change.recent)}"
    for title, rows in (
        ("before", change.neighbours_before),
        ("after", change.neighbours_after),
    ):
        if rows:
            yield f"  {title}, in {rows[0].domain}: {_list_neighbours(rows, change.project)}"
    for near in change.near:
        yield f"  look: {near.project} ({near.repo}): {near.reason}"
    for note in change.notes:
        yield f"  note: {note}"
    for line in render_lines(change.findings).splitlines():
        yield f"  {line}"


def _list_neighbours(rows: Sequence[Entry], project: str) -> str:
    return ", ".join(
        f"{f'{row.rank_in_domain}. ' if row.rank_in_domain else ''}"
        f"{'>' if row.project == project else ''}{row.name} {format_openrank(row.openrank_mean)}"
        for row in rows
    )


def _render_rules(preview: Preview) -> Iterator[str]:
    for title, changes in (
        ("settings", preview.settings_changes),
        ("taxonomy", preview.taxonomy_changes),
    ):
        for line in changes:
            yield f"{title}: {line}"
    if preview.settings_changes or preview.taxonomy_changes:
        yield f"{preview.verdicts_changed} verdicts change"
    for way, moves in (("onto the map", preview.moves_in), ("off the map", preview.moves_out)):
        for move in moves:
            yield f"{way}: {describe_move(move)}"


def describe_move(move: Move) -> str:
    """Return a project that crosses the map's border, with its verdicts, as plain text."""
    before, after = move.before or "not in the dataset", move.after or "removed"
    return f"{move.project} ({move.name}): {before} → {after}"


def render_preview_json(preview: Preview) -> str:
    """Return the preview as one JSON object."""
    wording = load_wording(LANGUAGE)
    content = {
        "changes": [_encode_change(change, preview.window, wording) for change in preview.changes],
        "findings": [_encode(finding) for finding in preview.findings],
        "older_errors": preview.older_errors,
        "settings_changes": preview.settings_changes,
        "taxonomy_changes": preview.taxonomy_changes,
        "verdicts_changed": preview.verdicts_changed,
        "enter": [asdict(move) for move in preview.moves_in],
        "leave": [asdict(move) for move in preview.moves_out],
        "on_map": {"before": preview.on_map[0], "after": preview.on_map[1]},
        "projects": {"before": preview.projects[0], "after": preview.projects[1]},
        "as_of": preview.window.as_of if preview.window is not None else None,
        "recent_months": preview.recent_months,
        "notes": preview.notes,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _encode(finding: object) -> dict[str, Any]:
    values = asdict(finding)  # type: ignore[call-overload]
    return {key: escape_unprintable(str(value)) for key, value in values.items()} | {
        "line": values["line"] or None
    }


def _encode_change(
    change: ProjectChange, window: Window | None, wording: Wording
) -> dict[str, Any]:
    return {
        "project": change.project,
        "act": str(change.act),
        "keys": [asdict(key) for key in change.keys],
        "before": _encode_entry(change.before, window, wording),
        "after": _encode_entry(change.after, window, wording),
        "neighbours_before": [row.project for row in change.neighbours_before],
        "neighbours_after": [row.project for row in change.neighbours_after],
        "recent": change.recent,
        "near_duplicates": [asdict(near) for near in change.near],
        "notes": change.notes,
        "maintainers": change.maintainers,
    }


def _encode_entry(
    entry: Entry | None, window: Window | None, wording: Wording
) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "verdict": str(entry.verdict),
        "reason": explain_entry(entry, window, wording) if window is not None else "",
        "openrank_mean": entry.openrank_mean,
        "months_known": entry.months_known,
        "months_in_window": entry.months_in_window,
        "rank": entry.rank,
        "rank_in_domain": entry.rank_in_domain,
        "domain": entry.domain,
        "stars": entry.stars,
    }
