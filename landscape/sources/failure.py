"""Why one request gave no answer, and what that means for the next one."""

from __future__ import annotations

from enum import Enum

from landscape.sources.model import FailureKind


class Reach(Enum):
    """How far a failure reaches."""

    REQUEST = "this request only"
    SUSPECT = "several different projects in a row prove that it is the whole host"
    HOST = "the whole host, at once"


class SourceError(Exception):
    """A request failed. It never leaves the sources: there it becomes an answer of the project.

    detail: one line for people. It holds no port, address, byte count or time, so that the same
    failure gives the same words in the next run. retry: whether trying again may help.
    wait_seconds: how long the server asked to wait.
    """

    def __init__(
        self,
        kind: FailureKind,
        detail: str,
        *,
        retry: bool = False,
        wait_seconds: float | None = None,
        reach: Reach = Reach.REQUEST,
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.retry = retry
        self.wait_seconds = wait_seconds
        self.reach = reach


def fail_for_budget() -> SourceError:
    """Return the failure of a request that there was no time for."""
    return SourceError(FailureKind.BUDGET, "the time for the whole run was used up")
