"""What holds for every further figure: the contract of export, and what it does without data."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from landscape.base.languages import load_messages
from landscape.charts.palette import DARK, LIGHT, THEMES, Theme
from landscape.charts.surface import WIDTH_PX
from tests.charts.chart_samples import CHINESE, HOSTILE, LONG
from tests.charts.drawings import SVG, list_words, parse
from tests.charts.figure_samples import DRAWERS, EVERY_FIGURE, WITHOUT_PICTURE, draw_figure

ROOT = Path(__file__).resolve().parents[2]
CHART_BYTES = 60_000
SMALLEST_TEXT_PX = 9.0

DRAW_ALL = """
import hashlib
from landscape.charts.palette import THEMES
from tests.charts.figure_samples import EVERY_FIGURE, draw_figure
drawn = [draw_figure(kind, case, theme, language) for kind, case in EVERY_FIGURE
         for theme in THEMES for language in ("en", "zh") if case == "realistic"]
print(hashlib.sha256("".join(drawn).encode()).hexdigest())
"""


@pytest.mark.parametrize(("kind", "case"), EVERY_FIGURE)
@pytest.mark.parametrize(
    ("language", "theme"), [("en", LIGHT), ("zh", DARK)], ids=["en-light", "zh-dark"]
)
def test_every_figure_keeps_the_contract(kind: str, case: str, language: str, theme: Theme) -> None:
    svg = draw_figure(kind, case, theme, language)
    root = parse(svg)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    assert width == WIDTH_PX
    assert root.get("viewBox") == f"0 0 {width:.0f} {height:.0f}"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    assert "Noto Sans CJK SC" in root.get("font-family", "")
    assert theme.background in svg
    assert "<script" not in svg
    assert len(svg.encode()) < CHART_BYTES


def list_text_sizes(element: Element, inherited: str = "") -> list[float]:
    """Return the size of every text, its own or that of the group around it."""
    style = dict(
        part.split(": ", 1) for part in element.get("style", "").split("; ") if ": " in part
    )
    size = element.get("font-size") or style.get("font-size", inherited).removesuffix("px")
    own = [float(size)] if element.tag == f"{SVG}text" else []
    return own + [found for child in element for found in list_text_sizes(child, size)]


@pytest.mark.parametrize(("kind", "case"), EVERY_FIGURE)
def test_no_text_is_too_small_to_read(kind: str, case: str) -> None:
    assert min(list_text_sizes(parse(draw_figure(kind, case)))) >= SMALLEST_TEXT_PX


@pytest.mark.parametrize(("kind", "case"), sorted(WITHOUT_PICTURE))
def test_too_little_data_gives_no_picture(kind: str, case: str) -> None:
    assert DRAWERS[kind][1](case, LIGHT, load_messages("charts", "en")) is None


@pytest.mark.parametrize("kind", list(DRAWERS))
def test_both_themes_have_the_same_texts_in_the_same_places(kind: str) -> None:
    light, dark = (
        [(text.get("x"), text.get("y"), text.text) for text in parse(svg).iter(f"{SVG}text")]
        for svg in (draw_figure(kind, "realistic", theme) for theme in THEMES)
    )
    assert light == dark


@pytest.mark.parametrize("kind", ["race-without-words", "race-animation-without-words"])
def test_a_race_without_words_is_the_same_in_every_language(kind: str) -> None:
    svg = draw_figure(kind, "realistic")
    assert svg == draw_figure(kind, "realistic", language="zh")
    names = re.compile(r"p\d\d|\d{4}-\d\d|[\d,]+|p\d\d [\d,]+")
    told = [word for word in list_words(svg) if not names.fullmatch(word)]
    assert all(word.startswith((LONG[:9], CHINESE[:5], HOSTILE[:9])) for word in told)


def test_hostile_names_stay_text() -> None:
    words = list_words(draw_figure("race", "realistic"))
    assert any(word.startswith(HOSTILE[:12]) for word in words)


def test_the_same_bytes_in_another_process_and_folder(tmp_path: Path) -> None:
    here = "".join(
        draw_figure(kind, case, theme, language)
        for kind, case in EVERY_FIGURE
        for theme in THEMES
        for language in ("en", "zh")
        if case == "realistic"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    there = subprocess.run(
        [sys.executable, "-c", DRAW_ALL],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert there.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()
