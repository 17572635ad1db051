"""The table of cases: what a refresh makes of what the sources answered. Cases are files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from landscape.analysis.intake import take_in
from landscape.analysis.intake_model import Intake
from landscape.analysis.observations import tabulate_observations
from landscape.analysis.publication import find_published_months
from landscape.metrics.columns import name_vintage
from tests.analysis.cases import read_values
from tests.analysis.intake_cases import IntakeCase, list_cases, load_case

EXPECTATIONS = {
    "stored", "stored_participants", "states", "answers", "github_answers", "counts",
    "repositories", "renames", "replaced", "corrections", "years",
}  # fmt: skip


def take(case: IntakeCase) -> Intake:
    return take_in(
        case.store,
        case.technology,
        case.answers,
        case.projects,
        case.corrections,
        case.inclusion,
        case.today,
    )


@cache
def take_first(path: Path) -> tuple[IntakeCase, Intake]:
    """Load the case and take its answers in; all that is checked of it starts from here."""
    case = load_case(path)
    return case, take(case)


def test_there_are_cases() -> None:
    assert len(list_cases()) >= 45


@pytest.mark.parametrize("path", list_cases(), ids=lambda path: path.stem)
def test_intake_makes_of_the_answers_what_the_case_says(path: Path) -> None:
    case, intake = take_first(path)
    assert case.expect, "a case must expect something"
    assert set(case.expect) <= EXPECTATIONS
    found = {name: FINDERS[name](case, intake) for name in case.expect}
    wanted = {name: read_expected(case, name) for name in case.expect}
    assert found == wanted


@pytest.mark.parametrize("path", list_cases(), ids=lambda path: path.stem)
def test_the_same_answers_taken_in_again_change_nothing(path: Path) -> None:
    case, first = take_first(path)
    later = replace(
        case, store=first.store, technology=first.technology, today=f"{case.today[:8]}28"
    )
    second = take(later)
    for name in ("opendigger", "github", "repositories", "states"):
        assert_frame_equal(getattr(second.store, name), getattr(first.store, name))
    assert_frame_equal(second.technology, first.technology)


@pytest.mark.parametrize("path", list_cases(), ids=lambda path: path.stem)
def test_a_file_without_an_answer_keeps_every_value(path: Path) -> None:
    case, intake = take_first(path)
    new = intake.store
    read = set(
        map(tuple, case.answers.metrics.query("outcome == 'ok'")[["project", "metric"]].to_numpy())
    )
    for metric in ("openrank", "participants"):
        kept = {
            key: cell
            for key, cell in list_cells(case.store.opendigger, metric).items()
            if (key[0], metric) not in read
        }
        cells = list_cells(new.opendigger, metric)
        assert {key: cell for key, cell in cells.items() if (key[0], metric) not in read} == kept


@pytest.mark.parametrize("path", list_cases(), ids=lambda path: path.stem)
def test_zeros_stand_only_in_published_months_and_never_in_the_newest(path: Path) -> None:
    case, intake = take_first(path)
    new = intake.store.opendigger
    observations = tabulate_observations(new, case.inclusion.metric, case.projects)
    published = find_published_months(observations.values, case.projects)
    served = set(map(tuple, case.answers.values[["project", "metric", "month"]].to_numpy()))
    before = list_cells(case.store.opendigger, "openrank")
    zeros = [
        key
        for key, (value, _) in list_cells(new, "openrank").items()
        if value == 0 and (key[0], "openrank", key[1]) not in served and key not in before
    ]
    assert [key for key in zeros if key[1] not in published[:-1]] == []


def list_cells(table: pd.DataFrame, metric: str) -> dict[tuple[str, str], tuple[float, str]]:
    """The known values of a metric, with their vintages, by project and month."""
    if metric not in table:
        return {}
    known = table[table[metric].notna()]
    vintage = known["vintage"]
    if name_vintage(metric) in known:
        vintage = known[name_vintage(metric)].fillna(vintage)
    return {
        (project, month): (value, label)
        for project, month, value, label in zip(
            known["project"], known["month"], known[metric], vintage, strict=True
        )
    }


def find_stored(case: IntakeCase, intake: Intake, metric: str, name: str) -> Any:
    rows, _ = read_values(case.expect[name])
    asked = {row["project"] for row in rows}
    for crowd, members in case.crowds.items():
        if crowd in asked:
            asked |= set(members)
    cells = list_cells(intake.store.opendigger, metric)
    return {key: cell for key, cell in cells.items() if key[0] in asked - set(case.crowds)}


def read_expected(case: IntakeCase, name: str) -> Any:
    expected = case.expect[name]
    if name == "states":
        return [{**state, "since": str(state["since"])} for state in expected]
    if name not in {"stored", "stored_participants"}:
        return expected
    rows, _ = read_values(expected)
    return {
        (member, row["month"]): (row["openrank"], row["vintage"])
        for row in rows
        for member in case.crowds.get(row["project"], [row["project"]])
    }


def simplify(value: Any) -> Any:
    if isinstance(value, (int, float, str, bool)):
        return None if value != value else value
    return None if value is None or pd.isna(value) else value.item()


def list_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): cell for name, value in row.items() if (cell := simplify(value)) is not None}
        for row in table.astype("object").to_dict("records")
    ]


def find_answers(case: IntakeCase, intake: Intake, source: str, name: str) -> dict[str, str]:
    learned = intake.learned[intake.learned["source"] == source]
    answers = dict(zip(learned["project"], learned["answer"], strict=True))
    return {
        project: "+".join(sorted({answers[m] for m in case.crowds.get(project, [project])}))
        for project in case.expect[name]
    }


def find_states(case: IntakeCase, intake: Intake) -> list[dict[str, Any]]:
    members = {member: crowd for crowd, each in case.crowds.items() for member in each}
    rows = list_records(intake.store.states)
    told = [{**row, "project": members.get(row["project"], row["project"])} for row in rows]
    return [row for number, row in enumerate(told) if row not in told[:number]]


def find_facts(case: IntakeCase, intake: Intake) -> dict[str, dict[str, Any]]:
    table = intake.store.repositories.set_index("project").astype("object")
    return {
        project: {name: simplify(table.loc[project, name]) for name in facts}
        for project, facts in case.expect["repositories"].items()
    }


FINDERS: dict[str, Any] = {
    "stored": lambda case, intake: find_stored(case, intake, "openrank", "stored"),
    "stored_participants": lambda case, intake: find_stored(
        case, intake, "participants", "stored_participants"
    ),
    "states": find_states,
    "answers": lambda case, intake: find_answers(case, intake, "opendigger", "answers"),
    "github_answers": lambda case, intake: find_answers(case, intake, "github", "github_answers"),
    "counts": lambda _, intake: list_records(intake.store.github),
    "repositories": find_facts,
    "renames": lambda _, intake: {
        row["project"]: [row["old_name"], row["new_name"]] for row in list_records(intake.renames)
    },
    "replaced": lambda _, intake: {
        row["project"]: [row["old_id"], row["new_id"]] for row in list_records(intake.replaced)
    },
    "corrections": lambda _, intake: dict(
        zip(intake.corrections["number"], intake.corrections["status"], strict=True)
    ),
    "years": lambda _, intake: list_records(intake.technology),
}
