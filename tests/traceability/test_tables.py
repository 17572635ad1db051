"""The exported tables, cell by cell, from the rules counted again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.traceability.files import read_csv
from tests.traceability.recount import Recount
from tests.traceability.tables import trace_csv, trace_json


def test_every_cell_of_the_exported_table_is_counted_again(report: Path, recount: Recount) -> None:
    assert trace_csv(read_csv(report / "landscape.csv"), recount) == []


def test_the_json_export_says_what_the_table_says(report: Path, recount: Recount) -> None:
    told = json.loads((report / "landscape.json").read_text(encoding="utf-8"))
    assert trace_json(told, read_csv(report / "landscape.csv"), recount) == []


@pytest.mark.parametrize(
    "column",
    ["domain", "subdomain", "layer", "verdict", "reason", "openrank_mean", "months_known",
     "months_in_window", "openrank_latest", "change", "change_percent", "change_basis", "rank",
     "rank_in_domain", "stars", "forks", "participants", "language", "created_at",
     "last_commit_at", "archived", "license", "origin", "name", "repo"],
)  # fmt: skip
def test_a_changed_cell_of_any_column_is_found(report: Path, recount: Recount, column: str) -> None:
    rows = read_csv(report / "landscape.csv")
    cell = rows[0][column]
    rows[0] = {**rows[0], column: cell[:-1] + ("1" if cell[-1:] != "1" else "2")}
    assert trace_csv(rows, recount)


def test_the_report_holds_no_file_that_nothing_here_reads(report: Path) -> None:
    tables = {"landscape.csv", "landscape.json", "datapackage.json"}
    unread = [
        path.relative_to(report).as_posix()
        for path in report.rglob("*")
        if path.is_file() and path.suffix != ".md" and path.name not in tables
        if path.suffix != ".svg" or report / "charts" not in path.parents
    ]
    assert unread == []
