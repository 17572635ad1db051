"""What stands in the cells of the pages' tables: links, marks, languages, dates."""

from __future__ import annotations

from dataclasses import dataclass

from landscape.analysis.model import Window
from landscape.dataset.model import Dataset
from landscape.report.addresses import ENDONYMS, Addresses, project_anchor
from landscape.report.entries import Entry
from landscape.report.markdown import (
    Markdown,
    escape_text,
    join_markdown,
    render_link,
    render_repo_link,
)
from landscape.report.numbers import UNKNOWN
from landscape.report.wording import Wording


@dataclass(frozen=True)
class Scribe:
    """Writes the cells of one page: its language, and its way to the report folder.

    ``paged`` are the projects that have a page of their own, ``anchored`` those that stand on
    their domain's page in this language.
    """

    dataset: Dataset
    addresses: Addresses
    wording: Wording
    folder: str = ""
    paged: frozenset[str] = frozenset()
    anchored: frozenset[str] = frozenset()

    def link_repo(self, entry: Entry) -> Markdown:
        """Return the project's name, linked to its repository."""
        return render_repo_link(entry.name, entry.repo)

    def link_project(self, entry: Entry) -> Markdown:
        """Return the project's name, linked to its page, or else to its row on its domain's."""
        if entry.project in self.paged:
            own = self.addresses.project(entry.project, self.wording.language)
            return render_link(entry.name, self.folder + own)
        page = self.folder + self.addresses.domain(entry.domain, self.wording.language)
        anchor = f"#{project_anchor(entry.project)}" if entry.project in self.anchored else ""
        return render_link(entry.name, page + anchor)

    def link_chapter(self, name: str, text: str, anchor: str = "") -> Markdown:
        """Return the text, linked to a page beneath the main page."""
        page = self.folder + self.addresses.chapter(name, self.wording.language)
        return render_link(text, page + (f"#{anchor}" if anchor else ""))

    def link_domain(self, domain_id: str) -> Markdown:
        """Return the domain's name, linked to its page."""
        page = self.folder + self.addresses.domain(domain_id, self.wording.language)
        return render_link(self.name_domain(domain_id), page)

    def name_domain(self, domain_id: str) -> str:
        """Return the domain's name in the page's language."""
        return self.wording.pick(self.dataset.taxonomy.domain(domain_id).name)

    def name_subdomain(self, entry: Entry) -> str:
        """Return the name of the project's subdomain; empty where it has none."""
        for subdomain in self.dataset.taxonomy.domain(entry.domain).subdomains:
            if subdomain.id == entry.subdomain:
                return self.wording.pick(subdomain.name)
        return ""

    def summarise(self, entry: Entry) -> str:
        """Return the project's summary in the page's language."""
        return self.wording.pick(self.dataset.projects[entry.project].summary)

    def summarise_off_map(self, entry: Entry) -> Markdown:
        """Return the summary, and for what was declared over why, and who follows."""
        retired = self.dataset.projects[entry.project].retired
        parts = [self.summarise(entry)]
        if retired is not None and entry.retired_on:
            parts.append(self.wording.pick(retired.reason))
            follower = self.dataset.projects.get(retired.successor)
            if follower is not None:
                link = render_repo_link(follower.name, follower.repo)
                parts.append(self.wording("domain.successor", project=link))
        return self.wording.join_sentences([escape_text(part) for part in parts if part])

    def list_marks(self, entry: Entry, window: Window) -> list[Markdown]:
        """Return what stands beside a verdict: archived, stale, a mean of fewer months."""
        marks = []
        if entry.archived:
            marks.append(self.wording("mark.archived"))
        if entry.stale_since:
            marks.append(self.wording("mark.stale", since=entry.stale_since))
        if entry.on_the_map and entry.months_known < len(window.published):
            marks.append(
                self.wording("mark.months", known=entry.months_known, months=entry.months_in_window)
            )
        return [Markdown(f"<code>{escape_text(mark)}</code>") for mark in marks]


def render_switch(scribe: Scribe, page: str) -> Markdown:
    """Return the links to the same page in the other languages; empty where there is one.

    ``page`` is the page's name without language and ending, beside the page itself.
    """
    languages = scribe.addresses.languages
    if len(languages) == 1:
        return Markdown("")
    return join_markdown(
        [
            Markdown(f"**{ENDONYMS.get(language, language)}**")
            if language == scribe.wording.language
            else render_link(
                ENDONYMS.get(language, language),
                f"{page}{scribe.addresses.suffix(language)}.md",
            )
            for language in languages
        ],
        " · ",
    )


def show_text(text: str) -> str:
    """Return the text, or the sign for unknown."""
    return text or UNKNOWN


def show_month(date: str) -> Markdown:
    """Return the month of a date, which does not break at its hyphen in a narrow column."""
    if not date:
        return UNKNOWN
    year, month = escape_text(date[:4]), escape_text(date[5:7])
    return Markdown(f"{year}-&#8288;{month}")
