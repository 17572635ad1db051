"""One large file over HTTP into a file, gone on with where it broke off."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import requests
from urllib3.exceptions import HTTPError

from landscape.sources.budget import Budget
from landscape.sources.failure import SourceError
from landscape.sources.model import FailureKind
from landscape.sources.persistence import Pacing
from landscape.sources.transport import USER_AGENT, name_failure

_PIECE_BYTES = 1 << 18
_OK, _PARTIAL, _NOT_FOUND, _RANGE_REFUSED, _TOO_MANY = 200, 206, 404, 416, 429
_SERVER_ERRORS = 500


class RoomError(Exception):
    """There is no room for the file."""


class AbsentError(Exception):
    """The server says that there is no such file."""


class Transfer:
    """A session for large files.

    ``take_room`` is told before bytes are kept which file will have how many; it raises RoomError
    where there is no room for them.
    """

    def __init__(self, pacing: Pacing, take_room: Callable[[Path, int], None]) -> None:
        self._pacing = pacing
        self._take_room = take_room
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})

    def fetch(self, url: str, part: Path, budget: Budget) -> None:
        """Bring the file at the address to ``part``, of which a beginning may be there.

        The beginning is gone on with only if the server says that it has the same file still.
        Raises SourceError, after which what came until then stays for the next time; AbsentError
        and RoomError.
        """
        mark = find_mark(part)
        have = part.stat().st_size if part.exists() and mark.exists() else 0
        headers = {}
        if have:
            headers = {"Range": f"bytes={have}-", "If-Range": mark.read_text("utf-8")}
        timeout = (self._pacing.connect_seconds, self._pacing.read_seconds)
        try:
            with self._session.get(url, headers=headers, timeout=timeout, stream=True) as response:
                given = response.headers.get("Content-Range", "")
                if response.status_code == _RANGE_REFUSED and have:
                    if given == f"bytes */{have}":
                        return  # A kill came between the last byte and the file's name.
                    forget_part(part)
                    raise SourceError(FailureKind.MALFORMED, "the file has changed", retry=True)
                _check_status(response)
                if response.status_code == _PARTIAL and not given.startswith(f"bytes {have}-"):
                    forget_part(part)
                    raise SourceError(FailureKind.MALFORMED, "another part came", retry=True)
                if response.status_code == _OK:
                    forget_part(part)
                    _write_mark(mark, response.headers.get("ETag", ""))
                self._receive(response, part)
        except (requests.RequestException, HTTPError, ValueError) as error:
            raise name_failure(error, budget) from error

    def close(self) -> None:
        """Close the idle connections."""
        self._session.close()

    def _receive(self, response: requests.Response, part: Path) -> None:
        announced = int(response.headers.get("Content-Length", "0"))
        self._take_room(part, announced + (part.stat().st_size if part.exists() else 0))
        got = 0
        with part.open("ab") as stream:
            # As it lies on the server, for the file is compressed, not the answer; and each piece
            # as it comes, so that what came before a break is kept.
            while piece := response.raw.read1(_PIECE_BYTES, decode_content=False):
                stream.write(piece)
                got += len(piece)
            stream.flush()
            os.fsync(stream.fileno())
        if announced and got != announced:
            raise SourceError(FailureKind.MALFORMED, "the answer breaks off", retry=True)


def find_mark(part: Path) -> Path:
    """Return where the mark of the file's state lies, beside its beginning."""
    return part.with_name(f"{part.name}.etag")


def forget_part(part: Path) -> None:
    """Remove a beginning and its mark."""
    part.unlink(missing_ok=True)
    find_mark(part).unlink(missing_ok=True)


def _check_status(response: requests.Response) -> None:
    status = response.status_code
    if status in (_OK, _PARTIAL):
        return
    if status == _NOT_FOUND:
        raise AbsentError("the archive has no such hour")
    wait = response.headers.get("Retry-After", "")
    raise SourceError(
        FailureKind.RATE_LIMITED if status == _TOO_MANY else FailureKind.SERVER_ERROR,
        f"the answer is HTTP {status}",
        retry=status == _TOO_MANY or status >= _SERVER_ERRORS,
        wait_seconds=float(wait) if wait.isdigit() else None,
    )


def _write_mark(mark: Path, etag: str) -> None:
    """Keep what names the file's state; a weak mark, or none, promises nothing to go on with."""
    if etag and not etag.startswith("W/"):
        mark.write_text(etag, encoding="utf-8")
