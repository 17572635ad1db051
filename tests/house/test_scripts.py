"""The environment that the scripts share: made once, kept in step, healed when half-made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.modules import ROOT
from tests.standins.server import find_closed_port

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


@pytest.fixture
def clickhouse_checkout(checkout: Path) -> Path:
    """The same, with the script that fetches ClickHouse and a lock."""
    shutil.copy(ROOT / "scripts/fetch-clickhouse", checkout / "scripts")
    (checkout / "requirements-clickhouse.lock").write_text(
        f"chdb-core==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8"
    )
    # Its pip is used; making another environment would take seconds.
    (checkout / ".venv").symlink_to(sys.prefix)
    return checkout


def fetch_clickhouse(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run the script where no index of packages answers."""
    environ = {"PIP_INDEX_URL": f"http://127.0.0.1:{find_closed_port()}", "PIP_RETRIES": "0"}
    return subprocess.run(
        ["scripts/fetch-clickhouse"],
        cwd=checkout,
        env={**os.environ, **environ, "PIP_CONFIG_FILE": os.devnull},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_clickhouse_that_cannot_be_fetched_leaves_what_was_there(clickhouse_checkout: Path) -> None:
    stamp = clickhouse_checkout / ".cache/clickhouse/.installed"
    stamp.parent.mkdir(parents=True)
    stamp.write_text("of an earlier lock\n", encoding="utf-8")
    run = fetch_clickhouse(clickhouse_checkout)
    assert run.returncode != 0
    assert stamp.read_text(encoding="utf-8") == "of an earlier lock\n"
    assert [path.name for path in stamp.parent.parent.iterdir()] == ["clickhouse"]


def test_clickhouse_is_fetched_once_for_a_lock(clickhouse_checkout: Path) -> None:
    lock = clickhouse_checkout / "requirements-clickhouse.lock"
    checksum = subprocess.run(
        ["git", "hash-object", "--no-filters", lock], capture_output=True, text=True, check=True
    ).stdout
    stamp = clickhouse_checkout / ".cache/clickhouse/.installed"
    stamp.parent.mkdir(parents=True)
    stamp.write_text(checksum, encoding="utf-8")
    run = fetch_clickhouse(clickhouse_checkout)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
