"""What a refresh learned and what not, as a table: for a terminal, and for a step's summary."""

from __future__ import annotations

from typing import Any

import pandas as pd

from landscape.report.markdown import escape_text

_HEADS = {
    "asked": "asked",
    "ok": "answered",
    "absent": "no such file",
    "gone": "gone",
    "private": "private",
    "unavailable": "no answer",
    "not_asked": "not asked",
}
_ALWAYS = ("asked", "ok", "unavailable")
SHOWN_REASONS = 5


def render_tally(tally: pd.DataFrame) -> str:
    """Return the table of ``tally_answers`` as aligned text; empty where nothing was asked."""
    if not len(tally):
        return ""
    rows = [_list_head(tally), *(_list_cells(row, tally) for row in _list_rows(tally))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    lines += [f"  {reason}" for reason in list_reasons(tally)]
    return "\n".join(lines) + "\n"


def render_step_summary(title: str, tally: pd.DataFrame, difference: str) -> str:
    """Return Markdown: the table, why answers are missing, and what changed."""
    head = _list_head(tally)
    lines = [f"### {escape_text(title)}", ""]
    if len(tally):
        lines += [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
        lines += [f"| {' | '.join(_list_cells(row, tally))} |" for row in _list_rows(tally)]
        lines += ["", *(f"- {escape_text(reason)}" for reason in list_reasons(tally))]
    if difference:
        # A fence longer than any in the text; names come from elsewhere.
        lines += ["", "````text", difference.replace("````", "```").rstrip(), "````"]
    return "\n".join(lines).rstrip() + "\n"


def list_reasons(tally: pd.DataFrame) -> list[str]:
    """Return why there was no answer, one line a cause, the most frequent ones of each kind."""
    lines = []
    for row in _list_rows(tally):
        for words, count in row.reasons[:SHOWN_REASONS]:
            lines.append(f"{row.source} {row.what}, {count} without an answer: {words}")
        if len(row.reasons) > SHOWN_REASONS:
            lines.append(f"{row.source} {row.what}: and {len(row.reasons) - SHOWN_REASONS} causes")
    return lines


def _list_columns(tally: pd.DataFrame) -> list[str]:
    return [name for name in _HEADS if name in _ALWAYS or (len(tally) and tally[name].any())]


def _list_head(tally: pd.DataFrame) -> list[str]:
    return ["source", *(_HEADS[name] for name in _list_columns(tally))]


def _list_cells(row: Any, tally: pd.DataFrame) -> list[str]:
    counts = [str(getattr(row, name)) for name in _list_columns(tally)]
    return [f"{row.source} {row.what}", *counts]


def _list_rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))
