"""Every chart of every sample, drawn; and how a drawing is read back."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from landscape.base.languages import load_messages
from landscape.charts.coverage import draw_coverage
from landscape.charts.freshness import draw_freshness
from landscape.charts.movers import draw_movers
from landscape.charts.palette import LIGHT, Theme
from landscape.charts.trend import draw_trend
from tests.charts.chart_samples import COVERAGE, FRESHNESS, MOVERS, TRENDS

SVG = "{http://www.w3.org/2000/svg}"

DRAWERS: dict[str, Callable[..., str | None]] = {
    "movers": draw_movers,
    "freshness": draw_freshness,
    "coverage": draw_coverage,
}
SAMPLES = {"movers": MOVERS, "freshness": FRESHNESS, "coverage": COVERAGE}
EVERY_DRAWING = [(kind, case) for kind, cases in SAMPLES.items() for case in cases] + [
    ("trend", case) for case in TRENDS
]


def draw(kind: str, case: str, theme: Theme = LIGHT, language: str = "en") -> str:
    """Draw the sample; trends carry a title in ``zh`` and none in ``en``."""
    if kind == "trend":
        series, names = TRENDS[case]
        is_titled = language == "zh"
        svg = draw_trend(
            series,
            names,
            theme,
            title="逐月 OpenRank" if is_titled else "",
            subtitle="月度数值" if is_titled else "",
            footnote="数据来源：OpenDigger。" if is_titled else "",
        )
    else:
        svg = DRAWERS[kind](SAMPLES[kind][case], theme, load_messages("charts", language))
    assert svg is not None
    return svg


def parse(svg: str) -> ET.Element:
    """Return the root of the drawing."""
    return ET.fromstring(svg)


def list_words(svg: str) -> list[str]:
    """Return every text of the drawing."""
    return [text.text or "" for text in parse(svg).iter(f"{SVG}text")]


def list_groups(svg: str, prefix: str) -> list[ET.Element]:
    """Return the groups whose id begins so."""
    return [g for g in parse(svg).iter(f"{SVG}g") if g.get("id", "").startswith(prefix)]


def count_dots(svg: str, prefix: str = "") -> int:
    """Count the dots in the groups whose id begins so."""
    return sum(len(list(group.iter(f"{SVG}use"))) for group in list_groups(svg, prefix))
