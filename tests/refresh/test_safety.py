"""Killed at any call, twice at once, on a full disk: before or after, and the next run heals."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from landscape.base.lock import hold_lock
from landscape.base.transaction import STAGE
from landscape.cli import refresh_steps as steps
from landscape.metrics.store import load_store
from tests.base.killing import kill_everywhere
from tests.refresh.landscapes import (
    World,
    make_series,
    name_repo,
    read_tree,
    read_values,
)
from tests.standins.github import TOKEN

ROOT = Path(__file__).resolve().parents[2]
NEXT = "2026-04"
ORDER = steps.Order(
    only=(),
    sources=frozenset({"opendigger", "github"}),
    is_dry_run=False,
    accepts_shrink=True,
    budget_seconds=None,
    workers=None,
    opendigger_url=None,
    github_url=None,
    message_file=None,
)


@dataclass(frozen=True)
class News:
    """A landscape as it is, and what a refresh has learned of it."""

    pristine: Path
    known: steps.Known
    learned: steps.Learned


def serve_news(world: World) -> None:
    """Serve something new of every kind: values, counts, a rename, a repository that is gone."""
    for number in range(12):
        world.serve(f"p{number:02d}", {**make_series(8 + 2 * number), NEXT: 50.0 + number})
    world.github.rename(name_repo("p02"), "new-owner/p02")
    world.github.remove(name_repo("p04"))


@pytest.fixture
def news(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> News:
    """All that a refresh with news does before it changes the first file."""
    serve_news(world)
    monkeypatch.setenv("LANDSCAPE_OPENDIGGER_URL", world.opendigger.url)
    monkeypatch.setenv("GITHUB_API_URL", world.github.url)
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    pristine = tmp_path / "pristine"
    shutil.copytree(world.root, pristine)
    known = steps.load(world.root)
    return News(pristine, known, steps.learn(known, steps.fetch(known, ORDER)))


@pytest.mark.slow
def test_killed_at_any_call_of_storing_the_data_are_before_or_after(news: News) -> None:
    root = news.known.root
    before = read_tree(root / "data")
    steps.store(news.known, news.learned)
    after = read_tree(root / "data")
    assert before != after
    seen = []

    def work() -> None:
        steps.store(news.known, news.learned)

    for number, was_killed in kill_everywhere(news.pristine, root, work):
        # Whoever reads sees one or the other, project files and values alike.
        load_store(root)
        data = read_tree(root / "data")
        data = {path: content for path, content in data.items() if STAGE.name not in path}
        assert data in (before, after), f"killed at call {number}"
        seen.append(data == after)
        work()
        assert read_tree(root / "data") == after, f"healed after a kill at call {number}"
        assert was_killed or data == after
    assert len(seen) > 25
    assert seen == sorted(seen)
    assert False in seen


@pytest.mark.slow
def test_killed_while_writing_the_report_the_next_run_heals_it(news: News) -> None:
    root = news.known.root
    outcome = steps.decide(news.known, news.learned)
    files = steps.draw(outcome)

    def work() -> None:
        steps.store(news.known, news.learned)
        steps.write(outcome, files, ORDER)

    work()
    done = read_tree(root)
    for number, _ in kill_everywhere(news.pristine, root, work, step=29):
        work()
        healed = {path: c for path, c in read_tree(root).items() if not path.endswith(".tmp")}
        assert healed == done, f"healed after a kill at call {number}"


def test_a_refresh_ends_what_a_killed_one_began(world: World) -> None:
    """A kill between the journal and the last move, then an ordinary refresh."""
    serve_news(world)
    stage = world.root / STAGE
    stage.mkdir()
    (stage / "0").write_text("project,openrank,vintage\np00,1,live\n")
    (stage / "journal.json").write_text(
        '{"moves": {"0": "data/metrics/opendigger/2025-08.csv"}, "removed": []}'
    )
    assert load_store(world.root).opendigger["month"].min() == "2025-08"
    assert world.refresh().code == 0
    assert not stage.exists()
    # The series that was read has no such month: the whole of it is replaced.
    assert ("p00", "2025-08") not in read_values(world.root)
    assert not (world.root / "data/metrics/opendigger/2025-08.csv").exists()


def test_a_second_refresh_at_the_same_time_says_so_and_does_nothing(world: World) -> None:
    serve_news(world)
    before = read_tree(world.root)
    with hold_lock(world.root, busy="never"):
        result = world.refresh()
    assert result.code == 4
    assert "another refresh of this landscape is running" in result.stderr
    assert world.opendigger.requests == []
    assert read_tree(world.root) == before
    assert world.refresh().code == 0


def test_two_refreshes_started_at_once_do_not_interleave(world: World) -> None:
    serve_news(world)
    world.opendigger.latency_seconds = 0.4
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LANDSCAPE_OPENDIGGER_URL": world.opendigger.url,
        "GITHUB_API_URL": world.github.url,
        "GITHUB_TOKEN": TOKEN,
    }
    command = [sys.executable, "-P", "-m", "landscape", "--root", str(world.root), "refresh"]
    processes = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in processes]
    codes = sorted(process.returncode for process in processes)
    assert codes == [0, 4]
    assert sum(b"another refresh" in stderr for _, stderr in told) == 1
    assert read_values(world.root)["p00", NEXT] == ("50", "live")


def test_a_full_disk_leaves_everything_as_before(world: World, tmp_path: Path) -> None:
    """A real one, of a few hundred kilobytes, in a name space of its own."""
    serve_news(world)
    pristine = tmp_path / "pristine"
    world.root.rename(pristine)
    world.root.mkdir()
    blocks = sum(-(-path.stat().st_size // 4096) + 1 for path in pristine.rglob("*"))
    script = f"""
        set -e
        mount -t tmpfs -o size={blocks * 4 + 24}k none {world.root}
        cp -r {pristine}/. {world.root}
        dd if=/dev/zero of={world.root}/filler bs=1k count=100000 2>/dev/null || true
        set +e
        {sys.executable} -P -m landscape --root {world.root} refresh > {tmp_path}/out 2>&1
        echo $? > {tmp_path}/code
        rm {world.root}/filler
        mkdir {tmp_path}/after
        cp -r {world.root}/. {tmp_path}/after
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LANDSCAPE_OPENDIGGER_URL": world.opendigger.url,
        "GITHUB_API_URL": world.github.url,
        "GITHUB_TOKEN": TOKEN,
    }
    shell = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    finished = subprocess.run(shell, env=environment, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        pytest.skip(f"no file system can be mounted here: {finished.stderr.strip()[-200:]}")
    assert (tmp_path / "code").read_text().strip() == "2", (tmp_path / "out").read_text()
    assert "No space left on device" in (tmp_path / "out").read_text()
    after = read_tree(tmp_path / "after")
    assert {path: c for path, c in after.items() if STAGE.name not in path} == read_tree(pristine)
