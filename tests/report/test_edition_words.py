"""What a comparison of two editions says it allows."""

from __future__ import annotations

from landscape.analysis.edition_diff import compare_editions
from landscape.report.editions.changes import describe_comparison, load_edition_messages
from tests.analysis.edition_samples import make_contributed, make_edition

EN = load_edition_messages("en", "openrank")
YEAR = {f"2026-{month:02d}": 10.0 + month for month in range(1, 7)}


def describe(first: str, second: str) -> str:
    before = make_edition("a", first, {"x": {}}, {"x": YEAR})
    after = make_edition("b", second, {"x": {}}, {"x": YEAR})
    return "\n".join(describe_comparison(compare_editions(before, after, make_contributed()), EN))


def test_values_are_compared_between_the_last_months_of_both() -> None:
    assert (
        "compared for 1 project: the mean of 2026-01–2026-03 against that of 2026-04–2026-06"
        in (describe("2026-03", "2026-06"))
    )


def test_values_of_the_same_months_are_not_compared_and_that_is_said() -> None:
    told = describe("2026-06", "2026-06")
    assert "OpenRank is not compared: the data of both end with 2026-06" in told
    assert "against that of" not in told
