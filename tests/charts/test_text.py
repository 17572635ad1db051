"""Lines of headings and footnotes: where they break, and how long they are."""

from __future__ import annotations

import pytest

from landscape.charts.text import balance_text, measure_text, wrap_text

TITLE = "72% of the projects of edition 2025-05 kept their OpenRank above 10 for 12 months"


def test_no_last_word_stands_alone_where_lines_can_be_of_like_length() -> None:
    assert wrap_text(TITLE, 900, 21, bold=True)[-1] == "12 months"
    first, second = balance_text(TITLE, 900, 21, bold=True)
    assert f"{first} {second}" == TITLE
    assert measure_text(second, 21, bold=True) > 0.8 * measure_text(first, 21, bold=True)
    assert balance_text("Short", 900, 21) == ["Short"]
    assert balance_text("", 900, 21) == [""]


def test_balancing_keeps_the_number_of_lines_and_the_cut() -> None:
    words = "word " * 200
    assert len(balance_text(words, 300, 12, max_lines=4)) == 4
    assert balance_text(words, 300, 12, max_lines=4)[-1].endswith("…")


@pytest.mark.parametrize("width", range(60, 400, 7))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(width: int) -> None:
    text = "取自 2026-05（“最新”）发布的数据。每年 1 月统计窗口重新开始，一些项目会因此离开。"
    lines = wrap_text(text, width, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert line[0] not in "，。：）”、"
        assert line[-1] not in "（“"


def test_a_month_is_not_broken_at_its_hyphen() -> None:
    for width in range(80, 200, 5):
        for line in wrap_text("from 2025-05 to 2026-04 and well-known", width, 12):
            assert not line.endswith("2025-")
            assert not line.endswith("2026-")
