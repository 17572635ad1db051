"""One edition in words and as data, for ``landscape edition list`` and ``show``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from landscape.base.languages import Messages
from landscape.metrics.model import Edition
from landscape.report.editions.changes import state_rule
from landscape.report.numbers import format_openrank

_UNKNOWN = "–"


def state_edition(edition: Edition, messages: Messages) -> str:
    """Return the edition in one line: kind, month, counts, rule."""
    return messages(
        "edition.line",
        name=edition.name,
        kind=messages(f"edition.{edition.kind}"),
        as_of=edition.as_of,
        on_the_map=int(edition.projects["on_the_map"].sum()),
        projects=len(edition.projects),
        rule=state_rule(edition.inclusion, messages),
    )


def render_edition(edition: Edition, names: Mapping[str, str], messages: Messages) -> str:
    """Return every project with what was published of it, the strongest first; counts at the end.

    ``names``: project to the name that it bears now, for editions that published none.
    """
    table = edition.projects.assign(off=~edition.projects["on_the_map"])
    ordered = table.sort_values(
        ["off", "rank", "openrank_mean", "project"],
        ascending=[True, True, False, True],
        na_position="last",
    )
    lines = [f"{edition.note}\n"] if edition.note else []
    for row in ordered.to_dict("records"):
        mean, rank = row["openrank_mean"], row["rank"]
        cells = (
            _UNKNOWN if pd.isna(rank) else str(rank),
            row["name"] or names.get(row["project"], row["repo"]),
            row["repo"],
            row["domain"] or row["labels"] or _UNKNOWN,
            _UNKNOWN if pd.isna(mean) else str(format_openrank(float(mean))),
            row["verdict"] or row["status"],
        )
        lines.append(" · ".join(cells))
    return "\n".join([*lines, state_edition(edition, messages)]) + "\n"


def render_edition_json(edition: Edition) -> str:
    """Return the edition for programs; what was not published is null."""
    rule = edition.inclusion
    document = {
        "name": edition.name,
        "kind": edition.kind,
        "title": dict(edition.title),
        "as_of": edition.as_of,
        "rule": {"metric": rule.metric, "window": rule.window, "above": rule.above}
        if rule
        else None,
        "taxonomy": edition.taxonomy,
        "vintages": list(edition.vintages),
        "note": edition.note,
        "projects": [
            {str(key): _convert(value) for key, value in row.items()}
            for row in edition.projects.to_dict("records")
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _convert(value: Any) -> Any:
    if value is pd.NA or value == "" or (isinstance(value, float) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value
