"""One HTTP request within a deadline, a size and a number of redirects; nothing is repeated here.

What a status means, and whether to try again, is decided by the callers.
"""

from __future__ import annotations

import http.client
import queue
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import DecodeError, HTTPError, NameResolutionError, ReadTimeoutError

from landscape.sources.budget import Budget
from landscape.sources.failure import Reach, SourceError, fail_for_budget
from landscape.sources.model import FailureKind
from landscape.sources.persistence import Pacing
from landscape.sources.reply import Reply

LARGEST_BODY_BYTES = 8_000_000
MOST_REDIRECTS = 5
USER_AGENT = "oss-landscape"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE_BYTES = 65_536


class Transport:
    """One session with one pool of connections to one host."""

    def __init__(self, base_url: str, *, workers: int, pacing: Pacing) -> None:
        self._pacing = pacing
        self._session = requests.Session()
        adapter = HTTPAdapter(pool_connections=4, pool_maxsize=workers)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json"})
        # Proxies and certificates are asked for once here instead of at each request; what is
        # left out on purpose is .netrc, whose passwords no source should get.
        settings = self._session.merge_environment_settings(base_url, {}, None, None, None)
        self._session.proxies = settings["proxies"]
        self._session.verify = settings["verify"]
        self._session.cert = settings["cert"]
        self._session.trust_env = False

    def send(
        self,
        method: str,
        url: str,
        *,
        budget: Budget,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """Return the answer, whatever its status; redirects of a GET are followed a few times.

        Raises SourceError where there is no whole answer in time. The Authorization header
        goes to the host of ``url`` only.
        """
        within = budget.limit(self._pacing.request_seconds)
        sent = dict(headers or {})
        for _ in range(MOST_REDIRECTS + 1):
            reply, location = self._send_once(method, url, sent, body, within, budget)
            if location is None or method != "GET":
                return reply
            target = urljoin(url, location)
            _check_redirect(url, target)
            if urlsplit(target)[:2] != urlsplit(url)[:2]:
                sent = {name: value for name, value in sent.items() if name != "Authorization"}
            url = target
        raise SourceError(FailureKind.MALFORMED, "redirects that lead nowhere")

    def close(self) -> None:
        """Close the idle connections."""
        self._session.close()

    def _send_once(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        within: Budget,
        budget: Budget,
    ) -> tuple[Reply, str | None]:
        if within.is_spent:
            raise _fail_for_time(budget)
        pacing = self._pacing
        timeout = (
            max(0.001, min(pacing.connect_seconds, within.remaining)),
            max(0.001, min(pacing.read_seconds, within.remaining)),
        )
        try:
            with self._begin(
                within,
                budget,
                method=method,
                url=url,
                headers=headers,
                data=body,
                timeout=timeout,
            ) as response:
                names = {name.lower(): value for name, value in response.headers.items()}
                if response.status_code in _REDIRECTS and "location" in names:
                    return Reply(response.status_code, names, b""), names["location"]
                content = _read_body(response, within, budget)
                return Reply(response.status_code, names, content), None
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise name_failure(error, budget) from error

    def _begin(self, within: Budget, budget: Budget, **request: Any) -> requests.Response:
        """Return the answer as soon as its headers are there, its body unread.

        A name server has no timeout, and headers that drip outlive every read timeout: so the
        wait itself has an end, and what comes after it is left to a thread that nobody waits for.
        """
        begun: queue.SimpleQueue[requests.Response | Exception] = queue.SimpleQueue()

        def begin() -> None:
            try:
                begun.put(self._session.request(**request, stream=True, allow_redirects=False))
            except Exception as error:  # noqa: BLE001  # raised again by the waiting thread
                begun.put(error)

        threading.Thread(target=begin, name="source-request", daemon=True).start()
        try:
            answer = begun.get(timeout=within.remaining)
        except queue.Empty:
            raise _fail_for_time(budget) from None
        if isinstance(answer, Exception):
            raise answer
        return answer


def _read_body(response: requests.Response, within: Budget, budget: Budget) -> bytes:
    """Read piece by piece, each as it comes: a drip must not outlive the deadline."""
    pieces = []
    size = 0
    while piece := response.raw.read1(_PIECE_BYTES, decode_content=True):
        size += len(piece)
        if size > LARGEST_BODY_BYTES:
            raise SourceError(FailureKind.MALFORMED, "an answer without end")
        if within.is_spent:
            raise _fail_for_time(budget)
        pieces.append(piece)
    return b"".join(pieces)


def _check_redirect(url: str, target: str) -> None:
    before, after = urlsplit(url).scheme, urlsplit(target).scheme
    if after not in {"http", "https"} or (before == "https" and after == "http"):
        raise SourceError(FailureKind.MALFORMED, f"a redirect to the unsafe scheme {after!r}")


def _fail_for_time(budget: Budget) -> SourceError:
    if budget.is_spent:
        return fail_for_budget()
    return SourceError(FailureKind.TIMED_OUT, "the answer took too long", retry=True)


_UNREACHABLE = {"retry": True, "reach": Reach.SUSPECT}
_WORDS: tuple[tuple[tuple[type[BaseException], ...], FailureKind, str, dict[str, Any]], ...] = (
    (
        (requests.exceptions.SSLError,),
        FailureKind.CONNECTION,
        "no trusted TLS connection",
        {"reach": Reach.SUSPECT},
    ),
    (
        (NameResolutionError,),
        FailureKind.CONNECTION,
        "the host's name is not known",
        _UNREACHABLE,
    ),
    ((requests.ConnectTimeout,), FailureKind.TIMED_OUT, "no connection in time", _UNREACHABLE),
    (
        (requests.ReadTimeout, ReadTimeoutError),
        FailureKind.TIMED_OUT,
        "no answer in time",
        {"retry": True},
    ),
    (
        (ConnectionRefusedError,),
        FailureKind.CONNECTION,
        "the connection was refused",
        _UNREACHABLE,
    ),
    (
        (http.client.IncompleteRead, DecodeError),
        FailureKind.MALFORMED,
        "the answer breaks off",
        {"retry": True},
    ),
    (
        (requests.exceptions.ProxyError,),
        FailureKind.CONNECTION,
        "the proxy gave no connection",
        _UNREACHABLE,
    ),
    ((ConnectionError,), FailureKind.CONNECTION, "the connection was cut", {"retry": True}),
    ((requests.ConnectionError,), FailureKind.CONNECTION, "no connection", _UNREACHABLE),
    ((requests.exceptions.InvalidURL,), FailureKind.MALFORMED, "no valid address", {}),
)
"""What went wrong below HTTP: the first that applies. A suspect host is judged by the circuit."""


def name_failure(error: Exception, budget: Budget) -> SourceError:
    """Say in stable words what went wrong: the libraries' own name ports and memory addresses."""
    if budget.is_spent:
        return fail_for_budget()
    causes = _list_causes(error)
    for types, kind, detail, options in _WORDS:
        if any(isinstance(cause, types) for cause in causes):
            return SourceError(kind, detail, **options)
    return SourceError(FailureKind.CONNECTION, "the answer could not be read", retry=True)


def _list_causes(error: BaseException) -> list[BaseException]:
    """Return the error, what it came from, and what the libraries carry as its reason."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        current = waiting.pop()
        if isinstance(current, BaseException) and current not in found:
            found.append(current)
            waiting += [current.__cause__, current.__context__, getattr(current, "reason", None)]
            waiting += current.args
    return found
