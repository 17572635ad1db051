"""Files of an event archive on this machine: which there are, and whether one is whole."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path

from landscape.base.errors import LandscapeError
from landscape.sources.archive_manifest import FILE as MANIFEST

JSON_ENDINGS = (".json.gz", ".jsonl.gz", ".ndjson.gz", ".json", ".jsonl", ".ndjson")
PARQUET_ENDING = ".parquet"
_PIECE_BYTES = 1 << 20


def list_event_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the event files at the paths and below folders among them, by path, each once.

    Raises LandscapeError for a path that does not exist, that is no event file, or a folder
    without any. Hidden files and unfinished downloads are not looked at.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inner = {each for each in path.rglob("*") if _is_event_file(each)}
            if not inner:
                raise LandscapeError(
                    f"{path} holds no event files",
                    f"Event files end with {', '.join((*JSON_ENDINGS[:1], PARQUET_ENDING))}; "
                    "landscape discover download fetches them.",
                )
            found |= inner
        elif not path.exists():
            raise LandscapeError(f"{path} does not exist", "Name event files, or their folder.")
        elif not path.name.endswith((*JSON_ENDINGS, PARQUET_ENDING)):
            raise LandscapeError(
                f"{path} is no event file",
                f"Wanted are GH Archive's JSON lines ({', '.join(JSON_ENDINGS)}) or Parquet.",
            )
        else:
            found.add(path)
    return tuple(sorted(found))


def is_parquet(path: Path) -> bool:
    """Whether the file's name says that it is Parquet."""
    return path.name.endswith(PARQUET_ENDING)


def find_damage(path: Path) -> str:
    """Return why a JSON file cannot be read whole, in words that stay the same; empty if it can.

    A gzip stream is read to its end, checksum included: the engine does not look at that, and
    reads on behind a flipped bit.
    """
    try:
        if path.stat().st_size == 0:
            return "it is empty"
        if path.suffix != ".gz":
            return ""
        with gzip.open(path) as stream:
            while stream.read(_PIECE_BYTES):
                pass
    except EOFError:
        return "it breaks off"
    except gzip.BadGzipFile as error:
        return "it is not gzip" if "Not a gzipped" in str(error) else "its checksum is wrong"
    except zlib.error:
        return "its compressed data is damaged"
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    return ""


def _is_event_file(path: Path) -> bool:
    # What the download keeps beside its hours has their ending too.
    is_other = path.name.startswith(".") or path.name == MANIFEST
    return not is_other and path.name.endswith((*JSON_ENDINGS, PARQUET_ENDING)) and path.is_file()
