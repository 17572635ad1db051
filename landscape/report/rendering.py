"""The whole report as files in memory. Nothing is read from or written to disk here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from landscape.analysis.model import Landscape
from landscape.base.errors import LandscapeError
from landscape.base.findings import Finding
from landscape.dataset.model import Dataset
from landscape.report.addresses import DESCRIPTOR, DOCUMENT, TABLE, Addresses
from landscape.report.cells import Scribe
from landscape.report.datapackage import render_descriptor
from landscape.report.domainpage import DomainPage, render_domain_page
from landscape.report.entries import Entry, list_entries
from landscape.report.exports import render_csv, render_json, tabulate_exports
from landscape.report.frontpage import FrontPage, render_front_page
from landscape.report.pictures import draw_pictures, list_pictures
from landscape.report.projectindex import render_index_pages
from landscape.report.stories.events import render_events
from landscape.report.stories.material import Material
from landscape.report.stories.pages import UP, render_stories, set_up_desk
from landscape.report.stories.stale import Stale
from landscape.report.tallies import DomainTally, tally_domains
from landscape.report.wording import load_wording

LARGEST_PAGE_BYTES = 400_000
"""GitHub stops rendering Markdown at 512 KB."""


def render_report(
    dataset: Dataset,
    landscape: Landscape,
    report_progress: Callable[[str], None] = lambda _: None,
    material: Material | None = None,
    report_finding: Callable[[Finding], None] = lambda _: None,
) -> dict[str, bytes]:
    """Return every file of the report, by its path in the report folder.

    Raises LandscapeError where a page would be larger than GitHub renders. ``report_progress``
    is told the name of each picture as it is drawn, ``report_finding`` what had to be left out of
    the stories; ``material`` are the tables that their figures need beyond the landscape.
    """
    entries = list_entries(landscape)
    tallies = tally_domains(dataset.taxonomy, entries)
    pictures = draw_pictures(list_pictures(dataset, landscape, tallies), report_progress)
    pages: dict[str, bytes] = {}
    stale: list[Stale] = []
    for language in dataset.settings.languages:
        addresses = Addresses(dataset.settings.languages)
        scribe = Scribe(dataset, addresses, load_wording(language))
        own, scribe = _render_pages(landscape, entries, tallies, pictures, scribe)
        pages |= own
        inner = set_up_desk(landscape, entries, material or Material(), replace(scribe, folder=UP))
        stories = render_stories(inner, report_progress)
        pages |= stories.files | render_events(replace(inner, scribe=scribe))
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
    return pictures | pages | _render_exports(dataset, landscape, entries, stale)


def _render_pages(
    landscape: Landscape,
    entries: list[Entry],
    tallies: list[DomainTally],
    pictures: dict[str, bytes],
    scribe: Scribe,
) -> tuple[dict[str, bytes], Scribe]:
    """Render one language's pages; domains first, since others link to the rows on them.

    Return the scribe too, who then knows which projects have their row there.
    """
    addresses, language = scribe.addresses, scribe.wording.language
    pages: dict[str, bytes] = {}
    anchored: frozenset[str] = frozenset()
    # Domain pages lie in a folder of their own.
    inner = replace(scribe, folder=UP)
    for position, tally in enumerate(tallies):
        page = DomainPage(landscape, tallies, position, pictures, inner)
        content, shown = render_domain_page(page)
        pages[addresses.domain(tally.domain.id, language)] = content
        anchored |= shown
    scribe = replace(scribe, anchored=anchored)
    pages |= render_index_pages(landscape, entries, scribe)
    front = FrontPage(landscape, entries, tallies, pictures, scribe)
    pages[addresses.front(language)] = render_front_page(front)
    return pages, scribe


def _render_exports(
    dataset: Dataset, landscape: Landscape, entries: list[Entry], stale: list[Stale]
) -> dict[str, bytes]:
    rows = tabulate_exports(landscape, entries)
    return {
        DESCRIPTOR: render_descriptor(dataset, landscape, len(rows)),
        TABLE: render_csv(rows),
        DOCUMENT: render_json(dataset, landscape, rows, stale),
    }
