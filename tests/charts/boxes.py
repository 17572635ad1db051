"""Where a real browser puts the texts of a picture: what overlaps, what is cut off.

Readers have other fonts than the drawing machine: each picture is measured with a narrow, a
wide and a Chinese one. A moving picture is stopped at a time; hidden texts do not count.
"""

from __future__ import annotations

from playwright.sync_api import Browser, Page

FONTS = ("Liberation Sans Narrow", "DejaVu Sans", "Noto Sans CJK SC")

_MEASURE = """(milliseconds) => {
  for (const animation of document.getAnimations()) {
    animation.pause();
    animation.currentTime = milliseconds;
  }
  const svg = document.querySelector('svg');
  const box = (element) => {
    const r = element.getBoundingClientRect();
    return {left: r.left, top: r.top, right: r.right, bottom: r.bottom};
  };
  const texts = [...svg.querySelectorAll('text')]
    .filter((t) => t.textContent.trim() !== '')
    .filter((t) => t.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}))
    .map((t) => ({words: t.textContent, inMark: t.closest('a') !== null, ...box(t)}));
  const frames = [...svg.querySelectorAll('rect.box')].map(box);
  return {view: box(svg), texts, frames};
}"""


def find_text_problems(browser: Browser, svg: str, font: str, seconds: float = 0.0) -> list[str]:
    """Draw the picture with the font and list each text that overlaps another or is cut off.

    ``seconds``: the time at which a moving picture is looked at. A text inside a link (a mark of
    the map) must also lie inside one of the ``rect.box``.
    """
    tab = _find_tab(browser)
    style = f"<style>body{{margin:0}} svg, svg *{{font-family:'{font}'!important}}</style>"
    tab.set_content(f"<!doctype html><meta charset=utf-8>{style}{svg}")
    measured = tab.evaluate(_MEASURE, 1000 * seconds)
    # The browser's box of a text is a line high; the glyphs fill about its middle two thirds.
    texts = [_trim(text) for text in measured["texts"]]
    view = measured["view"]
    problems = [f"cut off: {text['words']}" for text in texts if not _inside(text, view)]
    problems += [
        f"leaves its box: {text['words']}"
        for text in texts
        if text["inMark"] and not any(_inside(text, frame) for frame in measured["frames"])
    ]
    for index, first in enumerate(texts):
        for second in texts[index + 1 :]:
            if _overlap(first, second):
                problems.append(f"overlap: {first['words']} / {second['words']}")
    return problems


def _find_tab(browser: Browser) -> Page:
    """Return a tab to measure in: opening one takes longer than measuring."""
    for context in browser.contexts:
        if context.pages:
            return context.pages[0]
    return browser.new_page()


def _trim(text: dict[str, float]) -> dict[str, float]:
    # A turned text is trimmed across its reading direction.
    height, width = text["bottom"] - text["top"], text["right"] - text["left"]
    upright = height > width and len(str(text["words"])) > 2
    across = 0.0 if upright else 0.18 * height
    along = 0.18 * width if upright else 0.0
    return {
        **text,
        "top": text["top"] + across,
        "bottom": text["bottom"] - across,
        "left": text["left"] + along,
        "right": text["right"] - along,
    }


def _inside(inner: dict[str, float], outer: dict[str, float], slack: float = 0.5) -> bool:
    return (
        inner["left"] >= outer["left"] - slack
        and inner["top"] >= outer["top"] - slack
        and inner["right"] <= outer["right"] + slack
        and inner["bottom"] <= outer["bottom"] + slack
    )


def _overlap(first: dict[str, float], second: dict[str, float], slack: float = 0.5) -> bool:
    return (
        first["left"] + slack < second["right"]
        and second["left"] + slack < first["right"]
        and first["top"] + slack < second["bottom"]
        and second["top"] + slack < first["bottom"]
    )
