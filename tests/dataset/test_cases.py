"""Every case of tests/cases/dataset: a bad input has exactly the findings it names, a good none.

A case is a folder laid over ``base``. Its file ``expected`` has a line for each finding:
``path:line level code | words of its message or remedy``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from landscape.base.findings import Finding
from landscape.dataset.checks import check_dataset
from landscape.dataset.load import load_dataset
from tests.dataset.landscapes import EXPECTED, list_cases, make_landscape

TODAY = dt.date(2026, 6, 1)


def describe(finding: Finding) -> str:
    return f"{finding.path}:{finding.line} {finding.level} {finding.code}"


@pytest.mark.parametrize("case", list_cases("invalid"), ids=lambda case: case.name)
def test_a_bad_input_has_exactly_the_findings_that_it_names(case: Path, tmp_path: Path) -> None:
    root = make_landscape(tmp_path, case)
    lines = (case / EXPECTED).read_text(encoding="utf-8").splitlines()
    expected = [tuple(part.strip() for part in line.split(" | ")) for line in lines]
    assert expected
    findings = check_dataset(root, None, TODAY).findings
    assert [describe(finding) for finding in findings] == [head for head, *_ in expected]
    for finding, (_, *words) in zip(findings, expected, strict=True):
        told = f"{finding.message}\n{finding.hint}"
        assert [word for word in words if word not in told] == []
        assert finding.hint


@pytest.mark.parametrize("case", list_cases("valid"), ids=lambda case: case.name)
def test_a_good_input_has_no_finding_and_loads(case: Path, tmp_path: Path) -> None:
    root = make_landscape(tmp_path, case)
    assert check_dataset(root, None, TODAY).findings == ()
    assert "ray" in load_dataset(root, TODAY).projects


def test_there_are_cases() -> None:
    assert len(list_cases("invalid")) > 100
    assert len(list_cases("valid")) >= 10
