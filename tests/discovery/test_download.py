"""Hours of the archive over HTTP: resumed, checked, bounded; what is missing is counted."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from landscape.base.errors import LockedError
from landscape.base.lock import hold_lock
from landscape.sources.archive_download import NO_ROOM, Download, download_hours
from landscape.sources.archive_hours import list_hours
from landscape.sources.archive_manifest import DAMAGED, FETCHED, MISSING, UNAVAILABLE
from landscape.sources.budget import Budget
from landscape.sources.persistence import Pacing
from tests.discovery.archive import pack_lines
from tests.discovery.hours import HourServer
from tests.standins.exchange import Manner, Response
from tests.standins.server import find_closed_port

HOURS = list_hours("2026-04-01-0", "2026-04-01-3")
QUICK = Pacing(connect_seconds=2, read_seconds=0.5, attempts=3, backoff_seconds=0.01)


def make_hours(size: int = 200_000) -> dict[str, bytes]:
    noise = random.Random(6)
    return {hour: pack_lines([noise.randbytes(size).hex().encode()]) for hour in HOURS}


def fetch(
    server_url: str,
    folder: Path,
    *,
    hours: Sequence[str] = HOURS,
    limit_bytes: int = 10**9,
    workers: int = 2,
    compact: Callable[[Path, Path], str] | None = None,
) -> Download:
    return download_hours(
        hours,
        folder,
        base_url=server_url,
        budget=Budget.start(60, clock=time.monotonic, sleep=time.sleep),
        limit_bytes=limit_bytes,
        workers=workers,
        pacing=QUICK,
        compact=compact,
    )


def read_folder(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".gz"}


def test_hours_come_once_and_are_not_asked_for_again(tmp_path: Path) -> None:
    with HourServer(make_hours()) as server:
        first = fetch(server.url, tmp_path)
        asked = len(server.requests)
        second = fetch(server.url, tmp_path)
        assert len(server.requests) == asked == len(HOURS)
        expected = {f"{hour}.json.gz": body for hour, body in server.hours.items()}
    assert (first.count(FETCHED), first.fetched_now) == (4, 4)
    assert (second.count(FETCHED), second.fetched_now) == (4, 0)
    assert read_folder(tmp_path) == expected


@pytest.mark.parametrize("manner", [Manner.TRUNCATED, Manner.RESET, Manner.STALLED])
def test_what_broke_off_is_gone_on_with(manner: Manner, tmp_path: Path) -> None:
    with HourServer(make_hours()) as server:
        server.plans[HOURS[1]] = [manner]
        result = fetch(server.url, tmp_path)
        assert result.count(FETCHED) == 4
        ranges = server.list_ranges(HOURS[1])
        assert ranges[0] == ""
        assert ranges[1].startswith("bytes=")
        assert int(ranges[1][6:-1]) > 0
        assert (tmp_path / f"{HOURS[1]}.json.gz").read_bytes() == server.hours[HOURS[1]]


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(tmp_path: Path) -> None:
    with HourServer(make_hours()) as server:
        server.plans[HOURS[0]] = [Manner.TRUNCATED] * 3
        assert fetch(server.url, tmp_path).list_hours(UNAVAILABLE) == (HOURS[0],)
        server.hours[HOURS[0]] = pack_lines([b"another"])
        assert fetch(server.url, tmp_path).count(FETCHED) == 4
        assert (tmp_path / f"{HOURS[0]}.json.gz").read_bytes() == pack_lines([b"another"])


def test_an_hour_that_came_whole_before_a_kill_is_not_sent_again(tmp_path: Path) -> None:
    with HourServer(make_hours()) as server:
        fetch(server.url, tmp_path)
        body = server.hours[HOURS[0]]
        asked = next(each for each in server.requests if HOURS[0] in each.path)
        # As a kill between the last byte and the renaming leaves it.
        whole = tmp_path / f"{HOURS[0]}.json.gz"
        part = tmp_path / f".{HOURS[0]}.part.json.gz"
        whole.rename(part)
        mark = part.with_name(f"{part.name}.etag")
        mark.write_text(server.answer(asked).headers["ETag"], encoding="utf-8")
        assert fetch(server.url, tmp_path).count(FETCHED) == 4
        assert server.list_ranges(HOURS[0])[-1] == f"bytes={len(body)}-"
        assert whole.read_bytes() == body


def test_missing_and_damaged_hours_are_counted_and_the_rest_comes(tmp_path: Path) -> None:
    hours = make_hours()
    del hours[HOURS[0]]
    hours[HOURS[1]] = hours[HOURS[1]][:-20]
    hours[HOURS[2]] = b"<html>Service is down</html>"
    with HourServer(hours) as server:
        result = fetch(server.url, tmp_path)
        assert server.count(HOURS[1]) == 2
    assert result.list_hours(MISSING) == (HOURS[0],)
    assert result.list_hours(DAMAGED) == (HOURS[1], HOURS[2])
    assert result.hours[HOURS[1]].detail == "it breaks off"
    assert result.hours[HOURS[2]].detail == "it is not gzip"
    assert sorted(read_folder(tmp_path)) == [f"{HOURS[3]}.json.gz"]


def test_what_was_damaged_is_asked_for_in_the_next_run(tmp_path: Path) -> None:
    hours = make_hours()
    whole = hours[HOURS[1]]
    with HourServer({**hours, HOURS[1]: whole[:-20]}) as server:
        assert fetch(server.url, tmp_path).count(DAMAGED) == 1
        server.hours[HOURS[1]] = whole
        result = fetch(server.url, tmp_path)
    assert (result.count(FETCHED), result.fetched_now) == (4, 1)


def test_a_server_that_is_busy_is_asked_again(tmp_path: Path) -> None:
    with HourServer(make_hours()) as server:
        server.plans[HOURS[2]] = [Response(503), Response(429, {"Retry-After": "0"})]
        assert fetch(server.url, tmp_path).count(FETCHED) == 4


def test_files_that_vanish_while_the_room_is_counted_are_no_failure(tmp_path: Path) -> None:
    """Small hours by many workers, each of which makes and removes files beside its hour."""
    hours = list_hours("2026-04-01-0", "2026-04-06-23")
    bodies = dict.fromkeys(hours, pack_lines([b"{}"]))
    with HourServer(bodies) as server:
        result = fetch(server.url, tmp_path, hours=hours, workers=16)
    assert result.count(FETCHED) == len(hours)


def test_no_hour_is_begun_that_the_folder_has_no_room_for(tmp_path: Path) -> None:
    hours = make_hours()
    limit = 2 * max(len(body) for body in hours.values()) + 2_000
    with HourServer(hours) as server:
        result = fetch(server.url, tmp_path, limit_bytes=limit)
        assert (result.count(FETCHED), result.count(NO_ROOM)) == (2, 2)
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= limit
        for path in read_folder(tmp_path):
            (tmp_path / path).unlink()
        again = fetch(server.url, tmp_path, limit_bytes=limit)
    assert again.count(FETCHED) == 2


def test_what_is_compacted_is_kept_instead(tmp_path: Path) -> None:
    def compact(source: Path, target: Path) -> str:
        target.write_bytes(source.read_bytes()[:5])
        return ""

    with HourServer(make_hours()) as server:
        result = fetch(server.url, tmp_path, compact=compact)
        assert fetch(server.url, tmp_path, compact=compact).fetched_now == 0
    assert result.count(FETCHED) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *sorted(f"{hour}.parquet" for hour in HOURS),
        "manifest.jsonl",
    ]


def test_a_host_that_nobody_is_at_fails_every_hour(tmp_path: Path) -> None:
    result = fetch(f"http://127.0.0.1:{find_closed_port()}", tmp_path)
    assert result.count(UNAVAILABLE) == len(HOURS)
    assert {entry.detail for entry in result.hours.values()} == {"the connection was refused"}


def test_a_manifest_that_is_none_only_costs_the_hours_anew(tmp_path: Path) -> None:
    with HourServer(make_hours()) as server:
        fetch(server.url, tmp_path)
        (tmp_path / "manifest.jsonl").write_text("{\n[1]\n{}", encoding="utf-8")
        assert fetch(server.url, tmp_path).fetched_now == 4
        assert fetch(server.url, tmp_path).fetched_now == 0


def test_a_file_that_was_cut_behind_our_back_is_fetched_anew(tmp_path: Path) -> None:
    with HourServer(make_hours()) as server:
        fetch(server.url, tmp_path)
        os.truncate(tmp_path / f"{HOURS[0]}.json.gz", 100)
        assert fetch(server.url, tmp_path).fetched_now == 1


def test_two_downloads_do_not_share_a_folder(tmp_path: Path) -> None:
    with hold_lock(tmp_path, busy=""), pytest.raises(LockedError, match="another download"):
        fetch("http://127.0.0.1:9", tmp_path)


@pytest.mark.parametrize(
    ("first", "last", "count", "begin", "end"),
    [
        ("2026-04", "2026-04", 720, "2026-04-01-0", "2026-04-30-23"),
        ("2024-02", "2024-02", 696, "2024-02-01-0", "2024-02-29-23"),
        ("2025-12-31-22", "2026-01-01-1", 4, "2025-12-31-22", "2026-01-01-1"),
        ("2026-04-05", "2026-04-05", 24, "2026-04-05-0", "2026-04-05-23"),
    ],
)
def test_hours_are_named_as_the_archive_names_them(
    first: str, last: str, count: int, begin: str, end: str
) -> None:
    hours = list_hours(first, last)
    assert (len(hours), hours[0], hours[-1]) == (count, begin, end)


def test_no_hours_lie_between_later_and_earlier() -> None:
    assert list_hours("2026-05", "2026-04") == ()


@pytest.mark.parametrize("point", ["2026", "2026-13", "2026-02-30", "2026-04-01-24", "yesterday"])
def test_what_is_no_point_in_time_is_refused(point: str) -> None:
    with pytest.raises(ValueError):
        list_hours(point, point)
