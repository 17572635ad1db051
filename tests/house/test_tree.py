"""What is committed: nothing of any one machine, executable scripts, no loose ends."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.modules import ROOT

# Written in pieces, so that this file does not contain what it looks for.
REGISTRY_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb.debian" + ".org",
)
MACHINE_FOLDERS = "(^|[^.a-zA-Z0-9_-])/(" + "|".join(("work", "root", "opt", "farm")) + ")/"
LOOSE_ENDS = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error"))


def run_git(*arguments: str) -> str:
    """The output of a git command in the repository; git grep finding nothing is no failure."""
    finished = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert finished.returncode in (0, 1), finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so nothing says what is committed")
    return run_git("ls-files").splitlines()


def test_no_registry_or_machine_folder_is_named(tracked: list[str]) -> None:
    assert tracked
    pattern = "|".join(
        [*(re.escape(host) for host in REGISTRY_HOSTS), MACHINE_FOLDERS, r"\.\./sha" + "red"]
    )
    assert run_git("grep", "-nIE", pattern).splitlines() == []


def test_python_files_hold_no_loose_ends(tracked: list[str]) -> None:
    assert tracked
    assert run_git("grep", "-nE", LOOSE_ENDS, "--", "*.py").splitlines() == []


def test_scripts_are_executable(tracked: list[str]) -> None:
    scripts = [
        path
        for path in tracked
        if path.startswith(("scripts/", ".ci/"))
        and (ROOT / path).read_text("utf-8").startswith("#!")
    ]
    assert scripts
    modes = {
        line.split("\t")[1]: line.split()[0]
        for line in run_git("ls-files", "-s", *scripts).splitlines()
    }
    assert modes == dict.fromkeys(scripts, "100755")


def test_text_files_end_with_one_newline(tracked: list[str]) -> None:
    kept = (".py", ".md", ".yaml", ".yml", ".toml", ".cff", ".json", ".csv", ".j2", ".svg")
    against = []
    for path in tracked:
        if Path(path).suffix in kept and (ROOT / path).is_file():
            content = (ROOT / path).read_bytes()
            if "cases/" not in path and content and not content.endswith(b"\n"):
                against.append(path)
    assert against == []
