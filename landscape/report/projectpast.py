"""What a project's page tells in tables: its months, its neighbours, its editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from landscape.analysis.edition_table import OWN_TAXONOMY
from landscape.base.months import is_month
from landscape.metrics.columns import LABEL_SEPARATOR
from landscape.report.book import Book
from landscape.report.cells import show_month
from landscape.report.markdown import Markdown, escape_text, join_markdown
from landscape.report.numbers import UNKNOWN, format_count, format_openrank, format_plain
from landscape.report.tables import render_table

SHOWN_MONTHS = 9
NEIGHBOURS = 10
LABELS = 4


def render_months(standing: pd.DataFrame, book: Book) -> Markdown:
    """Return OpenRank and rank of the last nine known months, a column a month."""
    say = book.say
    shown = standing.tail(SHOWN_MONTHS)
    heads = [(Markdown(" "), "left"), *((show_month(month), "right") for month in shown["month"])]
    values = [format_openrank(float(value)) for value in shown["openrank"]]
    ranks = [format_count(int(rank)) for rank in shown["rank"]]
    known = [format_count(int(count)) for count in shown["known"]]
    return render_table(
        heads,
        [
            [say("column.openrank"), *values],
            [say("project.rank"), *ranks],
            [say("project.ranked"), *known],
        ],
    )


def collect_neighbours(pairs: pd.DataFrame) -> dict[str, list[tuple[str, int]]]:
    """Return, by project, its neighbours with their common developers, the most first.

    pairs: project_a, project_b, common_developers (Int64, NA unknown).
    """
    found: dict[str, list[tuple[str, int]]] = {}
    known = pairs[pairs["common_developers"].notna()]
    for first, second, count in zip(
        known["project_a"], known["project_b"], known["common_developers"], strict=True
    ):
        found.setdefault(str(first), []).append((str(second), int(count)))
        found.setdefault(str(second), []).append((str(first), int(count)))
    return {
        project: sorted(near, key=lambda pair: (-pair[1], pair[0]))
        for project, near in found.items()
    }


def render_neighbours(neighbours: Sequence[tuple[str, int]], book: Book) -> Markdown:
    """Return the projects that share the most developers, with their number, in one line."""
    by_id = book.desk.by_id
    near = [(by_id[project], count) for project, count in neighbours if project in by_id]
    if not near:
        return Markdown("")
    say = book.say
    named = [
        Markdown(f"{book.scribe.link_project(entry)} {format_count(count)}")
        for entry, count in near[:NEIGHBOURS]
    ]
    names, further = say.join_list(named), len(near) - len(named)
    if not further:
        return say("project.neighbours_line", names=names)
    return say("project.neighbours_further", names=names, further=format_count(further))


def render_editions(rows: Sequence[Mapping[str, object]], book: Book) -> Markdown:
    """Return the editions that list the project, with the numbers as they were published."""
    say = book.say
    heads = [
        (say("project.edition"), "left"),
        (say("project.as_of"), "left"),
        (say("column.on_map"), "left"),
        (say("column.openrank"), "right"),
        (say("project.rank"), "right"),
        (say("column.stars"), "right"),
        (say("project.published_domain"), "left"),
    ]
    return render_table(heads, [_list_edition_cells(row, book) for row in rows])


def _list_edition_cells(row: Mapping[str, object], book: Book) -> list[str]:
    say = book.say
    is_on = bool(row["on_the_map"])
    mean: Any = row["openrank_mean"]
    return [
        _name_edition(str(row["edition"])),
        show_month(str(row["as_of"])),
        say("project.yes") if is_on else say("project.no"),
        # As published: an integer stays one.
        UNKNOWN if pd.isna(mean) else format_plain(round(float(mean), 2)),
        _format_integer(row["rank"]),
        _format_integer(row["stars"]),
        _name_domain(row, book),
    ]


def _name_edition(name: str) -> Markdown:
    return show_month(name) if is_month(name) else escape_text(name)


def _name_domain(row: Mapping[str, object], book: Book) -> Markdown:
    domain = str(row["domain"])
    if row["taxonomy"] == OWN_TAXONOMY and domain in book.domain_names:
        return book.scribe.link_domain(domain)
    labels = (domain or str(row["labels"])).split(LABEL_SEPARATOR)
    shown = join_markdown(labels[:LABELS], " · ")
    more = len(labels) - LABELS
    return (Markdown(f"{shown} +{more}") if more > 0 else shown) or escape_text("–")


def _format_integer(value: Any) -> Markdown:
    return UNKNOWN if pd.isna(value) else format_count(int(value))
