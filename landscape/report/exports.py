"""The landscape as data: ``landscape.csv`` and ``landscape.json``, in exact, stable text."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from landscape.analysis.model import Landscape, Verdict
from landscape.dataset.model import Dataset
from landscape.report.columns import COLUMNS
from landscape.report.entries import Entry
from landscape.report.reasons import explain_entry
from landscape.report.stories.stale import Stale
from landscape.report.wording import load_wording

Value = str | int | float | bool | None


def tabulate_exports(landscape: Landscape, entries: list[Entry]) -> list[dict[str, Value]]:
    """Return one row a project with the values of every column; None is unknown."""
    wording = load_wording("en")
    rows = []
    for entry in entries:
        derived: dict[str, Value] = {
            "reason": explain_entry(entry, landscape.window, wording),
            "change_basis": None if entry.change is None else landscape.basis.label,
        }
        rows.append(
            {
                column.name: derived[column.name]
                if column.name in derived
                else _export(getattr(entry, column.name))
                for column in COLUMNS
            }
        )
    return rows


def render_csv(rows: list[dict[str, Value]]) -> bytes:
    """Return the rows as CSV: UTF-8, LF, numbers with two decimals, empty for unknown."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.name for column in COLUMNS)
    for row in rows:
        writer.writerow(_format(row[column.name]) for column in COLUMNS)
    return stream.getvalue().encode()


def render_json(
    dataset: Dataset,
    landscape: Landscape,
    rows: list[dict[str, Value]],
    stale: Sequence[Stale] = (),
) -> bytes:
    """Return the rows as JSON, with the rule, window, basis and counts that they rest on.

    ``stale``: the sentences of stories that the data no longer support.
    """
    window, basis = landscape.window, landscape.basis
    counts = Counter(str(row["verdict"]) for row in rows)
    document = {
        "title": dict(dataset.settings.title),
        "as_of": window.as_of,
        "rule": {"metric": window.metric, "window": window.kind, "above": window.above},
        "window": {"months": list(window.months), "published": list(window.published)},
        "basis": {
            "kind": basis.kind,
            "current": list(basis.current),
            "earlier": list(basis.earlier),
            "compared": basis.compared,
            "total_current": _round(basis.total_current),
            "total_earlier": _round(basis.total_earlier),
        },
        "facts_month": landscape.facts_month or None,
        "projects_total": len(rows),
        "verdicts": {str(verdict): counts[str(verdict)] for verdict in Verdict},
        "stale_sentences": [asdict(sentence) for sentence in stale],
        "projects": rows,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode()


def _export(value: Value) -> Value:
    """Return text as plain text, empty text as unknown, and numbers rounded."""
    if isinstance(value, str):
        return str(value) or None
    return _round(value) if isinstance(value, float) else value


def _round(value: float) -> float:
    """Return the number with two decimals, never ``-0.0``."""
    return round(value, 2) + 0.0


def _format(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.2f}"
        case _:
            return str(value)
