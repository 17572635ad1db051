from __future__ import annotations

import pandas as pd
import pytest

from landscape.base.languages import load_messages
from landscape.charts.coverage import STATES, choose_colors, draw_coverage
from landscape.charts.palette import LIGHT, THEMES
from tests.charts.chart_samples import COVERAGE, create_coverage
from tests.charts.drawings import draw, list_groups, list_words


@pytest.mark.parametrize("case", COVERAGE)
def test_every_state_of_every_month_that_occurs_is_drawn(case: str) -> None:
    table = COVERAGE[case].coverage
    main = table[table["metric"] == "openrank"]
    svg = draw("coverage", case)
    for state in STATES:
        assert len(list_groups(svg, f"{state}-")) == int((main[state] > 0).sum())


def test_the_title_counts_known_zeros_as_known() -> None:
    svg = draw_coverage(
        create_coverage({"2026-04": {"known": 3, "zero": 2, "unknown": 5}}),
        LIGHT,
        load_messages("charts", "en"),
    )
    assert svg is not None
    assert list_words(svg)[0] == "5 of 10 projects have a known OpenRank for 2026-04"


def test_vintages_and_unpublished_months_are_marked() -> None:
    words = list_words(draw("coverage", "realistic"))
    assert "2024-10" in words
    assert "2026-05, last refresh" in words
    assert "Not published" in words
    assert "Not published" not in list_words(draw("coverage", "every-state"))


def test_states_have_different_colours() -> None:
    for theme in THEMES:
        assert len(set(choose_colors(theme).values())) == len(STATES)


def test_an_empty_table_gives_no_picture() -> None:
    landscape = create_coverage({"2026-04": {"known": 1}}, metrics=("stars",))
    assert draw_coverage(landscape, LIGHT, load_messages("charts", "en")) is None
    empty = create_coverage({})
    assert isinstance(empty.coverage, pd.DataFrame)
    assert draw_coverage(empty, LIGHT, load_messages("charts", "en")) is None
