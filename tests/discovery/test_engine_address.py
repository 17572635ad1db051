"""``--engine clickhouse://…``: the command, its client and ClickHouse itself, over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.discovery.archive import plant_archive, write_archive
from tests.discovery.engines import WITHOUT_CLICKHOUSE, has_clickhouse, open_clickhouse_flat
from tests.discovery.landscapes import write_landscape
from tests.discovery.test_command import discover, read_data
from tests.standins.clickhouse import ClickHouseServer


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("files")
    root = write_landscape(folder / "root")
    hours = write_archive(plant_archive(), folder / "hours")
    run = discover(root, "--events", hours, "--to", "2026-04")
    assert run.returncode == 0, run.stderr
    return read_data(root)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ClickHouseServer]:
    engine, _ = open_clickhouse_flat(plant_archive(), tmp_path)
    with ClickHouseServer(engine._backend.con) as server:
        yield server
    engine.close()


def write_address(server: ClickHouseServer) -> str:
    return f"clickhouse://reader@{server.url.removeprefix('http://')}/default"


@pytest.mark.skipif(not has_clickhouse(), reason=WITHOUT_CLICKHOUSE)
def test_the_same_tables_are_written_and_nothing_but_reading_is_asked(
    served: ClickHouseServer, expected: dict[str, bytes], tmp_path: Path
) -> None:
    root = write_landscape(tmp_path / "root")
    asked = ("--engine", write_address(served), "--table", "opensource.events")
    run = discover(root, *asked, "--to", "2026-04")
    assert run.returncode == 0, run.stderr
    assert read_data(root) == expected
    verbs = {statement.split(maxsplit=1)[0] for statement in served.statements}
    assert verbs <= {"SELECT", "WITH", "DESCRIBE"}


def test_a_server_that_answers_and_refuses_is_told_from_one_that_is_not_there(
    tmp_path: Path,
) -> None:
    root = write_landscape(tmp_path / "root")
    refusal = "Code: 516. DB::Exception: reader: Authentication failed."
    with ClickHouseServer(None, refusal) as server:
        run = discover(root, "--engine", write_address(server))
    assert run.returncode == 4
    assert "answered and refused" in run.stderr
    assert "Code: 516" in run.stderr
    assert "cannot be reached" not in run.stderr
