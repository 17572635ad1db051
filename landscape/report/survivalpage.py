"""F17 and the counts by month: who survived, as curves and tables; the map month by month."""

from __future__ import annotations

from functools import partial

from landscape.charts.strip import draw_strip, list_shown_months
from landscape.charts.survival import draw_survival
from landscape.report.book import Book, Section, render_chapter
from landscape.report.changespage import render_section
from landscape.report.editions.survivors import explain_survival, tabulate_survival
from landscape.report.markdown import Markdown, escape_text, join_markdown
from landscape.report.pictures import figure_stem
from landscape.report.stories.desk import Drawing, View
from landscape.report.views import show_view

KINDS = ("edition", "created", "domain")
TOLD_MONTHS = 6


def show_survival(kind: str, book: Book) -> Markdown:
    """Return the curves of one kind of groups; one line where too few are followed for any."""
    survival, desk = book.record.survival, book.desk
    draw = partial(
        draw_survival,
        survival,
        messages=desk.chart_messages,
        kind=kind,
        names=book.domain_names,
        vintages=_list_vintages(book),
    )
    rows = tabulate_survival(survival, kind, book.edition_messages, book.domain_names).rows
    curved = survival.cohorts[survival.cohorts["kind"] == kind]["has_curve"].tolist()
    told = [
        book.say.plain("survival.told", group=row[0].text, result=row[-1].text)
        for row, shown in zip(rows, curved, strict=True)
        if shown
    ]
    alternative = book.say.plain(
        "survival.alt", values=book.say.plain("reason.separator").join(told) or "–"
    )
    view = View((Drawing(draw, alternative),), missing=book.say.plain("survival.missing"))
    name = "survival" if kind == "edition" else f"survival-{kind}"
    return show_view(view, figure_stem(name, book.say.language), book.files, desk)


def show_strip(book: Book) -> Markdown:
    """Return how many were on the map in each month, and who came and left."""
    counts, desk, say = book.record.counts, book.desk, book.say
    draw = partial(
        draw_strip,
        counts,
        messages=desk.chart_messages,
        yearly=book.landscape.window.kind == "year-to-date",
        vintages=_list_vintages(book),
    )
    told = [
        say.plain(
            "strip.month",
            month=month.month,
            on_the_map=month.on_the_map,
            came=month.came,
            left=month.left or 0,
        )
        for month in list_shown_months(counts)[-TOLD_MONTHS:]
    ]
    alternative = say.plain("strip.alt", values=say.plain("list.separator").join(told) or "–")
    view = View((Drawing(draw, alternative),), missing=say.plain("strip.missing"))
    return show_view(view, figure_stem("strip", say.language), book.files, desk)


def tabulate_editions(book: Book) -> Markdown:
    """Return a row an edition: how many of its projects are followed, and how many fell."""
    survival = book.record.survival
    return render_section(tabulate_survival(survival, "edition", book.edition_messages), book)


def render_survival_page(book: Book) -> bytes:
    """Return the page of survival: by edition, by half-year of creation, by domain."""
    survival, say = book.record.survival, book.say
    sections = []
    for kind in KINDS:
        table = tabulate_survival(survival, kind, book.edition_messages, book.domain_names)
        if table.rows:
            body = join_markdown([show_survival(kind, book), render_section(table, book)], "\n\n")
            sections.append(Section(f"by-{kind}", say(f"survival.by.{kind}"), body))
    sections.append(Section("by-month", say("strip.title"), show_strip(book)))
    intro = [escape_text(explain_survival(survival, book.edition_messages))]
    return render_chapter(book, "survival", say("survival.title"), intro, sections)


def _list_vintages(book: Book) -> list[str]:
    return sorted(set(book.landscape.series["vintage"]))
