"""ClickHouse's HTTP interface, in front of the engine inside this process.

The engine that answers is the real one, and so is the client that asks; what stands in is the
wire between them, of which only what ``clickhouse-connect`` uses is there.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.standins.exchange import Request, Response
from tests.standins.server import LoopbackServer

_NATIVE = "FORMAT Native"
# What a server keeps to itself; the rest are settings of the query.
_OF_THE_WIRE = frozenset(
    {
        "client_protocol_version",
        "database",
        "http_headers_progress_interval_ms",
        "query",
        "query_id",
        "send_progress_in_http_headers",
        "session_id",
        "wait_end_of_query",
    }
)


class ClickHouseServer(LoopbackServer):
    """Asks the client of the engine inside the process; ``refusal`` is said to everything."""

    def __init__(self, client: Any, refusal: str = "") -> None:
        super().__init__()
        self.statements: list[str] = []
        self._client = client
        self._refusal = refusal

    def answer(self, request: Request) -> Response:
        """Return the answer as bytes of the format that was asked for."""
        if self._refusal:
            return Response(500, body=self._refusal.encode())
        parameters = {
            name: values[-1] for name, values in parse_qs(urlsplit(request.path).query).items()
        }
        statement = request.body.decode() or parameters.get("query", "")
        self.statements.append(statement)
        settings = {name: value for name, value in parameters.items() if name not in _OF_THE_WIRE}
        is_native = statement.rstrip().endswith(_NATIVE)
        body = self._client.raw_query(
            statement, fmt=None if is_native else "TabSeparated", settings=settings
        )
        kind = "Native" if is_native else "TabSeparated"
        return Response(
            headers={"X-ClickHouse-Format": kind, "X-ClickHouse-Timezone": "UTC"}, body=body
        )
