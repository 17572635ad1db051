"""What the tests of the sources share: a short budget, an impatient pacing, and fetches with it."""

from __future__ import annotations

import time

from landscape.sources.budget import Budget
from landscape.sources.persistence import Pacing
from tests.sources.outcomes import ATTEMPTS

BUDGET_SECONDS = 8.0
PACING = Pacing(
    connect_seconds=2.0,
    read_seconds=0.6,
    request_seconds=1.0,
    attempts=ATTEMPTS,
    backoff_seconds=0.01,
)


def start_budget(seconds: float = BUDGET_SECONDS) -> Budget:
    return Budget.start(seconds, clock=time.monotonic, sleep=time.sleep)
