"""The few lines at the top of the main page that say what the numbers say."""

from __future__ import annotations

from collections.abc import Sequence

from landscape.analysis.model import ChangeBasis, Landscape, Verdict
from landscape.report.cells import Scribe, show_month
from landscape.report.entries import Entry, sort_by_strength
from landscape.report.markdown import Markdown, escape_text
from landscape.report.numbers import (
    UNKNOWN,
    format_change,
    format_count,
    format_openrank,
    format_percent_change,
    format_share,
)
from landscape.report.reasons import name_verdict
from landscape.report.tallies import (
    DomainTally,
    count_verdicts,
    find_movers,
    pick_freshness,
    sum_openrank,
)

NAMED = 5
DOMAINS_NAMED = 3
CONCENTRATION = 10


def list_brief(
    landscape: Landscape, entries: list[Entry], tallies: Sequence[DomainTally], scribe: Scribe
) -> list[Markdown]:
    """Return the lines; one without data is left out."""
    on_map = [entry for entry in sort_by_strength(entries) if entry.on_the_map]
    lines = [
        _tell_strongest(on_map, scribe),
        _tell_domains(tallies, scribe),
        *_tell_movers(landscape, entries, scribe),
        _tell_young(landscape, scribe),
        _tell_left_out(entries, scribe),
    ]
    return [line for line in lines if line]


def _tell_strongest(on_map: list[Entry], scribe: Scribe) -> Markdown:
    if not on_map:
        return Markdown("")
    say = scribe.wording
    names = say.join_list(
        [
            Markdown(f"{scribe.link_project(entry)} {format_openrank(entry.openrank_mean)}")
            for entry in on_map[:NAMED]
        ]
    )
    if len(on_map) <= CONCENTRATION:
        return say("brief.strongest_few", names=names)
    held = sum_openrank(on_map[:CONCENTRATION]) / sum_openrank(on_map)
    return say("brief.strongest", names=names, first=CONCENTRATION, share=format_share(held))


def _tell_domains(tallies: Sequence[DomainTally], scribe: Scribe) -> Markdown:
    placed = sorted(
        (tally for tally in tallies if tally.place is not None),
        key=lambda tally: tally.place or 0,
    )
    if len(placed) < 2:
        return Markdown("")
    say = scribe.wording
    names = [
        say(
            "brief.domain",
            domain=scribe.link_domain(tally.domain.id),
            count=format_count(len(tally.on_map)),
            share=format_share(tally.share),
        )
        for tally in placed[:DOMAINS_NAMED]
    ]
    return say("brief.domains", names=say.join_list(names))


def _tell_movers(landscape: Landscape, entries: list[Entry], scribe: Scribe) -> list[Markdown]:
    movers, basis = find_movers(entries, NAMED), landscape.basis
    say = scribe.wording
    lines = []
    for key, moved in (("brief.rising", movers.gains), ("brief.falling", movers.losses)):
        if moved:
            names = [
                Markdown(f"{scribe.link_project(entry)} {format_change(entry.change)}")
                for entry in moved
            ]
            lines.append(
                say(
                    key,
                    names=say.join_list(names),
                    current=format_period(basis.current),
                    earlier=format_period(basis.earlier),
                    compared=format_count(basis.compared),
                    change=format_total_change(basis),
                )
            )
    return lines


def _tell_young(landscape: Landscape, scribe: Scribe) -> Markdown:
    fresh = pick_freshness(landscape, "since-last-year")
    if not fresh.of:
        return Markdown("")
    return scribe.wording(
        "brief.young",
        count=format_count(fresh.count),
        of=format_count(fresh.of),
        share=format_share(fresh.share),
        since=fresh.since,
    )


def _tell_left_out(entries: list[Entry], scribe: Scribe) -> Markdown:
    say = scribe.wording
    counts = [
        say(
            "brief.verdict",
            count=format_count(count),
            verdict=escape_text(name_verdict(verdict, say)),
        )
        for verdict, count in count_verdicts(entries).items()
        if count and verdict is not Verdict.ON_THE_MAP
    ]
    if not counts:
        return Markdown("")
    page = Markdown(f"{scribe.addresses.chapter('method', say.language)}#verdicts")
    index = Markdown(scribe.addresses.index(say.language))
    return say("brief.left_out", counts=say.join_list(counts), page=page, index=index)


def format_period(months: Sequence[str]) -> Markdown:
    """Return the first and last month of a period; no line breaks within a month."""
    return Markdown(f"{show_month(months[0])} – {show_month(months[-1])}")


def format_total_change(basis: ChangeBasis) -> Markdown:
    """Return by how much all compared projects together moved."""
    if not basis.total_earlier:
        return UNKNOWN
    return format_percent_change(100 * (basis.total_current / basis.total_earlier - 1))
