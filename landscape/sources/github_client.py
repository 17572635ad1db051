"""PyGithub on our own transport: it knows GitHub's addresses, headers and errors, we know the time.

Left alone it would sleep between requests, wait for a reset without a cap, follow 202 and 301
without end, read a body that drips for ever, and mix up the requests of concurrent threads.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Mapping
from dataclasses import dataclass, field
from typing import Any

from github import Auth, GithubException
from github.Requester import HTTPRequestsConnectionClass, Requester, RequestsResponse

from landscape.sources.budget import Budget
from landscape.sources.failure import Reach, SourceError
from landscape.sources.model import FailureKind
from landscape.sources.reply import Reply, read_reset_seconds, read_wait_seconds
from landscape.sources.transport import USER_AGENT, Transport

SECONDARY_LIMIT_SECONDS = 60.0
"""What GitHub asks for where a secondary limit comes without Retry-After."""
_RATE_LIMITED = frozenset({"RATE_LIMITED", "RATE_LIMIT"})
_TOO_LARGE = frozenset({"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"})


@dataclass(frozen=True)
class Token:
    """A GitHub token; no representation shows it."""

    value: str = field(repr=False)


class QueryTooLargeError(Exception):
    """GitHub would not spend so much on one query; a smaller one may pass."""


@dataclass(frozen=True)
class GitHubClient:
    """Asks once and says what went wrong; repeating is the caller's. Its threads may share it."""

    base_url: str
    token: Token
    transport: Transport = field(repr=False)
    budget: Budget = field(repr=False)

    def query(self, text: str, variables: Mapping[str, str]) -> tuple[dict[str, Any], list[Any]]:
        """Return the data and the errors of a GraphQL query, of which one may be partial.

        Raises SourceError, or QueryTooLargeError.
        """
        try:
            headers, answer = self._ask(lambda asker: asker.graphql_query(text, dict(variables)))
        except GithubException as error:
            # One missing repository raises for the whole batch; the others are in its data.
            headers, answer = error.headers or {}, error.data
            if not isinstance(answer, dict) or not answer.get("errors"):
                raise _read_exception(error) from error
        data, errors = _split(answer)
        kinds = {error.get("type") for error in errors if isinstance(error, dict)}
        if kinds & _RATE_LIMITED:
            raise _fail_for_rate(headers)
        if kinds & _TOO_LARGE:
            raise QueryTooLargeError
        if errors and data is None:
            raise SourceError(FailureKind.SERVER_ERROR, "errors instead of data", retry=True)
        if not isinstance(data, dict):
            raise SourceError(FailureKind.MALFORMED, "an answer without data")
        return data, errors

    def find_name(self, repo_id: int) -> str | None:
        """Return the repository's name of today; None where GitHub knows no such id (any longer).

        GraphQL cannot look up a repository by this id, REST can. Raises SourceError.
        """
        try:
            _, answer = self._ask(
                lambda asker: asker.requestJsonAndCheck("GET", f"/repositories/{repo_id}")
            )
        except GithubException as error:
            # A proxy's 404 is not GitHub's: only its own words make a project gone.
            message = error.data.get("message") if isinstance(error.data, dict) else None
            if error.status == 404 and message == "Not Found":
                return None
            raise _read_exception(error) from error
        name = answer.get("full_name") if isinstance(answer, dict) else None
        if not isinstance(name, str) or answer.get("id") != repo_id:
            raise SourceError(FailureKind.MALFORMED, "an answer without the repository's name")
        return name

    def _ask(self, call: Callable[[Requester], tuple[dict[str, Any], Any]]) -> tuple[Any, Any]:
        try:
            return call(_make_requester(self.base_url, self.token, self.transport, self.budget))
        except (AttributeError, TypeError, ValueError, KeyError, RecursionError) as error:
            # PyGithub trusts an answer to be the JSON object that was promised.
            raise SourceError(FailureKind.MALFORMED, "no valid JSON") from error


def _split(answer: object) -> tuple[object, list[Any]]:
    """Return data and errors of a GraphQL answer; malformed where it is no such object."""
    errors = (answer.get("errors") or []) if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(errors, list):
        raise SourceError(FailureKind.MALFORMED, "an answer without data")
    return answer.get("data"), errors


class _Answer(RequestsResponse):
    """An answer in the shape in which PyGithub reads it."""

    def __init__(self, reply: Reply) -> None:
        self.status = reply.status
        self.headers = reply.headers  # type: ignore[assignment]
        self._text = reply.body.decode("utf-8", errors="replace")

    def getheaders(self) -> ItemsView[str, str]:
        return self.headers.items()

    def read(self) -> str:
        return self._text


def _make_requester(base_url: str, token: Token, transport: Transport, budget: Budget) -> Requester:
    """Return a requester for one request: its connection is no thread's but the caller's."""

    class Connection(HTTPRequestsConnectionClass):
        def __init__(self, host: str, *_: Any, **__: Any) -> None:
            self.host = host

        def getresponse(self) -> RequestsResponse:
            origin = base_url.split("://", 1)
            url = f"{origin[0]}://{origin[1].split('/', 1)[0]}{self.url}"
            body = self.input.encode() if isinstance(self.input, str) else None
            reply = transport.send(self.verb, url, budget=budget, headers=self.headers, body=body)
            if reply.status != 200 and reply.status < 400:
                raise SourceError(FailureKind.MALFORMED, f"status {reply.status}")
            if not reply.body:
                raise SourceError(FailureKind.MALFORMED, f"status {reply.status}, no content")
            return _Answer(reply)

        def close(self) -> None:
            """Close nothing: the connections are the transport's."""

    class BoundedRequester(Requester):
        """A class of its own, since PyGithub keeps the connection's class on the class."""

    BoundedRequester.injectConnectionClasses(Connection, Connection)  # type: ignore[arg-type]
    return BoundedRequester(
        auth=Auth.Token(token.value),
        base_url=base_url.rstrip("/"),
        timeout=1,
        user_agent=USER_AGENT,
        per_page=100,
        verify=True,
        retry=None,
        pool_size=None,
    )


def _read_exception(error: GithubException) -> SourceError:
    """Say in our own words what GitHub's status means: its messages may quote what we sent."""
    status, headers = error.status, error.headers or {}
    message = error.data.get("message") if isinstance(error.data, dict) else None
    is_limit = isinstance(message, str) and Requester.isRateLimitError(message)
    if status == 429 or (status == 403 and (is_limit or "retry-after" in headers)):
        return _fail_for_rate(headers)
    if status == 401:
        return SourceError(
            FailureKind.REFUSED, "the token is not accepted (status 401)", reach=Reach.HOST
        )
    if status >= 500:
        wait = read_wait_seconds(headers)
        return SourceError(
            FailureKind.SERVER_ERROR, f"status {status}", retry=True, wait_seconds=wait
        )
    kind = FailureKind.MALFORMED if status == 404 else FailureKind.REFUSED
    return SourceError(kind, f"status {status}")


def _fail_for_rate(headers: Mapping[str, str]) -> SourceError:
    wait = read_wait_seconds(headers)
    if wait is None:
        wait = read_reset_seconds(headers)
    return SourceError(
        FailureKind.RATE_LIMITED,
        "GitHub's rate limit is used up",
        retry=True,
        wait_seconds=SECONDARY_LIMIT_SECONDS if wait is None else wait,
        reach=Reach.HOST,
    )
