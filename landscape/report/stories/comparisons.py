"""Curated judgements: a table of features, and a quadrant with live numbers beside it."""

from __future__ import annotations

from functools import partial

import pandas as pd

from landscape.charts.quadrant import QuadrantAxes, draw_quadrant
from landscape.dataset.story_model import Comparison, Figure, Judgement
from landscape.report.markdown import Markdown, escape_text, render_link
from landscape.report.numbers import UNKNOWN, format_openrank
from landscape.report.stories.desk import Desk, Drawing, View
from landscape.report.tables import render_table

_MARKS = {"yes": "✓", "partly": "◐", "no": "✗"}


def view_comparison(figure: Figure, desk: Desk) -> View:
    """Return the features as a table: every judgement links to its source."""
    comparison = desk.dataset.comparisons[figure.options["comparison"]]
    say = desk.scribe.wording
    heads = [(Markdown(desk.messages("column.feature")), "left")]
    heads += [
        (desk.scribe.link_project(desk.by_id[project]), "left") for project in comparison.projects
    ]
    rows = [
        [
            say.pick(feature.name),
            *(
                _render_judgement(feature.cells.get(project), comparison, desk)
                for project in comparison.projects
            ),
        ]
        for feature in comparison.features
    ]
    table = render_table(heads, rows)
    return View(table=Markdown(f"{table}\n\n<sub>{_describe_origin(comparison, desk)}</sub>"))


def _render_judgement(judgement: Judgement | None, comparison: Comparison, desk: Desk) -> Markdown:
    if judgement is None:
        return UNKNOWN
    say = desk.scribe.wording
    answer = f"{_MARKS[judgement.answer]} {desk.messages(f'answer.{judgement.answer}')}"
    parts = [render_link(answer, judgement.source)]
    if note := say.pick(judgement.note):
        parts.append(escape_text(note))
    if judgement.as_of != comparison.as_of:
        parts.append(escape_text(f"({judgement.as_of})"))
    return Markdown(f"{parts[0]}<br><sub>{' '.join(parts[1:])}</sub>" if parts[1:] else parts[0])


def _describe_origin(comparison: Comparison, desk: Desk) -> str:
    told = desk.messages("judged", as_of=comparison.as_of)
    note = desk.scribe.wording.pick(comparison.note)
    return f"{told}{escape_text(note)}" if note else told


def view_quadrant(figure: Figure, desk: Desk) -> View:
    """Return the places as a picture, and why each is there as a table."""
    comparison = desk.dataset.comparisons[figure.options["comparison"]]
    say = desk.scribe.wording
    if comparison.x is None or comparison.y is None:
        return View(missing=desk.messages("missing.quadrant"))
    placed = sorted(
        ((item, desk.by_id[item.project]) for item in comparison.placements),
        key=lambda pair: (-(pair[1].openrank_mean or 0.0), pair[1].project),
    )
    table = pd.DataFrame(
        {
            "project": [entry.project for _, entry in placed],
            "name": [entry.name for _, entry in placed],
            "x": [item.x for item, _ in placed],
            "y": [item.y for item, _ in placed],
            "openrank": pd.Series([entry.openrank_mean for _, entry in placed], dtype="float64"),
        }
    )
    axes = QuadrantAxes(
        left=say.pick(comparison.x.low),
        right=say.pick(comparison.x.high),
        bottom=say.pick(comparison.y.low),
        top=say.pick(comparison.y.high),
    )
    draw = partial(
        draw_quadrant,
        table,
        axes,
        messages=desk.chart_messages,
        title=say.pick(comparison.title),
        months=desk.window,
        vintages=sorted({label for _, entry in placed for label in entry.vintages}),
    )
    alternative = desk.messages(
        "alt.quadrant",
        title=say.pick(comparison.title),
        values=desk.join_values(
            [(entry.name, format_openrank(entry.openrank_mean)) for _, entry in placed]
        ),
    )
    reasons = render_table(
        [
            (say("column.project"), "left"),
            (say("column.openrank"), "right"),
            (Markdown(desk.messages("column.reason")), "left"),
        ],
        [
            [
                desk.scribe.link_project(entry),
                format_openrank(entry.openrank_mean),
                render_link(say.pick(item.reason), item.source),
            ]
            for item, entry in placed
        ],
    )
    origin = Markdown(f"{reasons}\n\n<sub>{_describe_origin(comparison, desk)}</sub>")
    return View((Drawing(draw, alternative),), origin)
