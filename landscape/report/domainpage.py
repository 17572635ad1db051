"""A domain's page: its trend, its ranking, its guests, and who is not on the map and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from landscape.analysis.domain_growth import compute_domain_growth
from landscape.analysis.model import Landscape
from landscape.dataset.model import Domain
from landscape.report import alternatives
from landscape.report.addresses import TABLE, project_anchor
from landscape.report.book import Book
from landscape.report.brief import format_period, format_total_change
from landscape.report.cells import Scribe, render_switch, show_month, show_text
from landscape.report.domainrace import render_race
from landscape.report.entries import Entry, sort_by_strength
from landscape.report.markdown import Markdown, escape_text, join_markdown, render_link
from landscape.report.numbers import (
    UNKNOWN,
    format_change,
    format_count,
    format_openrank,
    format_percent_change,
    format_share,
)
from landscape.report.pictures import show_picture, trend_stem
from landscape.report.reasons import explain_entry, name_verdict
from landscape.report.tables import count_fitting_rows, render_table
from landscape.report.tallies import DomainTally
from landscape.report.templating import render_template

TABLE_BYTES = 160_000


@dataclass(frozen=True)
class DomainPage:
    """What a domain's page is made from; the book is written from an inner folder."""

    book: Book
    position: int

    @property
    def landscape(self) -> Landscape:
        """The answers of the build."""
        return self.book.landscape

    @property
    def tallies(self) -> Sequence[DomainTally]:
        """Every domain."""
        return self.book.tallies

    @property
    def scribe(self) -> Scribe:
        """Who writes the cells."""
        return self.book.scribe

    @property
    def tally(self) -> DomainTally:
        """The domain of this page."""
        return self.tallies[self.position]


def render_domain_page(page: DomainPage) -> tuple[bytes, frozenset[str]]:
    """Return the page, and the projects of the domain that have their row and anchor on it."""
    say, tally = page.scribe.wording, page.tally
    ranked = sort_by_strength(
        [*tally.on_map, *(entry for entry in tally.guests if entry.on_the_map)]
    )
    ranking, ranked_shown = _render_ranking(ranked, page)
    others, others_shown = _render_others(tally.off_map, page)
    left_out = len(ranked) + len(tally.off_map) - ranked_shown - others_shown
    text = render_template(
        "domain.md.j2",
        say=say,
        title=say.pick(tally.domain.name),
        crumbs=_render_crumbs(tally.domain, page.scribe),
        switch=render_switch(page.scribe, tally.domain.id),
        headline=_describe_domain(page),
        lanes=_list_lanes(page),
        trend=show_picture(
            page.book.files,
            trend_stem(tally.domain.id),
            alternatives.describe_trend(tally, page.landscape, say),
            "../",
        ),
        growth=_tell_growth(page),
        race=render_race(tally, page.book),
        ranking=ranking,
        has_guests=any(entry.domain != tally.domain.id for entry in ranked[:ranked_shown]),
        others=others,
        others_count=len(tally.off_map),
        left_out=left_out,
        export=Markdown(f"../{TABLE}"),
        navigation=_render_navigation(page),
    )
    shown = [*ranked[:ranked_shown], *tally.off_map[:others_shown]]
    return text, frozenset(entry.project for entry in shown if entry.domain == tally.domain.id)


def _render_crumbs(domain: Domain, scribe: Scribe) -> Markdown:
    say = scribe.wording
    layer = next(layer for layer in scribe.dataset.taxonomy.layers if layer.id == domain.layer)
    front = f"../{scribe.addresses.front(say.language)}"
    groups = [say.pick(group.name) for group in layer.groups if group.id == domain.group]
    title = say.pick(scribe.dataset.settings.title)
    return join_markdown([render_link(title, front), say.pick(layer.name), *groups], " › ")


def _describe_domain(page: DomainPage) -> Markdown:
    tally, say = page.tally, page.scribe.wording
    values = {
        "on_map": format_count(len(tally.on_map)),
        "total": format_count(len(tally.entries)),
        "as_of": page.landscape.window.as_of,
    }
    if tally.place is None:
        return say("domain.headline_empty", **values)
    return say(
        "domain.headline",
        **values,
        openrank=format_openrank(tally.openrank),
        share=format_share(tally.share),
        place=tally.place,
        domains=len(page.tallies),
    )


def _list_lanes(page: DomainPage) -> Markdown:
    """Return the subdomains with their counts on the map; empty where the domain has none."""
    say, tally = page.scribe.wording, page.tally
    lanes = []
    for subdomain in tally.domain.subdomains:
        count = sum(entry.subdomain == subdomain.id for entry in tally.on_map)
        lanes.append(Markdown(f"{escape_text(say.pick(subdomain.name))} **{count}**"))
    return join_markdown(lanes, " · ")


def _tell_growth(page: DomainPage) -> Markdown:
    """Return how the domain's OpenRank changed, and over how many of its projects."""
    say, basis = page.scribe.wording, page.landscape.basis
    growth = compute_domain_growth(page.landscape.projects)
    rows = growth[growth["domain"] == page.tally.domain.id].to_dict("records")
    if basis.kind == "none" or not rows:
        return Markdown("")
    row = rows[0]
    values = {
        "compared": format_count(int(row["compared"])),
        "projects": format_count(int(row["projects"])),
        "current": format_period(basis.current),
        "earlier": format_period(basis.earlier),
    }
    if row["growth"] != row["growth"]:
        return say("domain.growth_missing", **values)
    return say(
        "domain.growth",
        **values,
        growth=format_percent_change(float(row["growth"])),
        all=format_total_change(basis),
    )


def _render_ranking(entries: list[Entry], page: DomainPage) -> tuple[Markdown, int]:
    say = page.scribe.wording
    heads = [
        (Markdown("#"), "right"),
        (say("column.project_origin"), "left"),
        (say("column.openrank"), "right"),
        (say("column.change"), "right"),
        (say("column.stars"), "right"),
        (say("column.language"), "left"),
        (say("column.created"), "left"),
    ]
    rows = [_list_ranking_cells(entry, page) for entry in entries]
    shown = count_fitting_rows(rows, TABLE_BYTES)
    return render_table(heads, rows[:shown]), shown


def _list_ranking_cells(entry: Entry, page: DomainPage) -> list[str]:
    scribe = page.scribe
    is_guest = entry.domain != page.tally.domain.id
    if is_guest:
        note = scribe.wording("domain.guest_of", domain=scribe.link_domain(entry.domain))
        tags = [Markdown(f"{note} ·")]
    else:
        tags = scribe.list_marks(entry, page.landscape.window)
        if lane := scribe.name_subdomain(entry):
            tags = [Markdown(f"<code>{escape_text(lane)}</code>"), *tags]
    anchor = "" if is_guest else f'<a id="{project_anchor(entry.project)}"></a>'
    origin = f" · {escape_text(entry.origin)}" if entry.origin else ""
    details = join_markdown([*tags, scribe.summarise(entry)], " ")
    return [
        Markdown("†") if is_guest else format_count(entry.rank_in_domain),
        Markdown(f"{anchor}**{_link_name(entry, scribe)}**{origin}<br><sub>{details}</sub>"),
        format_openrank(entry.openrank_mean),
        _show_change(entry),
        format_count(entry.stars),
        show_text(entry.language),
        show_month(entry.created_at),
    ]


def _link_name(entry: Entry, scribe: Scribe) -> Markdown:
    """Return the name, linked to the project's page; without one, to its repository."""
    has_page = entry.project in scribe.paged
    return scribe.link_project(entry) if has_page else scribe.link_repo(entry)


def _show_change(entry: Entry) -> Markdown:
    if entry.change is None:
        return UNKNOWN
    percent = format_percent_change(entry.change_percent)
    return Markdown(f"{format_change(entry.change)}<br><sub>{percent}</sub>")


def _render_others(entries: Sequence[Entry], page: DomainPage) -> tuple[Markdown, int]:
    say, scribe, window = page.scribe.wording, page.scribe, page.landscape.window
    heads = [
        (say("column.project"), "left"),
        (say("column.verdict_reason"), "left"),
        (say("column.stars"), "right"),
    ]
    rows = [
        [
            Markdown(
                f'<a id="{project_anchor(entry.project)}"></a>{_link_name(entry, scribe)}'
                f"<br><sub>{scribe.summarise_off_map(entry)}</sub>"
            ),
            Markdown(
                f"**{escape_text(name_verdict(entry.verdict, say))}**<br>"
                f"{escape_text(explain_entry(entry, window, say))}"
            ),
            format_count(entry.stars),
        ]
        for entry in entries
    ]
    shown = count_fitting_rows(rows, TABLE_BYTES)
    return render_table(heads, rows[:shown]), shown


def _render_navigation(page: DomainPage) -> Markdown:
    scribe, say = page.scribe, page.scribe.wording
    front = f"../{scribe.addresses.front(say.language)}"
    parts = [render_link(say("domain.all"), f"{front}#domains")]
    if page.position > 0:
        before = page.tallies[page.position - 1].domain.id
        parts.insert(0, Markdown(f"← {scribe.link_domain(before)}"))
    if page.position + 1 < len(page.tallies):
        after = page.tallies[page.position + 1].domain.id
        parts.append(Markdown(f"{scribe.link_domain(after)} →"))
    return join_markdown(parts, " · ")
