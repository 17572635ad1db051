"""The block between markers that shows the map on the repository's own front page."""

from __future__ import annotations

from landscape.analysis.model import Landscape
from landscape.dataset.model import Dataset
from landscape.report.addresses import Addresses
from landscape.report.alternatives import describe_map
from landscape.report.cells import Scribe
from landscape.report.entries import list_entries, sort_by_strength
from landscape.report.markdown import Markdown, escape_attribute
from landscape.report.numbers import format_count, format_openrank
from landscape.report.pictures import figure_stem
from landscape.report.wording import load_wording

NAMED = 5


def render_readme_block(
    dataset: Dataset, landscape: Landscape, language: str, folder: str
) -> Markdown:
    """Return the block without its markers: the map as a link to the report, and one line.

    ``folder`` leads from the page to the report folder, for example ``report/``.
    """
    say = load_wording(language, landscape.window.metric)
    scribe = Scribe(dataset, Addresses(dataset.settings.languages), say, folder)
    page = folder + scribe.addresses.front(language)
    entries = list_entries(landscape)
    on_map = [entry for entry in sort_by_strength(entries) if entry.on_the_map]
    names = [
        Markdown(f"{scribe.link_repo(entry)} {format_openrank(entry.openrank_mean)}")
        for entry in on_map[:NAMED]
    ]
    line = say(
        "block.line" if names else "block.line_empty",
        on_map=format_count(len(on_map)),
        total=format_count(len(entries)),
        as_of=landscape.window.as_of,
        strongest=say.join_list(names),
        page=Markdown(page),
    )
    if not on_map:
        return line
    stem = folder + figure_stem("map", language)
    alternative = escape_attribute(describe_map(landscape, entries, say))
    return Markdown(
        f'<a href="{page}"><picture>'
        f'<source media="(prefers-color-scheme: dark)" srcset="{stem}.dark.svg">'
        f'<img src="{stem}.light.svg" width="100%" alt="{alternative}">'
        f"</picture></a>\n\n{line}"
    )
