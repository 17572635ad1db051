"""F9 in motion: the race as bars that overtake each other, in an SVG that moves by CSS alone.

At rest it shows the newest month: for readers who prefer reduced motion, for programs that
cannot animate, and at the start of every round. Bars jump where two vintages meet. Without words
it holds digits and names only, as the bump chart does.

A bar slides out from behind its left edge and takes its value along, so that one movement a
project is enough. Months begin and end while bars are on their way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pandas as pd

from landscape.charts.palette import Theme
from landscape.charts.plate import Plate
from landscape.charts.race import Racer, is_race, line_up, name_leaders
from landscape.charts.race_words import RaceWords, Tell, find_race_seams
from landscape.charts.scales import format_number
from landscape.charts.style import blend_colors
from landscape.charts.surface import LABEL_PX, MARGIN_PX
from landscape.charts.svg import format_number as format_coordinate
from landscape.charts.text import measure_text

ROW_PX = 36
BAR_PX = 25
BASELINE_PX = 17
VALUE_GAP_PX = 7
MONTH_PX = 40.0
REST_SECONDS = 3.0
STEP_SECONDS = 1.0
EASING = "cubic-bezier(.8,0,.2,1)"
"""Bars stand for about half of a month's second, around the middle of it."""
MOST_MONTHS = 24
MOST_BYTES = 58_000


@dataclass(frozen=True)
class Stand:
    """One project in one month: its place counted from 0, its value; both None where unplaced."""

    place: int | None
    value: float


@dataclass(frozen=True)
class Clock:
    """When each month begins; the round begins with a rest. Shares are in thousandths."""

    months: tuple[str, ...]
    seams: frozenset[str]
    """Months that begin a new vintage: bars jump to them."""

    @property
    def seconds(self) -> float:
        """Length of a round."""
        return REST_SECONDS + STEP_SECONDS * len(self.months)

    def share(self, months: float) -> int:
        """Return the share of the round at so many months after the rest."""
        return round(1000 * (REST_SECONDS + STEP_SECONDS * months) / self.seconds)


@dataclass(frozen=True)
class Stage:
    """Where bars stand, in pixels: their left edge, the longest one's length and its value."""

    left: int
    room: int
    largest: float
    places: int

    def measure(self, value: float) -> int:
        """Return the length of a bar."""
        return round(self.room * value / self.largest) if self.largest else 0


def draw_race_animation(
    race: pd.DataFrame, names: Mapping[str, str], *, theme: Theme, tell: Tell | None = None
) -> str | None:
    """Return the moving picture; None where there is no race.

    race, names, tell: as for ``draw_race``. It shows the newest ``MOST_MONTHS`` months, fewer
    where the file would become too large.
    """
    months = sorted(set(race["month"]))[-MOST_MONTHS:]
    while len(months) > 1:
        shown = race[race["month"].isin(months)]
        if not is_race(shown):
            return None
        svg = _draw(shown, names, theme, tell(shown) if tell else None)
        if len(svg.encode()) <= MOST_BYTES:
            return svg
        months = months[1:]
    return None


def _draw(
    race: pd.DataFrame, names: Mapping[str, str], theme: Theme, words: RaceWords | None
) -> str:
    months = tuple(sorted(set(race["month"])))
    clock = Clock(months, frozenset(after for _, after in find_race_seams(race)))
    plate = Plate(theme)
    above = plate.write_heading(words.title, words.subtitle) + 16 if words else MARGIN_PX - 8
    top = round(above)
    racers = line_up(race, names, theme)
    stage = _lay_out(plate, racers, race)
    sheet = plate.canvas.add("style")
    rules = [_time_months(clock)]
    for place in range(stage.places):
        y = top + ROW_PX * place + BASELINE_PX
        plate.write((plate.left + 14, y), str(place + 1), color=theme.muted, anchor="right")
    bottom = top + ROW_PX * stage.places + 38
    # A turning digit is no ground to cover: the large month stands below the shortest bars.
    _write_months(plate, clock, bottom - 8, words.vintages if words else {})
    field = plate.canvas.add("g", transform=_move(0, top))
    for index, racer in enumerate(reversed(racers)):
        stands = _collect_stands(race, racer.project, months)
        rules += _animate(index, stands, clock, stage)
        _draw_bar(plate, field, racer, index, stands, stage)
    sheet.text = f"@media (prefers-reduced-motion:no-preference){{{''.join(rules)}}}"
    if words is None:
        return plate.export(bottom + 10, name_leaders(racers))
    return plate.export(plate.write_footnote(bottom, words.footnote), words.title)


def _lay_out(plate: Plate, racers: Sequence[Racer], race: pd.DataFrame) -> Stage:
    largest = float(race["openrank"].max())
    names = max(measure_text(racer.name, LABEL_PX, bold=True) for racer in racers)
    value = measure_text(format_number(largest), LABEL_PX)
    left = round(plate.left + 30 + names)
    room = round(plate.right - left - value - VALUE_GAP_PX - 5)
    return Stage(left, room, largest, int(race["rank"].max()))


def _collect_stands(race: pd.DataFrame, project: str, months: Sequence[str]) -> list[Stand]:
    rows = race[race["project"] == project]
    stands = {
        month: Stand(int(rank) - 1, float(value))
        for month, rank, value in zip(rows["month"], rows["rank"], rows["openrank"], strict=True)
    }
    return [stands.get(month, Stand(None, 0.0)) for month in months]


def _time_months(clock: Clock) -> str:
    """Return the rules that show what belongs to one month only while it is that month."""
    last = len(clock.months) - 1
    # Exact to a millisecond, or two months would be seen at once.
    shown = f"{100 * STEP_SECONDS / clock.seconds:.3f}%"
    rules = [
        f"@keyframes on{{0%{{visibility:visible}}{shown},to{{visibility:hidden}}}}"
        f"@keyframes end{{0%{{visibility:visible}}{_percent(clock.share(0))}{{visibility:hidden}}"
        f"{_percent(clock.share(last))},to{{visibility:visible}}}}"
        f".r,.b{{animation:{clock.seconds:g}s {EASING} infinite}}"
        f".m text{{animation:on {clock.seconds:g}s step-end infinite}}"
        f".m .m{last}{{animation-name:end}}"
    ]
    rules += [
        f".m .m{index}{{animation-delay:{REST_SECONDS + STEP_SECONDS * index:g}s}}"
        for index in range(last)
    ]
    return "".join(rules)


def _animate(index: int, stands: Sequence[Stand], clock: Clock, stage: Stage) -> list[str]:
    """Return the key frames that move one project's row and its bar; none of what stands still."""
    rows, bars = [], []
    fades = any(stand.place is None for stand in stands)
    # A bar that fades in or out keeps the length that it had or will have.
    length = next(stand.value for stand in stands if stand.place is not None)
    for stand in stands:
        length = length if stand.place is None else stand.value
        place = stage.places if stand.place is None else stand.place
        opacity = f";opacity:{int(stand.place is not None)}" if fades else ""
        rows.append(f"transform:translateY({ROW_PX * place}px){opacity}")
        bars.append(f"transform:translateX({stage.measure(length) - stage.room}px)")
    return [
        _write_keyframes(f"r{index}", rows, clock),
        _write_keyframes(f"b{index}", bars, clock),
    ]


def _write_keyframes(name: str, states: Sequence[str], clock: Clock) -> str:
    """Return the key frames: rest in the last state, then from month to month; empty for one state.

    A state is reached and left in the middle of its month; the easing makes it last.
    """
    if len(set(states)) == 1:
        return ""
    times = {0: states[-1], clock.share(0) - 1: states[-1], clock.share(0): states[0]}
    for index, month in enumerate(clock.months[1:]):
        state, following = states[index], states[index + 1]
        if month in clock.seams:
            times |= {clock.share(index + 1) - 1: state, clock.share(index + 1): following}
        elif state != following:
            times |= {clock.share(index + 0.5): state, clock.share(index + 1.5): following}
    times[1000] = states[-1]
    frames: dict[str, list[str]] = {}
    for share, state in times.items():
        frames.setdefault(state, []).append(_percent(share))
    body = "".join(f"{','.join(shares)}{{{state}}}" for state, shares in frames.items())
    return f"@keyframes {name}{{{body}}}"


def _percent(share: int) -> str:
    return "to" if share == 1000 else f"{share / 10:g}%"


def _draw_bar(
    plate: Plate,
    field: ET.Element,
    racer: Racer,
    index: int,
    stands: Sequence[Stand],
    stage: Stage,
) -> None:
    """Draw one project's row as it stands in the last month; hidden where it is not placed then."""
    theme, canvas = plate.theme, plate.canvas
    is_placed = stands[-1].place is not None
    place = stands[-1].place if is_placed else stage.places
    row = canvas.add("g", field, class_="r", style=f"animation-name:r{index}",
                     transform=_move(0, ROW_PX * (place or 0)))  # fmt: skip
    if not is_placed:
        row.set("opacity", "0")
    at = (stage.left - 8, BASELINE_PX)
    plate.write(at, racer.name, bold=True, anchor="right", parent=row)
    color = racer.color if racer.color != theme.muted else _soften(theme)
    # What lies left of the bars' common edge is cut off, as an inner svg does.
    window = canvas.add("svg", row, x=stage.left, width=plate.width - stage.left, height=BAR_PX)
    known = [stand.value for stand in stands if stand.place is not None]
    hidden = stage.measure(known[-1]) - stage.room
    bar = canvas.add("g", window, class_="b", style=f"animation-name:b{index}",
                     transform=_move(hidden, 0))  # fmt: skip
    plate.draw_box(0, 0, stage.room, BAR_PX, color=color, parent=bar)
    values = _open_months(plate, bar, (stage.room + VALUE_GAP_PX, BASELINE_PX), theme.text)
    values.set("font-size", format_coordinate(LABEL_PX))
    for month, stand in enumerate(stands):
        if stand.place is not None:
            _write_timed(plate, values, format_number(stand.value), month, len(stands))


def _soften(theme: Theme) -> str:
    return blend_colors(theme.muted, theme.background, 0.55)


def _move(right: float, down: float) -> str:
    return f"translate({format_coordinate(right)} {format_coordinate(down)})"


def _open_months(
    plate: Plate, parent: ET.Element | None, point: tuple[float, float], color: str
) -> ET.Element:
    """Add a group of texts of which one month's is seen at a time."""
    return plate.canvas.add("g", parent, class_="m", transform=_move(*point), fill=color,
                            visibility="hidden")  # fmt: skip


def _write_timed(plate: Plate, group: ET.Element, text: str, month: int, months: int) -> None:
    """Write what is seen in the month only; at rest that is the last month's."""
    element = plate.canvas.add("text", group, text, class_=f"m{month}")
    if month == months - 1:
        element.set("visibility", "visible")


def _write_months(plate: Plate, clock: Clock, y: float, vintages: Mapping[str, str]) -> None:
    color, months = plate.theme.muted, len(clock.months)
    large = _open_months(plate, None, (plate.right, y), color)
    for name, value in (("font-size", MONTH_PX), ("font-weight", "bold"), ("text-anchor", "end")):
        large.set(name, value if isinstance(value, str) else format_coordinate(value))
    for index, month in enumerate(clock.months):
        _write_timed(plate, large, month, index, months)
    if not vintages:
        return
    wide = max(measure_text(month, MONTH_PX, bold=True) for month in clock.months)
    small = _open_months(plate, None, (plate.right - wide - 14, y), color)
    small.set("font-size", format_coordinate(LABEL_PX))
    small.set("text-anchor", "end")
    for index, month in enumerate(clock.months):
        _write_timed(plate, small, vintages[month], index, months)
