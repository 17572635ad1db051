"""F9: a ranking race as a bump chart: the first places of a group, month by month.

Without words it holds digits and names only, so one picture serves every language. A line
breaks where a project is not among the first, where a month is unknown and where two vintages
meet. Who races, and at which place, was decided in the table.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.base.months import count_months
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.race_words import Tell, find_race_seams
from landscape.charts.scales import format_number
from landscape.charts.style import blend_colors
from landscape.charts.surface import LABEL_PX, MARGIN_PX, SMALL_PX, Point
from landscape.charts.svg import format_number as format_coordinate
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.trend import choose_month_ticks

ROW_PX = 37.0
NAME_ROOM_PX = 190.0
END_PX = 10.5
DOT_PX = 9.0
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
    pitch: float
    """From one month to the next; whole tenths, so that every month lies on one as well."""
    top: float
    places: int

    def locate(self, place: Place) -> Point:
        """Return the point of a month and rank."""
        month, rank = place
        x = self.left + self.pitch * count_months(self.first, month)
        return x, self.top + ROW_PX * (rank - 1)

    @property
    def dot(self) -> float:
        """The width of a month's dot: that of the line where so many months leave no room."""
        return min(DOT_PX, max(LINE_PX, 0.45 * self.pitch))

    @property
    def right(self) -> float:
        """The x of the last month."""
        return self.left + self.pitch * count_months(self.first, self.last)

    @property
    def bottom(self) -> float:
        """The y of the last place."""
        return self.top + ROW_PX * (self.places - 1)


def draw_race(
    race: pd.DataFrame, names: Mapping[str, str], *, theme: Theme, tell: Tell | None = None
) -> str | None:
    """Return the picture; None where fewer than two months or two projects can be ranked.

    race: as of ``compute_race``. names: project to name. tell: gives the words of a picture in
    one language.
    """
    if not is_race(race):
        return None
    racers = line_up(race, names, theme)
    words = tell(race) if tell else None
    plate = Plate(theme)
    top = plate.write_heading(words.title, words.subtitle) + 34 if words else MARGIN_PX
    track = _lay_out(plate, racers, race, round(top))
    _draw_months(plate, track)
    for before, after in find_race_seams(race):
        x = (track.locate((before, 1))[0] + track.locate((after, 1))[0]) / 2
        line = [(x, track.top - 16), (x, track.bottom + 16)]
        plate.draw_line(line, color=theme.muted, dashes="2 4")
    for racer in reversed(racers):
        _draw_racer(plate, track, racer)
    _write_names(plate, track, racers)
    height = track.bottom + 48
    if words is None:
        return plate.export(height, name_leaders(racers))
    return plate.export(plate.write_footnote(height, words.footnote), words.title)


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


def name_leaders(racers: Sequence[Racer]) -> str:
    """Return the names of those that came highest: the title of a picture without words."""
    return ", ".join(racer.name for racer in racers[:COLORED])


def _split_places(rows: pd.DataFrame) -> list[list[Place]]:
    runs: list[list[Place]] = []
    before: tuple[str, str] | None = None
    for month, rank, vintage in zip(rows["month"], rows["rank"], rows["vintage"], strict=True):
        if before is None or before[1] != vintage or count_months(before[0], month) != 1:
            runs.append([])
        runs[-1].append((month, int(rank)))
        before = (month, vintage)
    return runs


def _lay_out(plate: Plate, racers: list[Racer], race: pd.DataFrame, top: float) -> Track:
    first, last = race["month"].min(), race["month"].max()
    starting = [racer for racer in racers if racer.runs[0][0][0] == first]
    finishing = [racer for racer in racers if racer.runs[-1][-1][0] == last]
    left = max(measure_text(racer.name, LABEL_PX, bold=True) for racer in starting)
    right = max(
        measure_text(f"{racer.name} {format_number(racer.value)}", LABEL_PX, bold=True)
        for racer in finishing
    )
    start = round(plate.left + left + END_PX + 8)
    room = plate.right - right - END_PX - 8 - start
    pitch = math.floor(10 * room / count_months(first, last)) / 10
    return Track(first, last, start, pitch, top, places=int(race["rank"].max()))


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
    if lines := "".join(_draw_run(run, track) for run in racer.runs if len(run) > 1):
        plate.draw_path(lines, color=soft, width=LINE_PX)
    marks = plate.open_group(f"marks-{racer.project}")
    places = [place for run in racer.runs for place in run]
    ends = [place for place in places if place[0] in (track.first, track.last)]
    if dots := "".join(_draw_dots([place for place in places if place not in ends], track)):
        plate.draw_path(dots, color=soft, width=track.dot, parent=marks)
    for end in ends:
        plate.draw_circle(track.locate(end), END_PX, color=racer.color, parent=marks)


def _draw_run(run: list[Place], track: Track) -> str:
    """Return the path that leaves and reaches every point level, so that it never overshoots.

    Relative steps: the same ones return with every month, and compress to nothing.
    """
    parts = [_move_to(run[0], track)]
    for before, after in itertools.pairwise(run):
        down = format_coordinate(ROW_PX * (after[1] - before[1]))
        step, half = format_coordinate(track.pitch), format_coordinate(track.pitch / 2)
        parts.append(f"h{step}" if down == "0" else f"c{half} 0 {half} {down} {step} {down}")
    return "".join(parts)


def _draw_dots(places: list[Place], track: Track) -> list[str]:
    """Return the path of one dot a place: a stroke without length has round ends all the same."""
    if not places:
        return []
    parts = [_move_to(places[0], track)]
    for before, after in itertools.pairwise(places):
        right = format_coordinate(track.pitch * count_months(before[0], after[0]))
        parts.append(f"h0m{right} {format_coordinate(ROW_PX * (after[1] - before[1]))}")
    return [*parts, "h0"]


def _move_to(place: Place, track: Track) -> str:
    x, y = track.locate(place)
    return f"M{format_coordinate(x)} {format_coordinate(y)}"


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
