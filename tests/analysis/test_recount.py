"""The committed figures, counted again by a few lines of pandas that share no code with us."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from landscape.analysis.landscape import analyse
from landscape.dataset.load import load_dataset
from landscape.dataset.model import Inclusion
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.store import load_store

ROOT = Path(__file__).parents[2]
RULE = Inclusion(metric="openrank", window="year-to-date", above=10)


@pytest.mark.parametrize("as_of", ["2025-04", None])
def test_counts_by_verdict_agree_with_a_recount(as_of: str | None) -> None:
    projects = tabulate_projects(load_dataset(ROOT, dt.date(2100, 1, 1)))
    landscape = analyse(projects, load_store(ROOT), RULE, as_of)
    # What people declared or a source said is not in the monthly files; these are left out.
    table = landscape.projects.set_index("project")
    declared = table[["retired_on", "gone_since", "stale_since", "absent_since"]] != ""
    plain = table[~declared.any(axis=1)]
    counted = plain["verdict"].map(str).value_counts().to_dict()
    months = list(landscape.published)
    assert counted == recount(sorted(plain.index), landscape.window.as_of, months)


def recount(ids: list[str], as_of: str, published: list[str]) -> dict[str, int]:
    files = sorted((ROOT / "data/metrics/opendigger").glob("*.csv"))
    long = pd.concat([pd.read_csv(file).assign(month=file.stem) for file in files])
    wide = long.pivot(index="project", columns="month", values="openrank").reindex(ids)
    wide = wide[[month for month in wide.columns if month <= as_of]]
    facts = pd.read_csv(ROOT / "data/metrics/repositories.csv").set_index("project")
    created = facts["created_at"].reindex(ids).fillna("").str[:7]
    window = [month for month in published if f"{as_of[:4]}-01" <= month <= as_of]
    mean = wide[window].mean(axis=1).round(6)
    verdict = pd.Series("below", index=ids)
    verdict[mean > 10] = "on the map"
    verdict[wide[published[-3:]].isna().all(axis=1)] = "no recent data"
    verdict[wide.isna().all(axis=1)] = "unmeasured"
    verdict[created > as_of] = "too new"
    return {str(name): count for name, count in verdict.value_counts().items()}
