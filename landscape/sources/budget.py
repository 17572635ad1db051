"""The time that a run may take. What waits, waits here; who gives up when, is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Budget:
    """A deadline on a monotonic clock, in seconds; clock and sleep come from outside."""

    deadline: float
    clock: Callable[[], float] = field(repr=False)
    sleep: Callable[[float], None] = field(repr=False)

    @classmethod
    def start(
        cls, seconds: float, *, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> Budget:
        """Return a budget of so many seconds from now on."""
        return cls(clock() + seconds, clock, sleep)

    @property
    def remaining(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.deadline - self.clock())

    @property
    def is_spent(self) -> bool:
        """Whether no time is left."""
        return self.clock() >= self.deadline

    def limit(self, seconds: float) -> Budget:
        """Return the part of this budget that ends after so many seconds at the latest."""
        return Budget(min(self.deadline, self.clock() + seconds), self.clock, self.sleep)

    def pause(self, seconds: float) -> bool:
        """Sleep so long and return True; return False at once where the budget ends before."""
        if seconds >= self.remaining:
            return False
        if seconds > 0:
            self.sleep(seconds)
        return True
