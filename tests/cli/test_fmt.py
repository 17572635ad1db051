"""``landscape fmt`` as a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import run_landscape
from tests.dataset.landscapes import make_landscape, write_project

LOOSE = "repo: a/b\nname:   A\ndomain: serving\nsummary: {en: A, zh: 甲}\n"
CANONICAL = "name: A\nrepo: a/b\ndomain: serving\nsummary: {en: A, zh: 甲}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_landscape(tmp_path)


def test_a_loose_file_is_rewritten_and_counted(root: Path) -> None:
    path = write_project(root, "loose", LOOSE)
    run = run_landscape("fmt", folder=root)
    assert run.returncode == 0
    assert path.read_text(encoding="utf-8") == CANONICAL
    assert run.stdout == "formatted data/projects/loose.yaml\n1 of 4 files changed\n"
    assert run_landscape("fmt", folder=root).stdout == "0 of 4 files changed\n"


def test_check_shows_the_difference_and_writes_nothing(root: Path) -> None:
    path = write_project(root, "loose", LOOSE)
    run = run_landscape("fmt", "--check", folder=root)
    assert run.returncode == 1
    assert path.read_text(encoding="utf-8") == LOOSE
    assert "-name:   A\n" in run.stdout
    assert "+name: A\n" in run.stdout
    assert run.stdout.endswith("1 of 4 files would change\n")


def test_check_tells_of_line_ends_alone(root: Path) -> None:
    path = write_project(root, "loose", "")
    path.write_bytes(b"\xef\xbb\xbf" + CANONICAL.replace("\n", "\r\n").encode())
    run = run_landscape("fmt", "--check", folder=root)
    assert run.returncode == 1
    assert "line ends" in run.stdout
    assert run_landscape("fmt", folder=root).returncode == 0
    assert path.read_bytes() == CANONICAL.encode()
    assert run_landscape("validate", folder=root).returncode == 0


def test_a_file_that_cannot_be_parsed_is_told_of_and_stays(root: Path) -> None:
    broken = write_project(root, "broken", 'repo: x\nname: "never closed\n')
    loose = write_project(root, "loose", LOOSE)
    before = broken.read_bytes()
    run = run_landscape("fmt", folder=root)
    assert run.returncode == 1
    assert broken.read_bytes() == before
    assert loose.read_text(encoding="utf-8") == CANONICAL
    assert "data/projects/broken.yaml:2: error yaml-syntax" in run.stdout
    assert run.stdout.endswith("1 of 5 files changed, 1 could not be formatted\n")


def test_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(LOOSE, encoding="utf-8")
    (root / "data" / "projects" / "linked.yaml").symlink_to(outside)
    run = run_landscape("fmt", folder=root)
    assert run.returncode == 1
    assert outside.read_text(encoding="utf-8") == LOOSE
    assert "symlink" in run.stdout


def test_only_the_named_files_change(root: Path) -> None:
    loose = write_project(root, "loose", LOOSE)
    other = write_project(root, "other", LOOSE)
    assert run_landscape("fmt", loose, folder=root).returncode == 0
    assert loose.read_text(encoding="utf-8") == CANONICAL
    assert other.read_text(encoding="utf-8") == LOOSE


def test_a_file_of_no_landscape_is_told_of(root: Path, tmp_path: Path) -> None:
    stray = tmp_path / "stray.yaml"
    stray.write_text(LOOSE, encoding="utf-8")
    run = run_landscape("fmt", stray, folder=root)
    assert run.returncode == 1
    assert stray.read_text(encoding="utf-8") == LOOSE
    assert "outside-folder" in run.stdout
