"""What stories, figures and pages need beyond the landscape: further tables of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from landscape.dataset.model import Dataset
from landscape.metrics.archive import (
    COLLABORATION,
    COMMUNITY,
    Spans,
    choose_window,
    load_spans,
)
from landscape.metrics.collaboration import list_collaboration_windows, load_collaboration
from landscape.metrics.community import list_community_windows, load_community
from landscape.metrics.model import ARCHIVE, LIVE, ArchiveSpan
from landscape.metrics.store import load_store
from landscape.metrics.technology import load_technology_domains
from landscape.metrics.trending import TRENDING, list_trending_months, load_trending


def _make_empty(columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})


@dataclass(frozen=True)
class Material:
    """Tables as the metrics room reads them; empty where there are none.

    collaboration: of ``load_collaboration``. technology: of ``load_technology_domains``.
    opendigger: of ``landscape.metrics.model.Store``, for other metrics than the deciding one.
    community: of ``load_community``. trending: of ``load_trending``, every month, with ``month``.
    What discovery counted has the vintage ``ARCHIVE``. windows: by table, the last month that it
    counts; spans: what was read for them.
    """

    collaboration: pd.DataFrame = field(
        default_factory=lambda: _make_empty(
            ["project_a", "project_b", "common_developers", "vintage"]
        )
    )
    technology: pd.DataFrame = field(
        default_factory=lambda: _make_empty(["domain", "year", "openrank", "vintage"])
    )
    opendigger: pd.DataFrame = field(
        default_factory=lambda: _make_empty(["project", "month", "openrank", "vintage"])
    )
    community: pd.DataFrame = field(
        default_factory=lambda: _make_empty(
            ["project", "place", "developers", "main_developers", "vintage"]
        )
    )
    trending: pd.DataFrame = field(default_factory=lambda: _make_empty(["month", *TRENDING.kinds]))
    windows: dict[str, str] = field(default_factory=dict)
    spans: Spans = field(default_factory=dict)

    def find_span(self, table: str, window: str = "") -> ArchiveSpan | None:
        """Return the months and hours that a table counts, by default the one that is shown.

        None where nobody recorded it, or where the table was published by others.
        """
        shown = getattr(self, table)["vintage"]
        if not (shown == ARCHIVE).any():
            return None
        return self.spans.get((table, window or self.windows.get(table, "")))


def load_material(dataset: Dataset, until: str | None = None) -> Material:
    """Read the tables below the landscape's root; the large one only where a figure needs it.

    Of common developers and of communities the window that ``choose_window`` takes. ``until`` is
    the month of a replay: no later month of stars is read.
    """
    root = dataset.root
    deciding = dataset.settings.inclusion.metric
    metrics = {
        figure.options.get("metric", deciding)
        for story in dataset.stories
        for figure in story.figures.values()
    }
    spans, least = load_spans(root), dataset.settings.discovery.coverage_share
    listed = {
        COLLABORATION: list_collaboration_windows(root),
        COMMUNITY: list_community_windows(root),
    }
    windows = {
        table: choose_window(own, table, spans, least, until) for table, own in listed.items()
    }
    empty = Material()
    pairs = load_collaboration(root, windows[COLLABORATION])
    people = load_community(root, windows[COMMUNITY])
    return Material(
        collaboration=_name_archive(pairs) if windows[COLLABORATION] else empty.collaboration,
        technology=load_technology_domains(root),
        opendigger=empty.opendigger if metrics <= {deciding} else load_store(root).opendigger,
        community=_name_archive(people) if windows[COMMUNITY] else empty.community,
        trending=_name_archive(_load_stars(root, until)),
        windows=windows,
        spans=spans,
    )


def _load_stars(root: Path, until: str | None) -> pd.DataFrame:
    months = [month for month in list_trending_months(root) if until is None or month <= until]
    tables = [load_trending(root, month).assign(month=month) for month in months]
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else Material().trending


def _name_archive(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(vintage=table["vintage"].replace(LIVE, ARCHIVE))
