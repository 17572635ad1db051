"""Alternative texts of the pictures: the main numbers, in the page's language, as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from landscape.analysis.model import Landscape
from landscape.report.entries import Entry, sort_by_strength
from landscape.report.numbers import format_change, format_openrank
from landscape.report.pictures import find_drawn
from landscape.report.tallies import DomainTally, find_movers
from landscape.report.wording import Wording

NAMED = 5


def describe_map(landscape: Landscape, entries: list[Entry], wording: Wording) -> str:
    """Tell the map: how many projects, where, and the strongest."""
    on_map = [entry for entry in sort_by_strength(entries) if entry.on_the_map]
    return wording.plain(
        "alt.map",
        on_map=len(on_map),
        total=len(entries),
        domains=len({entry.domain for entry in on_map}),
        as_of=landscape.window.as_of,
        strongest=_list_values(on_map[:NAMED], wording),
    )


def describe_movers(landscape: Landscape, entries: list[Entry], wording: Wording) -> str:
    """Tell the movers: the largest gains and losses."""
    movers = find_movers(entries, NAMED)
    return wording.plain(
        "alt.movers",
        compared=landscape.basis.compared,
        gains=_list_changes(movers.gains, wording),
        losses=_list_changes(movers.losses, wording),
    )


def describe_trend(tally: DomainTally, landscape: Landscape, wording: Wording) -> str:
    """Tell a domain's trend: the newest value of each line."""
    drawn = [entry for entry in find_drawn(tally) if entry.openrank_latest is not None]
    return wording.plain(
        "alt.trend",
        domain=wording.pick(tally.domain.name),
        as_of=landscape.window.as_of,
        values=_list_latest(drawn, wording),
    )


def _list_values(entries: Sequence[Entry], wording: Wording) -> str:
    return _join(
        [f"{entry.name} {format_openrank(entry.openrank_mean)}" for entry in entries], wording
    )


def _list_latest(entries: Sequence[Entry], wording: Wording) -> str:
    return _join(
        [f"{entry.name} {format_openrank(entry.openrank_latest)}" for entry in entries], wording
    )


def _list_changes(entries: Sequence[Entry], wording: Wording) -> str:
    return _join([f"{entry.name} {format_change(entry.change)}" for entry in entries], wording)


def _join(parts: list[str], wording: Wording) -> str:
    return wording.plain("list.separator").join(parts) or "–"
