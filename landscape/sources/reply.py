"""One HTTP answer as the sources see it, and what its headers ask for."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reply:
    """Status, headers (names in lower case) and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def read_wait_seconds(headers: Mapping[str, str]) -> float | None:
    """Return how long the server asks to wait (RFC 9110, 10.2.3); None where it does not.

    A moment (an HTTP date) counts from the server's own ``Date``, so that neither clock matters.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return float(asked[:9])
    moment, now = _read_date(asked), _read_date(headers.get("date", ""))
    return None if moment is None or now is None else max(0.0, moment - now)


def read_reset_seconds(headers: Mapping[str, str]) -> float | None:
    """Return how long until the rate limit is reset (GitHub's header); None where it has room."""
    reset, now = headers.get("x-ratelimit-reset", ""), _read_date(headers.get("date", ""))
    if headers.get("x-ratelimit-remaining") != "0" or not reset.isdecimal() or now is None:
        return None
    # The reset falls somewhere within that second.
    return max(0.0, float(reset[:12]) - now) + 1


def _read_date(text: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
