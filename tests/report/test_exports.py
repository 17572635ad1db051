"""The exported tables: their columns, their text, and what describes them."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from tests.report.landscapes import load_sample

# As the product's description lists them.
COLUMNS = re.findall(
    r"\w+",
    "project,name,repo,layer,domain,subdomain,verdict,reason,openrank_mean,months_known,"
    "months_in_window,openrank_latest,change,change_percent,change_basis,rank,rank_in_domain,"
    "stars,forks,participants,language,license,created_at,last_commit_at,archived,origin",
)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return load_sample().render()


@pytest.fixture(scope="module")
def rows(files: dict[str, str]) -> dict[str, dict[str, str]]:
    reader = csv.DictReader(io.StringIO(files["landscape.csv"], newline=""))
    return {row["project"]: row for row in reader}


def test_the_table_has_exactly_the_columns_of_the_contract(files: dict[str, str]) -> None:
    assert files["landscape.csv"].split("\n", 1)[0].split(",") == COLUMNS


def test_every_project_has_one_row_on_the_map_or_not(rows: dict[str, dict[str, str]]) -> None:
    assert list(rows) == ["alpha", "beta", "delta", "epsilon", "gamma"]
    assert all(row["verdict"] and row["reason"] for row in rows.values())


def test_a_reason_is_a_sentence_with_its_arithmetic(rows: dict[str, dict[str, str]]) -> None:
    assert rows["gamma"]["reason"] == (
        "mean 16.33 over 3 of 4 months (2026-01 to 2026-04), above 10"
    )
    assert rows["beta"]["reason"] == (
        "mean 10.00 over 4 of 4 months (2026-01 to 2026-04), not above 10; archived upstream"
    )


def test_unknown_is_empty_and_never_zero(rows: dict[str, dict[str, str]]) -> None:
    unmeasured = rows["epsilon"]
    unknown = ("openrank_mean", "openrank_latest", "change", "stars", "participants", "archived")
    assert [unmeasured[name] for name in unknown] == [""] * len(unknown)
    assert rows["gamma"]["change_basis"] == ""


def test_only_projects_on_the_map_have_a_rank(rows: dict[str, dict[str, str]]) -> None:
    ranked = {project: row["rank"] for project, row in rows.items() if row["rank"]}
    assert ranked == {"alpha": "1", "gamma": "2"}


def test_json_holds_the_same_rows_and_the_rule(
    files: dict[str, str], rows: dict[str, dict[str, str]]
) -> None:
    document = json.loads(files["landscape.json"])
    assert document["rule"] == {"metric": "openrank", "window": "year-to-date", "above": 10}
    assert document["as_of"] == "2026-04"
    assert document["verdicts"]["on the map"] == 2
    assert document["projects_total"] == len(rows)
    for row in document["projects"]:
        assert list(row) == COLUMNS
        for name, value in row.items():
            assert format_value(value) == rows[row["project"]][name]


def format_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def test_the_descriptor_tells_every_column_of_the_table(files: dict[str, str]) -> None:
    descriptor = json.loads(files["datapackage.json"])
    table, document = descriptor["resources"]
    assert (table["path"], document["path"]) == ("landscape.csv", "landscape.json")
    assert [field["name"] for field in table["schema"]["fields"]] == COLUMNS
    assert all(field["type"] and field["description"] for field in table["schema"]["fields"])
    assert table["schema"]["missingValues"] == [""]
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert {"OpenDigger", "GitHub"} == {
        source["title"].split(" ")[0] for source in descriptor["sources"]
    }


def test_values_are_of_the_type_that_the_descriptor_says(files: dict[str, str]) -> None:
    fields = json.loads(files["datapackage.json"])["resources"][0]["schema"]["fields"]
    kinds = {
        "string": str,
        "date": str,
        "yearmonth": str,
        "number": float,
        "integer": int,
        "boolean": bool,
    }
    for row in json.loads(files["landscape.json"])["projects"]:
        for field in fields:
            value = row[field["name"]]
            assert value is None or type(value) is kinds[field["type"]], field["name"]
