"""A preview as the comment under a pull request: tables and bars, no pictures, no mentions.

Everything that people or upstream wrote is escaped, and the whole stays below GitHub's limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from landscape.base.findings import Finding, Level
from landscape.charts.metric_names import name_metric
from landscape.publish.preview import Move, Preview
from landscape.publish.preview_text import (
    count_changes,
    describe_keys,
    describe_move,
    describe_place,
    draw_bars,
    explain,
)
from landscape.publish.project_change import Act, ProjectChange
from landscape.report.entries import Entry
from landscape.report.markdown import Markdown, escape_text, render_link, render_repo_link
from landscape.report.numbers import format_count, format_openrank
from landscape.report.reasons import name_verdict
from landscape.report.tables import render_table
from landscape.report.wording import load_wording

LARGEST_COMMENT_CHARACTERS = 65_536
_BUDGET = 60_000
_LISTED_FINDINGS = 30
_LISTED_MOVES = 30
_LONGEST_VALUE = 300
_SIGNS = {Level.ERROR: "❌", Level.WARNING: "⚠️", Level.HINT: "💡"}
_SIGN_OF_ACT = {Act.ADDED: "＋", Act.CHANGED: "～", Act.RETAGGED: "⇄", Act.REMOVED: "－"}


def render_preview_markdown(preview: Preview, *, heading: str = "") -> str:
    """Return the preview as Markdown of fewer than 65,536 characters.

    What does not fit is counted. ``heading`` is ours and stands first.
    """
    parts = [heading] if heading else []
    parts.append(_render_result(preview))
    parts += filter(None, (_render_findings(preview.findings, preview), _render_rules(preview)))
    tail = _render_notes(preview)
    used = sum(map(len, parts)) + len(tail)
    for number, change in enumerate(preview.changes):
        section = render_change(change, preview)
        if used + len(section) > _BUDGET:
            parts.append(f"… and {len(preview.changes) - number} more projects without details.")
            break
        used += len(section)
        parts.append(section)
    text = "\n\n".join([*parts, tail]) if tail else "\n\n".join(parts)
    return text[: LARGEST_COMMENT_CHARACTERS - 1].rstrip() + "\n"


def render_change(change: ProjectChange, preview: Preview) -> str:
    """Return one project's section."""
    shown = change.after or change.before
    name = render_repo_link(shown.name, shown.repo) if shown else Markdown(_code(change.project))
    lines = [f"### {_SIGN_OF_ACT[change.act]} {name} · {change.act}"]
    if keys := describe_keys(change):
        lines.append("\n".join(f"- {escape_text(_cut(line))}" for line in keys))
    elif change.act is Act.CHANGED and not change.findings:
        lines.append("Only layout or comments differ.")
    lines += _render_verdict(change, preview)
    lines += _render_neighbours(change)
    lines += (
        f"👀 {render_repo_link(near.project, near.repo)}: {escape_text(_sentence(near.reason))}"
        for near in change.near[:5]
    )
    lines += (f"ℹ️ {escape_text(_sentence(note))}" for note in change.notes)
    if change.maintainers:
        # Linked, not mentioned: a comment that is edited on every push pings nobody.
        links = (render_link(name, f"https://github.com/{name}") for name in change.maintainers)
        lines.append(f"Looked after by {', '.join(links)}.")
    return "\n\n".join(lines)


def _render_result(preview: Preview) -> str:
    errors = sum(finding.level is Level.ERROR for finding in preview.findings)
    if errors:
        verb = "error stands" if errors == 1 else "errors stand"
        sign = f"❌ **{errors} {verb} in the way.**"
    else:
        sign = "✅ **Nothing stands in the way.**"
    sentence = escape_text(_sentence(count_changes(preview)))
    as_of = f" Data as of {preview.window.as_of}." if preview.window is not None else ""
    return f"{sign} {sentence}{as_of}"


def _render_findings(findings: Sequence[Finding], preview: Preview) -> str:
    if not findings:
        return ""
    ordered = sorted(findings, key=lambda item: (list(_SIGNS).index(item.level), item.sort_key))
    rows = [
        (
            Markdown(_SIGNS[finding.level]),
            _place(finding),
            Markdown(f"{escape_text(_cut(finding.message))}<br>{escape_text(_cut(finding.hint))}"),
            Markdown(_code(finding.code)),
        )
        for finding in ordered[:_LISTED_FINDINGS]
    ]
    heads = [("", "center"), ("where", "left"), ("what, and what to do", "left"), ("code", "left")]
    text = str(render_table(heads, rows))
    if more := len(ordered) - len(rows):
        text += f"\n\n… and {more} more. See all of them with `landscape validate`."
    if preview.older_errors:
        text += f"\n\n{preview.older_errors} older errors lie in files that this does not touch."
    return text


def _render_verdict(change: ProjectChange, preview: Preview) -> Iterator[str]:
    if preview.window is None:
        return
    if change.act is Act.REMOVED:
        if change.before is not None:
            yield f"It was: {escape_text(explain(change.before, preview.window))}."
        return
    entry = change.after
    if entry is None:
        return
    sign = "🗺️" if entry.on_the_map else "▫️"
    yield f"{sign} **{escape_text(_sentence(explain(entry, preview.window)))}**"
    if place := describe_place(change):
        yield escape_text(_sentence(f"it {place}"))
    if any(value is not None for value in change.recent):
        months = preview.recent_months
        metric = escape_text(name_metric(preview.window.metric, "en"))
        latest = format_openrank(entry.openrank_latest)
        yield (
            f"`{draw_bars(change.recent)}` monthly {metric} {months[0]} to {months[-1]}, "
            f"last {latest}; ⭐ {format_count(entry.stars)}"
        )


def _render_neighbours(change: ProjectChange) -> Iterator[str]:
    before, after = change.neighbours_before, change.neighbours_after
    if change.act is Act.REMOVED or not after:
        after = ()
    if before and after and [row.project for row in before] == [row.project for row in after]:
        before = ()
    for title, rows in (("before", before), ("after", after)):
        # What stays the same is shown once.
        if rows:
            yield f"In **{escape_text(rows[0].domain)}** {title}:"
            yield _render_standing(rows, change.project)


def _render_standing(rows: Sequence[Entry], project: str) -> str:
    wording = load_wording("en")
    heads = [("#", "right"), ("project", "left"), ("mean", "right"), ("verdict", "left")]
    return str(
        render_table(
            heads,
            [
                (
                    str(row.rank_in_domain) if row.rank_in_domain else "–",
                    _mark(row, project),
                    format_openrank(row.openrank_mean),
                    name_verdict(row.verdict, wording),
                )
                for row in rows
            ],
        )
    )


def _mark(row: Entry, project: str) -> Markdown:
    link = render_repo_link(row.name, row.repo)
    return Markdown(f"**{link}** ◀") if row.project == project else link


def _render_rules(preview: Preview) -> str:
    changes = [*preview.settings_changes, *preview.taxonomy_changes]
    parts = []
    if changes:
        listed = "\n".join(f"- {escape_text(_cut(line))}" for line in changes[:_LISTED_MOVES])
        more = len(changes) - _LISTED_MOVES
        parts.append(f"### Settings and taxonomy\n\n{listed}")
        if more > 0:
            parts.append(f"… and {more} more.")
        parts.append(f"{preview.verdicts_changed} verdicts change.")
    for title, moves in (("Onto the map", preview.moves_in), ("Off the map", preview.moves_out)):
        if moves:
            parts.append(_render_moves(title, moves))
    return "\n\n".join(parts)


def _render_moves(title: str, moves: Sequence[Move]) -> str:
    listed = "\n".join(f"- {escape_text(describe_move(move))}" for move in moves[:_LISTED_MOVES])
    more = len(moves) - _LISTED_MOVES
    tail = f"\n- … and {more} more" if more > 0 else ""
    return f"**{title}: {len(moves)}**\n\n{listed}{tail}"


def _render_notes(preview: Preview) -> str:
    return "\n\n".join(f"ℹ️ {escape_text(_sentence(note))}" for note in preview.notes[:10])


def _place(finding: Finding) -> Markdown:
    line = f":{finding.line}" if finding.line else ""
    # Not as code: an emphasis on a name that may hold anything needs no escape beyond ours.
    return escape_text(f"{finding.path}{line}")


def _code(text: str) -> str:
    return f"<code>{escape_text(text)}</code>"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _sentence(text: str) -> str:
    """Return the text with a capital first letter and one full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
