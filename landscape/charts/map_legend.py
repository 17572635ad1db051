"""The legend of the map: the scale of sizes and the meaning of the badges."""

from __future__ import annotations

from landscape.base.languages import Messages
from landscape.charts.map_marks import RISER_COUNT, SizeScale
from landscape.charts.map_painter import draw_new, draw_riser
from landscape.charts.palette import Theme
from landscape.charts.svg import Canvas, format_number
from landscape.charts.text import measure_text

LEGEND_PX = 11.0


def choose_samples(scale: SizeScale) -> list[float]:
    """Return up to four round values between the smallest and the largest mark."""
    rounds = [base * 10**power for power in range(-2, 6) for base in (1, 2, 5)]
    inside = [value for value in rounds if scale.lowest <= value <= scale.highest]
    if len(inside) <= 4:
        return [float(value) for value in inside]
    picks = [inside[round(index * (len(inside) - 1) / 3)] for index in range(4)]
    return [float(value) for value in picks]


def draw_legend(
    canvas: Canvas,
    right: float,
    scale: SizeScale,
    theme: Theme,
    messages: Messages,
    new_since: str,
) -> None:
    """Draw the legend at the top, ending at ``right``."""
    group = canvas.add("g")
    samples = choose_samples(scale)
    label = messages("map.size")
    texts = [format_number(value) for value in samples]
    widths = [
        scale.icon_px(value) + 4 + measure_text(text, LEGEND_PX) + 12
        for value, text in zip(samples, texts, strict=True)
    ]
    x = right - sum(widths) - measure_text(label, LEGEND_PX) - 12 + 12
    middle = 30.0
    canvas.add_text(label, x, middle + 4, LEGEND_PX, theme.muted, group)
    x += measure_text(label, LEGEND_PX) + 12
    for value, text, width in zip(samples, texts, widths, strict=True):
        size = scale.icon_px(value)
        canvas.add("rect", group, x=x, y=middle - size / 2, width=size, height=size,
                   rx=size * 0.24, fill=theme.surface, stroke=theme.muted)  # fmt: skip
        canvas.add_text(text, x + size + 4, middle + 4, LEGEND_PX, theme.text, group)
        x += width
    risers = messages("map.risers", count=RISER_COUNT)
    new = messages("map.new", since=new_since)
    x = right - measure_text(risers, LEGEND_PX) - measure_text(new, LEGEND_PX) - 44
    draw_new(canvas, x, 66, theme, group)
    canvas.add_text(new, x + 8, 70, LEGEND_PX, theme.muted, group)
    x += measure_text(new, LEGEND_PX) + 28
    draw_riser(canvas, x, 66, theme, group)
    canvas.add_text(risers, x + 8, 70, LEGEND_PX, theme.muted, group)
