from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from landscape.charts.palette import LIGHT
from tests.charts.boxes import FONTS, find_text_problems
from tests.charts.figure_samples import EVERY_FIGURE, draw_figure, keep_visible

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(("kind", "case"), EVERY_FIGURE)
def test_no_text_overlaps_another_or_is_cut_off(
    browser: Browser, kind: str, case: str, font: str
) -> None:
    language = "zh" if font == FONTS[-1] else "en"
    svg = keep_visible(draw_figure(kind, case, LIGHT, language))
    assert find_text_problems(browser, svg, font) == []
