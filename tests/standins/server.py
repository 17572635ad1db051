"""A small HTTP server in a thread that can misbehave on the wire, which no library's server does.

One event loop, no thread a connection: it answers thousands of requests a second, and a latency
costs it nothing.
"""

from __future__ import annotations

import asyncio
import email.utils
import http
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from typing import Self

import trustme

from tests.standins.exchange import Manner, Request, Response

DRIP_SECONDS = 0.1
Handler = Callable[[Request], Response]


class LoopbackServer:
    """Serves on 127.0.0.1 while its ``with`` block lasts; keeps what was asked in ``requests``."""

    def __init__(self, *, latency_seconds: float = 0.0, tls: bool = False) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self.latency_seconds = latency_seconds
        self._context = _make_untrusted_context() if tls else None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open: set[asyncio.Transport] = set()
        self.url = ""

    def answer(self, request: Request) -> Response:
        """Return the response to a request; the stand-ins override this."""
        return Response(404)

    def __enter__(self) -> Self:
        self._thread.start()
        server = asyncio.run_coroutine_threadsafe(
            self._loop.create_server(
                lambda: _Connection(self), "127.0.0.1", 0, backlog=1024, ssl=self._context
            ),
            self._loop,
        ).result(timeout=10)
        port = server.sockets[0].getsockname()[1]
        self.url = f"{'https' if self._context else 'http'}://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        def close() -> None:
            for transport in list(self._open):
                transport.abort()
            self._loop.call_soon(self._loop.stop)

        self._loop.call_soon_threadsafe(close)
        self._thread.join(timeout=10)
        self._loop.close()


class _Connection(asyncio.Protocol):
    """One connection: a request at a time, kept alive."""

    def __init__(self, server: LoopbackServer) -> None:
        self._server = server
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server._open.add(transport)
        self._server.connections += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self._server._open.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.split(":", 1) for line in lines)
        headers = {name.lower(): value.strip() for name, value in pairs}
        length = int(headers.get("content-length", "0"))
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        method, path, _ = first.split(" ")
        request = Request(method, path, headers, rest[:length])
        self._server.requests.append(request)
        asyncio.get_running_loop().call_later(self._server.latency_seconds, self._reply, request)

    def _reply(self, request: Request) -> None:
        if self._transport.is_closing():
            return
        response = self._server.answer(request)
        if response.manner is Manner.WHOLE:
            self._transport.write(_format_head(response) + response.body)
        elif response.manner in {Manner.DRIP, Manner.HEADER_DRIP, Manner.ENDLESS}:
            self._reply_slowly(response)
        else:
            self._reply_in_part(response)

    def _reply_in_part(self, response: Response) -> None:
        half = _format_head(response) + response.body[: len(response.body) // 2]
        match response.manner:
            case Manner.TRUNCATED:
                self._transport.write(half)
                self._transport.close()
            case Manner.RESET:
                self._transport.write(half)
                # Whoever closes without lingering resets; later, so that the half arrives.
                asyncio.get_running_loop().call_later(0.02, self._reset)
            case Manner.CLOSED:
                self._transport.close()
            case Manner.STALLED:
                self._transport.write(half)
            case Manner.SILENT:
                pass

    def _reply_slowly(self, response: Response) -> None:
        match response.manner:
            case Manner.DRIP:
                self._transport.write(_format_head(response, length=10**6))
                self._pour(b" ", DRIP_SECONDS)
            case Manner.HEADER_DRIP:
                self._transport.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
                self._pour(b"-", DRIP_SECONDS)
            case Manner.ENDLESS:
                self._transport.write(_format_head(response, length=10**9))
                self._pour(b" " * 250_000, 0.001)

    def _reset(self) -> None:
        sock = self._transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def _pour(self, piece: bytes, pause_seconds: float) -> None:
        if not self._transport.is_closing():
            self._transport.write(piece)
            asyncio.get_running_loop().call_later(pause_seconds, self._pour, piece, pause_seconds)


def _format_head(response: Response, length: int | None = None) -> bytes:
    reason = http.HTTPStatus(response.status).phrase
    headers = {
        "Date": email.utils.formatdate(response.sent_at, usegmt=True),
        "Content-Type": "application/json",
        "Content-Length": str(len(response.body) if length is None else length),
    } | response.headers
    lines = [f"HTTP/1.1 {response.status} {reason}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _make_untrusted_context() -> ssl.SSLContext:
    """Return a context whose certificate nobody's authorities have signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def find_closed_port() -> int:
    """Return a port of loopback at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
