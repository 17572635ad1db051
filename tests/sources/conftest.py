"""No test of the sources asks a name server: what ends in ``.invalid`` is not known here either."""

from __future__ import annotations

import socket
from typing import Any

import pytest

RESOLVE = socket.getaddrinfo


@pytest.fixture(autouse=True)
def _unknown_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return RESOLVE(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
