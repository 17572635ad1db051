"""The main page's tables of domains, a layer each: how many, how strong, how they moved."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from landscape.analysis.domain_growth import compute_domain_growth
from landscape.report.book import Book
from landscape.report.brief import format_period
from landscape.report.markdown import Markdown, escape_text, join_markdown
from landscape.report.numbers import (
    UNKNOWN,
    format_count,
    format_openrank,
    format_percent_change,
    format_share,
)
from landscape.report.tables import render_table
from landscape.report.tallies import DomainTally

LEADING = 4


@dataclass(frozen=True)
class LayerTable:
    """One layer: its name, its own totals and those of its groups, and a row a domain."""

    name: str
    totals: Markdown
    table: Markdown


def list_layers(book: Book) -> list[LayerTable]:
    """Return the layers of the taxonomy in its order."""
    say, taxonomy = book.say, book.scribe.dataset.taxonomy
    growth = compute_domain_growth(book.landscape.projects)
    changes = dict(zip(growth["domain"], growth["growth"].astype(float), strict=True))
    heads = [
        (say("column.domain"), "left"),
        (say("column.on_map"), "right"),
        (say("column.openrank_sum"), "right"),
        (say("column.map_share"), "right"),
        (say("column.change"), "right"),
        (say("column.leading"), "left"),
    ]
    layers = []
    for layer in taxonomy.layers:
        tallies = [tally for tally in book.tallies if tally.domain.layer == layer.id]
        rows = [_list_cells(tally, changes, book) for tally in tallies]
        layers.append(
            LayerTable(say.pick(layer.name), _sum_layer(tallies, book), render_table(heads, rows))
        )
    return layers


def describe_domain_columns(book: Book) -> Markdown:
    """Return what the tables' columns mean; of the change only where periods are compared."""
    say, basis = book.say, book.landscape.basis
    parts = [say("domains.note")]
    if basis.kind != "none":
        parts.append(
            say(
                "domains.change",
                current=format_period(basis.current),
                earlier=format_period(basis.earlier),
            )
        )
    return say.join_sentences(parts)


def _list_cells(tally: DomainTally, changes: Mapping[str, float], book: Book) -> list[str]:
    leading = [book.scribe.link_project(entry) for entry in tally.on_map[:LEADING]]
    change = changes.get(tally.domain.id, math.nan)
    return [
        Markdown(f"**{book.scribe.link_domain(tally.domain.id)}**"),
        Markdown(f"{len(tally.on_map)}&nbsp;/&nbsp;{len(tally.entries)}"),
        format_openrank(tally.openrank) if tally.on_map else UNKNOWN,
        format_share(tally.share) if tally.on_map else UNKNOWN,
        format_percent_change(None if math.isnan(change) else change),
        join_markdown(leading, " · ") if leading else UNKNOWN,
    ]


def _sum_layer(tallies: Sequence[DomainTally], book: Book) -> Markdown:
    """Return the totals of a layer, then those of its groups where it has several."""
    groups: dict[str, list[DomainTally]] = {}
    for tally in tallies:
        groups.setdefault(tally.domain.group, []).append(tally)
    lines = [_sum_tallies("domains.layer", tallies, book)]
    if len(groups) > 1:
        taxonomy = book.scribe.dataset.taxonomy
        names = {group.id: group.name for layer in taxonomy.layers for group in layer.groups}
        lines += [
            _sum_tallies("domains.group", part, book, book.say.pick(names[group]))
            for group, part in groups.items()
            if group
        ]
    return join_markdown([line for line in lines if line], " · ")


def _sum_tallies(key: str, tallies: Sequence[DomainTally], book: Book, name: str = "") -> Markdown:
    if not any(tally.on_map for tally in tallies):
        return Markdown("")
    return book.say(
        key,
        name=escape_text(name),
        on_map=format_count(sum(len(tally.on_map) for tally in tallies)),
        total=format_count(sum(len(tally.entries) for tally in tallies)),
        openrank=format_openrank(sum(tally.openrank for tally in tallies)),
        share=format_share(sum(tally.share or 0.0 for tally in tallies)),
    )
