"""Changes of the store, row by row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from landscape.metrics.model import Store
from landscape.metrics.store import load_store, write_store
from landscape.publish.store_delta import (
    apply_delta,
    compute_delta,
    describe_delta,
    summarise_delta,
)
from tests.house.modules import ROOT
from tests.publish.repositories import STRENGTHS, write_landscape, write_month


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(ROOT)


def change(store: Store) -> Store:
    """Change, add and remove rows of every kind, as a refresh may."""
    values = store.opendigger.copy()
    last = values.index[-1]
    values.loc[last, "openrank"] = float(values.loc[last, "openrank"]) + 1.25
    values = values.drop(index=values.index[:3])
    fresh = values.iloc[[5]].assign(month="2031-01", openrank=7.5, vintage="live")
    values = pd.concat([values, fresh], ignore_index=True).sort_values(
        ["project", "month"], ignore_index=True
    )
    repositories = store.repositories.copy()
    repositories.loc[0, "archived"] = True
    repositories.loc[1, "license"] = None
    states = pd.DataFrame(
        [("vllm", "opendigger", "unavailable", "2031-01-02", "status 500")],
        columns=["project", "source", "state", "since", "detail"],
    )
    return replace(store, opendigger=values, repositories=repositories, states=states)


def write(store: Store, folder: Path) -> dict[str, bytes]:
    write_store(folder, store)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.csv")
    }


def test_equal_stores_have_no_changes(store: Store) -> None:
    delta = compute_delta(store, load_store(ROOT))
    assert not delta
    assert describe_delta(delta) == ()
    assert summarise_delta(delta) == "nothing new upstream"


def test_applied_to_the_same_head_it_gives_the_very_same_files(
    store: Store, tmp_path: Path
) -> None:
    after = change(store)
    applied = apply_delta(store, compute_delta(store, after))
    assert write(applied, tmp_path / "applied") == write(after, tmp_path / "after")


def test_applied_twice_is_applied_once(store: Store, tmp_path: Path) -> None:
    delta = compute_delta(store, change(store))
    once = apply_delta(store, delta)
    assert write(apply_delta(once, delta), tmp_path / "a") == write(once, tmp_path / "b")


def test_rows_that_it_does_not_name_are_left_as_they_are(tmp_path: Path) -> None:
    root = write_landscape(tmp_path / "landscape")
    before = load_store(root)
    write_month(root, "2026-04", STRENGTHS | {"alpha": 41.0})
    delta = compute_delta(before, load_store(root))
    write_month(root, "2026-04", STRENGTHS | {"beta": 99.0, "omega": 3.0})
    applied = apply_delta(load_store(root), delta).opendigger
    rows = applied[applied["month"] == "2026-04"].set_index("project")["openrank"].to_dict()
    assert rows == STRENGTHS | {"alpha": 41.0, "beta": 99.0, "omega": 3.0}


def test_a_removed_row_is_removed_unless_somebody_wrote_it_anew(tmp_path: Path) -> None:
    root = write_landscape(tmp_path / "landscape")
    before = load_store(root)
    write_month(root, "2026-04", {"alpha": 40.0})
    delta = compute_delta(before, load_store(root))
    write_month(root, "2026-04", STRENGTHS | {"beta": 99.0})
    applied = apply_delta(load_store(root), delta).opendigger
    assert sorted(applied.loc[applied["month"] == "2026-04", "project"]) == ["alpha", "beta"]


def test_the_description_is_by_field_and_bounded(store: Store) -> None:
    delta = compute_delta(store, change(store))
    lines = describe_delta(delta)
    assert "states vllm opendigger state: unknown -> unavailable" in lines
    assert summarise_delta(delta) == "1 new, 1 revised, 3 removed monthly values up to 2031-01"
    short = describe_delta(delta, limit=2)
    assert len(short) == 3
    assert short[-1] == f"… and {len(lines) - 2} more"
