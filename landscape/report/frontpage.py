"""The main page: the state of the field in five minutes. What is deeper is one click away."""

from __future__ import annotations

from landscape.analysis.model import Landscape
from landscape.charts.palette import THEMES
from landscape.report import alternatives
from landscape.report.addresses import DESCRIPTOR, DOCUMENT, TABLE
from landscape.report.book import Book
from landscape.report.brief import list_brief
from landscape.report.cells import Scribe, render_switch, show_month, show_text
from landscape.report.changespage import list_changes, tell_sums, tell_terms
from landscape.report.domaintables import describe_domain_columns, list_layers
from landscape.report.entries import Entry, sort_by_strength
from landscape.report.markdown import Markdown, join_markdown, render_link
from landscape.report.method import Method
from landscape.report.methodpage import count_known, show_coverage
from landscape.report.moverspage import describe_basis
from landscape.report.numbers import (
    format_count,
    format_openrank,
    format_plain,
    format_share,
)
from landscape.report.pictures import figure_stem, show_picture
from landscape.report.projectindex import index_by_domain
from landscape.report.stories.events import events_address
from landscape.report.stories.pages import list_stories
from landscape.report.survivalpage import show_strip, show_survival, tabulate_editions
from landscape.report.tables import render_table
from landscape.report.tallies import pick_freshness
from landscape.report.templating import render_template
from landscape.report.trending import describe_trending
from landscape.report.views import compose_view, show_view, tell_missing

TOP = 20
YOUNGEST = 10

SECTIONS = (
    "brief", "changes", "top20", "movers", "growth", "hackathon", "survival", "domains",
    "stories", "technology", "network", "method", "projects",
)  # fmt: skip


def render_front_page(book: Book, method: Method) -> bytes:
    """Return the main page in the language of the book."""
    say, scribe = book.say, book.scribe
    diff, record = book.record.since_last, book.record
    return render_template(
        "front.md.j2",
        say=say,
        title=say.pick(scribe.dataset.settings.title),
        switch=render_switch(scribe, "README"),
        headline=describe_headline(book.landscape, book.entries, scribe),
        contents=join_markdown(
            [render_link(say(f"{name}.title"), f"#{name}") for name in _list_sections(book)], " · "
        ),
        map=_show(book, "map", alternatives.describe_map(book.landscape, book.entries, say)),
        brief=list_brief(book.landscape, book.entries, book.tallies, scribe),
        sums=tell_sums(diff, book) if diff else None,
        terms=tell_terms(diff, book) if diff else None,
        changes=list_changes(diff, book) if diff else [],
        since_first=tell_sums(record.earlier[-1], book) if len(record.editions) > 1 else None,
        top=_render_top(book),
        movers=_show(
            book, "movers", alternatives.describe_movers(book.landscape, book.entries, say)
        ),
        movers_line=describe_basis(book),
        growth=_show_figure(book, "domain-growth", "growth"),
        freshness=_show(book, "freshness", say.plain("freshness.alt", **_count_fresh(book))),
        freshness_line=_describe_freshness(book),
        youngest=_list_youngest(book),
        trending=describe_trending(book),
        graveyard=_show_graveyard(book),
        graveyard_line=_describe_graveyard(book),
        survival=show_survival("edition", book),
        survival_table=tabulate_editions(book),
        strip=show_strip(book),
        layers=list_layers(book),
        domains_note=describe_domain_columns(book),
        stories=list_stories(scribe),
        events=_link_events(book),
        technology=_show_figure(book, "technology", "technology"),
        network=_show_figure(book, "network", "network"),
        method=method,
        coverage=show_coverage(book),
        coverage_line=say("coverage.line", **count_known(book)),
        index=index_by_domain(book.tallies, scribe),
        all_projects=Markdown(scribe.addresses.index(say.language)),
        pictures=_link_map(book),
        exports=[Markdown(path) for path in (TABLE, DOCUMENT, DESCRIPTOR)],
        more={
            name: scribe.link_chapter(name, say(f"more.{name}"))
            for name in ("changes", "movers", "survival", "method")
        },
    )


def describe_headline(landscape: Landscape, entries: list[Entry], scribe: Scribe) -> Markdown:
    """Return how many projects are on the map, by which rule, as of when."""
    window = landscape.window
    return scribe.wording(
        "headline",
        on_map=format_count(sum(entry.on_the_map for entry in entries)),
        total=format_count(len(entries)),
        first=window.months[0],
        last=window.as_of,
        above=format_plain(window.above),
    )


def _list_sections(book: Book) -> list[str]:
    dataset = book.scribe.dataset
    has_stories = bool(dataset.stories or dataset.events)
    return [name for name in SECTIONS if name != "stories" or has_stories]


def _link_events(book: Book) -> Markdown | None:
    if not book.scribe.dataset.events:
        return None
    return render_link(book.say("stories.events"), events_address(book.scribe))


def _show(book: Book, figure: str, alternative: str) -> Markdown | None:
    return show_picture(book.files, figure_stem(figure, book.say.language), alternative)


def _show_figure(book: Book, kind: str, name: str) -> Markdown:
    view = compose_view(kind, book.desk)
    return show_view(view, figure_stem(name, book.say.language), book.files, book.desk)


def _show_graveyard(book: Book) -> Markdown:
    view = compose_view("graveyard", book.desk)
    return view.table or tell_missing(view.missing, book.desk)


def _render_top(book: Book) -> Markdown:
    say = book.say
    heads = [
        (Markdown("#"), "right"),
        (say("column.project_domain"), "left"),
        (say("column.openrank"), "right"),
        (say("column.stars"), "right"),
        (say("column.participants"), "right"),
        (say("column.language"), "left"),
        (say("column.created"), "left"),
        (say("column.origin"), "left"),
    ]
    strongest = [entry for entry in sort_by_strength(book.entries) if entry.on_the_map][:TOP]
    return render_table(heads, [_list_top_cells(entry, book) for entry in strongest])


def _list_top_cells(entry: Entry, book: Book) -> list[str]:
    return [
        format_count(entry.rank),
        Markdown(
            f"**{book.scribe.link_project(entry)}**<br>"
            f"<sub>{book.scribe.link_domain(entry.domain)}</sub>"
        ),
        format_openrank(entry.openrank_mean),
        format_count(entry.stars),
        format_count(entry.participants),
        show_text(entry.language),
        show_month(entry.created_at),
        show_text(entry.origin),
    ]


def _describe_graveyard(book: Book) -> Markdown:
    """Return who is listed in the graveyard, as the settings say."""
    rule = book.scribe.dataset.settings.graveyard
    return book.say(
        "graveyard.line",
        since=rule.created_since.isoformat()[:7],
        stars=format_count(rule.stars),
        months=format_count(rule.idle_months),
    )


def _count_fresh(book: Book) -> dict[str, str]:
    """Return the counts of young projects, as text for the messages."""
    values = {}
    for name, measure in (("year", "since-last-year"), ("half", "within-six-months")):
        fresh = pick_freshness(book.landscape, measure)
        values[f"{name}_since"] = fresh.since
        values[f"{name}_count"] = format_count(fresh.count)
        values[f"{name}_share"] = format_share(fresh.share)
        values["of"] = format_count(fresh.of)
    return values


def _describe_freshness(book: Book) -> Markdown:
    if not pick_freshness(book.landscape, "since-last-year").of:
        return tell_missing(book.say.plain("freshness.missing"), book.desk)
    parts = [book.say("freshness.line", **_count_fresh(book))]
    if unknown := pick_freshness(book.landscape, "unknown").count:
        parts.append(book.say("freshness.unknown", count=format_count(unknown)))
    return book.say.join_sentences(parts)


def _list_youngest(book: Book) -> Markdown:
    """Return the projects on the map that were created last, the newest first."""
    dated = [entry for entry in book.entries if entry.on_the_map and entry.created_at]
    dated.sort(key=lambda entry: (entry.created_at, entry.project), reverse=True)
    named = [
        Markdown(f"{book.scribe.link_project(entry)} {show_month(entry.created_at)}")
        for entry in dated[:YOUNGEST]
    ]
    if not named:
        return Markdown("")
    return book.say("freshness.youngest", names=book.say.join_list(named))


def _link_map(book: Book) -> Markdown:
    """Return links to the map's pictures, for slides; empty where there is no map."""
    stem = figure_stem("map", book.say.language)
    light, dark = (f"{stem}.{theme.name}.svg" for theme in THEMES)
    if light not in book.files:
        return Markdown("")
    return book.say("map.pictures", light=Markdown(light), dark=Markdown(dark))
