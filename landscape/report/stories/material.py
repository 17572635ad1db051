"""What stories and the main figures need beyond the landscape: three tables of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from landscape.dataset.model import Dataset
from landscape.metrics.collaboration import load_whole_collaboration
from landscape.metrics.store import load_store
from landscape.metrics.technology import load_technology_domains

DECIDING = "openrank"
"""The metric whose monthly values the landscape itself holds."""


def _make_empty(columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})


@dataclass(frozen=True)
class Material:
    """Tables as the metrics room reads them; empty where there are none.

    collaboration: of ``load_whole_collaboration``, the newest whole window. technology: of
    ``load_technology_domains``. opendigger: of ``landscape.metrics.model.Store``, for other
    metrics than the deciding one.
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


def load_material(dataset: Dataset) -> Material:
    """Read the tables below the landscape's root; the large one only where a figure needs it."""
    root = dataset.root
    metrics = {
        figure.options.get("metric", DECIDING)
        for story in dataset.stories
        for figure in story.figures.values()
    }
    pairs = load_whole_collaboration(root, dataset.settings.discovery.coverage_share)
    technology = load_technology_domains(root)
    if metrics <= {DECIDING}:
        return Material(pairs, technology)
    return Material(pairs, technology, load_store(root).opendigger)
