"""The table of cases: what the rules answer about small landscapes. Cases are files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from landscape.analysis.guards import check_guards
from landscape.analysis.landscape import analyse
from landscape.analysis.model import Landscape
from landscape.base.errors import LandscapeError
from landscape.dataset.model import Guards
from tests.analysis.cases import Case, list_cases, load_case

EXPECTATIONS = {"published", "verdicts", "columns", "basis", "refused", "error"}


def test_there_are_cases() -> None:
    assert len(list_cases()) >= 30


@pytest.mark.parametrize("path", list_cases(), ids=lambda path: path.stem)
def test_the_rules_answer_as_the_case_says(path: Path) -> None:
    case = load_case(path)
    assert case.expect, "a case must expect something"
    assert set(case.expect) <= EXPECTATIONS
    if "error" in case.expect:
        with pytest.raises(LandscapeError, match=case.expect["error"]):
            analyse(case.projects, case.store, case.inclusion, case.as_of)
        return
    landscape = analyse(case.projects, case.store, case.inclusion, case.as_of)
    found = {
        "published": list(landscape.published),
        "verdicts": _answer_verdicts(case, landscape),
        "columns": _answer_columns(case, landscape),
        "basis": _answer_basis(case, landscape),
        "refused": _answer_guards(case, landscape),
    }
    assert {name: found[name] for name in case.expect} == case.expect


def _answer_verdicts(case: Case, landscape: Landscape) -> dict[str, Any]:
    verdicts = {
        project: str(verdict)
        for project, verdict in zip(
            landscape.projects["project"], landscape.projects["verdict"], strict=True
        )
    }
    answers = {}
    for name in case.expect.get("verdicts", {}):
        members = {verdicts[member] for member in case.crowds.get(name, [name])}
        answers[name] = members.pop() if len(members) == 1 else sorted(members)
    return answers


def _answer_columns(case: Case, landscape: Landscape) -> dict[str, Any]:
    table = landscape.projects.set_index("project").astype("object")
    return {
        project: {column: _simplify(table.loc[project, column]) for column in expected}
        for project, expected in case.expect.get("columns", {}).items()
    }


def _answer_basis(case: Case, landscape: Landscape) -> dict[str, Any]:
    answers = {
        "kind": landscape.basis.kind,
        "current": list(landscape.basis.current),
        "earlier": list(landscape.basis.earlier),
        "compared": landscape.basis.compared,
        "total_current": landscape.basis.total_current,
        "total_earlier": landscape.basis.total_earlier,
    }
    return {name: answers[name] for name in case.expect.get("basis", {})}


def _answer_guards(case: Case, landscape: Landscape) -> dict[str, Any]:
    refusals = check_guards(
        landscape, Guards(), case.published_map, case.published_inclusion, case.published_as_of
    )
    return {refusal.guard: _name_crowds(refusal.projects, case.crowds) for refusal in refusals}


def _name_crowds(projects: tuple[str, ...], crowds: dict[str, list[str]]) -> list[str]:
    named = {member: name for name, members in crowds.items() for member in members}
    return sorted({named.get(project, project) for project in projects})


def _simplify(value: Any) -> Any:
    """Turn a cell into what YAML reads: a missing value into null, a tuple into a list."""
    if isinstance(value, tuple):
        return list(value)
    return None if pd.isna(value) else value
