from __future__ import annotations

import math
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from landscape.charts.labels import spread_labels
from landscape.charts.scales import compute_ticks, format_change, format_number, format_period
from landscape.charts.swarm import fit_dots, stack_dots

WISHES = st.lists(st.floats(0, 300, allow_nan=False), min_size=1, max_size=12)


@given(WISHES)
def test_labels_keep_their_distance_their_order_and_the_bounds(wishes: list[float]) -> None:
    places = spread_labels(wishes, 20, 0, 300)
    ordered = sorted(places)
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 300 + 1e-6
    assert all(after - before >= 20 - 1e-6 for before, after in pairwise(ordered))
    for first, second in combinations(range(len(wishes)), 2):
        if wishes[first] < wishes[second]:
            assert places[first] < places[second]


def test_labels_that_have_room_stay_where_they_want_to_be() -> None:
    assert spread_labels([10, 100, 50], 20, 0, 300) == [10, 100, 50]
    assert spread_labels([50, 50], 20, 0, 300) == [40, 60]
    assert spread_labels([], 20, 0, 300) == []


def test_labels_without_room_share_what_there_is() -> None:
    places = spread_labels([5.0] * 11, 20, 0, 100)
    assert [round(place, 6) for place in places] == [index * 10 for index in range(11)]


@given(st.lists(st.floats(-40, 40, allow_nan=False), max_size=40))
def test_stacked_dots_never_cover_each_other(xs: list[float]) -> None:
    heights = stack_dots(xs, 8)
    for first, second in combinations(range(len(xs)), 2):
        apart = math.hypot(xs[first] - xs[second], heights[first] - heights[second])
        assert apart >= 8 - 1e-3


def test_a_pile_too_high_for_every_radius_is_squeezed_into_the_room() -> None:
    radius, heights = fit_dots([0.0] * 500, 200, (5, 2))
    assert radius == 2
    assert max(heights) <= 200
    assert len(set(heights)) == 500


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_few_round_and_inside(low: float, span: float) -> None:
    ticks = compute_ticks(low, low + span, 6)
    assert len(ticks) <= 7
    slack = span * 1e-6
    assert all(low - slack <= tick <= low + span + slack for tick in ticks)


def test_numbers_carry_a_true_minus_and_no_sign_before_zero() -> None:
    assert format_change(12.4) == "+12"
    assert format_change(-1234.0) == "−1,234"
    assert format_change(0.0) == "0"
    assert format_change(-0.04) == "0"
    assert format_number(2.5) == "2.5"


def test_periods_are_spans_where_months_follow_each_other() -> None:
    assert format_period(("2026-01", "2026-02")) == "2026-01–2026-02"
    assert format_period(("2026-01",)) == "2026-01"
    assert format_period(("2026-01", "2026-03")) == "2026-01, 2026-03"
    assert format_period(()) == ""
