from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from landscape.charts.palette import LIGHT
from landscape.charts.race_animation import REST_SECONDS, STEP_SECONDS
from tests.charts.boxes import FONTS, find_text_problems
from tests.charts.figure_samples import EVERY_FIGURE, RACES, draw_figure

pytestmark = pytest.mark.browser

LIST_VISIBLE = """(milliseconds) => {
  for (const animation of document.getAnimations()) {
    animation.pause();
    animation.currentTime = milliseconds;
  }
  const seen = (e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const bars = [...document.querySelectorAll('svg svg rect')].filter(seen);
  return [
    [...document.querySelectorAll('text')].filter(seen).map((t) => t.textContent),
    bars.map((bar) => Math.round(bar.getBoundingClientRect().right)),
  ];
}"""


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(("kind", "case"), EVERY_FIGURE)
def test_no_text_overlaps_another_or_is_cut_off(
    browser: Browser, kind: str, case: str, font: str
) -> None:
    language = "zh" if font == FONTS[-1] else "en"
    svg = draw_figure(kind, case, LIGHT, language)
    assert find_text_problems(browser, svg, font) == []


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("case", ["realistic", "gaps"])
def test_in_no_month_of_a_moving_race_a_text_overlaps_another(
    browser: Browser, case: str, font: str
) -> None:
    svg = draw_figure("race-animation", case)
    for month in range(RACES[case]["month"].nunique()):
        middle = REST_SECONDS + STEP_SECONDS * (month + 0.5)
        assert find_text_problems(browser, svg, font, middle) == []


def test_a_moving_race_shows_one_month_at_a_time_and_its_bars_move(browser: Browser) -> None:
    svg = draw_figure("race-animation-without-words", "realistic")
    months = sorted(set(RACES["realistic"]["month"]))
    tab = browser.new_page()
    tab.set_content(svg)
    seen = []
    for index in range(len(months)):
        middle = REST_SECONDS + STEP_SECONDS * (index + 0.5)
        seen.append(tab.evaluate(LIST_VISIBLE, 1000 * middle))
    tab.close()
    for month, (texts, _) in zip(months, seen, strict=True):
        rows = RACES["realistic"][RACES["realistic"]["month"] == month]
        values = [f"{value:,.0f}" for value in rows["openrank"]]
        assert [text for text in texts if re.fullmatch(r"\d{4}-\d\d", text)] == [month]
        assert sorted(text for text in texts if text.isdigit()) == sorted(
            [*values, *(str(rank) for rank in rows["rank"])]
        )
    assert len({str(boxes) for _, boxes in seen}) == len(months)
