from __future__ import annotations

import pytest

from landscape.base.languages import load_messages
from landscape.charts.movers import arrange_movers, draw_movers, raise_flags, select_compared
from landscape.charts.palette import LIGHT
from tests.charts.chart_samples import MOVERS, create_changes
from tests.charts.drawings import count_dots, draw, list_groups, list_words

EN = load_messages("charts", "en")


@pytest.mark.parametrize("case", MOVERS)
def test_every_compared_project_is_one_dot(case: str) -> None:
    assert count_dots(draw("movers", case), "marks") == MOVERS[case].basis.compared


@pytest.mark.parametrize("case", MOVERS)
def test_dots_stand_in_the_order_of_their_changes_and_none_covers_a_flag(case: str) -> None:
    layout = arrange_movers(select_compared(MOVERS[case].projects), 34, 926)
    assert layout.xs == sorted(layout.xs)
    for flag, row in layout.flags:
        x = layout.xs[flag.index]
        low, high = sorted((x, x + (flag.width if flag.change > 0 else -flag.width)))
        assert low >= 33.9
        assert high <= 926.1
        below = [
            height
            for other, height in zip(layout.xs, layout.heights, strict=True)
            if low <= other <= high
        ]
        assert row > max(below)


def test_the_five_largest_each_way_are_named_the_largest_first() -> None:
    landscape = create_changes([*range(-8, 0), *range(1, 9)])
    gains, losses = raise_flags(select_compared(landscape.projects))
    assert [flag.change for flag in gains] == [8, 7, 6, 5, 4]
    assert [flag.change for flag in losses] == [-8, -7, -6, -5, -4]


def test_equal_changes_are_named_in_the_order_of_ids() -> None:
    gains, losses = raise_flags(select_compared(create_changes([2.0] * 7 + [-2.0] * 7).projects))
    assert [flag.name for flag in gains] == [f"Project {index}" for index in range(5)]
    assert [flag.name for flag in losses] == [f"Project {index}" for index in range(7, 12)]


def test_nothing_comparable_gives_no_picture() -> None:
    assert draw_movers(create_changes([None, None]), LIGHT, EN) is None
    assert draw_movers(create_changes([]), LIGHT, EN) is None


def test_the_subtitle_says_periods_number_and_the_totals_own_change() -> None:
    words = " ".join(list_words(draw("movers", "only-losses")))
    assert "2026-02–2026-04 against 2025-05–2025-07" in words
    assert "3 compared" in words
    assert "fell by 22%" in words


def test_the_footnote_names_vintage_and_what_is_left_out() -> None:
    words = " ".join(list_words(draw("movers", "realistic")))
    assert "as published in 2026-05" in words
    assert "25 of 193 projects on the map are not compared" in words
    live = draw_movers(create_changes([1.0], vintage="live"), LIGHT, EN)
    assert live is not None
    assert "as read at the last refresh" in " ".join(list_words(live))


def test_gains_and_losses_have_their_colours() -> None:
    svg = draw("movers", "hostile-names")
    groups = list_groups(svg, "marks")
    assert len(groups) == 2
    assert LIGHT.gain in svg
    assert LIGHT.loss in svg
