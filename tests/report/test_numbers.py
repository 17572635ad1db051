"""How numbers look."""

from __future__ import annotations

import pytest

from landscape.report.numbers import (
    format_change,
    format_count,
    format_mean,
    format_openrank,
    format_percent_change,
    format_plain,
    format_share,
)


def test_unknown_is_a_dash_everywhere() -> None:
    formats = (format_count, format_openrank, format_change, format_percent_change, format_share)
    assert {form(None) for form in formats} == {"–"}


@pytest.mark.parametrize(
    ("value", "text"), [(12.34, "+12.3"), (-4.0, "−4.0"), (0.0, "0.0"), (-0.01, "0.0")]
)
def test_a_change_has_a_sign_unless_it_is_nothing(value: float, text: str) -> None:
    assert format_change(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(10.0, "10.00"), (10.004, "10.004"), (9.99999, "9.99999"), (9.5, "9.50")]
)
def test_a_mean_is_told_from_the_threshold_that_it_misses(value: float, text: str) -> None:
    assert format_mean(value, 10.0) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0%"), (0.0734, "7.3%"), (0.0996, "10%"), (0.41, "41%")]
)
def test_a_share_has_a_decimal_only_where_it_is_small(value: float, text: str) -> None:
    assert format_share(value) == text


@pytest.mark.parametrize(("value", "text"), [(10.0, "10"), (7.5, "7.5"), (1e6, "1000000")])
def test_a_setting_reads_as_people_write_it(value: float, text: str) -> None:
    assert format_plain(value) == text
