"""Every text of every picture against what is really painted behind it, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.charts.test_palette import LEAST_CONTRAST, compute_contrast

pytestmark = pytest.mark.browser

EVERY = 40
FIND_COLOURS = """() => {
  const shapes = 'rect, circle, path, polygon, ellipse, use';
  const found = new Set();
  for (const text of document.querySelectorAll('svg text')) {
    const style = getComputedStyle(text);
    if (!text.textContent.trim() || style.visibility === 'hidden') continue;
    const box = text.getBoundingClientRect();
    const below = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2)
      .filter(element => element.matches(shapes))
      .map(element => getComputedStyle(element))
      .filter(painted => painted.fill.startsWith('rgb(') && painted.fillOpacity === '1'
        && painted.opacity === '1');
    if (below.length) found.add(style.fill + '|' + below[0].fill);
  }
  return [...found];
}"""


def list_pictures(folder: Path) -> list[Path]:
    """Return every picture but the moving ones, and of the projects' lines a few."""
    charts = folder / "report" / "charts"
    found = sorted(path for path in charts.rglob("*.svg") if "--moving" not in path.name)
    lines = [path for path in found if path.parent.name == "project"]
    return [path for path in found if path.parent.name != "project"] + lines[::EVERY]


def to_hex(color: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color)[:3])


def test_every_text_is_readable_on_what_is_behind_it(browser: Browser, live_report: Path) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 2400})
    faint = {}
    try:
        for path in list_pictures(live_report):
            svg = path.read_text(encoding="utf-8")
            page.set_content(f"<style>body{{margin:0}}</style>{svg[svg.index('<svg') :]}")
            for pair in page.evaluate(FIND_COLOURS):
                front, back = (to_hex(color) for color in pair.split("|"))
                contrast = compute_contrast(front, back)
                if contrast < LEAST_CONTRAST:
                    faint[path.name, front, back] = round(contrast, 2)
    finally:
        page.close()
    assert faint == {}
