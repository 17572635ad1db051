"""The committed files as plain Python: what a stranger would read, and no more.

Nothing of the package is used here; numbers are read from CSV and YAML as they are written.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Row = dict[str, str]
Series = dict[str, float]
"""Months with their known values."""


def read_csv(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), YAML_LOADER)


@dataclass(frozen=True)
class Domain:
    """A domain and where it stands; names are by language."""

    id: str
    name: dict[str, str]
    layer: str
    subdomains: dict[str, dict[str, str]]
    place: tuple[dict[str, str], ...]
    """Names of the layer and, where there is one, the group."""


@dataclass(frozen=True)
class Edition:
    """What was published under a name."""

    name: str
    about: dict[str, Any]
    rows: dict[str, Row]
    series: dict[str, Series]


@dataclass(frozen=True)
class Story:
    """A story as it was written: its front matter, and a text a language."""

    about: dict[str, Any]
    texts: dict[str, str]


@dataclass
class Records:
    """Everything that was committed, by file."""

    root: Path
    settings: dict[str, Any]
    projects: dict[str, dict[str, Any]]
    domains: dict[str, Domain]
    tags: dict[str, dict[str, str]]
    values: dict[str, dict[str, Series]]
    """Metric, project, month."""
    vintages: dict[str, dict[str, str]]
    """Project, month."""
    facts: dict[str, Row]
    states: list[Row]
    counts: dict[str, dict[str, Row]]
    """Month of the file, project."""
    pairs: dict[frozenset[str], int]
    """Common developers of the newest window."""
    editions: dict[str, Edition]
    technology: list[Row]
    events: list[dict[str, Any]]
    stories: dict[str, Story]
    comparisons: dict[str, dict[str, Any]]


def read_records(root: Path) -> Records:
    """Read the data of a repository, each file once."""
    data, metrics = root / "data", root / "data" / "metrics"
    values: dict[str, dict[str, Series]] = defaultdict(lambda: defaultdict(dict))
    vintages: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted((metrics / "opendigger").glob("*.csv")):
        for row in read_csv(path):
            vintages[row["project"]][path.stem] = row["vintage"]
            for metric in row.keys() - {"project", "vintage"}:
                if row[metric]:
                    values[metric][row["project"]][path.stem] = float(row[metric])
    taxonomy = read_yaml(data / "taxonomy.yaml")
    windows = sorted((metrics / "collaboration").glob("*.csv"))
    events = data / "events.yaml"
    return Records(
        root=root,
        settings=read_yaml(root / "landscape.yaml"),
        projects={p.stem: read_yaml(p) for p in sorted((data / "projects").glob("*.yaml"))},
        domains=dict(_list_domains(taxonomy)),
        tags=taxonomy.get("tags", {}),
        values=values,
        vintages=vintages,
        facts={row["project"]: row for row in read_csv(metrics / "repositories.csv")},
        states=read_csv(metrics / "state.csv"),
        counts={
            path.stem: {row["project"]: row for row in read_csv(path)}
            for path in sorted((metrics / "github").glob("*.csv"))
        },
        pairs={
            frozenset((row["project_a"], row["project_b"])): int(row["common_developers"])
            for row in (read_csv(windows[-1]) if windows else [])
        },
        editions={path.name: _read_edition(path) for path in sorted((data / "editions").glob("*"))},
        technology=read_csv(metrics / "technology_domains.csv"),
        events=(read_yaml(events) or []) if events.exists() else [],
        stories={p.stem: _read_story(p) for p in sorted((data / "stories").glob("*.md"))},
        comparisons={p.stem: read_yaml(p) for p in sorted((data / "comparisons").glob("*.yaml"))},
    )


def _list_domains(taxonomy: dict[str, Any]) -> list[tuple[str, Domain]]:
    found = []
    for layer in taxonomy["layers"]:
        for box in [*layer.get("groups", []), {"domains": layer.get("domains", [])}]:
            place = (layer["name"],) + ((box["name"],) if "name" in box else ())
            for domain in box.get("domains", []):
                lanes = {lane["id"]: lane["name"] for lane in domain.get("subdomains", [])}
                told = Domain(domain["id"], domain["name"], layer["id"], lanes, place)
                found.append((domain["id"], told))
    return found


def _read_story(path: Path) -> Story:
    _, about, text = path.read_text(encoding="utf-8").split("---\n", 2)
    parts = re.split(r"^<!-- (\w+) -->\n", text, flags=re.MULTILINE)
    return Story(yaml.load(about, YAML_LOADER), dict(zip(parts[1::2], parts[2::2], strict=True)))


def _read_edition(path: Path) -> Edition:
    series: dict[str, Series] = defaultdict(dict)
    for row in read_csv(path / "series.csv"):
        if row["metric"] == "openrank":
            for step, cell in enumerate(row["values"].split(" ")):
                if cell not in {"", "-"}:
                    series[row["project"]][shift(row["first_month"], step)] = float(cell)
    return Edition(
        path.name,
        json.loads((path / "edition.json").read_text(encoding="utf-8")),
        {row["project"]: row for row in read_csv(path / "projects.csv")},
        series,
    )


def count(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def shift(month: str, step: int) -> str:
    year, rest = divmod(count(month) + step, 12)
    return f"{year:04d}-{rest + 1:02d}"


def list_months(first: str, last: str) -> list[str]:
    return [shift(first, step) for step in range(count(last) - count(first) + 1)]
