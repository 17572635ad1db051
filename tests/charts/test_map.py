from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from landscape.base.languages import load_messages
from landscape.charts.map import draw_map
from landscape.charts.palette import DARK, LIGHT, THEMES, Theme
from tests.charts.boxes import FONTS, find_text_problems
from tests.charts.map_samples import HARD_CASES, HOSTILE, create_landscape

SVG = "{http://www.w3.org/2000/svg}"


def draw(case: str, theme: Theme = LIGHT, language: str = "en") -> str:
    landscape, dataset = HARD_CASES[case]
    svg = draw_map(landscape, dataset, theme=theme, messages=load_messages("charts", language))
    assert svg is not None
    return svg


@pytest.mark.parametrize("case", HARD_CASES)
def test_every_project_on_the_map_is_drawn_exactly_once(case: str) -> None:
    landscape, _ = HARD_CASES[case]
    links = [link.get("href") for link in ET.fromstring(draw(case)).iter(f"{SVG}a")]
    expected = [f"https://github.com/{repo}" for repo in landscape.projects["repo"]]
    assert sorted(str(link) for link in links) == sorted(expected)


def test_nothing_is_drawn_where_no_project_is_on_the_map() -> None:
    landscape, dataset = create_landscape({})
    assert draw_map(landscape, dataset, theme=LIGHT, messages=load_messages("charts", "en")) is None


def test_a_project_below_the_threshold_is_not_drawn() -> None:
    landscape, dataset = create_landscape({"alpha": ["In", "Out"]})
    landscape.projects.loc[landscape.projects["name"] == "Out", "verdict"] = "below"
    svg = draw_map(landscape, dataset, theme=LIGHT, messages=load_messages("charts", "en"))
    assert svg is not None
    assert ">In<" in svg
    assert ">Out<" not in svg


def test_the_subtitle_counts_the_domains_that_are_drawn() -> None:
    landscape, dataset = create_landscape({"alpha": ["In"], "beta": ["Out"]})
    landscape.projects.loc[landscape.projects["name"] == "Out", "verdict"] = "below"
    svg = draw_map(landscape, dataset, theme=LIGHT, messages=load_messages("charts", "en"))
    assert svg is not None
    assert "1 of 2 projects in 1 domain:" in svg


def test_hostile_names_stay_text() -> None:
    tree = ET.fromstring(draw("hostile-names"))
    tags = {element.tag.removeprefix(SVG) for element in tree.iter()}
    assert tags <= {"svg", "title", "rect", "text", "a", "path", "line", "g", "circle", "polygon"}
    titles = [element.text or "" for element in tree.iter(f"{SVG}title")]
    assert any(HOSTILE in title for title in titles)


def test_marks_grow_with_openrank() -> None:
    tree = ET.fromstring(draw("a-thousand-times"))
    sizes = {
        (link.findtext(f"{SVG}text") or ""): float(
            link.findall(f"{SVG}text")[-1].get("font-size", 0)
        )
        for link in tree.iter(f"{SVG}a")
    }
    fonts = [
        float(link.findall(f"{SVG}text")[-1].get("font-size", 0)) for link in tree.iter(f"{SVG}a")
    ]
    assert sizes
    assert max(fonts) / min(fonts) > 1.5


def test_the_same_data_gives_the_same_bytes_and_both_themes_the_same_places() -> None:
    assert draw("ordinary") == draw("ordinary")

    def places(theme: Theme) -> list[tuple[str | None, str | None]]:
        texts = ET.fromstring(draw("ordinary", theme)).iter(f"{SVG}text")
        return [(text.get("x"), text.get("y")) for text in texts]

    assert places(LIGHT) == places(DARK)


@pytest.mark.browser
@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("case", HARD_CASES)
def test_no_text_overlaps_or_leaves_its_box(browser: Browser, case: str, font: str) -> None:
    for language in ("en", "zh"):
        assert find_text_problems(browser, draw(case, THEMES[0], language), font) == []
