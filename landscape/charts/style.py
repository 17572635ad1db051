"""The sheet that charts with axes are drawn on.

A sheet is a matplotlib figure whose coordinates are pixels, x to the right and y downwards, so
that widths measured beforehand are the widths drawn. What is drawn on it is each chart's own
matter; how it becomes SVG text is ``export``'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text

from landscape.charts.export import PIXELS_PER_INCH, apply_settings, export_svg
from landscape.charts.palette import Theme
from landscape.charts.surface import LABEL_PX, WIDTH_PX, Anchor, Point, Surface


def blend_colors(color: str, background: str, share: float) -> str:
    """Return the opaque colour that ``color`` at this opacity (0 to 1) shows on the background."""
    mixed = (
        round(
            int(color[start : start + 2], 16) * share
            + int(background[start : start + 2], 16) * (1 - share)
        )
        for start in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


class Sheet(Surface):
    """A drawing surface in pixels; everything is opaque, unclipped, and drawn in order."""

    def __init__(self, theme: Theme, width: float = WIDTH_PX) -> None:
        super().__init__(theme, width)
        # Only the width counts until the export, which knows the height.
        self.figure = Figure(figsize=(width / PIXELS_PER_INCH, 1), dpi=PIXELS_PER_INCH)
        self.axes: Axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_axis_off()
        self._order = 0

    def _place(self, artist: Line2D | Polygon | Rectangle | Text, name: str) -> None:
        self._order += 1
        artist.set_zorder(self._order)
        artist.set_clip_on(False)
        if name:
            artist.set_gid(name)
        self.axes.add_artist(artist)

    def write(
        self,
        point: Point,
        text: str,
        *,
        size: float = LABEL_PX,
        color: str = "",
        bold: bool = False,
        anchor: Anchor = "left",
        name: str = "",
    ) -> None:
        """Write one line of text, its baseline at the point."""
        artist = Text(
            *point,
            text,
            fontsize=size,
            color=color or self.theme.text,
            fontweight="bold" if bold else "normal",
            horizontalalignment=anchor,
            verticalalignment="baseline",
            parse_math=False,
        )
        self._place(artist, name)

    def draw_line(
        self,
        points: Sequence[Point],
        *,
        color: str,
        width: float = 1.0,
        dashes: Sequence[float] = (),
        name: str = "",
    ) -> None:
        """Draw straight strokes through the points; ``dashes`` in pixels, on and off."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(xs, ys, color=color, linewidth=width, solid_joinstyle="round")
        if dashes:
            line.set_dashes([length / width for length in dashes])
        self._place(line, name)

    def draw_box(
        self, left: float, top: float, width: float, height: float, *, color: str, name: str = ""
    ) -> None:
        """Fill a rectangle."""
        box = Rectangle((left, top), width, height, facecolor=color, edgecolor="none", linewidth=0)
        self._place(box, name)

    def draw_area(self, points: Sequence[Point], *, color: str, name: str = "") -> None:
        """Fill the area within the points."""
        area = Polygon(points, closed=True, facecolor=color, edgecolor="none", linewidth=0)
        self._place(area, name)

    def draw_dots(
        self,
        points: Sequence[Point],
        *,
        radius: float,
        color: str,
        name: str = "",
    ) -> None:
        """Draw filled circles, all alike; one mark a point."""
        if not points:
            return
        xs, ys = zip(*points, strict=True)
        dots = Line2D(
            xs,
            ys,
            linestyle="none",
            marker="o",
            markersize=2 * radius,
            markerfacecolor=color,
            markeredgecolor=self.theme.background,
            markeredgewidth=0.75,
        )
        self._place(dots, name)

    def export(self, height: float, title: str) -> str:
        """Return the sheet as SVG text; ``title`` is what a screen reader says."""
        height = float(round(height))
        self.figure.set_size_inches(self.width / PIXELS_PER_INCH, height / PIXELS_PER_INCH)
        self.figure.set_facecolor(self.theme.background)
        self.axes.set_xlim(0, self.width)
        self.axes.set_ylim(height, 0)
        return export_svg(self.figure, title)


@contextmanager
def open_sheet(theme: Theme, width: float = WIDTH_PX) -> Iterator[Sheet]:
    """Open an empty sheet; draw and export inside the ``with``, where our settings hold."""
    with apply_settings():
        yield Sheet(theme, width)
