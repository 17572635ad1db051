"""A file of OpenDigger is believed as a whole or not at all."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.base.months import is_month
from landscape.sources.failure import SourceError
from landscape.sources.model import FailureKind
from landscape.sources.series import read_months, read_years

KEYS = st.sampled_from(["2024-01", "2024-12", "2024-13", "2024", "2024Q1", "2021-10-raw", "x", ""])
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.text(max_size=3), st.integers(), st.floats(), st.lists(st.floats())
)


@given(st.dictionaries(KEYS, ANYTHING), st.integers(min_value=0, max_value=400))
def test_whatever_a_file_holds_only_sound_months_come_of_it(
    content: dict[str, object], cut: int
) -> None:
    body = json.dumps(content).encode()
    for text in (body, body[:cut]):
        try:
            values = read_months(text, "openrank")
        except SourceError:
            continue
        assert all(is_month(month) for month in values)
        assert all(math.isfinite(value) and 0 <= value <= 1e7 for value in values.values())
        assert {month: float(str(content[month])) for month in values} == values


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"7",
        b'"2024-01"',
        b'{"2024-01": 1',
        b'{"2024-01": 1e999}',
        b'{"2024-01": -Infinity}',
        b'{"2024-01": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b'{"message": "no such file"}',
        b'{"1999-01": 1.0}',
        b'{"0000-00": 1.0}',
        b'{"2026-05": 1.0}',
    ],
    ids=lambda body: body[:20].decode("latin-1"),
)
def test_nonsense_is_malformed(body: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_months(body, "openrank", newest_month="2026-04")
    assert caught.value.kind is FailureKind.MALFORMED


def test_months_come_in_their_order_and_a_written_zero_is_a_value() -> None:
    assert list(read_months(b'{"2024-02": 0, "2024-01": -0.0}', "openrank").items()) == [
        ("2024-01", 0.0),
        ("2024-02", 0.0),
    ]


def test_an_empty_object_is_no_value_and_no_error() -> None:
    assert read_months(b"{}", "openrank") == {}
    assert read_years(b"{}") == {}


@pytest.mark.parametrize("year", ["2027", "1999"])
def test_a_year_that_has_not_begun_or_lies_before_github_is_malformed(year: str) -> None:
    body = f'{{"2025": 1.0, "{year}": 2.0}}'.encode()
    with pytest.raises(SourceError, match=f"the year '{year}'") as caught:
        read_years(body, newest_month="2026-04")
    assert caught.value.kind is FailureKind.MALFORMED


def test_years_of_a_label_are_read_without_months_and_quarters() -> None:
    assert read_years(b'{"2024": 401121.07, "2024-01": 3, "2024Q1": 9, "2023": 7}') == {
        "2023": 7.0,
        "2024": 401121.07,
    }
