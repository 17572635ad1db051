"""The traced report and the records that it is traced to, each read once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.traceability.records import Records, read_records
from tests.traceability.recount import Recount
from tests.traceability.tokens import Reader

ROOT = Path(os.environ.get("LANDSCAPE_TRACED_ROOT") or Path(__file__).parents[2])
"""The landscape whose files are counted: this repository, or the folder that the variable names."""


@pytest.fixture(scope="session")
def report() -> Path:
    """The report that is traced: the committed one, or the folder LANDSCAPE_TRACED_REPORT."""
    return Path(os.environ.get("LANDSCAPE_TRACED_REPORT") or ROOT / "report")


@pytest.fixture(scope="session")
def records() -> Records:
    return read_records(ROOT)


@pytest.fixture(scope="session")
def recount(records: Records) -> Recount:
    return Recount(records)


@pytest.fixture(scope="session")
def readers(records: Records) -> dict[str, Reader]:
    """How each language's pages are read."""
    return {language: Reader(records, language) for language in ("en", "zh")}
