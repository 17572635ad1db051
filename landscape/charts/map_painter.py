"""Drawing placed boxes and marks of the map in the colours of a theme."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from landscape.charts.logos import ICON_UNITS, Logo, adapt_color
from landscape.charts.map_boxes import HEADING_PX, LANE_PX, MapBoxes
from landscape.charts.map_layout import Placement, Rectangle
from landscape.charts.map_marks import ICON_GAP, LINE_HEIGHT, Mark
from landscape.charts.palette import Theme
from landscape.charts.svg import Canvas, format_number
from landscape.charts.text import measure_text

BAND_LABEL_PX = 27.0
RADIUS = 10.0


def draw_riser(
    canvas: Canvas, x: float, y: float, theme: Theme, parent: ET.Element | None = None
) -> None:
    """Draw the badge of a strong riser, a triangle that points up, centred at x and y."""
    corners = ((x - 4.4, y + 3.6), (x, y - 4.2), (x + 4.4, y + 3.6))
    points = " ".join(f"{format_number(px)},{format_number(py)}" for px, py in corners)
    canvas.add("polygon", parent, points=points, fill=theme.gain, stroke=theme.background,
               stroke_width=1.4, stroke_linejoin="round", paint_order="stroke")  # fmt: skip


def draw_new(
    canvas: Canvas, x: float, y: float, theme: Theme, parent: ET.Element | None = None
) -> None:
    """Draw the badge of a new project, a dot, centred at x and y."""
    canvas.add("circle", parent, cx=x, cy=y, r=3.6, fill=theme.accent, stroke=theme.background,
               stroke_width=1.4)  # fmt: skip


class MapPainter:
    """Draws layer after layer onto a canvas."""

    def __init__(
        self,
        canvas: Canvas,
        boxes: MapBoxes,
        marks: dict[str, Mark],
        theme: Theme,
        metric: str,
    ) -> None:
        self._canvas = canvas
        self._boxes = boxes
        self._marks = marks
        self._theme = theme
        self._metric = metric

    def draw_band(self, index: int, band: Rectangle, placement: Placement) -> None:
        """Draw a layer: the label at the left of the band, then boxes, lanes and marks."""
        theme, canvas = self._theme, self._canvas
        hue = theme.layers[index % len(theme.layers)]
        tint = theme.layer_surfaces[index % len(theme.layer_surfaces)]
        left = band.x - BAND_LABEL_PX - 7
        canvas.add(
            "rect", x=left, y=band.y, width=BAND_LABEL_PX, height=band.height, rx=RADIUS,
            fill=tint, stroke=hue, stroke_opacity=0.4,
        )  # fmt: skip
        label = self._boxes.labels[self._boxes.layers[index].key].text
        x, middle = left + BAND_LABEL_PX / 2 + 5, band.y + band.height / 2
        turn = f"rotate(-90 {format_number(x)} {format_number(middle)})"
        canvas.add_text(label, x, middle, 14, hue, font_weight=700, text_anchor="middle",
                        transform=turn)  # fmt: skip
        for key, place in placement.boxes.items():
            self._draw_box(key, place, hue, tint)
        for key, gap in placement.cuts:
            if key.startswith("domain:"):
                self._draw_lane_border(gap)
        for project, place in placement.items.items():
            self._draw_mark(self._marks[project], place, hue, tint)

    def _draw_box(self, key: str, place: Rectangle, hue: str, tint: str) -> None:
        label = self._boxes.labels.get(key)
        if label is None or label.kind == "layer":
            return
        theme, canvas = self._theme, self._canvas
        if label.kind == "lane":
            width = measure_text(label.text, LANE_PX) + 12
            canvas.add("rect", x=place.x, y=place.y, width=width, height=15, rx=7.5,
                       fill=theme.grid, fill_opacity=0.5)  # fmt: skip
            canvas.add_text(label.text, place.x + 6, place.y + 11, LANE_PX, theme.text)
            return
        group = label.kind == "group"
        canvas.add(
            "rect", x=place.x, y=place.y, width=place.width, height=place.height,
            class_="box", rx=RADIUS if group else 7, fill=tint if group else theme.background,
            stroke=hue if group else theme.grid, stroke_opacity=0.4 if group else 1,
        )  # fmt: skip
        canvas.add_text(label.text, place.x + 10, place.y + 17, HEADING_PX, hue, font_weight=700)
        if not group:
            canvas.add_text(str(label.count), place.x + place.width - 9, place.y + 17, 11,
                            theme.muted, text_anchor="end")  # fmt: skip

    def _draw_lane_border(self, gap: Rectangle) -> None:
        upright = gap.width < gap.height
        x1, y1 = (gap.x + gap.width / 2, gap.y) if upright else (gap.x, gap.y + gap.height / 2)
        x2, y2 = (x1, gap.y + gap.height) if upright else (gap.x + gap.width, y1)
        self._canvas.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=self._theme.grid,
                         stroke_dasharray="3 3")  # fmt: skip

    def _draw_mark(self, mark: Mark, place: Rectangle, hue: str, tint: str) -> None:
        canvas, theme = self._canvas, self._theme
        link = canvas.add("a", href=f"https://github.com/{mark.repo}")
        canvas.add("title", link, f"{mark.name} · {self._metric} {mark.value:,.1f} · #{mark.rank}")
        icon_y = place.y + (place.height - mark.icon_px) / 2
        if mark.logo is None:
            self._draw_monogram(mark, place.x, icon_y, link, hue, tint)
        else:
            self._draw_logo(mark.logo, mark.icon_px, place.x, icon_y, link)
        line_height = mark.font_px * LINE_HEIGHT
        middle = place.y + place.height / 2
        x = place.x + mark.icon_px + ICON_GAP
        first = middle - line_height * (len(mark.lines) - 1) / 2 + mark.font_px * 0.35
        for index, line in enumerate(mark.lines):
            canvas.add_text(line, x, first + index * line_height, mark.font_px, theme.text, link)
        # Badges sit on the logo's right corners: beside the name they would float, since
        # readers' fonts are narrower than the measured one.
        edge = place.x + mark.icon_px - 1
        if mark.is_new:
            draw_new(canvas, edge, icon_y + 1.5, theme, link)
        if mark.is_riser:
            draw_riser(canvas, edge, icon_y + mark.icon_px - 2.5, theme, link)

    def _draw_logo(self, logo: Logo, size: float, x: float, y: float, parent: ET.Element) -> None:
        scale = f"{size / ICON_UNITS:.3f}"
        transform = f"translate({format_number(x)} {format_number(y)}) scale({scale})"
        color = adapt_color(logo.color, self._theme.background, self._theme.text)
        self._canvas.add("path", parent, d=logo.path, fill=color, transform=transform)

    def _draw_monogram(
        self, mark: Mark, x: float, y: float, parent: ET.Element, hue: str, tint: str
    ) -> None:
        size = mark.icon_px
        self._canvas.add("rect", parent, x=x + 0.5, y=y + 0.5, width=size - 1, height=size - 1,
                         rx=size * 0.24, fill=tint, stroke=hue, stroke_opacity=0.5)  # fmt: skip
        letter = next((c for c in mark.name if c.isalnum()), "·").upper()
        font = size * 0.58
        self._canvas.add_text(letter, x + size / 2, y + size / 2 + font * 0.35, font, hue, parent,
                              font_weight=700, text_anchor="middle")  # fmt: skip
