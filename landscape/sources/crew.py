"""Many tasks by a few threads, within a budget that no stalled task can overrun.

Own code rather than a ThreadPoolExecutor, whose threads are joined when the program ends: one
stalled connection would hold the whole run. These are daemons; what is late is left behind.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from landscape.sources.budget import Budget

Task = TypeVar("Task")
Result = TypeVar("Result")

LONGEST_WAIT_SECONDS = 0.25
"""How long the collecting thread waits before it looks at the budget again."""


def run_tasks(
    tasks: Sequence[Task],
    work: Callable[[Task], Result],
    *,
    workers: int,
    budget: Budget,
) -> Iterator[tuple[int, Result]]:
    """Yield (position of the task, result) as results come, in any order.

    Ends when all are done or the budget is spent, whichever is first: tasks that were not done
    by then are not in the output. ``work`` must not fail; if it does, that is a bug and is raised.
    """
    waiting = iter(range(len(tasks)))
    lock = threading.Lock()
    stop = threading.Event()
    finished: queue.SimpleQueue[tuple[int, Result | BaseException, bool]] = queue.SimpleQueue()

    def take_tasks() -> None:
        while not stop.is_set():
            with lock:
                position = next(waiting, None)
            if position is None:
                return
            try:
                finished.put((position, work(tasks[position]), True))
            except BaseException as error:  # noqa: BLE001  # raised again by the collecting thread
                finished.put((position, error, False))

    for number in range(min(workers, len(tasks))):
        threading.Thread(target=take_tasks, name=f"source-{number}", daemon=True).start()
    try:
        missing = len(tasks)
        while missing:
            try:
                position, result, is_good = finished.get(
                    timeout=min(LONGEST_WAIT_SECONDS, budget.remaining)
                )
            except queue.Empty:
                if budget.is_spent:
                    return
                continue
            missing -= 1
            if isinstance(result, BaseException) and not is_good:
                raise result
            yield position, result  # type: ignore[misc]
    finally:
        stop.set()
