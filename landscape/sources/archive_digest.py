"""An hour of JSON lines as a small Parquet file: the six columns that questions need.

Each file is read once and kept, so that a killed run goes on where it was, a damaged file spoils
no other, and what a question reads is a hundredth of the archive. The questions themselves are
``landscape.analysis.discovery``'s.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import duckdb

from landscape.base.errors import LandscapeError
from landscape.sources.archive_files import find_damage, is_parquet
from landscape.sources.progress import Progress, ignore_progress

SOURCE = "events"
_FORM = "1"
"""Goes into the names: a digest that was made otherwise is not taken for one of these."""
_LARGEST_LINE_BYTES = 1 << 24

# Fast, and right for everything since 2015: one line that does not fit makes the file be read
# again, in the way below.
_TYPED = {
    "type": "VARCHAR",
    "actor": "STRUCT(id BIGINT, login VARCHAR)",
    "repo": "STRUCT(id BIGINT, name VARCHAR)",
    "created_at": "VARCHAR",
}
_TYPED_ROWS = """
    SELECT type, actor.id AS actor_id, actor.login AS actor_login, repo.id AS repo_id,
        repo.name AS repo_name, epoch(try_cast(created_at AS TIMESTAMPTZ))::BIGINT AS created_at
    FROM lines
"""
# Before 2015 an actor was a login only. Such an account gets a number below zero from it, which
# no account of GitHub's has.
_ANY = {
    "type": "JSON",
    "actor": "JSON",
    "repo": "JSON",
    "repository": "JSON",
    "created_at": "JSON",
}
_ANY_ROWS = """
    SELECT type ->> '$' AS type,
        CASE json_type(actor)
            WHEN 'OBJECT' THEN try_cast(actor ->> '$.id' AS BIGINT)
            WHEN 'VARCHAR' THEN -1 - (md5_number_lower(lower(actor ->> '$')) >> 2)::BIGINT
        END AS actor_id,
        CASE json_type(actor)
            WHEN 'OBJECT' THEN actor ->> '$.login' WHEN 'VARCHAR' THEN actor ->> '$'
        END AS actor_login,
        coalesce(
            try_cast(repo ->> '$.id' AS BIGINT), try_cast(repository ->> '$.id' AS BIGINT)
        ) AS repo_id,
        coalesce(
            repo ->> '$.name', (repository ->> '$.owner') || '/' || (repository ->> '$.name')
        ) AS repo_name,
        epoch(try_cast(created_at ->> '$' AS TIMESTAMPTZ))::BIGINT AS created_at
    FROM lines
"""
_IS_EVENT = (
    "type IS NOT NULL AND actor_id IS NOT NULL AND repo_id IS NOT NULL "
    "AND repo_name IS NOT NULL AND created_at IS NOT NULL"
)


@dataclass(frozen=True)
class Digest:
    """What was read from one file: where it lies, its events, and lines that were none."""

    source: Path
    path: Path
    events: int
    broken_lines: int


class UnreadableError(Exception):
    """The engine cannot read a file, though it came whole: no event of it is of any use."""


@dataclass(frozen=True)
class DamagedFile:
    """A file that is left out, whole, and why: half an hour would count as a whole one."""

    source: Path
    reason: str


def digest_files(
    files: Sequence[Path],
    folder: Path,
    *,
    memory_gb: float,
    threads: int,
    progress: Progress = ignore_progress,
) -> tuple[tuple[Digest, ...], tuple[DamagedFile, ...]]:
    """Return the digests of JSON files, made in the folder where they are not there yet.

    Both are ordered by source. ``memory_gb`` bounds the engine, for all files together.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Digest | DamagedFile] = []
    engine = _open(memory_gb, threads, folder)
    try:
        with ThreadPoolExecutor(threads) as pool:
            waiting = [pool.submit(_find_or_make, engine, file, folder) for file in files]
            try:
                for done, future in enumerate(as_completed(waiting), start=1):
                    found.append(future.result())
                    progress(SOURCE, done, len(files))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        engine.close()
    ordered = sorted(found, key=lambda each: each.source)
    return (
        tuple(each for each in ordered if isinstance(each, Digest)),
        tuple(each for each in ordered if isinstance(each, DamagedFile)),
    )


def digest_file(source: Path, target: Path, *, memory_gb: float) -> Digest:
    """Make the digest of one whole JSON file at the target. Raises UnreadableError."""
    engine = _open(memory_gb, 1, target.parent)
    try:
        return _make(engine, source, target)
    finally:
        engine.close()


def check_parquet(files: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[DamagedFile, ...]]:
    """Return the Parquet files that can be read, and those that cannot."""
    good: list[Path] = []
    damaged: list[DamagedFile] = []
    with duckdb.connect() as engine:
        for file in filter(is_parquet, files):
            try:
                engine.execute("SELECT count(*) FROM parquet_metadata(?)", [str(file)]).fetchall()
            except duckdb.Error:
                damaged.append(DamagedFile(file, "it is not Parquet, or breaks off"))
            else:
                good.append(file)
    return tuple(good), tuple(damaged)


def _open(memory_gb: float, threads: int, folder: Path) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect()
    engine.execute(f"SET memory_limit = '{int(memory_gb * 1000)}MB'")
    engine.execute(f"SET threads = {threads}")
    engine.execute("SET temp_directory = ?", [str(folder / ".spill")])
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute("SET preserve_insertion_order = false")
    return engine


def _find_or_make(
    engine: duckdb.DuckDBPyConnection, source: Path, folder: Path
) -> Digest | DamagedFile:
    target = folder / _name(source)
    with engine.cursor() as own:
        if target.exists() and (known := _read(own, target, source)) is not None:
            return known
        reason = find_damage(source)
        if reason:
            return DamagedFile(source, reason)
        try:
            return _make(own, source, target)
        except UnreadableError as error:
            return DamagedFile(source, str(error))


def _name(source: Path) -> str:
    state = source.stat()
    key = f"{_FORM}|{source.resolve()}|{state.st_size}|{state.st_mtime_ns}"
    mark = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    stem = re.sub(r"[^A-Za-z0-9-]", "-", source.name.split(".")[0])[:60]
    return f"{stem}-{mark}.parquet"


def _make(engine: duckdb.DuckDBPyConnection, source: Path, target: Path) -> Digest:
    try:
        lines, events = _parse(engine, source, _TYPED, _TYPED_ROWS)
        if events < lines:
            lines, events = _parse(engine, source, _ANY, _ANY_ROWS)
        part = target.with_name(f".{target.name}.part")
        said = f"{{events: '{events}', broken_lines: '{lines - events}'}}"
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {said}"
        rows = f"SELECT * FROM parsed WHERE {_IS_EVENT}"  # noqa: S608
        engine.execute(f"COPY ({rows}) TO '{_quote(part)}' ({options})")
        engine.execute("DROP TABLE parsed")
    except duckdb.OutOfMemoryException as error:
        raise LandscapeError(
            f"{source} needs more memory than the engine may use",
            "Raise it with --memory, or in discovery: {memory_gb: …}.",
        ) from error
    except duckdb.Error as error:
        raise UnreadableError("the engine cannot read it") from error
    part.replace(target)
    return Digest(source, target, events, lines - events)


def _parse(
    engine: duckdb.DuckDBPyConnection, source: Path, columns: dict[str, str], rows: str
) -> tuple[int, int]:
    """Read the file into the table ``parsed``; return its lines, and how many are events."""
    options = {
        "format": "'newline_delimited'",
        "compression": "'gzip'" if source.suffix == ".gz" else "'uncompressed'",
        "ignore_errors": "true",
        "maximum_object_size": str(_LARGEST_LINE_BYTES),
        "columns": "{" + ", ".join(f"{name}: '{kind}'" for name, kind in columns.items()) + "}",
    }
    shown = ", ".join(f"{name} = {value}" for name, value in options.items())
    lines = f"SELECT * FROM read_json('{_quote(source, is_pattern=True)}', {shown})"  # noqa: S608
    engine.execute(f"CREATE OR REPLACE TEMP TABLE parsed AS WITH lines AS ({lines}) {rows}")
    counted = f"SELECT count(*), count(*) FILTER (WHERE {_IS_EVENT}) FROM parsed"  # noqa: S608
    total, events = engine.execute(counted).fetchall()[0]
    return int(total), int(events)


def _read(engine: duckdb.DuckDBPyConnection, path: Path, source: Path) -> Digest | None:
    try:
        rows = engine.execute(
            "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)]
        ).fetchall()
    except duckdb.Error:
        return None
    said = dict(rows)
    if not {"events", "broken_lines"} <= set(said):
        return None
    return Digest(source, path, int(said["events"]), int(said["broken_lines"]))


def _quote(path: Path, *, is_pattern: bool = False) -> str:
    """Return the path for a literal; where the engine would expand wildcards, without any."""
    text = str(path).replace("'", "''")
    return re.sub(r"([*?\[])", r"[\1]", text) if is_pattern else text
