"""A request as a stand-in saw it, and a response as it is to be sent: whole, or not."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import Enum, auto


class Manner(Enum):
    """How a response goes over the wire."""

    WHOLE = auto()
    TRUNCATED = auto()
    """Half of the body, then the connection is closed in good order."""
    RESET = auto()
    """Half of the body, then the connection is reset."""
    CLOSED = auto()
    """Nothing, then the connection is closed."""
    STALLED = auto()
    """Half of the body, then nothing, for ever."""
    SILENT = auto()
    """Nothing, for ever."""
    DRIP = auto()
    """A byte of the body now and then."""
    HEADER_DRIP = auto()
    """A byte of the headers now and then."""
    ENDLESS = auto()
    """The body again and again."""


@dataclass(frozen=True)
class Request:
    """One request; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Response:
    """One response."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    manner: Manner = Manner.WHOLE
    sent_at: float = field(default_factory=time.time)
