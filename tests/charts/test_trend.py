from __future__ import annotations

import re

from landscape.charts.palette import LIGHT
from landscape.charts.trend import choose_month_ticks, draw_trend, find_seams, split_runs
from tests.charts.chart_samples import TRENDS, create_series, grow
from tests.charts.drawings import draw, list_words

NAN = float("nan")


def test_a_line_breaks_at_unknown_months() -> None:
    values = {"2026-01": 1.0, "2026-02": NAN, "2026-03": 3.0, "2026-04": 4.0}
    runs = split_runs(create_series({"a": values}))
    assert runs == [[("2026-01", 1.0)], [("2026-03", 3.0), ("2026-04", 4.0)]]


def test_a_line_breaks_where_vintages_meet_without_a_missing_month() -> None:
    series = create_series(
        {"a": grow("2025-03", "2025-06", 5, 1)}, {"2025-01": "2025-09", "2025-05": "2026-05"}
    )
    assert [[month for month, _ in run] for run in split_runs(series)] == [
        ["2025-03", "2025-04"],
        ["2025-05", "2025-06"],
    ]
    assert find_seams(series) == [("2025-04", "2025-05")]


def test_a_zero_is_drawn_and_is_no_gap() -> None:
    values = {"2026-01": 1.0, "2026-02": 0.0, "2026-03": 3.0}
    assert len(split_runs(create_series({"a": values}))) == 1


def test_without_a_title_the_words_are_names_digits_and_months() -> None:
    names = set(TRENDS["realistic"][1].values())
    for words in list_words(draw("trend", "realistic")):
        name = re.sub(r" [\d,.]+$", "", words)
        assert name in names or re.fullmatch(r"\d{4}|\d{4}-\d{2}|[\d,.]+", words)


def test_every_project_with_values_is_named_once() -> None:
    words = list_words(draw("trend", "realistic"))
    for name in TRENDS["realistic"][1].values():
        assert sum(word.startswith(name + " ") for word in words) == 1


def test_a_project_keeps_its_colour_when_another_has_no_values() -> None:
    series = create_series({"b": grow("2026-01", "2026-04", 5, 1)})
    svg = draw_trend(series, {"a": "First", "b": "Second"}, LIGHT)
    assert svg is not None
    assert LIGHT.series[1] in svg
    assert LIGHT.series[0] not in svg


def test_months_before_the_first_are_left_out_and_nothing_known_gives_no_picture() -> None:
    series = create_series({"a": grow("2025-01", "2025-06", 5, 1)})
    assert draw_trend(series, {"a": "A"}, LIGHT, first_month="2025-07") is None
    assert draw_trend(series, {"other": "O"}, LIGHT) is None
    late = draw_trend(series, {"a": "A"}, LIGHT, first_month="2025-05")
    assert late is not None
    assert "2025-01" not in list_words(late)


def test_month_labels_fit_side_by_side_and_turn_to_years_over_long_spans() -> None:
    assert choose_month_ticks("2026-04", "2026-04", 700) == [("2026-04", "2026-04")]
    assert all(len(label) == 4 for _, label in choose_month_ticks("2015-01", "2026-04", 700))
    assert len(choose_month_ticks("2015-01", "2026-04", 200)) < 6
    assert [m for m, _ in choose_month_ticks("2025-01", "2025-12", 500)][:2] == [
        "2025-01",
        "2025-03",
    ]
