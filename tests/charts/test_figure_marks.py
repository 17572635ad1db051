"""The further figures draw what their tables hold, no more and no less."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from landscape.analysis.domain_growth import compute_domain_growth
from landscape.base.languages import load_messages
from landscape.base.periods import count_periods, list_months_of, list_periods, name_period
from landscape.charts.callouts import Box, Mark, place_callouts
from landscape.charts.duel import draw_duel
from landscape.charts.network_layout import Area, Body, compute_layout
from landscape.charts.palette import LIGHT
from landscape.charts.race_words import find_race_seams, tell_moving_race, write_title
from landscape.charts.technology import draw_technology
from landscape.charts.timeline import arrange_notes
from landscape.charts.trend import choose_month_ticks, draw_trend
from landscape.charts.vintages import name_vintages
from tests.charts.chart_samples import create_series
from tests.charts.drawings import SVG, list_groups, list_words, parse
from tests.charts.figure_samples import (
    DUELS,
    GROWTH,
    NEIGHBOURHOODS,
    NETWORKS,
    QUADRANTS,
    RACES,
    TECHNOLOGY,
    TIMELINES,
    create_duel,
    create_race,
    draw_figure,
)

EN = load_messages("charts", "en")


def count_circles(svg: str, group: str = "marks") -> int:
    return sum(len(list(element.iter(f"{SVG}circle"))) for element in list_groups(svg, group))


@pytest.mark.parametrize("case", ["realistic", "all-equal", "a-thousand-times"])
def test_every_domain_that_can_be_told_is_one_mark(case: str) -> None:
    table = compute_domain_growth(GROWTH[case].projects)
    assert count_circles(draw_figure("domain-growth", case)) == table["growth"].notna().sum()


def test_domains_that_cannot_be_told_are_listed() -> None:
    table = compute_domain_growth(GROWTH["realistic"].projects)
    missing = table.loc[table["growth"].isna(), "domain"].tolist()
    words = " ".join(list_words(draw_figure("domain-growth", "realistic")))
    assert missing
    assert all(domain in words for domain in missing)


@pytest.mark.parametrize("case", ["realistic", "two-projects", "gaps", "all-equal"])
def test_every_place_of_a_race_is_one_mark(case: str) -> None:
    svg = draw_figure("race", case)
    dots = sum(
        path.get("d", "").count("h0")
        for group in list_groups(svg, "marks-")
        for path in group.iter(f"{SVG}path")
    )
    assert count_circles(svg, "marks-") + dots == len(RACES[case])


def test_a_race_breaks_only_where_neighbouring_months_share_no_vintage() -> None:
    assert find_race_seams(RACES["realistic"]) == [("2025-05", "2025-06")]
    assert find_race_seams(RACES["gaps"]) == []


def test_the_title_says_who_leads_and_whether_that_was_always_so() -> None:
    names = {"p00": "A", "p01": "B"}
    titles = [
        write_title(create_race(values), names, EN)
        for values in ([[9, 9, 9], [1, 1, 1]], [[9, 9, 1], [1, 1, 9]], [[9, 1, 9], [1, 9, 1]])
    ]
    assert titles == [
        "A led in each of 3 months",
        "B leads now; in 2025-01 A led",
        "A leads again, as in 2025-01",
    ]


def test_the_animation_rests_on_the_newest_month() -> None:
    svg = draw_figure("race-animation", "realistic")
    race = RACES["realistic"]
    last = race[race["month"] == race["month"].max()]
    shown = [row for row in parse(svg).iter(f"{SVG}g") if row.get("class") == "r"
             and row.get("opacity") != "0"]  # fmt: skip
    assert len(shown) == len(last)
    values = [text for row in shown for text in list_resting(row)]
    assert sorted(values) == sorted(f"{value:,.0f}" for value in last["openrank"])
    months = [text for text in list_resting(parse(svg)) if re.fullmatch(r"\d{4}-\d\d", text)]
    assert months == [race["month"].max()]


def list_resting(element: Element) -> list[str]:
    """Return the texts of hidden groups that are seen all the same, at rest."""
    return [
        text.text or ""
        for group in element.iter(f"{SVG}g")
        if group.get("visibility") == "hidden"
        for text in group.iter(f"{SVG}text")
        if text.get("visibility") == "visible"
    ]


def test_the_animation_has_every_month_and_value_and_moves_only_where_motion_is_wanted() -> None:
    svg = draw_figure("race-animation", "realistic")
    race = RACES["realistic"]
    timed = [text for group in parse(svg).iter(f"{SVG}g") if group.get("class") == "m"
             for text in group.iter(f"{SVG}text")]  # fmt: skip
    months = race["month"].nunique()
    vintage_labels = months
    assert len(timed) == len(race) + months + vintage_labels
    style = parse(svg).findtext(f"{SVG}style") or ""
    assert style.startswith("@media (prefers-reduced-motion:no-preference){")
    assert style.count("{") == style.count("}")


@pytest.mark.parametrize("case", ["realistic", "long-names", "one-pair", "all-equal"])
def test_every_node_and_edge_of_the_network_is_drawn(case: str) -> None:
    svg = draw_figure("network", case)
    strokes = [path.get("d", "").count("M") for group in list_groups(svg, "edges-")
               for path in group.iter(f"{SVG}path")]  # fmt: skip
    assert count_circles(svg) == len(NETWORKS[case].nodes)
    assert sum(strokes) == len(NETWORKS[case].edges)


@pytest.mark.parametrize("case", ["realistic", "long-names", "one"])
def test_every_neighbour_is_drawn_with_its_number(case: str) -> None:
    svg = draw_figure("neighbourhood", case)
    edges = NEIGHBOURHOODS[case].edges
    assert count_circles(svg) == len(edges)
    words = list_words(svg)
    assert all(str(count) in words for count in edges["common_developers"])


@pytest.mark.parametrize("case", ["realistic", "all-equal", "long-names"])
def test_every_project_of_a_quadrant_is_one_mark_that_covers_no_other(case: str) -> None:
    svg = draw_figure("quadrant", case)
    circles = [
        (float(c.get("cx", 0)), float(c.get("cy", 0)), float(c.get("r", 0)))
        for group in list_groups(svg, "marks")
        for c in group.iter(f"{SVG}circle")
    ]
    assert len(circles) == len(QUADRANTS[case])
    for first, second in itertools.combinations(circles, 2):
        assert math.dist(first[:2], second[:2]) >= first[2] + second[2]


def test_an_unknown_openrank_is_told_and_not_drawn_as_zero() -> None:
    words = list_words(draw_figure("quadrant", "realistic"))
    assert "Project 2 ?" in words
    assert any("of 25 is unknown" in word for word in words)


@pytest.mark.parametrize("case", ["realistic", "one", "same-month", "many"])
def test_every_event_is_one_mark_and_its_text_crosses_no_stem(case: str) -> None:
    assert count_circles(draw_figure("timeline", case)) == len(TIMELINES[case])
    notes = arrange_notes(sorted(TIMELINES[case]), 40, 920)
    assert len({(note.row, note.left) for note in notes}) == len(notes)
    for text, other in itertools.permutations(notes, 2):
        same_side = text.row * other.row > 0
        if same_side and abs(other.row) > abs(text.row):
            assert not text.left + 1 < other.x < text.left + text.width


def test_head_to_head_draws_a_bar_for_every_known_number() -> None:
    duel = DUELS["realistic"]
    groups = list_groups(draw_figure("duel", "realistic"), "bar-")
    assert len(groups) == duel.numbers[["a", "b"]].notna().sum().sum()
    bars = {g.get("id"): float(next(g.iter(f"{SVG}rect")).get("width", 0)) for g in groups}
    assert bars["bar-openrank_mean-1"] / bars["bar-openrank_mean-0"] == pytest.approx(0.8, abs=0.01)


def test_head_to_head_dates_the_counts_where_any_are_known() -> None:
    assert "as of 2026-05." in " ".join(list_words(draw_figure("duel", "realistic")))
    for duel in (
        replace(DUELS["realistic"], facts_month=""),
        create_duel(numbers=[("openrank_mean", 9.0, 5.0)]),
    ):
        drawing = draw_duel(duel, theme=LIGHT, messages=EN)
        assert drawing is not None
        assert "as of" not in " ".join(list_words(drawing))


def test_one_basis_of_the_technology_domains_is_drawn_and_the_other_is_not_mixed_in() -> None:
    table = TECHNOLOGY["realistic"]
    words = " ".join(list_words(draw_figure("technology", "realistic")))
    assert "283,000" in words
    assert "approximate" in words
    assert "not comparable" in words
    other = draw_technology(table, theme=LIGHT, messages=EN, vintage="opendigger-2025-larger-sets")
    assert other is not None
    assert "182,270" in " ".join(list_words(other))
    assert "approximate" not in " ".join(list_words(other))


def test_trend_lines_run_by_quarter_and_by_year_too() -> None:
    yearly = create_series({"a": {"2019": 5.0, "2020": 7.0, "2022": 9.0}})
    svg = draw_trend(yearly, {"a": "A"}, LIGHT)
    assert svg is not None
    assert {"2019", "2020", "2021", "2022", "A 9"} <= set(list_words(svg))
    assert [label for _, label in choose_month_ticks("2024-Q3", "2026-Q2", 700)] == ["2025", "2026"]
    assert choose_month_ticks("2025-Q2", "2025-Q4", 700) == [("2025-Q2", "2025-Q2")]


def test_periods_follow_each_other_across_years() -> None:
    assert list_periods("2024-Q3", "2025-Q2") == ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2")
    assert list_periods("2023", "2025") == ("2023", "2024", "2025")
    assert count_periods("2024-Q3", "2025-Q2") == 3
    assert count_periods("2024-11", "2025-02") == 3
    assert list_months_of("2025-Q4") == ("2025-10", "2025-11", "2025-12")
    assert name_period("2025-10", "quarter") == "2025-Q4"


def test_labels_find_places_that_cover_no_mark_and_no_other_label() -> None:
    marks = [Mark(200 + 15 * (i % 5), 200 + 15 * (i // 5), 6, 90, 16) for i in range(20)]
    callouts = place_callouts(marks, Box(0, 0, 700, 500))
    boxes = [callout.box for callout in callouts if callout]
    assert len(boxes) == 20
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
    circles = [Box(m.x - 6, m.y - 6, m.x + 6, m.y + 6) for m in marks]
    assert not any(box.overlaps(circle) for box in boxes for circle in circles)


def test_a_label_without_any_room_is_told_not_drawn() -> None:
    assert place_callouts([Mark(10, 10, 5, 90, 16)], Box(0, 0, 50, 50)) == [None]


def test_a_label_stands_beside_a_barrier_and_on_it_only_without_other_room() -> None:
    bounds, barrier = Box(0, 0, 200, 60), Box(98, 0, 102, 60)
    (beside,) = place_callouts([Mark(80, 30, 5, 60, 14)], bounds, [barrier])
    assert beside is not None
    assert not beside.box.overlaps(barrier)
    (without,) = place_callouts([Mark(80, 30, 5, 60, 14)], bounds)
    assert without is not None
    assert without.box.overlaps(barrier)
    (forced,) = place_callouts([Mark(80, 30, 5, 150, 14)], bounds, [barrier])
    assert forced is not None
    assert forced.box.overlaps(barrier)


def test_separate_parts_of_a_network_stand_apart_and_inside() -> None:
    edges = [("a", "b", 1.0), ("b", "c", 1.0), ("x", "y", 1.0)]
    area = Area(0, 0, 600, 400)
    places = compute_layout(edges, dict.fromkeys("abcxy", Body(40, 10, 20)), area)
    assert max(places[node][1] for node in "abc") < min(places[node][1] for node in "xy")
    assert all(40 <= x <= 560 and 10 <= y <= 380 for x, y in places.values())


def test_what_the_last_refresh_read_is_named_in_words_wherever_vintages_are_labels() -> None:
    assert name_vintages(["live", "2026-05", "live"], EN) == "2026-05, last refresh"
    assert name_vintages(["live"], load_messages("charts", "zh")) == "最近一次更新"
    race = create_race([[5, 4], [3, 6]], seam="2025-02").replace("2026-05", "live")
    names = {project: project for project in race["project"]}
    told = tell_moving_race(race, names=names, messages=EN, group="")
    assert set(told.vintages.values()) == {"vintage: 2025-09", "vintage: last refresh"}
