"""The landscape's table as typed rows, so that pages need no knowledge of tables.

A value that is not known is None here, whatever the table's way to say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from landscape.analysis.model import Landscape, Verdict


@dataclass(frozen=True)
class Entry:
    """One project with all its answers; see ``landscape.analysis.model.Landscape.projects``."""

    project: str
    name: str
    repo: str
    layer: str
    group: str
    domain: str
    subdomain: str
    also_in: tuple[str, ...]
    tags: tuple[str, ...]
    origin: str
    verdict: Verdict
    openrank_mean: float | None
    openrank_latest: float | None
    months_known: int
    months_in_window: int
    window_first: str
    window_last: str
    vintages: tuple[str, ...]
    last_known_month: str
    stale_since: str
    archived: bool | None
    retired_on: str
    gone_since: str
    rank: int | None
    rank_in_domain: int | None
    change_current: float | None
    change_earlier: float | None
    change: float | None
    change_percent: float | None
    share_current: float | None
    share_earlier: float | None
    share_change: float | None
    stars: int | None
    forks: int | None
    facts_month: str
    participants: int | None
    language: str
    license: str
    created_at: str
    last_commit_at: str

    @property
    def on_the_map(self) -> bool:
        """Whether the rule says so."""
        return self.verdict is Verdict.ON_THE_MAP


_TUPLES = {"also_in", "tags", "vintages"}
_INTEGERS = {
    "months_known", "months_in_window", "rank", "rank_in_domain", "stars", "forks", "participants",
}  # fmt: skip
_NUMBERS = {
    "openrank_mean", "openrank_latest", "change_current", "change_earlier", "change",
    "change_percent", "share_current", "share_earlier", "share_change",
}  # fmt: skip


def list_entries(landscape: Landscape) -> list[Entry]:
    """Return the landscape's projects as rows, in the table's order (by id)."""
    names = list(Entry.__dataclass_fields__)
    table = landscape.projects
    columns = [table[name].tolist() for name in names]
    return [
        Entry(**{name: _convert(name, value) for name, value in zip(names, row, strict=True)})
        for row in zip(*columns, strict=True)
    ]


def sort_by_strength(entries: list[Entry]) -> list[Entry]:
    """Order by rank, then mean, both strongest first, unknown last, equal ones by id."""
    return sorted(
        entries,
        key=lambda entry: (
            entry.rank if entry.rank is not None else float("inf"),
            -entry.openrank_mean if entry.openrank_mean is not None else float("inf"),
            entry.project,
        ),
    )


def _convert(name: str, value: Any) -> Any:
    if name in _TUPLES:
        return tuple(value)
    missing = value is None or bool(pd.isna(value))
    if name == "verdict":
        return Verdict(value)
    if name in _INTEGERS:
        return None if missing else int(value)
    if name in _NUMBERS:
        return None if missing else float(value)
    if name == "archived":
        return None if missing else bool(value)
    return "" if missing else str(value)
