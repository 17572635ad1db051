"""Small editions for tests, and the committed landscape compared."""

from __future__ import annotations

from typing import Any

import pandas as pd

from landscape.dataset.model import Inclusion
from landscape.metrics.columns import fill_projects
from landscape.metrics.model import Edition

RULE = Inclusion("openrank", "year-to-date", 10)


def make_edition(
    name: str,
    as_of: str,
    projects: dict[str, dict[str, Any]],
    series: dict[str, dict[str, float]] | None = None,
    **changes: Any,
) -> Edition:
    """Build an edition; a project is on the map unless it says otherwise."""
    rows = []
    for project, values in projects.items():
        facts = {"on_the_map": True, "repo": f"o/{project}", **values}
        facts.setdefault("verdict", "on the map" if facts["on_the_map"] else "below")
        texts = ("created_at", "retired_on", "gone_since")
        facts |= {key: str(facts[key]) for key in texts if key in facts}
        rows.append({"project": project, "created_at": "2020-01-01", **facts})
    points = [
        (project, month, value, "live")
        for project, values in (series or {}).items()
        for month, value in values.items()
    ]
    facts = {
        "kind": "frozen",
        "title": {"en": "Test landscape"},
        "inclusion": RULE,
        "taxonomy": "landscape",
        "vintages": ("live",),
        "note": "",
        **changes,
    }
    return Edition(
        name=name,
        as_of=as_of,
        projects=fill_projects(pd.DataFrame(rows)),
        series=pd.DataFrame(points, columns=["project", "month", "openrank", "vintage"]),
        **facts,
    )


def make_contributed(**retired: str) -> pd.DataFrame:
    """Build the table of contributed projects: names, and when they were declared over."""
    rows = [(project, project.title(), date) for project, date in retired.items()]
    return pd.DataFrame(rows, columns=["project", "name", "retired_on"])
