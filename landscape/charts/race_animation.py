"""F9 in motion: the race as bars that overtake each other, in an SVG that moves by CSS alone.

At rest it shows the newest month: for readers who prefer reduced motion, for programs that
cannot animate, and at the start of every round. Bars jump where two vintages meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pandas as pd

from landscape.base.languages import Messages
from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.race import (
    Racer,
    find_race_seams,
    is_race,
    line_up,
    write_footnote,
    write_title,
)
from landscape.charts.scales import EN_DASH, format_number
from landscape.charts.style import LABEL_PX, blend_colors
from landscape.charts.svg import format_number as format_coordinate
from landscape.charts.text import measure_text

ROW_PX = 36.0
BAR_PX = 25.0
MONTH_PX = 40.0
REST_SECONDS = 3.0
STEP_SECONDS = 1.0
MOVING_SHARE = 0.45
"""The part of a month's second in which bars are on their way to the next month."""
MOST_MONTHS = 24
MOST_BYTES = 58_000


@dataclass(frozen=True)
class Stand:
    """One project in one month: its place counted from 0, its value; both None where unplaced."""

    place: int | None
    value: float


@dataclass(frozen=True)
class Clock:
    """When each month begins, as a share of the round in percent; the round begins with a rest."""

    months: tuple[str, ...]
    seams: frozenset[str]
    """Months that begin a new vintage: bars jump to them."""

    @property
    def seconds(self) -> float:
        """Length of a round."""
        return REST_SECONDS + STEP_SECONDS * len(self.months)

    def percent(self, steps: float) -> str:
        """Return the share at so many months after the rest."""
        return f"{100 * (REST_SECONDS + STEP_SECONDS * steps) / self.seconds:.2f}%"


def draw_race_animation(
    race: pd.DataFrame,
    names: Mapping[str, str],
    *,
    theme: Theme,
    messages: Messages,
    group: str,
) -> str | None:
    """Return the moving picture; None where there is no race.

    race, names, group: as for ``draw_race``. It shows the newest ``MOST_MONTHS`` months, fewer
    where the file would become too large.
    """
    months = sorted(set(race["month"]))[-MOST_MONTHS:]
    while len(months) > 1:
        shown = race[race["month"].isin(months)]
        if not is_race(shown):
            return None
        svg = _draw(shown, names, theme, messages, group)
        if len(svg.encode()) <= MOST_BYTES:
            return svg
        months = months[1:]
    return None


def _draw(
    race: pd.DataFrame, names: Mapping[str, str], theme: Theme, messages: Messages, group: str
) -> str:
    months = tuple(sorted(set(race["month"])))
    clock = Clock(months, frozenset(after for _, after in find_race_seams(race)))
    places = int(race["rank"].max())
    title = write_title(race, names, messages)
    plate = Plate(theme)
    span = months[0] + EN_DASH + months[-1]
    subtitle = messages("race.moving", group=group, places=places, months=span)
    top = plate.write_heading(title, subtitle) + 16
    racers = line_up(race, names, theme)
    name_width = max(measure_text(racer.name, LABEL_PX, bold=True) for racer in racers)
    value_width = measure_text(format_number(float(race["openrank"].max())), LABEL_PX)
    left = plate.left + 30 + name_width
    room = plate.right - left - value_width - 12
    sheet = plate.canvas.add("style")
    rules = [_time_months(clock)]
    for place in range(places):
        y = top + ROW_PX * place + BAR_PX / 2 + 5
        plate.write((plate.left + 14, y), str(place + 1), color=theme.muted, anchor="right")
    # A turning digit is no ground to cover: the large month stands below the shortest bars.
    _write_months(plate, race, clock, top + ROW_PX * places + 30, messages)
    for index, racer in enumerate(reversed(racers)):
        stands = _collect_stands(race, racer.project, months)
        rules += _animate(index, stands, clock, float(race["openrank"].max()), places)
        _draw_bar(plate, racer, index, stands, (left, top, room), race, places)
    sheet.text = f"@media (prefers-reduced-motion:no-preference){{{''.join(rules)}}}"
    bottom = top + ROW_PX * places + 38
    return plate.export(
        plate.write_footnote(bottom, write_footnote(race, messages, seam="race.jump")), title
    )


def _collect_stands(race: pd.DataFrame, project: str, months: Sequence[str]) -> list[Stand]:
    rows = race[race["project"] == project]
    stands = {
        month: Stand(int(rank) - 1, float(value))
        for month, rank, value in zip(rows["month"], rows["rank"], rows["openrank"], strict=True)
    }
    return [stands.get(month, Stand(None, 0.0)) for month in months]


def _time_months(clock: Clock) -> str:
    """Return the rules that show what belongs to one month only while it is that month."""
    duration = f"{clock.seconds:g}s"
    last = len(clock.months) - 1
    shown = f"{100 * STEP_SECONDS / clock.seconds:.2f}%"
    rules = [
        f"@keyframes on{{0%{{visibility:visible}}{shown},to{{visibility:hidden}}}}"
        f"@keyframes end{{0%{{visibility:visible}}{clock.percent(0)}{{visibility:hidden}}"
        f"{clock.percent(last)},to{{visibility:visible}}}}"
        f".m{{animation:on {duration} step-end infinite}}"
        f".m{last}{{animation:end {duration} step-end infinite}}"
        f".r,.b{{animation-duration:{duration};animation-iteration-count:infinite}}"
    ]
    rules += [
        f".m{index}{{animation-delay:{REST_SECONDS + STEP_SECONDS * index:g}s}}"
        for index in range(last)
    ]
    return "".join(rules)


def _animate(
    index: int, stands: Sequence[Stand], clock: Clock, largest: float, places: int
) -> list[str]:
    """Return the rules that move one project's row and stretch its bar."""
    rows, bars = [], []
    # A bar that fades in or out keeps the length that it had or will have.
    length = next(stand.value for stand in stands if stand.place is not None)
    for stand in stands:
        length = length if stand.place is None else stand.value
        place = places if stand.place is None else stand.place
        opacity = 0 if stand.place is None else 1
        offset = format_coordinate(ROW_PX * place)
        rows.append(f"transform:translateY({offset}px);opacity:{opacity}")
        bars.append(f"transform:scaleX({length / (largest or 1.0):.3f})")
    return [
        _write_keyframes(f"r{index}", rows, clock),
        _write_keyframes(f"b{index}", bars, clock),
        f"#r{index}{{animation-name:r{index}}}#b{index}{{animation-name:b{index}}}",
    ]


def _write_keyframes(name: str, states: Sequence[str], clock: Clock) -> str:
    """Return the key frames: rest in the last state, then hold and move from month to month."""
    frames: dict[str, list[str]] = {}

    def add(state: str, percent: str) -> None:
        frames.setdefault(state, []).append(percent)

    add(states[-1], "0%")
    add(states[-1], clock.percent(-0.02))
    add(states[0], clock.percent(0))
    for index, state in enumerate(states):
        is_last = index == len(states) - 1
        if not is_last and state == states[index + 1]:
            continue
        jumps = not is_last and clock.months[index + 1] in clock.seams
        leave = 1 - (0.02 if jumps else MOVING_SHARE)
        add(state, "to" if is_last else clock.percent(index + leave))
        if not is_last:
            add(states[index + 1], clock.percent(index + 1))
    body = "".join(f"{','.join(times)}{{{state}}}" for state, times in frames.items())
    return f"@keyframes {name}{{{body}}}"


def _draw_bar(
    plate: Plate,
    racer: Racer,
    index: int,
    stands: Sequence[Stand],
    area: tuple[float, float, float],
    race: pd.DataFrame,
    places: int,
) -> None:
    """Draw one project's row as it stands in the last month; hidden where it is not placed then."""
    theme = plate.theme
    left, top, room = area
    largest = float(race["openrank"].max()) or 1.0
    final = stands[-1]
    place = places if final.place is None else final.place
    outer = plate.canvas.add("g", transform=f"translate(0 {format_coordinate(top)})")
    row = plate.canvas.add(
        "g",
        outer,
        id=f"r{index}",
        class_="r",
        transform=f"translate(0 {format_coordinate(ROW_PX * place)})",
        opacity=0 if final.place is None else 1,
    )
    color = racer.color if racer.color != theme.muted else _soften(theme)
    plate.write((left - 8, BAR_PX / 2 + 4.5), racer.name, bold=True, anchor="right", parent=row)
    track = plate.canvas.add("g", row, transform=f"translate({format_coordinate(left)} 0)")
    bar = plate.draw_box(0, 0, room, BAR_PX, color=color, parent=track)
    bar.set("id", f"b{index}")
    bar.set("class", "b")
    bar.set("transform", f"scale({final.value / largest:.3f} 1)")
    for month, stand in enumerate(stands):
        if stand.place is None:
            continue
        x = left + room * stand.value / largest + 7
        text = plate.write((x, BAR_PX / 2 + 4.5), format_number(stand.value), parent=row)
        _mark_month(text, month, is_last=month == len(stands) - 1)


def _soften(theme: Theme) -> str:
    return blend_colors(theme.muted, theme.background, 0.55)


def _mark_month(text: ET.Element, month: int, *, is_last: bool) -> None:
    """Make the text one that shows in its month only; at rest only the last month's do."""
    text.set("class", f"m m{month}")
    if not is_last:
        text.set("visibility", "hidden")


def _write_months(
    plate: Plate, race: pd.DataFrame, clock: Clock, y: float, messages: Messages
) -> None:
    color = plate.theme.muted
    several = race["vintage"].nunique() > 1
    for index, month in enumerate(clock.months):
        is_last = index == len(clock.months) - 1
        large = plate.write((plate.right, y), month, size=MONTH_PX, bold=True, anchor="right",
                            color=color)  # fmt: skip
        _mark_month(large, index, is_last=is_last)
        if several:
            labels = sorted(set(race.loc[race["month"] == month, "vintage"]))
            told = messages("race.vintage", vintage=messages("list.comma").join(labels))
            x = plate.right - measure_text(month, MONTH_PX, bold=True) - 14
            small = plate.write((x, y), told, color=color, anchor="right")
            _mark_month(small, index, is_last=is_last)
