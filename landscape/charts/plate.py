"""The sheet's counterpart for pictures with marks of many sizes, curves or motion.

Written element by element: matplotlib would make such pictures five times as large, and knows no
animation. What is drawn on a plate is each chart's own matter.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from landscape.charts.palette import Theme
from landscape.charts.surface import LABEL_PX, WIDTH_PX, Anchor, Point, Surface
from landscape.charts.svg import Canvas, format_number

_ANCHORS = {"left": "", "center": "middle", "right": "end"}


def format_points(points: Sequence[Point]) -> str:
    """Return the points as the data of a path of straight strokes.

    Relative steps, between rounded points: in a line of months the step to the right is always
    the same, which packs better than a place that is always another.
    """
    rounded = [(round(x, 1), round(y, 1)) for x, y in points]
    start = "M" + " ".join(format_number(at) for at in rounded[0])
    steps = (
        f"l{format_number(x - before_x)} {format_number(y - before_y)}"
        for (before_x, before_y), (x, y) in itertools.pairwise(rounded)
    )
    return start + "".join(steps)


class Plate(Surface):
    """A drawing surface in pixels, y downwards; its height is known when it is exported."""

    def __init__(self, theme: Theme, width: float = WIDTH_PX) -> None:
        super().__init__(theme, width)
        self.canvas = Canvas(width, 0, "")
        self._background = self.canvas.add("rect", width=width, height=0, fill=theme.background)

    def open_group(self, name: str, parent: ET.Element | None = None) -> ET.Element:
        """Add a group that later elements may be put in; tests find it by its name."""
        return self.canvas.add("g", parent, id=name)

    def write(
        self,
        point: Point,
        text: str,
        *,
        size: float = LABEL_PX,
        color: str = "",
        bold: bool = False,
        anchor: Anchor = "left",
        halo: bool = False,
        parent: ET.Element | None = None,
    ) -> ET.Element:
        """Write one line of text, its baseline at the point; a halo keeps strokes off it."""
        style: dict[str, object] = {}
        if bold:
            style["font_weight"] = "bold"
        if anchor != "left":
            style["text_anchor"] = _ANCHORS[anchor]
        if halo:
            style |= {"paint_order": "stroke", "stroke": self.theme.background,
                      "stroke_width": 3.5, "stroke_linejoin": "round"}  # fmt: skip
        x, y = point
        return self.canvas.add_text(text, x, y, size, color or self.theme.text, parent, **style)

    def draw_line(
        self,
        points: Sequence[Point],
        *,
        color: str,
        width: float = 1.0,
        dashes: str = "",
        parent: ET.Element | None = None,
    ) -> None:
        """Draw straight strokes through the points; ``dashes`` in pixels, on and off."""
        self.draw_path(
            format_points(points), color=color, width=width, dashes=dashes, parent=parent
        )

    def draw_path(
        self,
        data: str,
        *,
        color: str,
        width: float = 1.0,
        dashes: str = "",
        parent: ET.Element | None = None,
    ) -> None:
        """Draw the stroke of a path."""
        style: dict[str, object] = {"stroke_dasharray": dashes} if dashes else {}
        if width != 1:
            style |= {"stroke_width": width, "stroke_linejoin": "round", "stroke_linecap": "round"}
        self.canvas.add("path", parent, "", d=data, fill="none", stroke=color, **style)

    def draw_circle(
        self,
        center: Point,
        radius: float,
        *,
        color: str,
        rim: str = "",
        parent: ET.Element | None = None,
    ) -> None:
        """Fill a circle, one mark; its rim in the background's colour parts it from others."""
        x, y = center
        self.canvas.add("circle", parent, cx=x, cy=y, r=radius, fill=color,
                        stroke=rim or self.theme.background)  # fmt: skip

    def draw_box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        color: str,
        radius: float = 0.0,
        parent: ET.Element | None = None,
    ) -> ET.Element:
        """Fill a rectangle."""
        style: dict[str, object] = {"rx": radius} if radius else {}
        return self.canvas.add(
            "rect", parent, "", x=left, y=top, width=width, height=height, fill=color, **style
        )

    def export(self, height: float, title: str) -> str:
        """Return the plate as SVG text; ``title`` is what a screen reader says."""
        size = format_number(float(round(height)))
        self.canvas.root.set("height", size)
        self.canvas.root.set("viewBox", f"0 0 {format_number(self.width)} {size}")
        self._background.set("height", size)
        heading = self.canvas.root.find("title")
        if heading is not None:
            heading.text = title
        return self.canvas.to_text()
