"""How long a server asks to wait, read off its headers by its own clock."""

from __future__ import annotations

import pytest

from landscape.sources.reply import read_reset_seconds, read_wait_seconds

DATE = "Sun, 22 Nov 2026 12:00:00 GMT"
EPOCH = 1795348800


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("7", 7),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("9" * 40, 999_999_999),
    ],
)
def test_retry_after_is_seconds_or_a_date(asked: str, seconds: float | None) -> None:
    assert read_wait_seconds({"retry-after": asked, "date": DATE}) == seconds


def test_a_date_without_the_servers_own_is_no_wait() -> None:
    assert read_wait_seconds({"retry-after": "Sun, 22 Nov 2026 12:01:30 GMT"}) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH + 3600)}, 3601),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH - 5)}, 1),
        ({"x-ratelimit-remaining": "12", "x-ratelimit-reset": str(EPOCH + 3600)}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "later"}, None),
        ({}, None),
    ],
)
def test_a_used_up_limit_lasts_until_its_reset(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert read_reset_seconds(headers | {"date": DATE}) == seconds
