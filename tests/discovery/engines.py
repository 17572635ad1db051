"""The planted archive inside each engine and shape of table that is supported."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.discovery.archive import Archive, Event, write_archive
from tests.house.modules import ROOT

pytest.importorskip("ibis", reason="the extra `discovery` is not installed")
pytest.importorskip("duckdb", reason="the extra `discovery` is not installed")

import duckdb
import ibis

from landscape.sources.archive_digest import digest_files
from landscape.sources.archive_engine import Engine, open_embedded
from landscape.sources.archive_files import list_event_files

Opened = tuple[Engine, ibis.Table]
CLICKHOUSE = ROOT / ".cache" / "clickhouse"
"""Where ``scripts/fetch-clickhouse`` puts it; looked into last, so that it hides nothing."""
WITHOUT_CLICKHOUSE = "ClickHouse inside the process is not here: scripts/fetch-clickhouse (180 MB)"
ROWS = (
    "type String, actor_id UInt64, actor_login String, repo_id UInt64, repo_name String, "
    "created_at DateTime"
)


def open_json(archive: Archive, folder: Path) -> Opened:
    """GH Archive's own files, through digests."""
    files = list_event_files([write_archive(archive, folder / "hours")])
    digests, _ = digest_files(files, folder / "digests", memory_gb=0.5, threads=2)
    engine = open_embedded(folder / "spill", memory_gb=0.5, threads=2)
    return engine, engine.read_files([digest.path for digest in digests])


def open_parquet(archive: Archive, folder: Path) -> Opened:
    """Parquet that somebody else made of them: structures, and times as such."""
    file = folder / "events.parquet"
    with duckdb.connect() as maker:
        maker.execute(
            "CREATE TABLE events (type VARCHAR, actor STRUCT(id BIGINT, login VARCHAR), "
            "repo STRUCT(id BIGINT, name VARCHAR), created_at TIMESTAMP)"
        )
        maker.executemany(
            "INSERT INTO events VALUES (?, {'id': ?, 'login': ?}, {'id': ?, 'name': ?}, ?)",
            [_list_values(event) for event in archive.events],
        )
        maker.execute(f"COPY events TO '{file}' (FORMAT parquet)")
    engine = open_embedded(folder / "spill", memory_gb=0.5, threads=2)
    return engine, engine.read_files([file])


def open_clickhouse_flat(archive: Archive, folder: Path) -> Opened:
    """ClickHouse with OpenDigger's ``opensource.events``: enumerations, another platform too."""
    engine, client = _open_clickhouse()
    kinds = sorted({event.type for event in archive.events})
    listed = ", ".join(f"'{kind}' = {number}" for number, kind in enumerate(kinds, start=1))
    client.command("CREATE DATABASE IF NOT EXISTS opensource")
    client.command("DROP TABLE IF EXISTS opensource.events")
    client.command(
        "CREATE TABLE opensource.events (id UInt64, platform Enum8('GitHub' = 1, 'Gitee' = 2), "
        f"type Enum8({listed}), action LowCardinality(String), actor_id UInt64, "
        "actor_login LowCardinality(String), repo_id UInt64, repo_name LowCardinality(String), "
        "created_at DateTime) ENGINE = MergeTree ORDER BY (repo_id, type)"
    )
    rows = [
        [number, "GitHub", *_arrange(event, "opened")]
        for number, event in enumerate(archive.events)
    ]
    # The same numbers mean somebody else on another platform.
    rows += [[0, "Gitee", *_arrange(event, "opened")] for event in archive.events[:50]]
    for row in rows[-50:]:
        row[4] = 999_000 + int(str(row[4]))
    client.insert("opensource.events", rows)
    return engine, engine.find_table("opensource.events")


def open_clickhouse_nested(archive: Archive, folder: Path) -> Opened:
    """ClickHouse with GH Archive's own shape: tuples."""
    engine, client = _open_clickhouse()
    client.command("DROP TABLE IF EXISTS archive_events")
    client.command(
        "CREATE TABLE archive_events (type LowCardinality(String), "
        "actor Tuple(id UInt64, login String), repo Tuple(id UInt64, name String), "
        "created_at DateTime64(3, 'Asia/Shanghai')) ENGINE = MergeTree ORDER BY type"
    )
    rows = [
        [
            event.type,
            (event.actor, event.login),
            (event.repo.id, event.repo.name),
            _read_time(event),
        ]
        for event in archive.events
    ]
    client.insert("archive_events", rows)
    return engine, engine.find_table("archive_events")


OPENERS: dict[str, Callable[[Archive, Path], Opened]] = {
    "duckdb-json": open_json,
    "duckdb-parquet": open_parquet,
    "clickhouse-opendigger": open_clickhouse_flat,
    "clickhouse-gharchive": open_clickhouse_nested,
}


def has_clickhouse() -> bool:
    """Whether ClickHouse inside the process is installed, or was fetched."""
    if CLICKHOUSE.is_dir() and str(CLICKHOUSE) not in sys.path:
        sys.path.append(str(CLICKHOUSE))
    return importlib.util.find_spec("chdb") is not None


def list_engines() -> list[Any]:
    """Every engine as a parameter; ClickHouse is skipped with a word where it is not installed."""
    is_missing = not has_clickhouse()
    return [
        pytest.param(
            name,
            marks=pytest.mark.skipif(
                name.startswith("clickhouse") and is_missing, reason=WITHOUT_CLICKHOUSE
            ),
        )
        for name in OPENERS
    ]


def _open_clickhouse() -> tuple[Engine, Any]:
    backend = ibis.clickhouse.connect(interface="chdb")
    return Engine(backend, "clickhouse", is_embedded=False), backend.con


def _read_time(event: Event) -> dt.datetime:
    return dt.datetime.fromisoformat(event.at)


def _list_values(event: Event) -> list[Any]:
    at = _read_time(event).replace(tzinfo=None)
    return [event.type, event.actor, event.login, event.repo.id, event.repo.name, at]


def _arrange(event: Event, action: str) -> list[Any]:
    return [
        event.type,
        action,
        event.actor,
        event.login,
        event.repo.id,
        event.repo.name,
        _read_time(event),
    ]
