"""The boundary of the command line: every end has its exit code and its words."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

import landscape
from landscape.cli.bug_report import hide_private, render_bug_report
from landscape.cli.main import SUBCOMMANDS, Subcommand, run
from landscape.cli.main import landscape as command
from tests.cli.commands import make_environment, run_landscape
from tests.dataset.landscapes import make_landscape, write_project

MAX_HELP_CPU_SECONDS = 0.3
PACKAGE = Path(landscape.__file__).parent


def test_help_tells_every_subcommand(tmp_path: Path) -> None:
    told = run_landscape("--help", folder=tmp_path)
    assert told.returncode == 0
    assert [name for name in SUBCOMMANDS if name not in told.stdout] == []


def test_help_answers_at_once(tmp_path: Path) -> None:
    run_landscape("--help", folder=tmp_path)
    before = os.times()
    run_landscape("--help", folder=tmp_path)
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    assert used < MAX_HELP_CPU_SECONDS


@pytest.mark.parametrize("name", ["validate", "fmt"])
def test_every_subcommand_is_found_and_has_help(name: str) -> None:
    found = command.get_command(click.Context(command), name)
    assert found is not None
    assert found.help


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    told = run_landscape("--version", folder=tmp_path)
    assert told.returncode == 0
    assert landscape.__version__ in told.stdout


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["validate", "--nonsense"], ["--root", "nowhere", "validate"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str], tmp_path: Path) -> None:
    told = run_landscape(*arguments, folder=tmp_path)
    assert told.returncode == 2
    assert told.stdout == ""
    assert "Usage:" in told.stderr


def test_no_landscape_above_ends_with_2_and_a_hint(tmp_path: Path) -> None:
    told = run_landscape("validate", folder=tmp_path)
    assert told.returncode == 2
    assert told.stderr.startswith("error: there is no landscape.yaml")
    assert "\nhint: " in told.stderr


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    root = make_landscape(tmp_path)
    for number in range(3000):
        write_project(root, f"p{number}", "name: 1\n")
    script = f'"{sys.executable}" -P -m landscape validate | head -1; echo "${{PIPESTATUS[0]}}"'
    told = subprocess.run(
        ["bash", "-c", script],
        cwd=root,
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.stderr == ""
    assert told.stdout.splitlines()[-1] == "141"


@click.command()
def interrupt() -> None:
    """Do as Ctrl-C does, also where whoever started the tests ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_interrupt_ends_with_130_and_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(SUBCOMMANDS, "interrupt", Subcommand(f"{__name__}:interrupt", "Stop."))
    assert run(["interrupt"]) == 130
    assert "Traceback" not in capfd.readouterr().err


@click.command()
def fail() -> None:
    """Fail as a bug does."""
    raise RuntimeError("the flux capacitor is at https://user:secret@example.org")


def test_a_bug_ends_with_3_and_a_report_ready_to_paste(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(SUBCOMMANDS, "fail", Subcommand(f"{__name__}:fail", "Fail."))
    assert run(["fail"]) == 3
    report = capfd.readouterr().err
    assert "this is a bug" in report
    assert f"landscape {landscape.__version__}, Python 3." in report
    assert "command: landscape fail" in report
    assert "RuntimeError: the flux capacitor" in report
    assert "secret" not in report


def test_a_report_holds_no_token_and_no_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "opaque-value-of-a-token")
    monkeypatch.setenv("HOME", str(tmp_path))
    text = "opaque-value-of-a-token ghp_abcdefghij0123456789 Bearer abcdefgh12345"
    assert hide_private(f"{text} {tmp_path}/x") == "*** *** Bearer *** ~/x"
    assert "ghp_" not in render_bug_report(["--token", "ghp_abcdefghij0123"], ValueError("x"))


def test_a_file_that_the_system_refuses_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def refuse() -> None:
        raise PermissionError(13, "Permission denied", "report/README.md")

    monkeypatch.setattr(sys.modules[__name__], "refuse", refuse, raising=False)
    monkeypatch.setitem(SUBCOMMANDS, "refuse", Subcommand(f"{__name__}:refuse", "Refuse."))
    assert run(["refuse"]) == 2
    assert capfd.readouterr().err == "error: Permission denied: report/README.md\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (IsADirectoryError(errno.EISDIR, "Is a directory", "data/metrics/state.csv"), 2),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory", "report/charts/map.svg"), 2),
        (FileExistsError(errno.EEXIST, "File exists", "report"), 2),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "2026-03.csv"), 2),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), 3),
        (FileNotFoundError(errno.ENOENT, "No such file", str(PACKAGE / "report" / "x.j2")), 3),
    ],
)
def test_a_file_in_the_way_is_no_bug_but_one_of_our_own_that_is_missing_is(
    error: OSError,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    @click.command()
    def stumble() -> None:
        raise error

    monkeypatch.setattr(sys.modules[__name__], "stumble", stumble, raising=False)
    monkeypatch.setitem(SUBCOMMANDS, "stumble", Subcommand(f"{__name__}:stumble", "Stumble."))
    assert run(["stumble"]) == code
    told = capfd.readouterr().err
    assert ("this is a bug" in told) == (code == 3)
    if code == 2:
        assert told == f"error: {error.strerror}: {error.filename}\n"
