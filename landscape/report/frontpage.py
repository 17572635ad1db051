"""The main page: the state of the field in five minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from landscape.analysis.model import Landscape
from landscape.report import alternatives
from landscape.report.addresses import DESCRIPTOR, DOCUMENT, TABLE
from landscape.report.brief import format_period, format_total_change, list_brief
from landscape.report.cells import Scribe, render_switch, show_month, show_text
from landscape.report.entries import Entry, sort_by_strength
from landscape.report.markdown import Markdown, join_markdown, render_link
from landscape.report.method import describe_method
from landscape.report.numbers import (
    UNKNOWN,
    format_change,
    format_count,
    format_openrank,
    format_percent_change,
    format_plain,
    format_share,
)
from landscape.report.pictures import figure_stem, show_picture
from landscape.report.projectindex import index_by_domain
from landscape.report.stories.events import events_address
from landscape.report.stories.pages import list_stories
from landscape.report.tables import render_table
from landscape.report.tallies import DomainTally, find_movers, pick_freshness
from landscape.report.templating import render_template

TOP = 20
MOVERS = 10
LEADING = 4

SECTIONS = (
    "brief", "top20", "movers", "domains", "stories", "freshness", "coverage", "method", "projects",
)  # fmt: skip


@dataclass(frozen=True)
class FrontPage:
    """What the main page is made from."""

    landscape: Landscape
    entries: list[Entry]
    tallies: Sequence[DomainTally]
    pictures: dict[str, bytes]
    scribe: Scribe


def render_front_page(page: FrontPage) -> bytes:
    """Return the main page in the language of its scribe."""
    say = page.scribe.wording
    return render_template(
        "front.md.j2",
        say=say,
        title=say.pick(page.scribe.dataset.settings.title),
        switch=render_switch(page.scribe, "README"),
        headline=describe_headline(page.landscape, page.entries, page.scribe),
        contents=join_markdown(
            [render_link(say(f"{name}.title"), f"#{name}") for name in _list_sections(page)], " · "
        ),
        map=_show(page, "map", alternatives.describe_map(page.landscape, page.entries, say)),
        brief=list_brief(page.landscape, page.entries, page.tallies, page.scribe),
        top=_render_top(page),
        movers=_show(
            page, "movers", alternatives.describe_movers(page.landscape, page.entries, say)
        ),
        movers_line=_describe_comparison(page),
        gains=_render_movers(page, find_movers(page.entries, MOVERS).gains),
        losses=_render_movers(page, find_movers(page.entries, MOVERS).losses),
        layers=_list_layers(page),
        stories=list_stories(page.scribe),
        events=_link_events(page),
        freshness=_show(page, "freshness", say.plain("freshness.alt", **_count_fresh(page))),
        freshness_line=_describe_freshness(page),
        coverage=_show(page, "coverage", say.plain("coverage.alt", **_count_known(page))),
        coverage_line=say("coverage.line", **_count_known(page)),
        method=describe_method(page.landscape, page.entries, page.scribe),
        index=index_by_domain(page.tallies, page.scribe),
        all_projects=Markdown(page.scribe.addresses.index(say.language)),
        exports=[Markdown(path) for path in (TABLE, DOCUMENT, DESCRIPTOR)],
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


def _list_sections(page: FrontPage) -> list[str]:
    dataset = page.scribe.dataset
    has_stories = bool(dataset.stories or dataset.events)
    return [name for name in SECTIONS if name != "stories" or has_stories]


def _link_events(page: FrontPage) -> Markdown | None:
    if not page.scribe.dataset.events:
        return None
    return render_link(page.scribe.wording("stories.events"), events_address(page.scribe))


def _show(page: FrontPage, figure: str, alternative: str) -> Markdown | None:
    stem = figure_stem(figure, page.scribe.wording.language)
    return show_picture(page.pictures, stem, alternative)


def _render_top(page: FrontPage) -> Markdown:
    say = page.scribe.wording
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
    strongest = [entry for entry in sort_by_strength(page.entries) if entry.on_the_map][:TOP]
    return render_table(
        heads,
        [
            [
                format_count(entry.rank),
                Markdown(
                    f"**{page.scribe.link_repo(entry)}**<br>"
                    f"<sub>{page.scribe.link_domain(entry.domain)}</sub>"
                ),
                format_openrank(entry.openrank_mean),
                format_count(entry.stars),
                format_count(entry.participants),
                show_text(entry.language),
                show_month(entry.created_at),
                show_text(entry.origin),
            ]
            for entry in strongest
        ],
    )


def _describe_comparison(page: FrontPage) -> Markdown:
    say, basis = page.scribe.wording, page.landscape.basis
    if basis.kind == "none":
        return say("movers.missing")
    return say(
        "movers.line",
        current=format_period(basis.current),
        earlier=format_period(basis.earlier),
        compared=format_count(basis.compared),
        total=format_count(len(page.entries)),
        change=format_total_change(basis),
    )


def _render_movers(page: FrontPage, entries: Sequence[Entry]) -> Markdown:
    say = page.scribe.wording
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
                page.scribe.link_project(entry),
                page.scribe.link_domain(entry.domain),
                format_openrank(entry.change_earlier),
                format_openrank(entry.change_current),
                Markdown(f"**{format_change(entry.change)}**"),
                format_percent_change(entry.change_percent),
                format_change(entry.share_change, 2),
            ]
            for entry in entries
        ],
    )


def _list_layers(page: FrontPage) -> list[tuple[str, Markdown]]:
    """Return each layer's name with the table of its domains."""
    say = page.scribe.wording
    heads = [
        (say("column.domain"), "left"),
        (say("column.on_map"), "right"),
        (say("column.openrank_sum"), "right"),
        (say("column.map_share"), "right"),
        (say("column.leading"), "left"),
    ]
    return [
        (
            say.pick(layer.name),
            render_table(
                heads,
                [_list_domain_cells(tally, page) for tally in page.tallies
                 if tally.domain.layer == layer.id],
            ),
        )
        for layer in page.scribe.dataset.taxonomy.layers
    ]  # fmt: skip


def _list_domain_cells(tally: DomainTally, page: FrontPage) -> list[str]:
    leading = [page.scribe.link_project(entry) for entry in tally.on_map[:LEADING]]
    return [
        Markdown(f"**{page.scribe.link_domain(tally.domain.id)}**"),
        Markdown(f"{len(tally.on_map)} / {len(tally.entries)}"),
        format_openrank(tally.openrank) if tally.on_map else UNKNOWN,
        format_share(tally.share) if tally.on_map else UNKNOWN,
        join_markdown(leading, " · ") if leading else UNKNOWN,
    ]


def _count_fresh(page: FrontPage) -> dict[str, str]:
    """Return the counts of young projects, as text for the messages."""
    values = {}
    for name, measure in (("year", "since-last-year"), ("half", "within-six-months")):
        fresh = pick_freshness(page.landscape, measure)
        values[f"{name}_since"] = fresh.since
        values[f"{name}_count"] = format_count(fresh.count)
        values[f"{name}_share"] = format_share(fresh.share)
        values["of"] = format_count(fresh.of)
    return values


def _describe_freshness(page: FrontPage) -> Markdown:
    say = page.scribe.wording
    parts = [say("freshness.line", **_count_fresh(page))]
    if unknown := pick_freshness(page.landscape, "unknown").count:
        parts.append(say("freshness.unknown", count=format_count(unknown)))
    return join_markdown(parts, " ")


def _count_known(page: FrontPage) -> dict[str, str]:
    """Return how many projects the deciding metric is known for in the last month, as text."""
    known = sum(entry.openrank_latest is not None for entry in page.entries)
    never = sum(not entry.last_known_month for entry in page.entries)
    return {
        "as_of": page.landscape.window.as_of,
        "known": format_count(known),
        "total": format_count(len(page.entries)),
        "never": format_count(never),
    }
