"""The committed files as plain Python: what a stranger would read, and no more.

Nothing of the package is used here; numbers are read from CSV and YAML as they are written.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.traceability.counted import Counted, read_counted
from tests.traceability.files import Row, read_csv

YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Series = dict[str, float]
"""Months with their known values."""


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
    own_vintages: dict[tuple[str, str, str], str]
    """Metric, project, month, where it is not that of the row."""
    facts: dict[str, Row]
    states: list[Row]
    counts: dict[str, dict[str, Row]]
    """Month of the file, project."""
    pairs: dict[frozenset[str], int]
    """Common developers of the newest window."""
    counted: Counted
    rejected: list[dict[str, Any]]
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
    own_vintages: dict[tuple[str, str, str], str] = {}
    for path in sorted((metrics / "opendigger").glob("*.csv")):
        for row in read_csv(path):
            vintages[row["project"]][path.stem] = row["vintage"]
            for metric in row.keys() - {"project", "vintage"}:
                if metric.endswith("_vintage"):
                    own_vintages[metric.removesuffix("_vintage"), row["project"], path.stem] = row[
                        metric
                    ]
                elif row[metric]:
                    values[metric][row["project"]][path.stem] = float(row[metric])
    taxonomy = read_yaml(data / "taxonomy.yaml")
    settings = read_yaml(root / "landscape.yaml")
    counted = read_counted(root, settings)
    rejected, events = data / "rejected.yaml", data / "events.yaml"
    return Records(
        root=root,
        settings=settings,
        projects={p.stem: read_yaml(p) for p in sorted((data / "projects").glob("*.yaml"))},
        domains=dict(_list_domains(taxonomy)),
        tags=taxonomy.get("tags", {}),
        values=values,
        vintages=vintages,
        own_vintages=own_vintages,
        facts={row["project"]: row for row in read_csv(metrics / "repositories.csv")},
        states=read_csv(metrics / "state.csv"),
        counts={
            path.stem: {row["project"]: row for row in read_csv(path)}
            for path in sorted((metrics / "github").glob("*.csv"))
        },
        pairs={
            frozenset((row["project_a"], row["project_b"])): int(row["common_developers"])
            for row in counted.pairs
            if row["common_developers"]
        },
        counted=counted,
        rejected=(read_yaml(rejected) or []) if rejected.exists() else [],
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
