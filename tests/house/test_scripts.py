"""The environment that the scripts share: made once, kept in step, healed when half-made."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.modules import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("bash") is None, reason="the scripts need bash"),
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with only the shared script and a lock that names no package."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/environment", tmp_path / "scripts")
    (tmp_path / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    return tmp_path


def ensure_environment(checkout: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            "bash",
            "-euo",
            "pipefail",
            "-c",
            ". scripts/environment; ensure_environment requirements.lock",
        ],
        cwd=checkout,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_an_environment_is_made_once_and_again_only_when_the_lock_changes(checkout: Path) -> None:
    first = ensure_environment(checkout)
    assert first.returncode == 0, first.stderr
    assert "Making .venv" in first.stderr
    assert ensure_environment(checkout).stderr == ""

    (checkout / "requirements.lock").write_text("# still nothing\n", encoding="utf-8")
    changed = ensure_environment(checkout)
    assert "Installing requirements.lock" in changed.stderr
    assert "Making" not in changed.stderr


def test_a_half_made_environment_is_made_again(checkout: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").write_text("", encoding="utf-8")
    healed = ensure_environment(checkout)
    assert healed.returncode == 0, healed.stderr
    assert (checkout / ".venv/.installed-requirements.lock").is_file()


def test_a_failed_installation_is_not_taken_for_a_finished_one(checkout: Path) -> None:
    # No hash is given, so pip refuses before it asks any index.
    (checkout / "requirements.lock").write_text("click==8.1.8\n", encoding="utf-8")
    assert ensure_environment(checkout).returncode != 0
    assert list((checkout / ".venv").glob(".installed-*")) == []


def test_without_a_python_the_scripts_say_what_to_install(checkout: Path) -> None:
    tools = checkout / "tools"
    tools.mkdir()
    for name in ("bash", "git", "dirname", "rm"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    without = ensure_environment(checkout, PATH=str(tools))
    assert without.returncode != 0
    assert "no Python 3.11, 3.12 or 3.13" in without.stderr
    assert "to mend it" in without.stderr
