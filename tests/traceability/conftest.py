"""The traced report and the records that it is traced to, each read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.traceability.landscapes import Traced, read_traced
from tests.traceability.records import Records
from tests.traceability.recount import Recount
from tests.traceability.tokens import Reader


@pytest.fixture(scope="session")
def traced(request: pytest.FixtureRequest) -> Traced:
    """What is traced: by default the report that these data give with the code as it stands.

    LANDSCAPE_TRACED_ROOT names another landscape to count, LANDSCAPE_TRACED_REPORT another report.
    """
    root, report = (os.environ.get(f"LANDSCAPE_TRACED_{name}") for name in ("ROOT", "REPORT"))
    if root or report:
        folder = Path(root or Path(__file__).parents[2])
    else:
        folder = Path(request.getfixturevalue("live_report"))
    return read_traced(folder, Path(report) if report else None)


@pytest.fixture(scope="session")
def report(traced: Traced) -> Path:
    return traced.report


@pytest.fixture(scope="session")
def records(traced: Traced) -> Records:
    return traced.recount.records


@pytest.fixture(scope="session")
def recount(traced: Traced) -> Recount:
    return traced.recount


@pytest.fixture(scope="session")
def readers(traced: Traced) -> Mapping[str, Reader]:
    return traced.readers
