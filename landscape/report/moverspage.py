"""F4 as tables: the largest gains and losses, and what they are compared with."""

from __future__ import annotations

from collections.abc import Sequence

from landscape.report.addresses import TABLE
from landscape.report.book import Book, Section, render_chapter
from landscape.report.brief import format_period, format_total_change
from landscape.report.entries import Entry
from landscape.report.markdown import Markdown
from landscape.report.numbers import (
    format_change,
    format_count,
    format_openrank,
    format_percent_change,
)
from landscape.report.tables import render_table
from landscape.report.tallies import find_movers

MOVERS = 40


def describe_basis(book: Book) -> Markdown:
    """Return which periods are compared, how many projects can be, and how all of them moved."""
    say, basis = book.say, book.landscape.basis
    if basis.kind == "none":
        return say("movers.missing")
    return say(
        "movers.line",
        current=format_period(basis.current),
        earlier=format_period(basis.earlier),
        compared=format_count(basis.compared),
        total=format_count(len(book.entries)),
        change=format_total_change(basis),
    )


def render_movers_page(book: Book) -> bytes:
    """Return the page of the movers."""
    say, movers = book.say, find_movers(book.entries, len(book.entries))
    sections = [
        Section("gains", say("movers.gains"), _render_largest(movers.gains, book)),
        Section("losses", say("movers.losses"), _render_largest(movers.losses, book)),
    ]
    intro = [describe_basis(book)]
    if movers.gains or movers.losses:
        note = say("movers.note")
        intro.append(Markdown(f"<sub>{note}</sub>"))
    return render_chapter(book, "movers", say("movers.title"), intro, sections)


def _render_largest(moved: Sequence[Entry], book: Book) -> Markdown:
    """Return the largest as a table, and where the others are."""
    table = render_movers(moved[:MOVERS], book)
    if len(moved) <= MOVERS:
        return table
    line = book.say(
        "movers.cut",
        shown=format_count(MOVERS),
        total=format_count(len(moved)),
        export=Markdown(TABLE),
    )
    return Markdown(f"{table}\n\n<sub>{line}</sub>")


def render_movers(entries: Sequence[Entry], book: Book) -> Markdown:
    """Return the projects with both means, the change, and the change of their share."""
    say = book.say
    heads = [
        (say("column.project"), "left"),
        (say("column.domain"), "left"),
        (say("column.before"), "right"),
        (say("column.now"), "right"),
        (say("column.change"), "right"),
        (say("column.percent"), "right"),
        (say("column.share"), "right"),
    ]
    return render_table(
        heads,
        [
            [
                book.scribe.link_project(entry),
                book.scribe.link_domain(entry.domain),
                format_openrank(entry.change_earlier),
                format_openrank(entry.change_current),
                Markdown(f"**{format_change(entry.change)}**"),
                format_percent_change(entry.change_percent),
                format_change(entry.share_change, 2),
            ]
            for entry in entries
        ],
    )
