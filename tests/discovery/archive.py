"""A small archive whose answers are counted by hand, or by sets: every trap of the real one in it.

Planted: communities around three domains, bots of each sort, a repository that was renamed in the
middle, one whose former name somebody else took, events repeated in two hours, trimmed and old
payloads, lines that break, and hours that cannot be read.
"""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MONTHS = ("2026-03", "2026-04")
ISSUE, COMMENT, PULL, REVIEW = (
    "IssuesEvent",
    "IssueCommentEvent",
    "PullRequestEvent",
    "PullRequestReviewEvent",
)
NOTE = "PullRequestReviewCommentEvent"
DEVELOPING = (ISSUE, COMMENT, PULL, REVIEW, NOTE)
STAR, PUSH = "WatchEvent", "PushEvent"


@dataclass(frozen=True)
class Repo:
    """A repository: GitHub's id, and its name at the time."""

    id: int
    name: str


VLLM = Repo(101, "vllm-project/vllm")
RAY = Repo(102, "ray-project/ray")
SGLANG_BEFORE = Repo(103, "lm-sys/sglang")
SGLANG = Repo(103, "sgl-project/SGLang")
DIFY = Repo(104, "langgenius/dify")
MILVUS = Repo(105, "milvus-io/milvus")
# Somebody else took the name that SGLang had: no former name is proposed.
IMPOSTOR = Repo(903, "lm-sys/sglang")
LMCACHE_BEFORE = Repo(201, "somebody/lm-cache")
LMCACHE = Repo(201, "LMCache/LMCache")
MOONCAKE = Repo(202, "kvcache-ai/Mooncake")
DIFY_PLUGINS = Repo(203, "langgenius/dify-plugins")
REJECTED = Repo(204, "microsoft/vscode")
REJECTED_RENAMED = Repo(205, "new-name/of-rejected")
ADDITIONAL = Repo(206, "vllm-project/vllm-ascend")
SMALL = Repo(207, "few/people")


@dataclass(frozen=True)
class Event:
    """One event, without what no question needs."""

    type: str
    actor: int
    login: str
    repo: Repo
    hour: str
    minute: int = 0

    @property
    def at(self) -> str:
        """The time as GH Archive writes it."""
        day, _, hour = self.hour.rpartition("-")
        return f"{day}T{int(hour):02d}:{self.minute:02d}:00Z"

    @property
    def month(self) -> str:
        """The month of the event."""
        return self.hour[:7]


@dataclass
class Archive:
    """Events by the hour of the file they lie in, and lines that are none."""

    files: dict[str, list[Event]] = field(default_factory=dict)
    broken: dict[str, list[bytes]] = field(default_factory=dict)

    def add(self, events: Iterable[Event]) -> None:
        """Put events into the files of their hours."""
        for event in events:
            self.files.setdefault(event.hour, []).append(event)

    @property
    def events(self) -> list[Event]:
        """All events of all files, repeated ones too."""
        return [event for events in self.files.values() for event in events]


def plant_archive() -> Archive:
    """Return the archive with every trap in it; the seed of nothing: it is the same each time."""
    archive = Archive()
    archive.add(_plant_communities())
    archive.add(_plant_bots())
    archive.add(_plant_stars())
    # The same events once more, in the file of the next hour, as the archive has it at times.
    first = archive.files["2026-03-02-5"]
    archive.files["2026-03-02-6"] = [*archive.files.get("2026-03-02-6", []), *first]
    archive.broken["2026-03-02-5"] = [
        b'{"id": "1", "type": "IssuesEvent", "actor": {"id": 5',
        b"not json at all",
        b'\xff\xfe{"type": "IssuesEvent"}',
        b"[1, 2]",
        b'{"type": "IssuesEvent", "actor": {"id": 5, "login": "a"}, "repo": {"id": 101}}',
        b'{"type": "IssuesEvent", "actor": null, "repo": {"id": 101, "name": "a/b"}, '
        b'"created_at": "2026-03-02T05:00:00Z"}',
    ]
    return archive


def _work(
    people: Sequence[int], repos: Sequence[Repo], hours: Sequence[str], types: Sequence[str]
) -> Iterable[Event]:
    turns = itertools.cycle(types)
    for person in people:
        for repo, hour in zip(repos, hours, strict=True):
            yield Event(next(turns), person, f"Person-{person}", repo, hour, person % 60)


def _plant_communities() -> Iterable[Event]:
    march, april = "2026-03-02-5", "2026-04-10-23"
    # Thirty of vLLM and SGLang; ten of them before the rename only, ten after it, ten both.
    yield from _work(range(1, 11), (VLLM, SGLANG_BEFORE), (march, march), DEVELOPING)
    yield from _work(range(11, 21), (VLLM, SGLANG), (april, april), DEVELOPING)
    people = range(21, 31)
    yield from _work(people, (VLLM, SGLANG_BEFORE, SGLANG), (march, march, april), DEVELOPING)
    # Five of vLLM and Ray, four of Ray and Dify, three of all three; Milvus stands alone.
    yield from _work(range(31, 36), (VLLM, RAY), (march, april), (PULL,))
    yield from _work(range(41, 45), (RAY, DIFY), (april, march), (COMMENT,))
    yield from _work(range(46, 49), (VLLM, RAY, DIFY), (march, march, march), (REVIEW,))
    yield from _work(range(51, 60), (MILVUS,), (march,), (ISSUE,))
    # Two of Milvus come back on other days, a third talks all day long on one.
    later = ("2026-03-15-12", "2026-03-20-0", "2026-03-21-0", april, "2026-04-20-0")
    yield from _work((51,), (MILVUS,) * 5, later, (COMMENT,))
    yield from _work((52,), (MILVUS,) * 2, later[:2], (COMMENT,))
    yield from _work((53,), (MILVUS,) * 40, (march,) * 40, (COMMENT,))
    # Candidates: LMCache was renamed too, Mooncake has many others, plugins lean to Dify.
    yield from _work(range(1, 9), (LMCACHE_BEFORE,), (march,), (ISSUE,))
    yield from _work(range(5, 16), (LMCACHE,), (april,), (PULL,))
    yield from _work(range(11, 18), (MOONCAKE,), (april,), (NOTE,))
    yield from _work(range(301, 341), (MOONCAKE,), (april,), (NOTE,))
    yield from _work(range(41, 49), (DIFY_PLUGINS,), (march,), (ISSUE,))
    yield from _work(range(1, 31), (REJECTED,), (march,), (ISSUE,))
    yield from _work(range(1, 31), (REJECTED_RENAMED,), (march,), (ISSUE,))
    yield from _work(range(1, 31), (ADDITIONAL,), (april,), (ISSUE,))
    yield from _work(range(1, 31), (IMPOSTOR,), (april,), (ISSUE,))
    yield from _work(range(1, 4), (SMALL,), (april,), (ISSUE,))
    # Not developing: pushes alone connect nothing, and neither does what is out of the window.
    yield from _work(range(51, 60), (VLLM,), (march,), (PUSH,))
    yield from _work(range(51, 60), (VLLM,), ("2026-02-28-23",), (ISSUE,))
    yield from _work(range(51, 60), (RAY,), ("2026-05-01-0",), (ISSUE,))


def _plant_bots() -> Iterable[Event]:
    hour = "2026-03-15-12"
    logins = ("dependabot[bot]", "Release-Bot", "ci_bot", "PyTorchMergeBot")
    for number, login in enumerate(logins, start=801):
        for repo in (VLLM, RAY, DIFY, MILVUS, LMCACHE):
            yield Event(COMMENT, number, login, repo, hour, 1)
    # An account like people's, but active in more repositories than anybody can be.
    for number, repo in enumerate((VLLM, RAY, DIFY, MILVUS)):
        yield Event(COMMENT, 811, "busy", repo, hour, number)
    for number in range(40):
        yield Event(COMMENT, 811, "busy", Repo(5000 + number, f"o/r{number}"), hour, 5)


def _plant_stars() -> Iterable[Event]:
    for month, count in (("2026-03", 7), ("2026-04", 3)):
        for person in range(401, 401 + count):
            yield Event(STAR, person, f"Fan-{person}", VLLM, f"{month}-20-0", person % 60)
    # Starred, taken back, starred again: one star of that month.
    yield Event(STAR, 401, "Fan-401", VLLM, "2026-03-21-0")
    for person in range(401, 413):
        yield Event(STAR, person, f"Fan-{person}", Repo(301, "new/Hot"), "2026-04-20-0")
    yield Event(STAR, 401, "Fan-401", SGLANG_BEFORE, "2026-03-20-0")
    yield Event(STAR, 402, "Fan-402", SGLANG_BEFORE, "2026-03-20-0")
    yield Event(STAR, 403, "Fan-403", SGLANG, "2026-04-20-0")
    yield Event(STAR, 801, "dependabot[bot]", MILVUS, "2026-03-20-0")


def write_archive(archive: Archive, folder: Path) -> Path:
    """Write the hours as GH Archive does, and three that cannot be read."""
    folder.mkdir(parents=True)
    for hour, events in archive.files.items():
        lines = [_format_line(number, event) for number, event in enumerate(events)]
        lines[1:1] = archive.broken.get(hour, [])
        (folder / f"{hour}.json.gz").write_bytes(pack_lines(lines))
    torn = pack_lines([_format_line(0, Event(ISSUE, 51, "Person-51", VLLM, "2026-03-03-0"))] * 9999)
    flipped = bytearray(torn)
    flipped[-8] ^= 0xFF  # In the checksum: the data itself reads well.
    (folder / "2026-03-03-0.json.gz").write_bytes(torn[: len(torn) // 2])
    (folder / "2026-03-03-1.json.gz").write_bytes(bytes(flipped))
    (folder / "2026-03-03-2.json.gz").write_bytes(b"")
    return folder


def pack_lines(lines: Sequence[bytes]) -> bytes:
    """Return lines as a gzip file, the same bytes each time."""
    return gzip.compress(b"".join(line + b"\n" for line in lines), mtime=0)


def _format_line(number: int, event: Event) -> bytes:
    """Write an event as whole, trimmed, or with text that looks like the end of a line, in turn."""
    record: dict[str, Any] = {
        "id": str(40_000_000_000 + number),
        "type": event.type,
        "actor": {"id": event.actor, "login": event.login, "display_login": event.login},
        "repo": {"id": event.repo.id, "name": event.repo.name, "url": "https://api.github.com/x"},
        "payload": {"action": "opened", "issue": {"title": 'a "quoted"\n面向 {"type": "X"}'}},
        "public": True,
        "created_at": event.at,
    }
    if number % 3 == 1:
        record["payload"] = {}
        del record["public"]
    elif number % 3 == 2:
        del record["payload"], record["id"]
    return json.dumps(record, ensure_ascii=number % 2 == 0).encode("utf-8")
