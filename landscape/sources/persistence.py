"""Trying again: how often, how long between, and within whose time.

Own code rather than urllib3's Retry, which sleeps without regard to a budget, ends where the
headers end (a body that breaks off is never tried again), and knows one request, not its host.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from landscape.sources.budget import Budget
from landscape.sources.circuit import Circuit
from landscape.sources.failure import Reach, SourceError, fail_for_budget

T = TypeVar("T")


@dataclass(frozen=True)
class Pacing:
    """How patient a fetch is; seconds, and numbers of attempts."""

    connect_seconds: float = 10.0
    """For a connection, TLS included."""
    read_seconds: float = 20.0
    """Between two pieces of an answer."""
    request_seconds: float = 60.0
    """For one answer as a whole."""
    attempts: int = 4
    backoff_seconds: float = 0.5
    """Before the second attempt; doubled for each further one. No jitter: runs are repeatable,
    and the few workers of one run are no herd."""
    longest_backoff_seconds: float = 8.0


def persist(
    project: str, ask: Callable[[], T], *, pacing: Pacing, circuit: Circuit, budget: Budget
) -> T:
    """Return what ``ask`` returns, asked again where that may help.

    Raises SourceError: the last one of the attempts, or that the time was used up. A wait that
    the server asked for holds for the whole host; one beyond the budget is not begun.
    """
    attempt = 1
    while True:
        circuit.enter()
        if budget.is_spent:
            raise fail_for_budget()
        try:
            answer = ask()
        except SourceError as failure:
            final = _wait_for_another(failure, attempt, pacing, circuit, budget)
            if final is not None:
                circuit.record_failure(project, final)
                raise final from failure
            attempt += 1
        else:
            circuit.record_answer()
            return answer


def _wait_for_another(
    failure: SourceError, attempt: int, pacing: Pacing, circuit: Circuit, budget: Budget
) -> SourceError | None:
    """Wait until the next attempt; return the failure to end with where there is none."""
    if budget.is_spent:
        return fail_for_budget()
    if not failure.retry:
        return failure
    asked_seconds = failure.wait_seconds
    if asked_seconds is not None and asked_seconds >= budget.remaining:
        return SourceError(
            failure.kind,
            f"{failure.detail}; it asks to wait longer than this run may take",
            reach=Reach.HOST if failure.reach is Reach.HOST else Reach.SUSPECT,
        )
    if attempt >= pacing.attempts or not circuit.allows_retries:
        return failure
    backoff = min(pacing.longest_backoff_seconds, pacing.backoff_seconds * 2 ** (attempt - 1))
    if asked_seconds is not None and asked_seconds > backoff:
        circuit.postpone(asked_seconds)
        return None
    return None if budget.pause(backoff) else failure
