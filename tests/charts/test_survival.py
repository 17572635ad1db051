from __future__ import annotations

import re

import pandas as pd
import pytest

from landscape.analysis.survival import estimate_survival
from landscape.analysis.survival_cohorts import LEAST_SHOWN, Survival
from landscape.base.languages import load_messages
from landscape.charts.palette import DARK, LIGHT, Theme
from landscape.charts.survival import draw_survival, list_month_ticks, list_steps
from tests.charts.drawings import list_groups, list_words

EN, ZH = (load_messages("charts", language) for language in ("en", "zh"))


def make_survival(**groups: tuple[list[int], list[bool]]) -> Survival:
    """Build the survival of editions from months followed and whether each ended."""
    rows, curves = [], []
    for name, (months, ended) in groups.items():
        cohort = name.replace("_", "-").removeprefix("e")
        facts = {"kind": "edition", "cohort": cohort, "start": cohort, "unseen": 0}
        facts |= {"projects": len(months) + 3, "at_risk": len(months), "followed": len(months)}
        facts |= {"ended": sum(ended), "unknown": 2, "not_above": 1}
        rows.append({**facts, "has_curve": len(months) >= 10})
        if len(months) >= 10:
            curve = estimate_survival(months, ended)
            curves.append(curve.assign(kind="edition", cohort=cohort))
    table = pd.concat(curves) if curves else pd.DataFrame(columns=["kind", "cohort"])
    return Survival(10, "2026-04", pd.DataFrame(rows), table, seams=1)


SAMPLE = make_survival(
    e2025_05=([2, 3, 3, 5, 8, *[12] * 15], [True, True, False, True, True, *[False] * 15]),
    e2025_09=([1, 4, *[9] * 10], [True, True, *[False] * 10]),
    e2026_05=([3, 3], [False, True]),
)


@pytest.mark.parametrize(("messages", "theme"), [(EN, LIGHT), (ZH, DARK)])
def test_each_group_is_named_once_at_its_end_with_its_share(messages: object, theme: Theme) -> None:
    svg = draw_survival(SAMPLE, theme, messages)  # type: ignore[arg-type]
    assert svg is not None
    words = list_words(svg)
    for cohort in ("2025-05", "2025-09"):
        assert len([word for word in words if cohort in word and word.endswith("%")]) == 1
    assert len(list_groups(svg, "curve-")) == len(list_groups(svg, "band-")) == 2
    assert not any("2026-05" in word for word in words)


def test_the_title_tells_the_share_of_the_group_that_was_followed_longest() -> None:
    svg = draw_survival(SAMPLE, LIGHT, EN) or ""
    share = SAMPLE.curves.query("cohort == '2025-05' and month == 12")["survival"].iloc[0]
    title = " ".join(list_words(svg)[:2])
    assert f"{round(share * 100)}% of the projects of edition 2025-05" in title
    assert "for 12 months" in title


def test_the_numbers_still_followed_stand_below_their_months() -> None:
    svg = draw_survival(SAMPLE, LIGHT, EN) or ""
    words = list_words(svg)
    curve = SAMPLE.curves[SAMPLE.curves["cohort"] == "2025-05"]
    assert [str(count) for count in curve["at_risk"]] == [
        word for word in words[words.index("edition 2025-05") + 1 :] if word.isdigit()
    ][: len(curve)]


def test_what_is_left_out_is_told() -> None:
    told = " ".join(list_words(draw_survival(SAMPLE, LIGHT, EN, vintages=["2025-09"]) or ""))
    assert "as published in 2025-09" in told
    assert "not above at the start): 6." in told
    assert "no month has passed since): 1." in told
    assert "two publications" in told


def test_a_curve_ends_where_fewer_than_five_are_followed() -> None:
    months = [*[2] * 8, *[6] * (LEAST_SHOWN - 1)]
    svg = draw_survival(make_survival(e2025_05=(months, [True] * 12)), LIGHT, EN) or ""
    assert "for 2 months" in " ".join(list_words(svg))


def test_without_a_curve_there_is_no_picture() -> None:
    assert draw_survival(make_survival(e2025_05=([3], [True])), LIGHT, EN) is None
    assert draw_survival(SAMPLE, LIGHT, EN, kind="domain") is None


def test_the_picture_is_the_same_every_time() -> None:
    assert draw_survival(SAMPLE, DARK, ZH) == draw_survival(SAMPLE, DARK, ZH)


def test_a_step_holds_until_the_month_in_which_it_changes() -> None:
    assert list_steps([0, 1, 2], [1.0, 1.0, 0.5]) == [(0, 1.0), (1, 1.0), (2, 1.0), (2, 0.5)]


@pytest.mark.parametrize("months", [0, 1, 12, 13, 40, 136])
def test_months_are_named_at_most_thirteen_times(months: int) -> None:
    ticks = list_month_ticks(months)
    assert ticks[0] == 0
    assert len(ticks) <= 13
    assert ticks[-1] <= months


def test_the_words_are_in_the_language_asked_for() -> None:
    words = " ".join(list_words(draw_survival(SAMPLE, LIGHT, ZH) or ""))
    assert not re.search(r"\b(followed|share|months)\b", words)
