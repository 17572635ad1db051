"""What every page of one language is made from, and the frame of the pages beneath the main one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from landscape.analysis.model import Landscape
from landscape.base.languages import Messages
from landscape.report.cells import Scribe, render_switch
from landscape.report.editions.changes import load_edition_messages
from landscape.report.entries import Entry
from landscape.report.markdown import Markdown, render_link
from landscape.report.record import Record
from landscape.report.stories.desk import Desk
from landscape.report.tallies import DomainTally
from landscape.report.templating import render_template
from landscape.report.wording import Wording

UP = "../"


@dataclass(frozen=True)
class Section:
    """A part of a page: its anchor, its heading, and what stands below."""

    anchor: str
    heading: str
    body: Markdown


@dataclass(frozen=True)
class Book:
    """The answers of a build, its past, and the voice of one language.

    ``files`` holds every picture drawn so far, by path in the report folder; whoever shows a
    figure of this language adds it there.
    """

    landscape: Landscape
    record: Record
    tallies: Sequence[DomainTally]
    files: dict[str, bytes]
    desk: Desk

    @property
    def entries(self) -> list[Entry]:
        """The projects, in order of id."""
        return list(self.desk.entries)

    @cached_property
    def on_the_map_count(self) -> int:
        """How many projects are on the map: every project's page says it."""
        return sum(entry.on_the_map for entry in self.desk.entries)

    @property
    def scribe(self) -> Scribe:
        """Who writes the cells."""
        return self.desk.scribe

    @property
    def say(self) -> Wording:
        """The report's messages."""
        return self.scribe.wording

    @cached_property
    def edition_messages(self) -> Messages:
        """What is said of editions and survival."""
        return load_edition_messages(self.say.language, self.landscape.window.metric)

    @property
    def domain_names(self) -> dict[str, str]:
        """Domain to its name in the language."""
        taxonomy = self.scribe.dataset.taxonomy
        return {domain.id: self.say.pick(domain.name) for domain in taxonomy.domains}

    def write_with(self, scribe: Scribe) -> Book:
        """Return the book as another scribe writes it, for example from an inner folder."""
        return replace(self, desk=replace(self.desk, scribe=scribe))


def render_chapter(
    book: Book, name: str, title: str, intro: Sequence[str], sections: Sequence[Section]
) -> bytes:
    """Return a page beneath the main page."""
    say = book.say
    front = book.scribe.addresses.front(say.language)
    return render_template(
        "chapter.md.j2",
        say=say,
        title=title,
        crumbs=render_link(say.pick(book.scribe.dataset.settings.title), front),
        switch=render_switch(book.scribe, name),
        intro=intro,
        sections=[section for section in sections if section.body],
    )
