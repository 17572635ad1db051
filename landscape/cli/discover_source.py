"""The events that ``landscape discover`` asks: files, or the table of an engine elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import ibis

from landscape.analysis.event_shapes import recognise_events
from landscape.base.errors import LandscapeError
from landscape.cli.discover_request import Request
from landscape.cli.discover_result import Coverage
from landscape.cli.progress import ProgressDisplay
from landscape.dataset.model import Discovery
from landscape.sources.archive_digest import check_parquet, digest_files
from landscape.sources.archive_engine import Engine, open_embedded, open_engine
from landscape.sources.archive_files import is_parquet, list_event_files


@dataclass(frozen=True)
class Source:
    """An engine with its events in one shape, and what is known of its files."""

    engine: Engine
    events: ibis.Table
    coverage: Coverage
    name: str


def open_source(request: Request, rules: Discovery) -> Source:
    """Open what the request names. Raises LandscapeError where it cannot be read or reached."""
    if request.engine:
        engine = open_engine(request.engine)
        table = engine.find_table(request.table)
        events = recognise_events(table, f"the table {request.table}")
        return Source(engine, events, Coverage(), engine.name)
    return _open_files(request, rules)


def _open_files(request: Request, rules: Discovery) -> Source:
    memory_gb = request.memory_gb or rules.memory_gb
    paths = request.events or (request.folders.hours,)
    if not request.events and not request.folders.hours.is_dir():
        raise LandscapeError(
            "no events were named, and none are in the cache",
            "Name files with --events, or fetch some: landscape discover download.",
        )
    files = list_event_files(paths)
    with ProgressDisplay() as progress:
        digests, damaged = digest_files(
            [file for file in files if not is_parquet(file)],
            request.folders.digests,
            memory_gb=memory_gb,
            threads=request.threads,
            progress=progress,
        )
    tables, torn = check_parquet(files)
    coverage = Coverage(
        files=len(files),
        damaged=(*damaged, *torn),
        broken_lines=sum(digest.broken_lines for digest in digests),
    )
    if not digests and not tables:
        shown = "; ".join(f"{each.source.name}: {each.reason}" for each in coverage.damaged[:5])
        raise LandscapeError("none of the files can be read", shown)
    engine = open_embedded(request.folders.spill, memory_gb=memory_gb, threads=request.threads)
    parts = []
    if digests:
        read = engine.read_files([digest.path for digest in digests])
        parts.append(recognise_events(read, "what was read"))
    if tables:
        parts.append(recognise_events(engine.read_files(tables), _name_tables(tables)))
    return Source(engine, ibis.union(*parts) if len(parts) > 1 else parts[0], coverage, "files")


def _name_tables(tables: tuple[object, ...]) -> str:
    return str(tables[0]) + (f" (and {len(tables) - 1} more)" if len(tables) > 1 else "")
