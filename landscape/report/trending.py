"""What trends, on the front page: stars gained in a month, by our projects and by others."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landscape.analysis.trending import Trending, select_trending
from landscape.charts.vintages import describe_counted
from landscape.report.book import Book
from landscape.report.markdown import Markdown, escape_text, render_repo_link
from landscape.report.numbers import UNKNOWN, format_count
from landscape.report.tables import render_table
from landscape.report.views import tell_missing

SHOWN = 10


@dataclass(frozen=True)
class TrendingSection:
    """What stands there: a line, the projects, what else gained most, and the source.

    Where stars are known of no month the line says so, and the rest is empty.
    """

    line: Markdown
    projects: Markdown | None = None
    others: Markdown | None = None
    note: Markdown | None = None


def describe_trending(book: Book) -> TrendingSection:
    """Return the newest month of which stars gained are known."""
    trending = _select(book)
    say = book.say
    if not trending.month:
        return TrendingSection(tell_missing(say.plain("trending.missing"), book.desk))
    return TrendingSection(
        line=say("trending.line", month=trending.month),
        projects=_tabulate_projects(trending, book),
        others=_tabulate_others(trending, book),
        note=_describe_source(trending, book),
    )


def _select(book: Book) -> Trending:
    dataset = book.scribe.dataset
    left_out = {repo.lower() for project in dataset.projects.values()
                for repo in (*project.additional_repos, *project.former_repos)}  # fmt: skip
    left_out |= {item.repo.lower() for item in dataset.rejected}
    ids = {item.repo_id for item in dataset.rejected if item.repo_id is not None}
    return select_trending(book.desk.material.trending, book.desk.project_names, left_out, ids)


def _tabulate_projects(trending: Trending, book: Book) -> Markdown:
    say = book.say
    rows = trending.projects[trending.projects["project"].isin(list(book.desk.by_id))]
    heads = [
        (say("column.project_domain"), "left"),
        (say("trending.gained"), "right"),
        (say("trending.before"), "right"),
        (say("trending.place"), "right"),
    ]
    cells = []
    for project, stars, place, earlier in rows.head(SHOWN).itertuples(index=False, name=None):
        entry = book.desk.by_id[project]
        name = (
            f"**{book.scribe.link_project(entry)}**<br>"
            f"<sub>{book.scribe.link_domain(entry.domain)}</sub>"
        )
        before = UNKNOWN if pd.isna(earlier) else format_count(int(earlier))
        cells.append([Markdown(name), format_count(int(stars)), before, format_count(int(place))])
    return render_table(heads, cells) if cells else say("trending.no_projects")


def _tabulate_others(trending: Trending, book: Book) -> Markdown | None:
    say = book.say
    heads = [
        (say("project.repository"), "left"),
        (say("trending.gained"), "right"),
        (say("trending.place"), "right"),
    ]
    cells = [
        [render_repo_link(repo, repo), format_count(int(stars)), format_count(int(place))]
        for repo, stars, place in trending.others.head(SHOWN).itertuples(index=False, name=None)
    ]
    return render_table(heads, cells) if cells else None


def _describe_source(trending: Trending, book: Book) -> Markdown:
    """Return the source, and for each of the two months how much of it there is."""
    material, messages = book.desk.material, book.desk.chart_messages
    stars = material.trending
    newest = stars[stars["month"] == trending.month]
    span = material.find_span("trending", trending.month)
    parts = [escape_text(describe_counted(newest["vintage"], span, messages))]
    known = [month for month in trending.months if month != trending.month]
    earlier = material.find_span("trending", known[-1]) if known else None
    has_earlier = bool(trending.projects["earlier"].notna().any())
    if earlier is not None and has_earlier and not earlier.is_whole:
        parts.append(
            book.say(
                "trending.partial_before",
                month=earlier.last,
                hours=format_count(earlier.hours),
                total=format_count(earlier.hours_total),
            )
        )
    return book.say.join_sentences([*parts, book.say("trending.note")])
