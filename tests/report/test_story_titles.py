"""Titles of trends: what the story declares while it holds, else how the lines moved."""

from __future__ import annotations

import pandas as pd
import pytest

from landscape.base.languages import load_messages
from landscape.dataset.story_model import Figure, Headline
from landscape.report.stories.coloring import assign_places
from landscape.report.stories.headlines import FilledHeadline, fill_headline
from landscape.report.stories.movements import describe_movements, list_movements
from landscape.report.stories.pages import ROOM
from tests.report.landscapes import Sample, copy_tiny, load_sample
from tests.report.stories import make_values

SAY = load_messages(ROOM, "en")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return load_sample(copy_tiny(tmp_path_factory.mktemp("titles")))


def fill(text: str, sample: Sample, language: str = "en") -> FilledHeadline:
    figure = Figure("pic", "trend", {}, headlines={language: Headline(text, 7)})
    return fill_headline(figure, language, make_values(sample, language).functions)


def describe(lines: dict[str, list[float | None]], *, seam: int = 0) -> str:
    """Return the title of lines by month from 2025-01; values before ``seam`` are of another."""
    series = pd.DataFrame(
        [
            (name, f"2025-{month:02d}", value, "old" if month <= seam else "new")
            for name, values in lines.items()
            for month, value in enumerate(values, 1)
            if value is not None
        ],
        columns=["project", "month", "openrank", "vintage"],
    )
    names = {name: name for name in lines}
    return describe_movements(list_movements(series, names), len(names), "OpenRank", SAY)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ({"A": [9, 5], "B": [80, 20]}, "All 2 fell since 2025-01, B the most: from 80 to 20"),
        ({"A": [5, 9], "B": [20, 80]}, "All 2 rose since 2025-01, B the most: from 20 to 80"),
        ({"A": [5, 9], "B": [80, 20]}, "A rose from 5 to 9, B fell from 80 to 20"),
        ({"A": [5, 5], "B": [80, 20]}, "1 of 2 fell since 2025-01, B the most: from 80 to 20"),
        ({"A": [40, 30, 20]}, "A fell from 40 to 20"),
        ({"A": [5, 5]}, "OpenRank"),
    ],
)
def test_the_title_says_how_the_lines_moved(
    lines: dict[str, list[float | None]], title: str
) -> None:
    assert describe(lines) == title


def test_nothing_is_compared_across_a_seam_or_an_unknown_month() -> None:
    assert describe({"A": [90, 10, 12], "B": [9, 8, 4]}, seam=1) == (
        "A rose from 10 to 12, B fell from 8 to 4"
    )
    assert describe({"A": [90, None, 10, 12], "B": [9, None, 8, 4]}) == (
        "A rose from 10 to 12, B fell from 8 to 4"
    )


def test_lines_that_begin_later_or_end_earlier_are_not_among_those_compared() -> None:
    lines: dict[str, list[float | None]] = {"B": [None, 5, 9], "C": [50, 10, None]}
    assert describe({"A": [90, 80, 70], **lines}) == "A fell from 90 to 70"
    assert describe({"A": [90, 80, 70], "D": [9, 8, 7], **lines}) == (
        "All 2 that can be compared fell since 2025-01, A the most: from 90 to 70"
    )
    assert describe({"A": [90, 80, 70], "D": [9, 8, 9], **lines}) == (
        "1 of 2 fell since 2025-01, A the most: from 90 to 70"
    )


def test_a_declared_title_is_filled_in_as_plain_text(sample: Sample) -> None:
    told = fill("{{ name('alpha') }} stands at {{ openrank('alpha') }}", sample)
    assert told.text == f"Alpha stands at {make_values(sample).openrank('alpha').show()}"
    assert not told.withheld


def test_a_title_whose_claim_no_longer_holds_is_named_and_not_drawn(sample: Sample) -> None:
    told = fill("{% claim rank('alpha') > 1 %}Alpha lost{% endclaim %}", sample)
    assert told.text == ""
    (withheld,) = told.withheld
    assert (withheld.line, withheld.is_stale, withheld.reason) == (7, True, "Alpha lost")


def test_a_title_whose_value_is_missing_is_named_and_not_drawn(sample: Sample) -> None:
    told = fill("Alpha had {{ openrank('alpha', '1999') }}", sample)
    assert told.text == ""
    assert [(item.line, item.is_stale) for item in told.withheld] == [(7, False)]


def test_a_language_without_a_title_has_none(sample: Sample) -> None:
    figure = Figure("pic", "trend", {}, headlines={"en": Headline("Alpha", 7)})
    assert fill_headline(figure, "zh", make_values(sample, "zh").functions) == FilledHeadline()


def test_a_project_keeps_its_colour_through_a_page_and_a_picture_repeats_none() -> None:
    shown = [["x", "y", "z"], ["w", "z", "y"], ["v", "w"]]
    places = assign_places(shown, [["y", "q", "z"]], 8)
    assert (places["y"], places["q"], places["z"]) == (0, 1, 2)
    for projects in shown:
        drawn = [places[project] for project in projects]
        assert len(set(drawn)) == len(drawn)
