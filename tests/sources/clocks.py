"""A clock that only moves when somebody sleeps, so that waits are read off and not waited for."""

from __future__ import annotations

from dataclasses import dataclass, field

from landscape.sources.budget import Budget


@dataclass
class StillClock:
    """Monotonic seconds; ``slept`` holds every sleep."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def start_budget(self, seconds: float) -> Budget:
        return Budget.start(seconds, clock=self.read, sleep=self.sleep)
