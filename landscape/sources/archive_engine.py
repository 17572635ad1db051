"""The engine that answers questions to events: DuckDB in this process, or one that is reached.

Which questions there are is ``landscape.analysis.discovery``'s; nothing here knows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import ibis
import pandas as pd

from landscape.base.errors import LandscapeError, SourceFailedError


class Engine:
    """One connection. ``name`` is how messages call it, without a password."""

    def __init__(self, backend: ibis.BaseBackend, name: str, *, is_embedded: bool) -> None:
        self.name = name
        self._backend = backend
        self._is_embedded = is_embedded
        self._kept = 0

    def read_files(self, files: Sequence[Path]) -> ibis.Table:
        """Return the rows of Parquet files with equal columns; the embedded engine only."""
        try:
            return self._backend.read_parquet([str(file) for file in files])
        except Exception as error:
            raise self._name_failure(error) from error

    def find_table(self, name: str) -> ibis.Table:
        """Return a table, ``database.table`` or ``table``. Raises LandscapeError without one."""
        database, _, table = name.rpartition(".")
        try:
            return self._backend.table(table, database=database or None)
        except Exception as error:
            if _is_lost(error):
                raise self._name_failure(error) from error
            raise LandscapeError(
                f"{self.name} has no table {name}", "Name the table of events with --table."
            ) from error

    def fetch(self, question: ibis.Table) -> pd.DataFrame:
        """Return the answer. Raises LandscapeError where the engine gives none."""
        try:
            answer: pd.DataFrame = self._backend.to_pandas(question)
        except Exception as error:
            raise self._name_failure(error) from error
        return answer

    def keep(self, rows: ibis.Table) -> ibis.Table:
        """Return the rows, computed once where the engine is ours; elsewhere as they are.

        An engine that is only reached may not let us write, so it computes them each time.
        """
        if not self._is_embedded:
            return rows
        self._kept += 1
        name = f"kept_{self._kept}"
        try:
            self._backend.raw_sql(f"CREATE TEMP TABLE {name} AS {ibis.to_sql(rows, 'duckdb')}")
            return self._backend.table(name, database="temp.main")
        except Exception as error:
            raise self._name_failure(error) from error

    def close(self) -> None:
        """End the connection."""
        self._backend.disconnect()

    def _name_failure(self, error: Exception) -> LandscapeError:
        if _is_lost(error):
            return SourceFailedError(
                f"{self.name} cannot be reached", "See whether it runs, and its address."
            )
        if "OutOfMemory" in type(error).__name__:
            return LandscapeError(
                "the question needs more memory than the engine may use",
                "Raise it with --memory, or in discovery: {memory_gb: …}; or look at less.",
            )
        return LandscapeError(f"{self.name} refused: {_quote_first_line(error)}", "")


def open_embedded(folder: Path, *, memory_gb: float, threads: int) -> Engine:
    """Return DuckDB in this process, within the memory; what does not fit goes to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    backend = ibis.duckdb.connect(
        memory_limit=f"{int(memory_gb * 1000)}MB",
        threads=threads,
        temp_directory=str(folder),
        preserve_insertion_order=False,
    )
    return Engine(backend, "the embedded engine", is_embedded=True)


def open_engine(address: str) -> Engine:
    """Return a connection to an engine by its address, ``clickhouse://user@host:8123/database``.

    Any backend that Ibis has and that is installed will do. Raises LandscapeError for an address
    of none, SourceFailedError where nobody answers.
    """
    parts = urlsplit(address)
    if not parts.scheme:
        raise LandscapeError(
            f"{address!r} is no address of an engine",
            "Write it like clickhouse://user:password@host:8123/database.",
        )
    host = parts.hostname or ""
    name = f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "") + parts.path
    try:
        backend = ibis.connect(address)
    except (ImportError, ModuleNotFoundError) as error:
        raise LandscapeError(
            f"what {parts.scheme} needs is not installed: {error}",
            "Install the extra: pip install 'oss-landscape[clickhouse]'.",
        ) from error
    except Exception as error:
        if _is_lost(error):
            raise SourceFailedError(
                f"{name} cannot be reached", "See whether it runs, its address, user and password."
            ) from error
        if parts.scheme == "clickhouse":
            raise SourceFailedError(
                f"{name} answered and refused: {_quote_first_line(error, parts.password)}",
                "See its user and password, and that it is no older than the client supports.",
            ) from error
        raise LandscapeError(
            f"{name} is no engine that can be asked: {type(error).__name__}",
            "Known are the backends of Ibis, for example clickhouse://…",
        ) from error
    return Engine(backend, name, is_embedded=False)


def _quote_first_line(error: BaseException, password: str | None = None) -> str:
    """Return what the engine said, shortened, and without the password should it repeat it."""
    first = next(iter(str(error).splitlines()), "") or type(error).__name__
    return (first.replace(password, "***") if password else first)[:300]


def _is_lost(error: BaseException) -> bool:
    """Whether an error, or what it came from, says that the other side is not there."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, ConnectionError | TimeoutError):
            return True
        text = f"{type(found).__name__} {found}"
        if any(word in text for word in ("NewConnectionError", "MaxRetryError", "Max retries")):
            return True
        found = found.__cause__ or found.__context__
    return False
