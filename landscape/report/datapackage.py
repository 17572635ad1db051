"""``datapackage.json``: what the exports hold, for machines and for people.

Frictionless Data Package v1, https://specs.frictionlessdata.io/data-package/.
"""

from __future__ import annotations

import json
import re

from landscape.analysis.model import Landscape, Verdict
from landscape.charts.metric_names import name_metric
from landscape.dataset.model import Dataset
from landscape.report.addresses import DOCUMENT, TABLE
from landscape.report.columns import COLUMNS, Column

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
OPENDIGGER_URL = "https://github.com/X-lab2017/open-digger"
GITHUB_URL = "https://github.com"

_LICENCES = [
    {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": LICENCE_URL}
]
_SOURCES = [
    {"title": "OpenDigger (monthly values)", "path": OPENDIGGER_URL},
    {"title": "GitHub (facts of the repositories)", "path": GITHUB_URL},
]
_CONSTRAINTS: dict[str, dict[str, object]] = {
    "project": {"required": True, "unique": True},
    "verdict": {"required": True, "enum": [str(verdict) for verdict in Verdict]},
    "reason": {"required": True},
    "months_known": {"required": True, "minimum": 0},
    "months_in_window": {"required": True, "minimum": 0},
}


def render_descriptor(dataset: Dataset, landscape: Landscape, rows_count: int) -> bytes:
    """Return the descriptor of both exports: every column's type, unit and meaning."""
    title = dataset.settings.title
    heading = title.get("en") or next(iter(title.values()))
    window = landscape.window
    metric = name_metric(window.metric, "en")
    document = {
        "profile": "data-package",
        "name": re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "landscape",
        "title": heading,
        "description": (
            f"{rows_count} open-source projects with the inclusion rule's verdict, as of "
            f"{window.as_of}. Empty means unknown, never zero."
        ),
        "licenses": _LICENCES,
        "sources": _SOURCES,
        "resources": [
            {
                "name": "landscape",
                "path": TABLE,
                "profile": "tabular-data-resource",
                "title": "One row a project, on the map or not",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
                "schema": {
                    "fields": [_describe_column(column, metric) for column in COLUMNS],
                    "missingValues": [""],
                    "primaryKey": ["project"],
                },
            },
            {
                "name": "landscape-json",
                "path": DOCUMENT,
                "profile": "data-resource",
                "title": "The same rows with rule, window, basis of change and counts",
                "description": (
                    "The key projects holds the rows of landscape.csv with the same columns; "
                    "null means unknown."
                ),
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
            },
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _describe_column(column: Column, metric: str) -> dict[str, object]:
    words = {"metric": metric, "Metric": metric[:1].upper() + metric[1:]}
    description = column.description.format(**words)
    if column.unknown:
        description += f" Empty: {column.unknown}."
    field: dict[str, object] = {
        "name": column.name,
        "type": column.kind,
        "description": description,
    }
    if column.unit:
        field["unit"] = column.unit.format(**words)
    if column.kind == "number":
        field["decimalChar"] = "."
    if column.name in _CONSTRAINTS:
        field["constraints"] = _CONSTRAINTS[column.name]
    return field
