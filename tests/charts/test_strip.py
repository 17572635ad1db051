from __future__ import annotations

import pandas as pd

from landscape.base.languages import load_messages
from landscape.charts.palette import DARK, LIGHT
from landscape.charts.strip import SHOWN_MONTHS, draw_strip, list_shown_months
from tests.charts.drawings import list_groups, list_words

EN, ZH = (load_messages("charts", language) for language in ("en", "zh"))
COLUMNS = ["month", "on_the_map", "entered", "newly_covered", "left", "months_since"]


def make_counts(*rows: tuple[object, ...]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype(dict.fromkeys(COLUMNS[2:], "Int64"))


COUNTS = make_counts(
    ("2025-10", 30, None, None, None, None),
    ("2025-11", 29, 1, 0, 2, 1),
    ("2026-02", 130, 2, 100, 1, 3),
    ("2026-03", 131, 1, 0, 0, 1),
)


def test_each_published_month_has_its_column_and_its_count() -> None:
    svg = draw_strip(COUNTS, LIGHT, EN) or ""
    names = {group.get("id") for group in list_groups(svg, "map-")}
    assert names == {"map-2025-10", "map-2025-11", "map-2026-02", "map-2026-03"}
    words = list_words(svg)
    assert [word for word in words if word in {"30", "29", "130", "131"}]
    assert "+102" in words
    assert "−2" in words


def test_nobody_is_said_to_have_come_or_left_in_the_first_month() -> None:
    svg = draw_strip(COUNTS, LIGHT, EN) or ""
    changed = {
        group.get("id", "")[-7:]
        for prefix in ("entered-", "covered-", "left-")
        for group in list_groups(svg, prefix)
    }
    assert changed == {"2025-11", "2026-02", "2026-03"}


def test_the_title_tells_the_newest_month() -> None:
    assert list_words(draw_strip(COUNTS, LIGHT, EN) or "")[0] == (
        "131 projects on the map in 2026-03; 1 came and 0 left"
    )
    alone = draw_strip(COUNTS.head(1), DARK, ZH) or ""
    assert list_words(alone)[0] == "2025-10 全景图上有 30 个项目"


def test_the_source_is_named_and_january_explained_only_where_it_applies() -> None:
    told = " ".join(list_words(draw_strip(COUNTS, LIGHT, EN, vintages=["live"]) or ""))
    assert "as read at the last refresh" in told
    assert "January" in told
    assert "January" not in " ".join(list_words(draw_strip(COUNTS, LIGHT, EN, yearly=False) or ""))


def test_the_newest_two_years_are_shown() -> None:
    months = [f"{year}-{month:02d}" for year in range(2020, 2026) for month in range(1, 13)]
    counts = make_counts(*((month, 5, 0, 0, 0, 1) for month in months))
    assert [month.month for month in list_shown_months(counts)] == months[-SHOWN_MONTHS:]


def test_without_a_month_there_is_no_picture() -> None:
    assert draw_strip(make_counts(), LIGHT, EN) is None
