"""Tasks are done by a few threads, and none of them holds the run beyond its budget."""

from __future__ import annotations

import threading
import time

import pytest

from landscape.sources.crew import run_tasks
from tests.sources.runs import start_budget


def test_every_task_is_done_once_by_no_more_than_the_workers() -> None:
    seen = set()

    def work(task: int) -> int:
        seen.add(threading.current_thread().name)
        time.sleep(0.001)
        return task * task

    done = dict(run_tasks(range(100), work, workers=5, budget=start_budget()))
    assert done == {i: i * i for i in range(100)}
    assert len(seen) <= 5


def test_what_stalls_is_left_behind_when_the_budget_ends() -> None:
    never = threading.Event()

    def work(task: int) -> int:
        if task == 0:
            never.wait(30)
        return task

    begun = time.monotonic()
    done = dict(run_tasks(range(10), work, workers=2, budget=start_budget(0.3)))
    assert time.monotonic() - begun < 1
    assert sorted(done) == list(range(1, 10))
    never.set()


def test_a_bug_in_the_work_is_raised() -> None:
    def work(task: int) -> int:
        return 1 // task

    with pytest.raises(ZeroDivisionError):
        dict(run_tasks([1, 0], work, workers=2, budget=start_budget()))


def test_no_task_is_begun_after_the_caller_left() -> None:
    begun = []

    def work(task: int) -> int:
        begun.append(task)
        time.sleep(0.01)
        return task

    for _ in run_tasks(range(1000), work, workers=2, budget=start_budget()):
        break
    time.sleep(0.1)
    assert len(begun) < 10


def test_no_tasks_are_no_work() -> None:
    assert list(run_tasks([], abs, workers=4, budget=start_budget())) == []
