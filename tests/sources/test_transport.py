"""A request ends in time and in size, and the token goes to nobody else."""

from __future__ import annotations

import time

import pytest

from landscape.sources.failure import SourceError
from landscape.sources.model import FailureKind
from landscape.sources.transport import Transport
from tests.sources.runs import PACING, start_budget
from tests.standins.exchange import Manner, Request, Response
from tests.standins.server import LoopbackServer


class Redirecting(LoopbackServer):
    """Sends everybody on to another server."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target

    def answer(self, request: Request) -> Response:
        return Response(302, {"Location": self.target + request.path}, b"")


class Misbehaving(LoopbackServer):
    """Answers in one manner."""

    def __init__(self, manner: Manner) -> None:
        super().__init__()
        self.manner = manner

    def answer(self, request: Request) -> Response:
        return Response(body=b'{"2024-01": 1.0}', manner=self.manner)


def test_the_token_does_not_follow_a_redirect_to_another_host() -> None:
    with LoopbackServer() as stranger, Redirecting(stranger.url) as server:
        transport = Transport(server.url, workers=1, pacing=PACING)
        transport.send(
            "GET",
            f"{server.url}/repositories/7",
            budget=start_budget(),
            headers={"Authorization": "token secret"},
        )
        assert server.requests[0].headers["authorization"] == "token secret"
        assert "authorization" not in stranger.requests[0].headers
        transport.close()


def test_a_password_file_of_the_user_is_not_read(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    with LoopbackServer() as server:
        transport = Transport(server.url, workers=1, pacing=PACING)
        transport.send("GET", server.url, budget=start_budget())
        assert "authorization" not in server.requests[0].headers
        transport.close()


@pytest.mark.parametrize(
    ("manner", "kind"),
    [
        (Manner.DRIP, FailureKind.TIMED_OUT),
        (Manner.HEADER_DRIP, FailureKind.TIMED_OUT),
        (Manner.STALLED, FailureKind.TIMED_OUT),
        (Manner.SILENT, FailureKind.TIMED_OUT),
        (Manner.ENDLESS, FailureKind.MALFORMED),
    ],
)
def test_no_answer_outlives_its_limit(manner: Manner, kind: FailureKind) -> None:
    with Misbehaving(manner) as server:
        transport = Transport(server.url, workers=1, pacing=PACING)
        begun = time.monotonic()
        with pytest.raises(SourceError) as caught:
            transport.send("GET", server.url, budget=start_budget())
        took = time.monotonic() - begun
        transport.close()
    assert caught.value.kind is kind
    assert took < PACING.request_seconds + 0.5
