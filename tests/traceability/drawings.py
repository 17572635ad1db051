"""Pictures as they are stored: texts, lines and shapes with their places, read from the SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

XLINK = "{http://www.w3.org/1999/xlink}href"
Point = tuple[float, float]


@dataclass(frozen=True)
class Text:
    """One text element: where it stands, how it is anchored, and what colour it has."""

    x: float
    y: float
    text: str
    anchor: str
    colour: str
    size: float
    bold: bool
    group: str
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A path: its points, whether straight lines join them all, and how it is painted."""

    points: tuple[Point, ...]
    straight: bool
    stroke: str
    width: float
    fill: str
    dashed: bool
    group: str
    classes: tuple[str, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True)
class Mark:
    """A circle, a rectangle (by its centre and half sizes) or a copy of a shape."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    colour: str
    stroke: str
    group: str
    classes: tuple[str, ...]


@dataclass
class Drawing:
    """Everything of one picture, in the order in which it is painted."""

    title: str = ""
    texts: list[Text] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    source: str = ""

    def pick(self, wanted: Callable[[Text], bool]) -> list[Text]:
        return [text for text in self.texts if wanted(text)]


def read_drawing(source: str) -> Drawing:
    root = ET.fromstring(source)
    drawing = Drawing(source=source)
    _walk(root, drawing, "", (), {})
    return drawing


def _walk(
    node: ET.Element,
    drawing: Drawing,
    group: str,
    classes: tuple[str, ...],
    inherited: dict[str, str],
) -> None:
    for child in node:
        tag = child.tag.rpartition("}")[2]
        look = {**inherited, **_read_look(child)}
        name = child.get("id", "")
        own = (*classes, *child.get("class", "").split())
        if tag == "title" and not drawing.title:
            drawing.title = "".join(child.itertext())
        elif tag == "text":
            drawing.texts.append(_read_text(child, look, group, own))
        elif tag == "path":
            drawing.lines.append(_read_path(child, look, group, own))
        elif tag in {"circle", "rect", "use"}:
            drawing.marks.append(_read_mark(tag, child, look, group, own))
        elif tag in {"a", "g", "svg"}:
            _walk(child, drawing, f"{group}/{name}" if name else group, own, look)


def _read_look(node: ET.Element) -> dict[str, str]:
    look = {k: v for k, v in node.attrib.items() if k in LOOK}
    for part in node.get("style", "").split(";"):
        key, colon, value = part.partition(":")
        if colon and key.strip() in LOOK:
            look[key.strip()] = value.strip()
    return look


LOOK = {
    "fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight",
    "text-anchor", "transform",
}  # fmt: skip


def _read_text(
    node: ET.Element, look: dict[str, str], group: str, classes: tuple[str, ...]
) -> Text:
    return Text(
        x=float(node.get("x", "0")),
        y=float(node.get("y", "0")),
        text="".join(node.itertext()).strip(),
        anchor=look.get("text-anchor", "start"),
        colour=look.get("fill", ""),
        size=float(look.get("font-size", "0").removesuffix("px")),
        bold=look.get("font-weight") in {"700", "bold", "600"},
        group=group,
        classes=classes,
    )


def _read_path(
    node: ET.Element, look: dict[str, str], group: str, classes: tuple[str, ...]
) -> Line:
    data = node.get("d", "")
    return Line(
        points=tuple(_list_points(data)),
        straight=not re.search(r"[CSQTAcsqta]", data),
        stroke=look.get("stroke", "none"),
        width=float(look.get("stroke-width", "1")),
        fill=look.get("fill", ""),
        dashed="stroke-dasharray" in look,
        group=group,
        classes=classes,
    )


def _list_points(data: str) -> Iterator[Point]:
    """Follow a path from point to point; of a curve only its end is one.

    Places are rounded to hundredths, so that steps that were added up meet what they lead to.
    """
    x = y = 0.0
    for command, body in COMMAND.findall(data):
        numbers = [float(number) for number in PLACE.findall(body)]
        size = len(STEPS[command.upper()])
        for first in range(0, len(numbers) - size + 1, size):
            step = dict(zip(STEPS[command.upper()], numbers[first : first + size], strict=True))
            base_x, base_y = (x, y) if command.islower() else (0.0, 0.0)
            x = base_x + step["x"] if "x" in step else x
            y = base_y + step["y"] if "y" in step else y
            yield round(x, 2), round(y, 2)


COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAa])([^A-Za-z]*)")
PLACE = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
STEPS = {
    "M": ("x", "y"),
    "L": ("x", "y"),
    "T": ("x", "y"),
    "H": ("x",),
    "V": ("y",),
    "S": ("a", "b", "x", "y"),
    "Q": ("a", "b", "x", "y"),
    "C": ("a", "b", "c", "d", "x", "y"),
    "A": ("a", "b", "c", "d", "e", "x", "y"),
}
"""What the numbers of each command of a path are; x and y are where it ends."""


def _read_mark(
    tag: str, node: ET.Element, look: dict[str, str], group: str, classes: tuple[str, ...]
) -> Mark:
    def number(name: str) -> float:
        value = node.get(name, "0")
        return 0.0 if value.endswith("%") else float(value)

    if tag == "circle":
        x, y, width, height = number("cx"), number("cy"), number("r"), number("r")
    elif tag == "rect":
        width, height = number("width"), number("height")
        x, y = number("x"), number("y")
    else:
        x, y, width, height = number("x"), number("y"), 0.0, 0.0
    colour, stroke = look.get("fill", ""), look.get("stroke", "none")
    return Mark(tag, x, y, width, height, colour, stroke, group, classes)


@dataclass(frozen=True)
class Scale:
    """From places to values, by the labels of an axis."""

    slope: float
    start: float

    def read(self, place: float) -> float:
        return self.start + self.slope * place

    @property
    def step(self) -> float:
        """The value of what rounding can move: places are stored to a tenth of a pixel."""
        return abs(self.slope) * 0.16


def fit_scale(pairs: Iterable[tuple[float, float]], wrong: list[str], name: str) -> Scale | None:
    """Return the scale through labels (place, value); tell where one does not lie on it."""
    known = sorted(pairs)
    if len(known) < 2:
        wrong.append(f"the {name} axis has {len(known)} labels")
        return None
    (p, v), (q, w) = known[0], known[-1]
    slope = (w - v) / (q - p)
    scale = Scale(slope, v - slope * p)
    steps = {round(after[1] - before[1], 6) for before, after in pairwise(known)}
    if len(steps) > 1:
        wrong.append(f"the steps of the {name} axis differ: {[value for _, value in known]}")
    wrong += [
        f"the {name} axis says {value} where {scale.read(place):.2f} is"
        for place, value in known
        if abs(scale.read(place) - value) > max(scale.step, 1e-6)
    ]
    return scale if slope else None


def hide_look(source: str) -> str:
    """Return a picture without its colours and the names of its parts: alike in both themes."""
    names: dict[str, str] = {}

    def rename(found: re.Match[str]) -> str:
        if found[1] is None and found[2] not in names:
            return "#"
        name = found[1] or found[2]
        return names.setdefault(name, f"part{len(names)}")

    return NAME.sub(rename, source)


NAME = re.compile(r'\bid="([^"]+)"|#([\w-]+)')
"""Where a part is named, and where a name or a colour is used."""


def read_file(path: Path) -> Drawing:
    return read_drawing(path.read_text(encoding="utf-8"))
