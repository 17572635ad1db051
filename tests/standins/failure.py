"""Every way in which a source fails, as the stand-ins can be told to."""

from __future__ import annotations

import email.utils
from dataclasses import replace
from enum import StrEnum

from tests.standins.exchange import Manner, Response

HOUR_SECONDS = 3600
MOVED_TO = "/moved"
"""The folder under which a stand-in serves everything again, for MOVED."""


class Failure(StrEnum):
    """One way to fail. Some are of one source only; its stand-in refuses the others' ones."""

    NOT_FOUND = "404"
    EMPTY_OBJECT = "an empty object"
    EMPTY_BODY = "an empty body"
    HTML = "HTML with status 200"
    HTML_404 = "HTML with status 404"
    CUT_JSON = "JSON that ends in the middle"
    TRUNCATED = "a body shorter than announced"
    INVALID_JSON = "invalid JSON"
    ARRAY = "an array"
    NAN = "NaN as a value"
    NEGATIVE = "a negative value"
    STRING = "a string as a value"
    BOOLEAN = "true as a value"
    ABSURD = "an absurd value"
    NO_SUCH_MONTH = "a month 13"
    FUTURE_MONTH = "a month of the future"
    ONLY_YEARS = "only yearly keys"
    REPEATED_KEY = "a key that occurs twice"
    ENDLESS = "a body without end"
    ACCEPTED = "202"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    SECONDARY_LIMIT = "403, secondary limit"
    SECONDARY_LIMIT_SECOND = "403, secondary limit with Retry-After of a second"
    RESET_IN_AN_HOUR = "403, limit with a reset an hour away"
    TOO_MANY = "429"
    TOO_MANY_SECOND = "429 with Retry-After of a second"
    TOO_MANY_DATE = "429 with Retry-After as a date, a second away"
    TOO_MANY_HOUR = "429 with Retry-After of an hour"
    INTERNAL_ERROR = "500"
    BAD_GATEWAY = "502"
    OVERLOADED = "503"
    RESET = "connection reset midway"
    CLOSED = "connection closed without an answer"
    STALLED = "stalled body"
    SILENT = "no answer at all"
    DRIP = "slow drip"
    HEADER_DRIP = "slow drip of headers"
    MOVED = "301 to another address"
    REDIRECT_LOOP = "a loop of redirects"
    REDIRECT_TO_FILE = "a redirect to a file: address"
    # GitHub's GraphQL only.
    FORBIDDEN_NODE = "an error of one repository"
    NULL_NODE = "null without a reason"
    WRONG_NODE = "a repository with a nonsense count"
    RATE_LIMITED_200 = "RATE_LIMITED at status 200"
    RESOURCE_LIMITS = "RESOURCE_LIMITS_EXCEEDED"
    NO_DATA = "errors instead of data"


HTML = b"<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>"
_LIMIT = b'{"message": "You have exceeded a secondary rate limit. Please wait."}'
_HOURLY_LIMIT = b'{"message": "API rate limit exceeded for user ID 1."}'


def fail_transport(failure: Failure, response: Response, path: str) -> Response | None:
    """Return how the response goes wrong on its way; None where the failure is one of content."""
    if failure in _STATUSES:
        status, headers, body = _STATUSES[failure]
        return Response(status, dict(headers), body)
    if failure in _MANNERS:
        return replace(response, manner=_MANNERS[failure])
    if failure is Failure.TOO_MANY_DATE:
        soon = email.utils.formatdate(response.sent_at + 1, usegmt=True)
        return Response(429, {"Retry-After": soon}, b"{}")
    if failure is Failure.RESET_IN_AN_HOUR:
        reset = str(int(response.sent_at) + HOUR_SECONDS)
        limit = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
        return Response(403, limit, _HOURLY_LIMIT)
    if failure is Failure.MOVED and not path.startswith(MOVED_TO):
        return Response(301, {"Location": MOVED_TO + path}, b"")
    if failure is Failure.MOVED:
        return response
    if failure is Failure.REDIRECT_LOOP:
        return Response(301, {"Location": path}, b"")
    if failure is Failure.CUT_JSON:
        return replace(response, body=response.body[: len(response.body) // 2])
    return None


_STATUSES: dict[Failure, tuple[int, dict[str, str], bytes]] = {
    Failure.NOT_FOUND: (404, {}, b'{"message": "Not Found"}'),
    Failure.EMPTY_OBJECT: (200, {}, b"{}"),
    Failure.EMPTY_BODY: (200, {}, b""),
    Failure.HTML: (200, {"Content-Type": "text/html"}, HTML),
    Failure.HTML_404: (404, {"Content-Type": "text/html"}, HTML),
    Failure.INVALID_JSON: (200, {}, b"{'2024-01': 1}"),
    Failure.ARRAY: (200, {}, b"[1, 2]"),
    Failure.ACCEPTED: (202, {}, b"{}"),
    Failure.UNAUTHORIZED: (401, {}, b'{"message": "Bad credentials"}'),
    Failure.FORBIDDEN: (403, {}, b'{"message": "Forbidden"}'),
    Failure.SECONDARY_LIMIT: (403, {}, _LIMIT),
    Failure.SECONDARY_LIMIT_SECOND: (403, {"Retry-After": "1"}, _LIMIT),
    Failure.TOO_MANY: (429, {}, b"{}"),
    Failure.TOO_MANY_SECOND: (429, {"Retry-After": "1"}, b"{}"),
    Failure.TOO_MANY_HOUR: (429, {"Retry-After": str(HOUR_SECONDS)}, b"{}"),
    Failure.INTERNAL_ERROR: (500, {}, HTML),
    Failure.BAD_GATEWAY: (502, {}, HTML),
    Failure.OVERLOADED: (503, {}, HTML),
    Failure.REDIRECT_TO_FILE: (302, {"Location": "file:///etc/passwd"}, b""),
}
_MANNERS = {
    Failure.TRUNCATED: Manner.TRUNCATED,
    Failure.RESET: Manner.RESET,
    Failure.CLOSED: Manner.CLOSED,
    Failure.STALLED: Manner.STALLED,
    Failure.SILENT: Manner.SILENT,
    Failure.DRIP: Manner.DRIP,
    Failure.HEADER_DRIP: Manner.HEADER_DRIP,
    Failure.ENDLESS: Manner.ENDLESS,
}
