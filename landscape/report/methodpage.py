"""The method as a page: the rule, the verdicts, the vintages, and what is known (F18)."""

from __future__ import annotations

from landscape.report.book import Book, Section, render_chapter
from landscape.report.markdown import Markdown, join_markdown
from landscape.report.method import Method
from landscape.report.numbers import format_count
from landscape.report.pictures import figure_stem, show_picture


def count_known(book: Book) -> dict[str, str]:
    """Return how many projects the deciding metric is known for in the last month, as text."""
    known = sum(entry.openrank_latest is not None for entry in book.entries)
    never = sum(not entry.last_known_month for entry in book.entries)
    return {
        "as_of": book.landscape.window.as_of,
        "known": format_count(known),
        "total": format_count(len(book.entries)),
        "never": format_count(never),
    }


def show_coverage(book: Book) -> Markdown:
    """Return the picture of what is known, month by month; empty where there is none."""
    say = book.say
    alternative = say.plain("coverage.alt", **count_known(book))
    stem = figure_stem("coverage", say.language)
    return show_picture(book.files, stem, alternative) or Markdown("")


def render_method_page(book: Book, method: Method) -> bytes:
    """Return the page of the method."""
    say = book.say
    known = [say("coverage.line", **count_known(book)), show_coverage(book)]
    vintages = [say("method.vintages"), method.vintages] if method.vintages else []
    sections = [
        Section("verdicts", say("method.verdicts"), method.verdicts),
        Section("coverage", say("coverage.title"), join_markdown(known, "\n\n")),
        Section("vintages", say("column.vintage"), join_markdown(vintages, "\n\n")),
        Section("credits", say("method.sources"), method.credits),
    ]
    lines = join_markdown([Markdown(f"- {line}") for line in method.lines], "\n")
    return render_chapter(book, "method", say("method.title"), [lines], sections)
