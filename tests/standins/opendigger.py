"""Stands in for OpenDigger: static files with months, quarters, years and an interpolated month."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import unquote

from tests.standins.exchange import Request, Response
from tests.standins.failure import MOVED_TO, Failure, fail_transport
from tests.standins.server import LoopbackServer

EVERYTHING = "*"
NO_FILE = b"<Error><Code>NoSuchKey</Code></Error>"
Series = Mapping[str, float]


class OpenDiggerStandIn(LoopbackServer):
    """Serves series, and fails for one project, one path or everything.

    series: (``owner/name``, metric) to month and value; names are case-sensitive. labels:
    technology label to year and value. A failure is looked for by path, then by project, then for
    everything.

        with OpenDiggerStandIn({("a/b", "openrank"): {"2026-01": 3.5}}) as server:
            server.fail("a/b", Failure.STALLED)
    """

    def __init__(
        self,
        series: Mapping[tuple[str, str], Series] | None = None,
        labels: Mapping[str, Series] | None = None,
        *,
        latency_seconds: float = 0.0,
        tls: bool = False,
    ) -> None:
        super().__init__(latency_seconds=latency_seconds, tls=tls)
        self.files: dict[str, bytes] = {}
        self._failures: dict[str, tuple[Failure, float]] = {}
        for (name, metric), months in (series or {}).items():
            self.serve(name, metric, months)
        for label, years in (labels or {}).items():
            self.files[f"/technology/{label}/openrank.json"] = json.dumps(years).encode()

    def serve(self, name: str, metric: str, months: Series) -> None:
        """Serve a series from now on."""
        self.files[f"/github/{name}/{metric}.json"] = format_file(months)

    def fail(self, target: str, failure: Failure, *, times: float = float("inf")) -> None:
        """Fail for a project ``owner/name``, a path, or EVERYTHING: for ever, or some times."""
        self._failures[target] = (failure, times)

    def heal(self) -> None:
        """Fail no more."""
        self._failures.clear()

    def count_requests(self, name: str) -> int:
        """Return how often files of a project were asked for."""
        return sum(request.path.startswith(f"/github/{name}/") for request in self.requests)

    def answer(self, request: Request) -> Response:
        path = unquote(request.path).removeprefix(MOVED_TO)
        content = self.files.get(path)
        response = Response(404, body=NO_FILE) if content is None else Response(body=content)
        failure = self._take_failure(path)
        if failure is None:
            return response
        wrong = fail_transport(failure, response, request.path)
        return wrong or Response(body=_spoil(failure, content or b'{"2024-01": 5.5}'))

    def _take_failure(self, path: str) -> Failure | None:
        project = "/".join(path.split("/")[2:4])
        for target in (path, project, EVERYTHING):
            failure, times = self._failures.get(target, (None, 0))
            if failure is not None and times > 0:
                self._failures[target] = (failure, times - 1)
                return failure
        return None


def format_file(months: Series) -> bytes:
    """Return a file as upstream writes it: months with values, sums of quarters and years."""
    sums: dict[str, float] = defaultdict(float)
    for month, value in months.items():
        year, number = month.split("-")
        sums[year] += value
        sums[f"{year}Q{(int(number) + 2) // 3}"] += value
    raw = {"2021-10-raw": 2.84} if "2021-10" in months else {}
    rounded = {key: round(value, 2) for key, value in sums.items()}
    return json.dumps(dict(months) | rounded | raw).encode()


def _spoil(failure: Failure, content: bytes) -> bytes:
    """Return the file with its newest month (or its keys) turned into nonsense."""
    values = json.loads(content)
    newest = max(key for key in values if len(key) == 7)
    nonsense: dict[Failure, object] = {
        Failure.NAN: float("nan"),
        Failure.NEGATIVE: -3.5,
        Failure.STRING: "5.5",
        Failure.BOOLEAN: True,
        Failure.ABSURD: 1e12,
    }
    if failure in nonsense:
        return json.dumps(values | {newest: nonsense[failure]}).encode()
    if failure is Failure.NO_SUCH_MONTH:
        return json.dumps(values | {"2024-13": 1.0}).encode()
    if failure is Failure.FUTURE_MONTH:
        return json.dumps(values | {"2199-01": 1.0}).encode()
    if failure is Failure.ONLY_YEARS:
        return json.dumps({key: value for key, value in values.items() if len(key) != 7}).encode()
    if failure is Failure.REPEATED_KEY:
        return content[:-1] + f', "{newest}": 1.0}}'.encode()
    raise ValueError(f"OpenDigger does not fail like this: {failure}")
