"""Figures of a story that are tables: a ranking, and the graveyard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from landscape.analysis.graveyard import find_graveyard
from landscape.charts.scales import format_period
from landscape.dataset.story_model import Figure
from landscape.report.cells import show_month, show_text
from landscape.report.entries import Entry, sort_by_strength
from landscape.report.markdown import Markdown, escape_text
from landscape.report.numbers import (
    format_count,
    format_openrank,
    format_percent_change,
)
from landscape.report.stories.desk import Desk, View
from landscape.report.stories.markup import join_dates
from landscape.report.tables import render_table

ROWS = 10


def view_ranking(figure: Figure, desk: Desk) -> View:
    """Return the strongest projects of a domain, or those named, on the map and ranked."""
    options, say = figure.options, desk.scribe.wording
    if "domain" in options:
        chosen = desk.pick_members(options["domain"], options.get("subdomain", ""))
    else:
        chosen = sort_by_strength([desk.by_id[project] for project in options["projects"]])
    ranked = [entry for entry in chosen if entry.on_the_map][: options.get("top", ROWS)]
    if not ranked:
        return View(missing=desk.messages("missing.ranking"))
    heads = [
        (Markdown("#"), "right"),
        (say("column.project"), "left"),
        (say("column.openrank"), "right"),
        (Markdown(desk.messages("column.change")), "right"),
        (say("column.stars"), "right"),
        (say("column.language"), "left"),
        (say("column.created"), "left"),
    ]
    rows = [_list_cells(place, entry, desk) for place, entry in enumerate(ranked, 1)]
    told = _describe_ranking(len(ranked), sum(entry.on_the_map for entry in chosen), desk)
    return View(table=Markdown(f"{render_table(heads, rows)}\n\n<sub>{join_dates(told)}</sub>"))


def _describe_ranking(shown: int, on_the_map: int, desk: Desk) -> str:
    """Say of which months the numbers are, and how many rows are left out."""
    basis, say = desk.landscape.basis, desk.messages
    parts = [say("ranking.window", months=format_period(desk.landscape.window.months))]
    if basis.kind != "none":
        current, earlier = format_period(basis.current), format_period(basis.earlier)
        parts.append(say("ranking.change", current=current, earlier=earlier))
    if shown < on_the_map:
        parts.append(say("ranking.shown", shown=shown, on_map=on_the_map))
    return say("sentence.separator").join(parts)


def _list_cells(place: int, entry: Entry, desk: Desk) -> list[str]:
    return [
        format_count(place),
        desk.scribe.link_project(entry),
        format_openrank(entry.openrank_mean),
        format_percent_change(entry.change_percent),
        format_count(entry.stars),
        show_text(entry.language),
        show_month(entry.created_at),
    ]


def view_graveyard(figure: Figure, desk: Desk) -> View:
    """Return what went quiet, the most stars first, and how many could not be judged."""
    options, say = figure.options, desk.scribe.wording
    successors = {
        project.id: project.retired.successor
        for project in desk.dataset.projects.values()
        if project.retired is not None
    }
    answer = find_graveyard(
        desk.landscape.projects,
        desk.dataset.settings.graveyard,
        desk.landscape.window.as_of,
        successors,
    )
    rows = answer.buried.to_dict("records")
    if "domain" in options:
        rows = [row for row in rows if row["domain"] == options["domain"]]
    shown = rows[: options["top"]] if "top" in options else rows
    if not shown:
        return View(missing=desk.messages("missing.graveyard", unjudged=answer.unjudged))
    heads = [
        (say("column.project"), "left"),
        (say("column.domain"), "left"),
        (say("column.created"), "left"),
        (Markdown(desk.messages("column.last_commit")), "left"),
        (say("column.stars"), "right"),
        (Markdown(desk.messages("column.why")), "left"),
    ]
    table = render_table(heads, [_list_grave_cells(row, desk) for row in shown])
    count = desk.messages(
        "graveyard.count", shown=len(shown), buried=len(rows), unjudged=answer.unjudged
    )
    notes = [count, *_tell_unknown(shown, desk)]
    told = say.join_sentences([Markdown(note) for note in notes])
    return View(table=Markdown(f"{table}\n\n<sub>{told}</sub>"))


def _tell_unknown(rows: Sequence[Mapping[Any, Any]], desk: Desk) -> list[str]:
    """Return who is listed for another reason than its facts, of which some are unknown."""
    names = [
        escape_text(str(row["name"]))
        for row in rows
        if not row["created_at"] or not row["last_commit_at"] or pd.isna(row["stars"])
    ]
    if not names:
        return []
    return [desk.messages("graveyard.unknown", names=desk.messages("list.separator").join(names))]


def _list_grave_cells(row: Mapping[Any, Any], desk: Desk) -> list[str]:
    entry = desk.by_id[row["project"]]
    successor = desk.by_id.get(row["successor"])
    why = desk.messages(
        f"grave.{row['reason']}",
        retired_on=str(row["retired_on"])[:7],
        months=row["idle_months"],
    )
    if successor is not None:
        # Both are Markdown of our own: a link, and words without a foreign value.
        why = Markdown(
            desk.messages("grave.succeeded", why=why, successor=desk.scribe.link_project(successor))
        )
    return [
        desk.scribe.link_project(entry),
        desk.scribe.link_domain(entry.domain),
        show_month(entry.created_at),
        show_month(entry.last_commit_at),
        format_count(entry.stars),
        why,
    ]
