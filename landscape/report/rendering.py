"""The whole report as files in memory. Nothing is read from or written to disk here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from landscape.analysis.model import Landscape
from landscape.analysis.standings import compute_standings
from landscape.base.errors import LandscapeError
from landscape.base.findings import Finding
from landscape.dataset.model import Dataset
from landscape.report.addresses import DESCRIPTOR, DOCUMENT, TABLE, Addresses
from landscape.report.book import UP, Book
from landscape.report.cells import Scribe
from landscape.report.changespage import render_changes_page
from landscape.report.datapackage import render_descriptor
from landscape.report.domainpage import DomainPage, render_domain_page
from landscape.report.entries import Entry, list_entries
from landscape.report.exports import render_csv, render_json, tabulate_exports
from landscape.report.frontpage import render_front_page
from landscape.report.method import describe_method
from landscape.report.methodpage import render_method_page
from landscape.report.moverspage import render_movers_page
from landscape.report.pictures import draw_pictures, list_pictures
from landscape.report.projectindex import render_index_pages
from landscape.report.projectpage import Shelf, render_project_page
from landscape.report.projectpast import collect_neighbours
from landscape.report.record import Record
from landscape.report.stories.events import render_events
from landscape.report.stories.material import Material
from landscape.report.stories.pages import render_stories, set_up_desk
from landscape.report.stories.stale import Stale
from landscape.report.survivalpage import render_survival_page
from landscape.report.tallies import tally_domains
from landscape.report.wording import load_wording

LARGEST_PAGE_BYTES = 400_000
"""GitHub stops rendering Markdown at 512 KB."""


def render_report(
    dataset: Dataset,
    landscape: Landscape,
    record: Record,
    report_progress: Callable[[str], None] = lambda _: None,
    material: Material | None = None,
    report_finding: Callable[[Finding], None] = lambda _: None,
) -> dict[str, bytes]:
    """Return every file of the report, by its path in the report folder.

    Raises LandscapeError where a page would be larger than GitHub renders. ``report_progress``
    is told the name of each picture as it is drawn, ``report_finding`` what had to be left out of
    the stories; ``record`` is the past of the landscape, ``material`` are the tables that figures
    need beyond it.
    """
    entries = list_entries(landscape)
    tallies = tally_domains(dataset.taxonomy, entries)
    material = material or Material()
    drawn = list_pictures(dataset, landscape, tallies, record.mapped)
    files = draw_pictures(drawn, report_progress)
    shelf = stock_shelf(landscape, material)
    addresses = Addresses(dataset.settings.languages)
    pages: dict[str, bytes] = {}
    stale: list[Stale] = []
    for language in dataset.settings.languages:
        wording = load_wording(language, landscape.window.metric)
        scribe = Scribe(dataset, addresses, wording, paged=record.mapped)
        desk = set_up_desk(landscape, entries, material, scribe)
        own, book = _render_pages(Book(landscape, record, tallies, files, desk), shelf)
        pages |= own
        inner = replace(book.desk, scribe=replace(book.scribe, folder=UP))
        stories = render_stories(inner, report_progress)
        pages |= stories.files | render_events(book.desk)
        stale += stories.stale
        for finding in stories.findings:
            report_finding(finding)
    for path, content in pages.items():
        if len(content) > LARGEST_PAGE_BYTES:
            raise LandscapeError(
                f"the page {path} would have {len(content):,} bytes, "
                f"more than {LARGEST_PAGE_BYTES:,}",
                "split its domain, or shorten the summaries of its projects",
            )
    return files | pages | _render_exports(dataset, landscape, entries, stale)


def stock_shelf(landscape: Landscape, material: Material) -> Shelf:
    """Lay out by project what the projects' pages take from tables."""
    standings = compute_standings(landscape.series)
    return Shelf(
        {str(project): rows for project, rows in standings.groupby("project", sort=True)},
        collect_neighbours(material.collaboration),
    )


def _render_pages(book: Book, shelf: Shelf) -> tuple[dict[str, bytes], Book]:
    """Render one language's pages; domains first, since others link to the rows on them.

    Return the book too, whose scribe then knows which projects have their row there.
    """
    addresses, language = book.scribe.addresses, book.say.language
    pages: dict[str, bytes] = {}
    anchored: frozenset[str] = frozenset()
    # Domain pages lie in a folder of their own.
    inner = book.write_with(replace(book.scribe, folder=UP))
    for position, tally in enumerate(book.tallies):
        content, shown = render_domain_page(DomainPage(inner, position))
        pages[addresses.domain(tally.domain.id, language)] = content
        anchored |= shown
    book = book.write_with(replace(book.scribe, anchored=anchored))
    inner = book.write_with(replace(book.scribe, folder=UP))
    for entry in book.entries:
        if entry.project in book.record.mapped:
            path = addresses.project(entry.project, language)
            pages[path] = render_project_page(entry, inner, shelf)
    pages |= render_index_pages(book.landscape, book.entries, book.scribe)
    method = describe_method(book.landscape, book.entries, book.scribe)
    pages |= {
        addresses.chapter("changes", language): render_changes_page(book),
        addresses.chapter("movers", language): render_movers_page(book),
        addresses.chapter("survival", language): render_survival_page(book),
        addresses.chapter("method", language): render_method_page(book, method),
        addresses.front(language): render_front_page(book, method),
    }
    return pages, book


def _render_exports(
    dataset: Dataset, landscape: Landscape, entries: list[Entry], stale: list[Stale]
) -> dict[str, bytes]:
    rows = tabulate_exports(landscape, entries)
    return {
        DESCRIPTOR: render_descriptor(dataset, landscape, len(rows)),
        TABLE: render_csv(rows),
        DOCUMENT: render_json(dataset, landscape, rows, stale),
    }
