from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from landscape.charts.palette import DARK, LIGHT, THEMES, Theme
from landscape.charts.style import open_sheet
from landscape.charts.surface import SMALL_PX, WIDTH_PX
from tests.charts.chart_samples import HOSTILE
from tests.charts.drawings import EVERY_DRAWING, SVG, draw, list_words, parse

ROOT = Path(__file__).resolve().parents[2]
CHART_BYTES = 60_000

DRAW_ALL = """
import hashlib
from landscape.charts.palette import THEMES
from tests.charts.drawings import EVERY_DRAWING, draw
drawn = [draw(kind, case, theme, language) for kind, case in EVERY_DRAWING
         for theme in THEMES for language in ("en", "zh") if case == "realistic"]
print(hashlib.sha256("".join(drawn).encode()).hexdigest())
"""


@pytest.mark.parametrize(("kind", "case"), EVERY_DRAWING)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_drawing_keeps_the_contract(
    kind: str, case: str, language: str, theme: Theme
) -> None:
    svg = draw(kind, case, theme, language)
    root = parse(svg)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    assert width == WIDTH_PX
    assert root.get("viewBox") == f"0 0 {width:.0f} {height:.0f}"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    assert "Noto Sans CJK SC" in root.get("font-family", "")
    assert theme.background in svg
    assert len(svg.encode()) < CHART_BYTES


@pytest.mark.parametrize(("kind", "case"), EVERY_DRAWING)
def test_no_text_is_smaller_than_the_smallest_size(kind: str, case: str) -> None:
    for text in parse(draw(kind, case)).iter(f"{SVG}text"):
        style = dict(part.split(": ", 1) for part in text.get("style", "").split("; "))
        assert float(style["font-size"].removesuffix("px")) >= SMALL_PX


def test_both_themes_have_the_same_shapes_in_other_colours() -> None:
    for kind in ("movers", "trend", "freshness", "coverage"):
        light, dark = (
            [(text.get("x"), text.get("y"), text.text) for text in parse(svg).iter(f"{SVG}text")]
            for svg in (draw(kind, "realistic", LIGHT), draw(kind, "realistic", DARK))
        )
        assert light == dark
        assert draw(kind, "realistic", LIGHT) != draw(kind, "realistic", DARK)


def test_hostile_text_stays_text_letter_by_letter() -> None:
    with open_sheet(LIGHT) as sheet:
        sheet.write((10, 20), HOSTILE)
        svg = sheet.export(40, HOSTILE)
    assert list_words(svg) == [HOSTILE]
    assert parse(svg).findtext(f"{SVG}title") == HOSTILE


def test_numbers_in_text_are_not_shortened_like_coordinates() -> None:
    with open_sheet(LIGHT) as sheet:
        sheet.write((10.123456, 20), "v1.23456789")
        svg = sheet.export(40, "x")
    assert list_words(svg) == ["v1.23456789"]
    assert 'x="10.1"' in svg


def test_a_long_title_wraps_within_the_sheet() -> None:
    with open_sheet(LIGHT) as sheet:
        below_short = sheet.write_heading("Short", "")
    with open_sheet(LIGHT) as sheet:
        below_long = sheet.write_heading("A finding that needs many words " * 4, "")
        lines = list_words(sheet.export(200, "x"))
    assert below_long > below_short
    assert len(lines) > 1


def test_no_warning_reaches_the_user(recwarn: pytest.WarningsRecorder) -> None:
    draw("movers", "chinese-names", LIGHT, "zh")
    assert not list(recwarn)


def test_the_same_bytes_in_another_process_folder_locale_time_zone_and_machine_style(
    tmp_path: Path,
) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\naxes.facecolor: red\nsvg.fonttype: path\nlines.linewidth: 9\n"
    )
    here = "".join(
        draw(kind, case, theme, language)
        for kind, case in EVERY_DRAWING
        for theme in THEMES
        for language in ("en", "zh")
        if case == "realistic"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1",
    }
    there = subprocess.run(
        [sys.executable, "-c", DRAW_ALL],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()
    assert there.stderr == ""
