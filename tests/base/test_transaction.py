"""Several files change as one: before or after, whatever happens, and the rest heals."""

from __future__ import annotations

import json
import os
import resource
import signal
from pathlib import Path, PurePosixPath

import pytest

from landscape.base.errors import LandscapeError, LockedError
from landscape.base.lock import hold_lock
from landscape.base.transaction import JOURNAL, STAGE, commit_files, hold_settled, settle
from tests.base.killing import kill_everywhere, read_tree

BEFORE = {"data/a.csv": b"old a\n", "data/b/c.csv": b"old c\n", "data/gone.csv": b"x\n"}
CHANGE: dict[PurePosixPath, bytes | None] = {
    PurePosixPath("data/a.csv"): b"new a\n",
    PurePosixPath("data/b/c.csv"): b"new c, longer than before\n",
    PurePosixPath("data/d/e.csv"): b"new e\n",
    PurePosixPath("data/gone.csv"): None,
}
AFTER = {str(path): content for path, content in CHANGE.items() if content is not None}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "root")


def write_tree(folder: Path) -> Path:
    for path, content in BEFORE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_all_files_are_written_and_removed(root: Path) -> None:
    changed = commit_files(root, CHANGE)
    assert changed == sorted(CHANGE)
    assert read_tree(root) == AFTER


def test_what_is_already_so_is_not_touched(root: Path) -> None:
    commit_files(root, CHANGE)
    stamps = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    assert commit_files(root, CHANGE) == []
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == stamps


def test_killed_at_any_call_it_is_before_or_after_for_readers_and_the_next_run_heals(
    tmp_path: Path,
) -> None:
    pristine, root = write_tree(tmp_path / "pristine"), tmp_path / "root"
    seen = []
    for number, was_killed in kill_everywhere(pristine, root, lambda: commit_files(root, CHANGE)):
        if (root / STAGE / "0").exists():
            # Nobody commits what a killed run leaves.
            assert (root / STAGE / ".gitignore").read_bytes() == b"*\n"
        with hold_settled(root):
            tree = read_tree(root)
        found = {path: content for path, content in tree.items() if not path.startswith(str(STAGE))}
        assert found in (BEFORE, AFTER), f"killed at call {number}"
        seen.append(found == AFTER)
        assert was_killed or found == AFTER
        commit_files(root, CHANGE)
        assert read_tree(root) == AFTER, f"healed after a kill at call {number}"
    assert len(seen) > 20
    # Once it has happened it has happened: no later kill takes it back.
    assert seen == sorted(seen)
    assert False in seen


def test_killed_while_healing_it_still_heals(tmp_path: Path) -> None:
    pristine, root = write_tree(tmp_path / "pristine"), tmp_path / "root"
    for _ in kill_everywhere(pristine, root, lambda: commit_files(root, CHANGE)):
        if (root / JOURNAL).exists():
            break
    else:
        pytest.fail("no kill left a journal")
    half, again = tmp_path / "half", tmp_path / "again"
    root.rename(half)
    for number, _ in kill_everywhere(half, again, lambda: settle(again)):
        with hold_settled(again):
            assert (again / "data/a.csv").read_bytes() == b"new a\n", f"killed at call {number}"
        settle(again)
        assert read_tree(again) == AFTER


def test_a_full_disk_leaves_everything_as_before(root: Path) -> None:
    limit = 10_000
    large: dict[PurePosixPath, bytes | None] = {
        **CHANGE,
        PurePosixPath("data/z.csv"): b"z" * (limit + 1),
    }
    child = os.fork()
    if child == 0:
        # What a full disk does to a write, this limit does too: it fails at its half.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            commit_files(root, large)
        except OSError:
            os._exit(7)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7
    assert read_tree(root) == BEFORE
    commit_files(root, large)
    assert (root / "data/z.csv").stat().st_size == limit + 1


@pytest.mark.parametrize("path", ["../outside.csv", "/etc/passwd", "data/../../x", "report/x"])
def test_nothing_is_written_outside_of_the_data(root: Path, path: str) -> None:
    with pytest.raises(LandscapeError, match="does not lie below data"):
        commit_files(root, {PurePosixPath(path): b"x"})
    # Nor by a journal that somebody planted.
    (root / STAGE).mkdir()
    (root / STAGE / "0").write_bytes(b"x")
    (root / JOURNAL).write_text(json.dumps({"moves": {"0": path}, "removed": []}))
    with pytest.raises(LandscapeError, match="does not lie below data"):
        settle(root)
    assert {k: v for k, v in read_tree(root).items() if not k.startswith(str(STAGE))} == BEFORE


@pytest.mark.parametrize("text", ["", "[]", '{"moves": {"../x": "data/a.csv"}, "removed": []}'])
def test_a_strange_journal_stops_the_work_with_a_way_out(root: Path, text: str) -> None:
    (root / STAGE).mkdir()
    (root / JOURNAL).write_text(text)
    with pytest.raises(LandscapeError) as caught, hold_settled(root):
        pass
    assert str(STAGE) in caught.value.hint


def test_a_writer_waits_for_readers_and_readers_for_nobody(root: Path) -> None:
    with (
        hold_settled(root),
        hold_settled(root),
        pytest.raises(LockedError),
        hold_lock(root / "data", busy="busy"),
    ):
        pass
    commit_files(root, CHANGE)


def test_a_lock_is_let_go_when_its_holder_is_killed(root: Path) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with hold_lock(root, busy="busy"):
            os.write(writing, b"held")
            signal.pause()
        os._exit(0)
    assert os.read(reading, 4) == b"held"
    with pytest.raises(LockedError) as caught, hold_lock(root, busy="another is at work"):
        pass
    assert caught.value.message == "another is at work"
    assert caught.value.exit_code == 4
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with hold_lock(root, busy="busy"):
        pass
