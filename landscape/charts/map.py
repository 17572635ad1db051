"""F2, the landscape map: layers as bands, domains as boxes, projects as marks."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.model import Landscape, Verdict
from landscape.base.languages import Messages, pick_text
from landscape.base.months import shift_month
from landscape.charts.map_boxes import build_map_boxes
from landscape.charts.map_layout import Floorplan, Rectangle
from landscape.charts.map_legend import draw_legend
from landscape.charts.map_marks import create_marks
from landscape.charts.map_painter import BAND_LABEL_PX, MapPainter
from landscape.charts.palette import Theme
from landscape.charts.svg import Canvas, format_number
from landscape.charts.text import balance_text, measure_text, wrap_text
from landscape.charts.vintages import describe_source
from landscape.dataset.model import Dataset

WIDTH = 1200.0
MARGIN = 14.0
BAND_GAP = 14.0
NEW_MONTHS = 6
LINE_PX = 19.0
NOTE_PX = 15.0


def draw_map(
    landscape: Landscape, dataset: Dataset, *, theme: Theme, messages: Messages
) -> str | None:
    """Return the map as SVG, 1,200 px wide; None where no project is on the map.

    Every project on the map appears once, in its own domain (``also_in`` is for the pages).
    Cell sizes follow the data: the layout is the tightest one that keeps the taxonomy's order.
    """
    chosen = landscape.projects.loc[landscape.projects["verdict"] == Verdict.ON_THE_MAP]
    if chosen.empty:
        return None
    new_since = shift_month(landscape.window.as_of, 1 - NEW_MONTHS)
    logos = {project.id: project.logo for project in dataset.projects.values()}
    marks, scale = create_marks(chosen, logos, landscape.window.above, new_since)
    boxes = build_map_boxes(dataset.taxonomy, chosen, marks, messages.language)
    left = MARGIN + BAND_LABEL_PX + 7
    width = WIDTH - MARGIN - left
    plans = [Floorplan(layer, width) for layer in boxes.layers]

    subtitle = _list_subtitle_lines(landscape, messages, chosen)
    notes = _list_notes(landscape, messages)
    top = 50 + LINE_PX * max(len(subtitle), 2)
    labels = [measure_text(boxes.labels[layer.key].text, 14, bold=True) for layer in boxes.layers]
    heights = [max(plan.height, label + 20) for plan, label in zip(plans, labels, strict=True)]
    bands = sum(height + BAND_GAP for height in heights)
    title = pick_text(dataset.settings.title, messages.language)
    canvas = Canvas(WIDTH, top + bands + NOTE_PX * len(notes) + 10, title)
    canvas.add("rect", width="100%", height="100%", fill=theme.background)
    canvas.add_text(title, MARGIN, 36, 25, theme.text, font_weight=700)
    for index, line in enumerate(subtitle):
        canvas.add_text(line, MARGIN, 60 + LINE_PX * index, 13, theme.muted)
    draw_legend(canvas, WIDTH - MARGIN, scale, theme, messages, new_since)

    painter = MapPainter(
        canvas, boxes, {mark.project: mark for mark in marks}, theme, messages.metric
    )
    y = top
    for index, (plan, height) in enumerate(zip(plans, heights, strict=True)):
        band = Rectangle(left, y, width, height)
        painter.draw_band(index, band, plan.place(band))
        y += height + BAND_GAP
    for index, line in enumerate(notes):
        canvas.add_text(line, MARGIN, y + 6 + NOTE_PX * index, 11, theme.muted)
    return canvas.to_text()


def _list_subtitle_lines(
    landscape: Landscape, messages: Messages, chosen: pd.DataFrame
) -> list[str]:
    window = landscape.window
    text = messages(
        "map.subtitle",
        on_map=len(chosen),
        projects=len(landscape.projects),
        domains=chosen["domain"].nunique(),
        first=window.months[0],
        last=window.as_of,
        above=format_number(window.above),
    )
    return balance_text(text, 830, 13)


def _list_notes(landscape: Landscape, messages: Messages) -> list[str]:
    chosen = landscape.projects.loc[landscape.projects["verdict"] == Verdict.ON_THE_MAP]
    vintages = {vintage for row in chosen["vintages"] for vintage in row}
    told = describe_source(vintages, messages)
    for key in ("map.order", "map.ownership"):
        told = messages("sentences", first=told, second=messages(key))
    return wrap_text(told, WIDTH - 2 * MARGIN, 11)
