"""What the workers of one host know together: whether to wait, to retry, or to stop asking."""

from __future__ import annotations

import threading

from landscape.sources.budget import Budget
from landscape.sources.failure import Reach, SourceError, fail_for_budget

UNREACHABLE_PROJECTS = 8
"""So many different projects in a row without any connection: the host is down."""
FAILING_PROJECTS = 64
"""So many different projects in a row without any answer: they are no longer tried again each."""


class Circuit:
    """One host's state, shared by its workers.

    Where a host cannot be reached at all, asking for the next thousand projects would only cost
    time: they get the same failure, in the same words. A host that is reached and fails is asked
    for every project still, because a part of it may work, but only once.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._unreachable: set[str] = set()
        self._failing: set[str] = set()
        self._opened_by: SourceError | None = None
        self._not_before = budget.clock()

    @property
    def allows_retries(self) -> bool:
        """Whether a failed request may be tried again."""
        with self._lock:
            return self._opened_by is None and len(self._failing) < FAILING_PROJECTS

    def enter(self) -> None:
        """Wait for the host where it asked for it; raise SourceError where it is given up."""
        while True:
            with self._lock:
                opened_by = self._opened_by
                wait = self._not_before - self._budget.clock()
            if opened_by is not None:
                raise SourceError(opened_by.kind, opened_by.detail)
            if wait <= 0:
                return
            if not self._budget.pause(wait):
                raise fail_for_budget()

    def postpone(self, seconds: float) -> None:
        """Let no request start before so many seconds have passed: the host asked for it."""
        with self._lock:
            self._not_before = max(self._not_before, self._budget.clock() + seconds)

    def record_answer(self) -> None:
        """Note that the host answered something."""
        with self._lock:
            self._unreachable.clear()
            self._failing.clear()

    def record_failure(self, project: str, failure: SourceError) -> None:
        """Note that a project was given up."""
        with self._lock:
            self._failing.add(project)
            if failure.reach is Reach.SUSPECT:
                self._unreachable.add(project)
            if failure.reach is Reach.HOST or len(self._unreachable) >= UNREACHABLE_PROJECTS:
                self._opened_by = self._opened_by or failure
