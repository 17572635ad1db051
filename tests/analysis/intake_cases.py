"""Reads a case of intake (its form: tests/cases/intake/README.md) into what ``take_in`` takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from landscape.analysis.intake_model import Answers
from landscape.dataset.model import Inclusion
from landscape.metrics.columns import GITHUB, OPENDIGGER, REPOSITORIES, STATES, name_vintage
from landscape.metrics.model import MONTHLY_KEY, Store
from tests.analysis.cases import fill_table, make_projects, read_inclusion, read_values

FOLDER = Path(__file__).parent.parent / "cases" / "intake"
METRICS = ("openrank", "participants")
KEYS = {
    "rule", "because", "today", "inclusion", "stored", "stored_participants", "projects",
    "repositories", "counts", "states", "years", "corrections", "answered",
    "answered_participants", "not_found", "unavailable", "github", "labels", "removed", "expect",
}  # fmt: skip
FACTS = ("repo_id", "full_name", "created_at", "last_commit_at", "language", "license", "archived")
COUNTS = ("stars", "forks", "watchers")
DETAILS = {"missing": "status 404", "unavailable": "no answer in time", "ok": ""}
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class IntakeCase:
    """A case: what intake is given, and what it must make of it."""

    store: Store
    technology: pd.DataFrame
    answers: Answers
    projects: pd.DataFrame
    corrections: pd.DataFrame
    inclusion: Inclusion
    today: str
    crowds: dict[str, list[str]]
    expect: dict[str, Any]


def list_cases() -> list[Path]:
    """Return every case file, in order of name."""
    return sorted(FOLDER.glob("*.yaml"))


def load_case(path: Path) -> IntakeCase:
    """Read the file; every key of it must be a known one, so that a typo checks something."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(document) <= KEYS, f"{path.name}: unknown keys {set(document) - KEYS}"
    assert document["because"], f"{path.name} says no reason"
    crowds: dict[str, list[str]] = {}
    stored = {m: read_rows(document, "stored", m, crowds) for m in METRICS}
    answered = {m: read_rows(document, "answered", m, crowds) for m in METRICS}
    facts = {name: values or {} for name, values in document.get("projects", {}).items()}
    for rows in (*stored.values(), *answered.values()):
        for row in rows:
            facts.setdefault(row["project"], {})
    for name in document.get("removed", []):
        del facts[name]
    answers = Answers(
        metrics=tabulate_metrics(document, answered, crowds),
        values=pd.DataFrame(
            [
                {"project": r["project"], "metric": m, "month": r["month"], "value": r["value"]}
                for m, rows in answered.items()
                for r in rows
            ],
            columns=["project", "metric", "month", "value"],
        ).astype({"value": "float64"}),
        repositories=tabulate_repositories(document.get("github", {})),
        labels=pd.DataFrame(
            [
                {"domain": name, "outcome": years if isinstance(years, str) else "ok", "detail": ""}
                for name, years in document.get("labels", {}).items()
            ],
            columns=["domain", "outcome", "detail"],
        ),
        years=make_years(
            [
                {"domain": name, "year": year, "openrank": value}
                for name, years in document.get("labels", {}).items()
                if not isinstance(years, str)
                for year, value in years.items()
            ]
        ).drop(columns="vintage"),
    )
    return IntakeCase(
        store=make_store(document, stored),
        technology=make_years(document.get("years", [])),
        answers=answers,
        projects=make_projects(facts),
        corrections=make_corrections(document.get("corrections", [])),
        inclusion=read_inclusion(document.get("inclusion", {})),
        today=str(document.get("today", "2025-05-10")),
        crowds=crowds,
        expect=document["expect"],
    )


def read_rows(
    document: dict[str, Any], prefix: str, metric: str, crowds: dict[str, list[str]]
) -> Rows:
    """Read a table of values of a metric: project, month, value, vintage."""
    name = prefix if metric == "openrank" else f"{prefix}_{metric}"
    rows, named = read_values(document.get(name, ""))
    crowds |= named
    return [{**row, "value": row["openrank"]} for row in rows]


def make_store(document: dict[str, Any], stored: dict[str, Rows]) -> Store:
    """Build the store; a metric of another vintage than its row says so itself."""
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for metric, rows in stored.items():
        for row in rows:
            cell = merged.setdefault(
                (row["project"], row["month"]),
                {name: row[name] for name in ("project", "month", "vintage")},
            )
            cell[metric] = row["value"]
            if cell["vintage"] != row["vintage"]:
                cell[name_vintage(metric)] = row["vintage"]
    table = fill_table(list(merged.values()), OPENDIGGER, monthly=True)
    for name in ("participants", name_vintage("participants")):
        if any(name in row for row in merged.values()):
            table[name] = [row.get(name) for row in merged.values()]
    repositories = [
        {"project": name, **values} for name, values in document.get("repositories", {}).items()
    ]
    states = [{**state, "since": str(state["since"])} for state in document.get("states", [])]
    return Store(
        opendigger=table.sort_values(MONTHLY_KEY, ignore_index=True),
        github=fill_table(document.get("counts", []), GITHUB, monthly=True),
        repositories=fill_table(repositories, REPOSITORIES),
        states=fill_table(states, STATES),
    )


def tabulate_metrics(
    document: dict[str, Any], answered: dict[str, Rows], crowds: dict[str, list[str]]
) -> pd.DataFrame:
    """Build the answers for files: ok where there are values, else as the lists say."""
    rows = {(row["project"], metric): "ok" for metric, found in answered.items() for row in found}
    for key, outcome in (("not_found", "missing"), ("unavailable", "unavailable")):
        for name in document.get(key, []):
            for member in crowds.get(name, [name]):
                for metric in METRICS:
                    rows.setdefault((member, metric), outcome)
    return pd.DataFrame(
        [
            {"project": project, "metric": m, "outcome": outcome, "detail": DETAILS[outcome]}
            for (project, m), outcome in rows.items()
        ],
        columns=["project", "metric", "outcome", "detail"],
    )


def tabulate_repositories(github: dict[str, Any]) -> pd.DataFrame:
    """Build GitHub's answers."""
    rows = []
    for project, answer in github.items():
        facts = answer if isinstance(answer, dict) else {}
        outcome = {"gone": "missing"}.get(answer, answer) if isinstance(answer, str) else "ok"
        rows.append(
            {
                "project": project,
                "outcome": outcome,
                "is_gone": answer == "gone",
                "is_private": facts.get("private", False),
                "asked_name": f"owner/{project}",
                "is_name_taken": facts.get("taken", False),
                "detail": "not found" if answer == "gone" else DETAILS[outcome],
                **{name: facts.get(name) for name in (*FACTS, *COUNTS)},
            }
        )
    names = ["project", "outcome", "is_gone", "is_private", "asked_name", "is_name_taken"]
    table = pd.DataFrame(rows, columns=[*names, "detail", *FACTS, *COUNTS], dtype="object")
    return table.astype(
        {"repo_id": "Int64", "archived": "boolean", **dict.fromkeys(COUNTS, "Int64")}
    )


def make_years(rows: Rows) -> pd.DataFrame:
    """Build the yearly figures of technology domains."""
    table = pd.DataFrame(rows, columns=["domain", "year", "openrank", "vintage"], dtype="object")
    return table.astype({"openrank": "float64"})


def make_corrections(rows: Rows) -> pd.DataFrame:
    """Build the table of corrections."""
    items = [{"source": "opendigger", **row, "number": n} for n, row in enumerate(rows)]
    names = ["number", "project", "source", "metric", "month", "value", "expected"]
    table = pd.DataFrame(items, columns=names, dtype="object")
    return table.astype({"number": "int64", "value": "float64", "expected": "float64"})
