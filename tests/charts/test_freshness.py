from __future__ import annotations

import pytest

from landscape.base.languages import load_messages
from landscape.charts.freshness import draw_freshness, fold_columns, list_columns
from landscape.charts.palette import LIGHT
from tests.charts.chart_samples import FRESHNESS, create_freshness
from tests.charts.drawings import draw, list_groups, list_words


@pytest.mark.parametrize("case", FRESHNESS)
def test_no_project_is_lost_when_early_quarters_share_a_column(case: str) -> None:
    table = FRESHNESS[case].freshness
    earlier, columns = fold_columns(list_columns(table))
    assert earlier + sum(column.projects for column in columns) == table["of"].iloc[0]


@pytest.mark.parametrize("case", FRESHNESS)
def test_every_quarter_with_projects_has_a_column(case: str) -> None:
    earlier, columns = fold_columns(list_columns(FRESHNESS[case].freshness))
    expected = sum(column.projects > 0 for column in columns) + (earlier > 0)
    assert len(list_groups(draw("freshness", case), "quarter")) == expected


def test_title_and_spans_tell_the_shares_of_the_table() -> None:
    rows = FRESHNESS["realistic"].freshness.to_dict("records")
    shares = {row["measure"]: row for row in rows if row["measure"] != "quarter"}
    words = " ".join(list_words(draw("freshness", "realistic")))
    assert f"{shares['since-last-year']['share']:.0f}% of the projects" in words
    fresh = shares["within-six-months"]
    assert f"since {fresh['period']}: {fresh['projects']}" in words


def test_unknown_creation_dates_are_counted_in_the_footnote() -> None:
    assert "2 more on the map" in " ".join(list_words(draw("freshness", "realistic")))
    assert "more on the map" not in " ".join(list_words(draw("freshness", "one-project")))


def test_no_date_known_gives_no_picture() -> None:
    landscape = create_freshness({}, unknown=3)
    assert draw_freshness(landscape, LIGHT, load_messages("charts", "en")) is None
