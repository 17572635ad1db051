"""Races: which projects run, and what is said of it, for stories and for the pages of domains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from landscape.analysis.race import compute_race
from landscape.charts.race import draw_race
from landscape.charts.race_animation import draw_race_animation
from landscape.charts.race_words import Tell, tell_moving_race, tell_race
from landscape.dataset.story_model import Figure
from landscape.report.numbers import format_openrank
from landscape.report.stories.desk import Desk, Drawing, View

MOVING = "--moving"
"""What the moving picture's file has in its name."""
NAMED = 5


@dataclass(frozen=True)
class Race:
    """A race in the page's language: rows as of ``compute_race``, words, alternative texts."""

    rows: pd.DataFrame
    tell: Tell
    tell_moving: Tell
    alternative: str
    alternative_moving: str


def run_race(options: Mapping[str, Any], desk: Desk) -> pd.DataFrame:
    """Return the race, as of ``compute_race``, of the projects or the domain in the options."""
    members = options.get("projects") or [
        item.project for item in desk.pick_members(options["domain"], options.get("subdomain", ""))
    ]
    return compute_race(desk.landscape.series, members, first_month=options.get("since", ""))


def describe_race(options: Mapping[str, Any], desk: Desk) -> Race:
    """Return the race that a figure's options declare."""
    if "domain" in options:
        group = _name_group(options["domain"], options.get("subdomain", ""), desk)
    else:
        group = desk.messages("figure.these", count=len(options["projects"]))
    rows = run_race(options, desk)
    latest = rows[rows["month"] == rows["month"].max()] if len(rows) else rows
    placed: list[tuple[str, object]] = [
        (desk.names[project], format_openrank(float(value)))
        for project, value in zip(latest["project"], latest["openrank"], strict=True)
    ]
    values = desk.join_values(placed[:NAMED])
    months = f"{rows['month'].min()} – {rows['month'].max()}" if len(rows) else "–"
    names, say = desk.names, desk.chart_messages
    return Race(
        rows,
        partial(tell_race, names=names, messages=say, group=group),
        partial(tell_moving_race, names=names, messages=say, group=group),
        desk.messages("alt.race", group=group, months=months, values=values),
        desk.messages("alt.race_moving", group=group, months=months, values=values),
    )


def view_race(figure: Figure, desk: Desk) -> View:
    """Return a story's race: the bump chart, and the same in motion."""
    race = describe_race(figure.options, desk)
    still = partial(draw_race, race.rows, desk.names, tell=race.tell)
    moving = partial(draw_race_animation, race.rows, desk.names, tell=race.tell_moving)
    return View(
        (
            Drawing(still, race.alternative),
            Drawing(
                moving,
                race.alternative_moving,
                MOVING,
                folded=desk.messages("figure.moving"),
            ),
        ),
        missing=desk.messages("missing.race"),
    )


def _name_group(domain: str, subdomain: str, desk: Desk) -> str:
    say, found = desk.scribe.wording, desk.dataset.taxonomy.domain(domain)
    inner = [say.pick(item.name) for item in found.subdomains if item.id == subdomain]
    return inner[0] if inner else say.pick(found.name)
