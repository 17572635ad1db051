"""What a race says in words: its title, subtitle and footnote, in one language.

A story's picture carries them; a domain's picture serves all languages and leaves them to the page.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from landscape.base.languages import Messages
from landscape.charts.scales import EN_DASH
from landscape.charts.vintages import describe_source, name_vintages


@dataclass(frozen=True)
class RaceWords:
    """The words of one picture.

    ``breaks`` tells what happens where two publications meet, empty where none do; ``footnote``
    ends with it. ``vintages`` holds month to its publication, to stand beside it.
    """

    title: str
    subtitle: str
    footnote: str
    breaks: str
    vintages: Mapping[str, str] = field(default_factory=dict)


Tell = Callable[[pd.DataFrame], RaceWords]
"""Returns the words for a race as of ``compute_race``, or for its newest months."""


def tell_race(
    race: pd.DataFrame, *, names: Mapping[str, str], messages: Messages, group: str
) -> RaceWords:
    """Return the words of the bump chart.

    names: project to name. group: what the group is called in the page's language.
    """
    breaks = _tell_breaks(race, messages, "race.seam")
    return RaceWords(
        write_title(race, names, messages),
        _write_subtitle(race, messages, group, "race.subtitle"),
        _write_footnote(race, messages, breaks),
        breaks,
    )


def tell_moving_race(
    race: pd.DataFrame, *, names: Mapping[str, str], messages: Messages, group: str
) -> RaceWords:
    """Return the words of the race in motion."""
    told = {
        str(month): messages("race.vintage", vintages=name_vintages(labels, messages))
        for month, labels in race.groupby("month")["vintage"]
    }
    breaks = _tell_breaks(race, messages, "race.jump")
    return RaceWords(
        write_title(race, names, messages),
        _write_subtitle(race, messages, group, "race.moving"),
        _write_footnote(race, messages, breaks),
        breaks,
        told if breaks else {},
    )


def write_title(race: pd.DataFrame, names: Mapping[str, str], messages: Messages) -> str:
    """Say who leads, and whether that was always so."""
    leaders = race[race["rank"] == 1].sort_values("month")
    first, last = leaders["project"].iloc[0], leaders["project"].iloc[-1]
    kind = "changed" if first != last else "steady" if len(set(leaders["project"])) == 1 else "back"
    return messages(
        f"race.title.{kind}",
        leader=names.get(last, last),
        earlier=names.get(first, first),
        month=leaders["month"].iloc[0],
        months=len(leaders),
    )


def find_race_seams(race: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the neighbouring months of the race that share no vintage."""
    vintages = race.groupby("month")["vintage"].agg(set).sort_index()
    months = list(vintages.index)
    return [
        (before, after)
        for before, after in itertools.pairwise(months)
        if not vintages[before] & vintages[after]
    ]


def _write_subtitle(race: pd.DataFrame, messages: Messages, group: str, kind: str) -> str:
    """Say what is ranked, how many, of what, and when."""
    months = sorted(set(race["month"]))
    return messages(
        kind,
        places=int(race["rank"].max()),
        group=group,
        months=months[0] + EN_DASH + months[-1],
    )


def _tell_breaks(race: pd.DataFrame, messages: Messages, kind: str) -> str:
    return messages(kind) if race["vintage"].nunique() > 1 else ""


def _write_footnote(race: pd.DataFrame, messages: Messages, breaks: str) -> str:
    """Name the source, how many were ranked, and what a break means."""
    known = race["known"].astype(int)
    least, most = int(known.min()), int(known.max())
    kind = "race.known.same" if least == most else "race.known"
    told = messages(
        "sentences",
        first=describe_source(race["vintage"], messages),
        second=messages(kind, least=least, most=most),
    )
    return messages("sentences", first=told, second=breaks) if breaks else told
