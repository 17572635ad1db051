from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from landscape.charts.palette import LIGHT
from tests.charts.boxes import FONTS, find_text_problems
from tests.charts.drawings import EVERY_DRAWING, draw

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("kind", "case"), EVERY_DRAWING)
def test_no_text_overlaps_another_or_is_cut_off(
    browser: Browser, kind: str, case: str, language: str, font: str
) -> None:
    assert find_text_problems(browser, draw(kind, case, LIGHT, language), font) == []
