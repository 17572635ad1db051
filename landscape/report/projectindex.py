"""Every project, findable: by domain on the main page, and from A to Z with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from landscape.analysis.model import Landscape
from landscape.report.cells import Scribe, render_switch
from landscape.report.entries import Entry
from landscape.report.markdown import Markdown, join_markdown
from landscape.report.numbers import format_count, format_plain
from landscape.report.reasons import explain_briefly, name_verdict
from landscape.report.tables import count_fitting_rows, render_row, render_table
from landscape.report.tallies import DomainTally
from landscape.report.templating import render_template

INDEX_BYTES = 200_000
PART_BYTES = 300_000


def index_by_domain(tallies: Sequence[DomainTally], scribe: Scribe) -> Markdown:
    """Return a table of all names by domain; empty where it would be too large for the page."""
    say = scribe.wording
    heads = [
        (say("column.domain"), "left"),
        (say("column.names_on_map"), "left"),
        (say("column.names_off_map"), "left"),
    ]
    rows = [
        [
            scribe.link_domain(tally.domain.id),
            _list_names(tally.on_map, scribe),
            _list_names(tally.off_map, scribe),
        ]
        for tally in tallies
        if tally.entries
    ]
    if sum(len(render_row(row).encode()) for row in rows) > INDEX_BYTES:
        return Markdown("")
    return render_table(heads, rows)


def render_index_pages(
    landscape: Landscape, entries: list[Entry], scribe: Scribe
) -> dict[str, bytes]:
    """Return the list of all projects from A to Z, in as many parts as page sizes ask for."""
    say, window = scribe.wording, landscape.window
    ordered = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.project))
    rows = [
        [
            scribe.link_project(entry),
            scribe.link_domain(entry.domain),
            format_count(entry.rank) if entry.rank else name_verdict(entry.verdict, say),
            explain_briefly(entry, window, say),
        ]
        for entry in ordered
    ]
    parts: list[list[list[str]]] = []
    while rows:
        count = max(1, count_fitting_rows(rows, PART_BYTES))
        parts.append([list(row) for row in rows[:count]])
        rows = rows[count:]
    paths = [scribe.addresses.index(say.language, part + 1) for part in range(len(parts))]
    heads = [
        (say("column.project"), "left"),
        (say("column.domain"), "left"),
        (say("column.rank_verdict"), "left"),
        (say("column.reason"), "left"),
    ]
    return {
        path: render_template(
            "projects.md.j2",
            say=say,
            title=say("projects.page_title", count=len(entries)),
            front=Markdown(scribe.addresses.front(say.language)),
            switch=render_switch(scribe, "projects"),
            parts=_link_parts(paths, path),
            as_of=window.as_of,
            first=window.months[0],
            above=format_plain(window.above),
            table=render_table(heads, part),
        )
        for path, part in zip(paths, parts, strict=True)
    }


def _link_parts(paths: list[str], current: str) -> Markdown:
    if len(paths) == 1:
        return Markdown("")
    return join_markdown(
        [
            Markdown(f"**{number}**" if path == current else f"[{number}]({path})")
            for number, path in enumerate(paths, start=1)
        ],
        " · ",
    )


def _list_names(entries: Sequence[Entry], scribe: Scribe) -> Markdown:
    return join_markdown([scribe.link_project(entry) for entry in entries], " · ") or Markdown("–")
