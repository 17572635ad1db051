"""Reads a case of the rules (its form: tests/cases/analysis/README.md) into the rules' input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from landscape.dataset.model import Inclusion
from landscape.metrics.columns import (
    DTYPES,
    GITHUB,
    OPENDIGGER,
    REPOSITORIES,
    STATES,
    Layout,
    make_empty_table,
)
from landscape.metrics.model import LIVE, Store

FOLDER = Path(__file__).parent.parent / "cases" / "analysis"
CROWD = re.compile(r"(?P<name>[^*]+)\*(?P<size>\d+)")


@dataclass(frozen=True)
class Case:
    """A case: what the rules are given, and what they must answer."""

    name: str
    projects: pd.DataFrame
    store: Store
    inclusion: Inclusion
    as_of: str | None
    published_map: pd.DataFrame | None
    published_inclusion: Inclusion | None
    published_as_of: str
    crowds: dict[str, list[str]]
    expect: dict[str, Any]


def list_cases() -> list[Path]:
    """Return every case file, in order of name."""
    return sorted(FOLDER.glob("*.yaml"))


def load_case(path: Path) -> Case:
    """Read the file; every key of it must be a known one, so that a typo checks something."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = set(document) - {
        "rule", "because", "inclusion", "as_of", "openrank", "projects", "states",
        "published_map", "published_inclusion", "published_as_of", "github", "expect",
    }  # fmt: skip
    assert not unknown, f"{path.name}: unknown keys {unknown}"
    assert document["because"], f"{path.name} says no reason"
    rows, crowds = read_values(document.get("openrank", ""))
    facts = {name: values or {} for name, values in document.get("projects", {}).items()}
    for row in rows:
        facts.setdefault(row["project"], {})
    for name, values in list(facts.items()):
        for member in crowds.get(name, []):
            facts[member] = {**values, **facts[member]}
            facts.pop(name, None)
    published_map = document.get("published_map")
    return Case(
        name=path.stem,
        projects=make_projects(facts),
        store=make_store(rows, facts, document.get("states", []), document.get("github", [])),
        inclusion=read_inclusion(document.get("inclusion", {})),
        as_of=document.get("as_of"),
        published_map=None if published_map is None else read_map(published_map, crowds),
        published_as_of=document.get("published_as_of", ""),
        published_inclusion=(
            read_inclusion(document["published_inclusion"])
            if "published_inclusion" in document
            else None
        ),
        crowds=crowds,
        expect=document["expect"],
    )


def read_inclusion(document: dict[str, Any]) -> Inclusion:
    """Read an inclusion rule; what is not said is the default of the cases."""
    return Inclusion(
        metric=document.get("metric", "openrank"),
        window=document.get("window", "year-to-date"),
        above=document.get("above", 10),
    )


def read_values(text: str) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """Read the table of values: one row a project; crowds by their name."""
    rows: list[dict[str, Any]] = []
    crowds: dict[str, list[str]] = {}
    lines = [line.split("#")[0] for line in text.splitlines()]
    months, *table = [line.split() for line in lines if line.strip()] or [[]]
    for name, *cells in table:
        assert len(cells) == len(months), f"{name} has {len(cells)} values of {len(months)} months"
        names = [name]
        if match := CROWD.fullmatch(name):
            width = len(str(match["size"]))
            members = range(1, int(match["size"]) + 1)
            names = crowds[match["name"]] = [
                f"{match['name']}-{member:0{max(2, width)}d}" for member in members
            ]
        for member in names:
            for month, cell in zip(months, cells, strict=True):
                if cell != "-":
                    value, _, vintage = cell.partition("@")
                    rows.append(
                        {
                            "project": member,
                            "month": month,
                            "openrank": float(value),
                            "vintage": vintage or LIVE,
                        }
                    )
    return rows, crowds


def read_map(latest: dict[str, Any], crowds: dict[str, list[str]]) -> pd.DataFrame:
    """Build the published table from the latest values of the projects on its map."""
    rows = [
        (member, "on the map", "" if value is None else str(value))
        for name, value in latest.items()
        for member in crowds.get(name, [name])
    ]
    return pd.DataFrame(rows, columns=["project", "verdict", "openrank_latest"])


def make_projects(facts: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Build the table of contributed projects."""
    return pd.DataFrame(
        [
            {
                "project": name,
                "name": name.title(),
                "repo": f"owner/{name}",
                "layer": "layer",
                "group": "",
                "domain": values.get("domain", "domain"),
                "subdomain": "",
                "also_in": (),
                "tags": (),
                "origin": "",
                "retired_on": str(values.get("retired", "")),
                "added": "",
            }
            for name, values in sorted(facts.items())
        ]
    )


def make_store(
    rows: list[dict[str, Any]],
    facts: dict[str, dict[str, Any]],
    states: list[dict[str, Any]],
    github: list[dict[str, Any]],
) -> Store:
    """Build the store of the values, facts, states and counts."""
    repositories = [
        {
            "project": name,
            "full_name": f"owner/{name}",
            "created_at": str(values["created"]) if "created" in values else None,
            "archived": values.get("archived"),
        }
        for name, values in sorted(facts.items())
    ]
    dated = [{**state, "since": str(state["since"])} for state in states]
    return Store(
        opendigger=fill_table(rows, OPENDIGGER, monthly=True),
        github=fill_table(github, GITHUB, monthly=True),
        repositories=fill_table(repositories, REPOSITORIES),
        states=fill_table(dated, STATES),
    )


def fill_table(
    rows: list[dict[str, Any]], layout: Layout, *, monthly: bool = False
) -> pd.DataFrame:
    """Build a table of the layout from rows that need not name every column."""
    empty = make_empty_table(layout, monthly=monthly)
    columns = {
        name: pd.Series(
            [row.get(name) for row in rows], dtype=DTYPES[layout.kinds.get(name, "month")]
        )
        for name in empty.columns
    }
    return pd.DataFrame(columns)
