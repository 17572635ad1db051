"""When a request is tried again, how long that waits, and when nobody is asked any more."""

from __future__ import annotations

import pytest

from landscape.sources.circuit import FAILING_PROJECTS, UNREACHABLE_PROJECTS, Circuit
from landscape.sources.failure import Reach, SourceError
from landscape.sources.model import FailureKind
from landscape.sources.persistence import Pacing, persist
from tests.sources.clocks import StillClock

PACING = Pacing()
PASSING = SourceError(FailureKind.SERVER_ERROR, "status 503", retry=True)
LASTING = SourceError(FailureKind.REFUSED, "status 403")
LIMIT = SourceError(FailureKind.RATE_LIMITED, "status 429", retry=True, wait_seconds=60)
UNREACHABLE = SourceError(FailureKind.CONNECTION, "refused", retry=True, reach=Reach.SUSPECT)


class Run:
    """Asks for projects one after the other on a still clock."""

    def __init__(self, seconds: float = 900) -> None:
        self.clock = StillClock()
        self.budget = self.clock.start_budget(seconds)
        self.circuit = Circuit(self.budget)
        self.asked = 0

    def ask(self, *failures: SourceError, project: str = "p") -> str:
        """The failures come first, the last of them for ever where there are none after it."""
        left = list(failures)

        def answer() -> str:
            self.asked += 1
            if left:
                raise left.pop(0)
            return "answer"

        return persist(project, answer, pacing=PACING, circuit=self.circuit, budget=self.budget)


def test_a_passing_failure_is_tried_again_after_growing_waits_without_chance() -> None:
    run = Run()
    assert run.ask(PASSING, PASSING, PASSING) == "answer"
    assert run.clock.slept == [0.5, 1.0, 2.0]


def test_it_is_given_up_after_four_attempts() -> None:
    run = Run()
    with pytest.raises(SourceError, match="status 503"):
        run.ask(*[PASSING] * 9)
    assert run.asked == 4


def test_a_lasting_failure_is_not_tried_again() -> None:
    run = Run()
    with pytest.raises(SourceError, match="status 403"):
        run.ask(LASTING)
    assert (run.asked, run.clock.slept) == (1, [])


def test_a_wait_that_was_asked_for_is_kept_by_all() -> None:
    run = Run()
    assert run.ask(LIMIT) == "answer"
    assert run.clock.slept == [60]
    run.circuit.postpone(30)
    assert run.ask(project="another") == "answer"
    assert run.clock.slept == [60, 30]


def test_a_wait_beyond_the_budget_is_not_begun() -> None:
    run = Run(seconds=59)
    with pytest.raises(SourceError, match="longer than this run may take") as caught:
        run.ask(LIMIT)
    assert caught.value.kind is FailureKind.RATE_LIMITED
    assert run.clock.slept == []


def test_no_wait_is_begun_that_ends_after_the_budget() -> None:
    run = Run(seconds=0.4)
    with pytest.raises(SourceError, match="status 503"):
        run.ask(PASSING)
    assert (run.asked, run.clock.slept) == (1, [])


def test_nothing_is_asked_when_the_budget_is_spent() -> None:
    run = Run(seconds=10)
    run.clock.now += 10
    with pytest.raises(SourceError) as caught:
        run.ask()
    assert (caught.value.kind, run.asked) == (FailureKind.BUDGET, 0)


def test_a_host_without_any_connection_is_given_up() -> None:
    run = Run()
    for i in range(UNREACHABLE_PROJECTS):
        with pytest.raises(SourceError, match="refused"):
            run.ask(*[UNREACHABLE] * 4, project=f"p{i}")
    asked = run.asked
    with pytest.raises(SourceError, match="refused"):
        run.ask(project="next")
    assert run.asked == asked


def test_one_project_alone_never_closes_a_host() -> None:
    run = Run(seconds=10_000)
    for _ in range(UNREACHABLE_PROJECTS * 2):
        with pytest.raises(SourceError, match="refused"):
            run.ask(*[UNREACHABLE] * 4)
    assert run.ask(project="next") == "answer"


def test_an_answer_in_between_begins_the_count_anew() -> None:
    run = Run()
    for i in range(UNREACHABLE_PROJECTS * 2):
        with pytest.raises(SourceError, match="refused"):
            run.ask(*[UNREACHABLE] * 4, project=f"p{i}")
        if i % (UNREACHABLE_PROJECTS - 1) == 0:
            run.ask(project="good")
    assert run.ask(project="next") == "answer"


def test_a_host_that_only_fails_is_asked_on_but_once_each() -> None:
    run = Run()
    for i in range(FAILING_PROJECTS):
        with pytest.raises(SourceError, match="status 503"):
            run.ask(*[PASSING] * 4, project=f"p{i}")
    asked = run.asked
    with pytest.raises(SourceError, match="status 503"):
        run.ask(*[PASSING] * 4, project="next")
    assert run.asked == asked + 1
    assert run.ask(project="good") == "answer"
    assert run.ask(PASSING, project="again") == "answer"
