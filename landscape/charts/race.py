"""F9: a ranking race as a bump chart: the first places of a group, month by month.

A line breaks where a project is not among the first, where a month is unknown and where two
vintages meet. Who races, and at which place, was decided in the table.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from landscape.base.languages import Messages
from landscape.base.months import count_months
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.scales import EN_DASH, format_number
from landscape.charts.style import LABEL_PX, SMALL_PX, Point, blend_colors
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.trend import choose_month_ticks
from landscape.charts.vintages import describe_source

ROW_PX = 37.0
NAME_ROOM_PX = 190.0
END_PX = 10.5
DOT_PX = 4.5
LINE_PX = 3.5
COLORED = 7
"""So many projects have a colour of their own: those that came highest; the others are grey."""

Place = tuple[str, int]
"""A month and the rank in it."""


@dataclass(frozen=True)
class Racer:
    """One project: its name, colour, unbroken runs of places, and its newest value."""

    project: str
    name: str
    color: str
    runs: list[list[Place]]
    value: float


@dataclass(frozen=True)
class Track:
    """Where months and ranks stand, in pixels."""

    first: str
    last: str
    left: float
    right: float
    top: float
    places: int

    def locate(self, place: Place) -> Point:
        """Return the point of a month and rank."""
        month, rank = place
        span = count_months(self.first, self.last)
        x = self.left + (self.right - self.left) * count_months(self.first, month) / span
        return x, self.top + ROW_PX * (rank - 1)

    @property
    def bottom(self) -> float:
        """The y of the last place."""
        return self.top + ROW_PX * (self.places - 1)


def draw_race(
    race: pd.DataFrame,
    names: Mapping[str, str],
    *,
    theme: Theme,
    messages: Messages,
    group: str,
) -> str | None:
    """Return the picture; None where fewer than two months or two projects can be ranked.

    race: as of ``compute_race``. names: project to name. group: what the group is called in the
    page's language.
    """
    if not is_race(race):
        return None
    racers = line_up(race, names, theme)
    title = write_title(race, names, messages)
    plate = Plate(theme)
    top = plate.write_heading(title, write_subtitle(race, messages, group)) + 34
    track = _lay_out(plate, racers, race, top)
    _draw_months(plate, track)
    for before, after in find_race_seams(race):
        x = (track.locate((before, 1))[0] + track.locate((after, 1))[0]) / 2
        line = [(x, top - 16), (x, track.bottom + 16)]
        plate.draw_line(line, color=theme.muted, dashes="2 4")
    for racer in reversed(racers):
        _draw_racer(plate, track, racer)
    _write_names(plate, track, racers)
    footnote = write_footnote(race, messages)
    return plate.export(plate.write_footnote(track.bottom + 48, footnote), title)


def is_race(race: pd.DataFrame) -> bool:
    """Whether there is anything to see: at least two months and two projects."""
    return race["month"].nunique() > 1 and race["project"].nunique() > 1


def line_up(race: pd.DataFrame, names: Mapping[str, str], theme: Theme) -> list[Racer]:
    """Return the racers, those that came highest first; these have colours of their own."""
    best = race.groupby("project").agg(rank=("rank", "min"), last=("month", "max"))
    latest = race[race["month"] == race["month"].max()].set_index("project")["rank"]
    order = sorted(
        best.index, key=lambda project: (best.at[project, "rank"], latest.get(project, 99), project)
    )
    racers = []
    for position, project in enumerate(order):
        rows = race[race["project"] == project].sort_values("month", kind="stable")
        color = theme.series[position] if position < COLORED else theme.muted
        name = shorten_text(names.get(project, project), NAME_ROOM_PX, LABEL_PX, bold=True)
        value = float(rows["openrank"].iloc[-1])
        racers.append(Racer(project, name, color, _split_places(rows), value))
    return racers


def _split_places(rows: pd.DataFrame) -> list[list[Place]]:
    runs: list[list[Place]] = []
    before: tuple[str, str] | None = None
    for month, rank, vintage in zip(rows["month"], rows["rank"], rows["vintage"], strict=True):
        if before is None or before[1] != vintage or count_months(before[0], month) != 1:
            runs.append([])
        runs[-1].append((month, int(rank)))
        before = (month, vintage)
    return runs


def find_race_seams(race: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the neighbouring months of the race that share no vintage."""
    vintages = race.groupby("month")["vintage"].agg(set).sort_index()
    months = list(vintages.index)
    return [
        (before, after)
        for before, after in itertools.pairwise(months)
        if not vintages[before] & vintages[after]
    ]


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


def write_subtitle(race: pd.DataFrame, messages: Messages, group: str) -> str:
    """Say what is ranked, how many, of what, and when."""
    months = sorted(set(race["month"]))
    return messages(
        "race.subtitle",
        places=int(race["rank"].max()),
        group=group,
        months=months[0] + EN_DASH + months[-1],
    )


def write_footnote(race: pd.DataFrame, messages: Messages, seam: str = "race.seam") -> str:
    """Name the source, how many were ranked, and what a break means (the message ``seam``)."""
    known = race["known"].astype(int)
    least, most = int(known.min()), int(known.max())
    kind = "race.known.same" if least == most else "race.known"
    told = messages(
        "sentences",
        first=describe_source(race["vintage"], messages),
        second=messages(kind, least=least, most=most),
    )
    if race["vintage"].nunique() > 1:
        told = messages("sentences", first=told, second=messages(seam))
    return told


def _lay_out(plate: Plate, racers: list[Racer], race: pd.DataFrame, top: float) -> Track:
    first, last = race["month"].min(), race["month"].max()
    starting = [racer for racer in racers if racer.runs[0][0][0] == first]
    finishing = [racer for racer in racers if racer.runs[-1][-1][0] == last]
    left = max(measure_text(racer.name, LABEL_PX, bold=True) for racer in starting)
    right = max(
        measure_text(f"{racer.name} {format_number(racer.value)}", LABEL_PX, bold=True)
        for racer in finishing
    )
    return Track(
        first=first,
        last=last,
        left=plate.left + left + END_PX + 8,
        right=plate.right - right - END_PX - 8,
        top=top,
        places=int(race["rank"].max()),
    )


def _draw_months(plate: Plate, track: Track) -> None:
    theme = plate.theme
    for month, label in choose_month_ticks(track.first, track.last, track.right - track.left):
        x, _ = track.locate((month, 1))
        plate.draw_line([(x, track.top - 16), (x, track.bottom + 18)], color=theme.grid)
        plate.write(
            (x, track.bottom + 36), label, size=SMALL_PX, color=theme.muted, anchor="center"
        )


def _draw_racer(plate: Plate, track: Track, racer: Racer) -> None:
    soft = racer.color
    if soft == plate.theme.muted:
        soft = blend_colors(soft, plate.theme.background, 0.5)
    for run in racer.runs:
        points = [track.locate(place) for place in run]
        if len(points) > 1:
            plate.draw_path(_curve(points), color=soft, width=LINE_PX)
    marks = plate.open_group(f"marks-{racer.project}")
    for run in racer.runs:
        for place in run:
            is_end = place[0] in (track.first, track.last)
            point, radius = track.locate(place), END_PX if is_end else DOT_PX
            plate.draw_circle(point, radius, color=racer.color if is_end else soft, parent=marks)


def _curve(points: list[Point]) -> str:
    """Return the path that leaves and reaches every point level, so that it never overshoots."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        middle = (x0 + x1) / 2
        bent = f"C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        parts.append(f"H{x1:.1f}" if y0 == y1 else bent)
    return "".join(parts)


def _write_names(plate: Plate, track: Track, racers: list[Racer]) -> None:
    """Write the names at both ends, ranks inside the marks there; others at their best place."""
    theme = plate.theme
    taken: list[tuple[float, float, float]] = []
    for racer in racers:
        start, end = racer.runs[0][0], racer.runs[-1][-1]
        text = theme.text if racer.color == theme.muted else racer.color
        if start[0] == track.first:
            x, y = track.locate(start)
            plate.write((x - END_PX - 6, y + 4.5), racer.name, bold=True, color=text,
                        anchor="right")  # fmt: skip
            _write_rank(plate, (x, y), start[1])
        if end[0] == track.last:
            x, y = track.locate(end)
            told = f"{racer.name} {format_number(racer.value)}"
            plate.write((x + END_PX + 6, y + 4.5), told, bold=True, color=text)
            _write_rank(plate, (x, y), end[1])
        if start[0] != track.first and end[0] != track.last:
            _write_passing(plate, track, racer, taken)


def _write_rank(plate: Plate, point: Point, rank: int) -> None:
    x, y = point
    plate.write((x, y + 4.3), str(rank), size=SMALL_PX, bold=True, anchor="center",
                color=plate.theme.background)  # fmt: skip


def _write_passing(
    plate: Plate, track: Track, racer: Racer, taken: list[tuple[float, float, float]]
) -> None:
    """Name who neither starts nor finishes, below one of its marks, clear of other such names."""
    width = measure_text(racer.name, SMALL_PX)
    places = sorted((place for run in racer.runs for place in run), key=lambda p: (p[1], p[0]))
    for place in places:
        x, y = track.locate(place)
        x = min(max(x, track.left + width / 2 + 12), track.right - width / 2 - 12)
        if all(abs(x - at) > (width + wide) / 2 + 8 or y != row for at, row, wide in taken):
            taken.append((x, y, width))
            plate.write((x, y + ROW_PX / 2 + 4), racer.name, size=SMALL_PX, anchor="center",
                        color=plate.theme.muted, halo=True)  # fmt: skip
            return
