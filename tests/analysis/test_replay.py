"""The maps of all months at once are those that the rules decide month by month."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pandas as pd
import pytest

from landscape.analysis.entries import find_entries
from landscape.analysis.landscape import analyse
from landscape.analysis.model import Verdict
from landscape.analysis.replay import decide_maps, replay_months
from landscape.base.errors import LandscapeError
from landscape.dataset.load import load_dataset
from landscape.dataset.model import Inclusion
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.model import Store
from landscape.metrics.store import load_store
from tests.analysis.cases import Case, list_cases, load_case

ROOT = Path(__file__).parents[2]


def assert_same_maps(projects: pd.DataFrame, store: Store, inclusion: Inclusion) -> None:
    """Ask the rules for every published month, and compare."""
    try:
        maps = decide_maps(projects, store, inclusion)
    except LandscapeError:
        with pytest.raises(LandscapeError):
            analyse(projects, store, inclusion)
        return
    for month in maps.columns:
        table = analyse(projects, store, inclusion, month).projects.set_index("project")
        expected = table["verdict"] == Verdict.ON_THE_MAP
        assert maps[month].to_dict() == expected.to_dict(), month


@pytest.mark.parametrize("path", list_cases(), ids=lambda path: path.stem)
def test_every_case_of_the_rules_gives_the_same_maps(path: Path) -> None:
    case: Case = load_case(path)
    assert_same_maps(case.projects, case.store, case.inclusion)


def test_the_committed_months_are_those_of_the_rules_and_take_no_time() -> None:
    dataset, store = load_dataset(ROOT, dt.date(2100, 1, 1)), load_store(ROOT)
    projects, inclusion = tabulate_projects(dataset), dataset.settings.inclusion
    started = time.process_time()
    counts = replay_months(projects, store, inclusion).set_index("month")
    assert time.process_time() - started < 3
    months = list(counts.index)[-16:]
    before = None
    for month in months:
        now = analyse(projects, store, inclusion, month)
        on_the_map = set(now.projects.loc[now.projects["rank"].notna(), "project"])
        assert counts.loc[month, "on_the_map"] == len(on_the_map)
        if before is not None:
            entries = find_entries(before, now)["entry"].value_counts()
            row = counts.loc[month]
            assert row["entered"] == entries.get("entered", 0), month
            assert row["newly_covered"] == entries.get("newly covered", 0), month
            earlier = set(before.projects.loc[before.projects["rank"].notna(), "project"])
            assert row["left"] == len(earlier - on_the_map)
        before = now


def test_the_counts_add_up_from_month_to_month() -> None:
    dataset, store = load_dataset(ROOT, dt.date(2100, 1, 1)), load_store(ROOT)
    counts = replay_months(tabulate_projects(dataset), store, dataset.settings.inclusion)
    came = counts["entered"] + counts["newly_covered"] - counts["left"]
    assert (counts["on_the_map"].diff() == came)[1:].all()
    assert counts["months_since"].isna().tolist() == [True] + [False] * (len(counts) - 1)
