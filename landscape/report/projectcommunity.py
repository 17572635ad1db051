"""Who develops a project, on its page: how many, how few do half of it, where they come from."""

from __future__ import annotations

from landscape.charts.vintages import describe_counted
from landscape.report.book import Book
from landscape.report.entries import Entry
from landscape.report.markdown import Markdown, escape_text, join_markdown
from landscape.report.numbers import format_count

SHOWN_PLACES = 8


def render_community(entry: Entry, book: Book) -> Markdown:
    """Return a paragraph with its source; one line says what is missing where nothing is known."""
    say, desk = book.say, book.desk
    community = desk.communities.get(entry.project)
    if community is None:
        return say("community.missing")
    window = desk.material.windows.get("community", "")
    span = desk.material.find_span("community")
    first = span.first if span is not None else ""
    months = f"{first} – {window}" if first and first != window else window
    parts = [say("community.line", developers=format_count(community.developers), months=months)]
    if community.main_developers is not None:
        parts.append(say("community.main", main=format_count(community.main_developers)))
    if community.places:
        named = [
            Markdown(f"{escape_text(place)} {format_count(count)}")
            for place, count in community.places[:SHOWN_PLACES]
        ]
        placed = format_count(community.placed)
        parts.append(say("community.places", placed=placed, places=say.join_list(named)))
    else:
        parts.append(say("community.no_places"))
    rows = desk.material.community
    vintages = rows.loc[rows["project"] == entry.project, "vintage"]
    source = escape_text(describe_counted(vintages, span, desk.chart_messages))
    told = say.join_sentences(parts)
    return join_markdown([told, Markdown(f"<sub>{source}</sub>")], "\n\n")
