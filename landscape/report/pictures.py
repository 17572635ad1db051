"""Every picture of the report: where it lies, who draws it, and how a page shows it.

What a picture shows and how it looks is the charts room's; its alternative text is
``alternatives``'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from landscape.analysis.model import Landscape
from landscape.analysis.race import compute_race
from landscape.base.languages import Messages
from landscape.base.months import shift_month
from landscape.charts.coverage import draw_coverage
from landscape.charts.freshness import draw_freshness
from landscape.charts.map import draw_map
from landscape.charts.metric_names import load_metric_messages
from landscape.charts.movers import draw_movers
from landscape.charts.palette import DARK, LIGHT, THEMES, Theme
from landscape.charts.project_line import draw_project_line
from landscape.charts.race import line_up
from landscape.charts.trend import draw_trend
from landscape.dataset.model import Dataset
from landscape.report.entries import Entry
from landscape.report.markdown import Markdown, escape_attribute
from landscape.report.stories.coloring import assign_places
from landscape.report.tallies import DomainTally, find_leading

TREND_MONTHS = 24
TREND_PROJECTS = 6

OWNED = re.compile(
    r"charts/(?:(?:map|movers|freshness|coverage|growth|technology|network|strip"
    r"|survival(?:-created|-domain)?)\.[A-Za-z-]+"
    r"|(?:trend|project|race)/[a-z0-9-]+|(?:story|race)/[a-z0-9-]+\.[A-Za-z-]+)"
    r"\.(?:light|dark)\.svg"
)
"""The paths that pictures have in the report folder, those of stories among them; and that races
had, when they were drawn once a language."""


@dataclass(frozen=True)
class Picture:
    """One picture. ``draw`` returns SVG text, or None where there is nothing to draw."""

    stem: str
    draw: Callable[[Theme], str | None]


def figure_stem(figure: str, language: str) -> str:
    """Return where a main figure lies, without variant and ending."""
    return f"charts/{figure}.{language}"


def trend_stem(domain_id: str) -> str:
    """Return where a domain's trend lies, without variant and ending."""
    return f"charts/trend/{domain_id}"


def race_stem(domain_id: str) -> str:
    """Return where a domain's race lies, without variant and ending."""
    return f"charts/race/{domain_id}"


def project_stem(project_id: str) -> str:
    """Return where a project's line lies, without variant and ending."""
    return f"charts/project/{project_id}"


def list_pictures(
    dataset: Dataset,
    landscape: Landscape,
    tallies: Sequence[DomainTally],
    paged: Collection[str] = (),
) -> Iterator[Picture]:
    """List the main figures in every language, then the lines, which serve all languages.

    ``paged`` are the projects with a page of their own.
    """
    for language in dataset.settings.languages:
        messages = load_metric_messages("charts", language, landscape.window.metric)
        yield Picture(figure_stem("map", language), _bind_map(landscape, dataset, messages))
        for figure, draw in (
            ("movers", draw_movers),
            ("freshness", draw_freshness),
            ("coverage", draw_coverage),
        ):
            yield Picture(
                figure_stem(figure, language), partial(draw, landscape, messages=messages)
            )
    for tally in tallies:
        yield Picture(trend_stem(tally.domain.id), _bind_trend(landscape, tally))
    names = dict(zip(landscape.projects["project"], landscape.projects["name"], strict=True))
    for project, rows in landscape.series.groupby("project", sort=True):
        if project in paged:
            draw = partial(draw_project_line, rows, str(names[project]))
            yield Picture(project_stem(str(project)), draw)


def find_drawn(tally: DomainTally) -> list[Entry]:
    """Return the projects that a domain's trend shows."""
    return find_leading(tally, TREND_PROJECTS)


def draw_pictures(
    pictures: Iterator[Picture], report_progress: Callable[[str], None]
) -> dict[str, bytes]:
    """Draw every picture in both variants; those with nothing to show are left out."""
    files: dict[str, bytes] = {}
    for picture in pictures:
        for theme in THEMES:
            drawing = picture.draw(theme)
            if drawing is not None:
                files[f"{picture.stem}.{theme.name}.svg"] = drawing.encode()
        report_progress(picture.stem)
    return files


def show_picture(
    files: dict[str, bytes], stem: str, alternative: str, folder: str = ""
) -> Markdown | None:
    """Return the picture with its dark variant; None where it was not drawn.

    ``folder`` leads from the page to the report folder, for example ``../``.
    """
    light, dark = f"{stem}.{LIGHT.name}.svg", f"{stem}.{DARK.name}.svg"
    if light not in files or dark not in files:
        return None
    return Markdown(
        "<picture>\n"
        f'<source media="(prefers-color-scheme: dark)" srcset="{folder}{dark}">\n'
        f'<img src="{folder}{light}" width="100%" alt="{escape_attribute(alternative)}">\n'
        "</picture>"
    )


def _bind_map(
    landscape: Landscape, dataset: Dataset, messages: Messages
) -> Callable[[Theme], str | None]:
    return lambda theme: draw_map(landscape, dataset, theme=theme, messages=messages)


def _bind_trend(landscape: Landscape, tally: DomainTally) -> Callable[[Theme], str | None]:
    names = {entry.project: entry.name for entry in find_drawn(tally)}
    race = compute_race(landscape.series, [entry.project for entry in tally.entries])
    racers = [racer.project for racer in line_up(race, {}, LIGHT)]
    return partial(
        draw_trend,
        landscape.series,
        names,
        first_month=shift_month(landscape.window.as_of, 1 - TREND_MONTHS),
        # The race stands on the same page.
        places=assign_places([list(names)], [racers], len(LIGHT.series)),
    )
