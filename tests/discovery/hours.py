"""A server of an archive's hours on loopback, with ranges, that can fail as real ones do."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from tests.standins.exchange import Manner, Request, Response
from tests.standins.server import LoopbackServer


class HourServer(LoopbackServer):
    """Serves ``/<hour>.json.gz``; ``plans`` says what becomes of an hour's next requests."""

    def __init__(self, hours: dict[str, bytes], *, latency_seconds: float = 0.0) -> None:
        super().__init__(latency_seconds=latency_seconds)
        self.hours = hours
        self.plans: dict[str, list[Response | Manner]] = defaultdict(list)

    def answer(self, request: Request) -> Response:
        hour = request.path.removeprefix("/").removesuffix(".json.gz")
        planned = self.plans[hour].pop(0) if self.plans[hour] else Manner.WHOLE
        if isinstance(planned, Response):
            return planned
        if hour not in self.hours:
            return Response(404, body=b"not found")
        body = self.hours[hour]
        etag = f'"{hashlib.md5(body).hexdigest()}"'
        asked = request.headers.get("range", "")
        if asked and request.headers.get("if-range") == etag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                return Response(416, {"Content-Range": f"bytes */{len(body)}"}, b"")
            span = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}", "ETag": etag}
            return Response(206, span, body[start:], planned)
        return Response(200, {"ETag": etag}, body, planned)

    def count(self, hour: str) -> int:
        """How often an hour was asked for."""
        return sum(request.path == f"/{hour}.json.gz" for request in self.requests)

    def list_ranges(self, hour: str) -> list[str]:
        """Which ranges of it were asked for; empty text for the whole."""
        return [
            request.headers.get("range", "")
            for request in self.requests
            if request.path == f"/{hour}.json.gz"
        ]
