"""The published network, as an archive that has exactly these common developers: found again."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("ibis", reason="the extra `discovery` is not installed")
pytest.importorskip("duckdb", reason="the extra `discovery` is not installed")

import duckdb

from landscape.analysis import discovery
from landscape.analysis.discovery import Roster
from landscape.analysis.event_shapes import recognise_events
from landscape.dataset.model import Discovery
from landscape.metrics.collaboration import load_collaboration
from landscape.sources.archive_engine import open_embedded
from tests.cli.commands import CHECKOUT

WINDOW = "2025-05"
PYTORCH = "pytorch"


def test_every_edge_of_the_published_network_is_found_again(tmp_path: Path) -> None:
    published = load_collaboration(CHECKOUT, WINDOW)
    edges = [
        (first, second, int(common))
        for first, second, common in zip(
            published["project_a"],
            published["project_b"],
            published["common_developers"],
            strict=True,
        )
    ]
    assert len(edges) == 897
    names = sorted({name for first, second, _ in edges for name in (first, second)})
    ids = {name: number for number, name in enumerate(names, start=1)}
    rows, person = [], 0
    for first, second, common in edges:
        for _ in range(common):
            person += 1
            rows += [(person, ids[first]), (person, ids[second])]
    file = tmp_path / "events.parquet"
    with duckdb.connect() as maker:
        maker.execute("CREATE TABLE acts (actor BIGINT, repo BIGINT)")
        maker.execute(
            "INSERT INTO acts SELECT unnest(?), unnest(?)",
            [[actor for actor, _ in rows], [repo for _, repo in rows]],
        )
        maker.execute(
            "COPY (SELECT 'IssuesEvent' AS type, actor AS actor_id, 'p' || actor AS actor_login, "
            "repo AS repo_id, 'o/r' || repo AS repo_name, TIMESTAMP '2025-05-01' AS created_at "
            f"FROM acts) TO '{file}' (FORMAT parquet)"
        )
    engine = open_embedded(tmp_path / "spill", memory_gb=0.5, threads=1)
    events = recognise_events(engine.read_files([file]), "events")
    activity = engine.keep(discovery.select_activity(events, Discovery()))
    roster = Roster({number: name for name, number in ids.items()})
    answer = engine.fetch(discovery.count_pairs(activity, roster, 20))
    engine.close()
    columns = (answer[name] for name in ("project_a", "project_b", "common_developers"))
    found = [(first, second, int(common)) for first, second, common in zip(*columns, strict=True)]
    assert found == edges
    neighbours = {
        (other, common)
        for first, second, common in edges
        if PYTORCH in (first, second)
        for other in (second if first == PYTORCH else first,)
    }
    assert neighbours
    assert {
        (second if first == PYTORCH else first, common)
        for first, second, common in found
        if PYTORCH in (first, second)
    } == neighbours
