"""``landscape build`` as its users run it: exit codes, guards, replays, and what it changes."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.commands import make_environment, run_landscape
from tests.report.landscapes import copy_tiny

METRICS = Path("data") / "metrics" / "opendigger"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_tiny(tmp_path)


def hash_folder(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def change_values(root: Path, project: str, value: str) -> None:
    for path in (root / METRICS).glob("2026-*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        changed = [
            ",".join([project, value, *line.split(",")[2:]])
            if line.startswith(f"{project},")
            else line
            for line in lines
        ]
        path.write_text("\n".join(changed) + "\n", encoding="utf-8")


def test_it_writes_the_report_and_ends_with_the_count(root: Path) -> None:
    result = run_landscape("build", folder=root)
    assert result.returncode == 0, result.stderr
    last = result.stdout.splitlines()[-1]
    assert last.startswith("2 of 5 projects are on the map (data as of 2026-04, rule: ")
    assert last.endswith(" in report/")
    assert (root / "report" / "README.md").is_file()
    assert "load: 5 projects" in result.stderr


def test_a_second_build_changes_no_file(root: Path) -> None:
    run_landscape("build", folder=root)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    result = run_landscape("build", folder=root)
    assert "; 0 of " in result.stdout
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == before


def test_a_build_elsewhere_has_the_same_bytes(root: Path, tmp_path: Path) -> None:
    run_landscape("build", folder=root, TZ="UTC", LANG="C.UTF-8", PYTHONHASHSEED="1")
    other = copy_tiny(tmp_path / "another place")
    environment = {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "tr_TR.UTF-8"}
    elsewhere = tmp_path / "working directory"
    elsewhere.mkdir()
    run_landscape(
        "--root", other, "build", folder=elsewhere, PYTHONHASHSEED="77", PYTHONUTF8="0",
        **environment,
    )  # fmt: skip
    assert hash_folder(other / "report") == hash_folder(root / "report")
    assert hash_folder(root / "report")


def test_the_block_of_the_readme_is_written_between_its_markers_only(root: Path) -> None:
    text = "# Mine\n\n<!-- landscape:begin -->\nold\n<!-- landscape:end -->\n\nrest\n"
    (root / "README.md").write_text(text, encoding="utf-8")
    (root / "README.zh-CN.md").write_text("# 没有标记\n", encoding="utf-8")
    run_landscape("build", folder=root)
    written = (root / "README.md").read_text(encoding="utf-8")
    assert written.startswith("# Mine\n\n<!-- landscape:begin -->\n")
    assert written.endswith("\n<!-- landscape:end -->\n\nrest\n")
    assert "report/charts/map.en.dark.svg" in written
    assert "**2 of 5 projects**" in written
    assert "old" not in written
    assert (root / "README.zh-CN.md").read_text(encoding="utf-8") == "# 没有标记\n"


def test_a_build_elsewhere_leaves_the_readme_alone(root: Path, tmp_path: Path) -> None:
    text = "<!-- landscape:begin -->\nold\n<!-- landscape:end -->\n"
    (root / "README.md").write_text(text, encoding="utf-8")
    run_landscape("build", "--out", tmp_path / "out", folder=root)
    assert (root / "README.md").read_text(encoding="utf-8") == text
    assert not (root / "report").exists()


def test_a_dry_run_lists_what_would_change_and_changes_nothing(root: Path) -> None:
    result = run_landscape("build", "--dry-run", folder=root)
    assert result.returncode == 0
    assert "would write report/README.md" in result.stdout.splitlines()
    assert "would change" in result.stdout.splitlines()[-1]
    assert not (root / "report").exists()


def test_a_replay_needs_a_folder_of_its_own(root: Path) -> None:
    missing = run_landscape("build", "--as-of", "2025-12", folder=root)
    assert missing.returncode == 2
    assert "--out" in missing.stderr
    published = run_landscape("build", "--as-of", "2025-12", "--out", "report", folder=root)
    assert published.returncode == 2
    assert not (root / "report").exists()


def test_a_replay_shows_an_earlier_month(root: Path, tmp_path: Path) -> None:
    result = run_landscape("build", "--as-of", "2025-12", "--out", tmp_path / "out", folder=root)
    assert result.returncode == 0, result.stderr
    assert "data as of 2025-12" in result.stdout
    front = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "data as of **2025-12**" in front


@pytest.mark.parametrize("month", ["2025-13", "yesterday", "2025-1", ""])
def test_what_is_no_month_is_a_usage_error(root: Path, tmp_path: Path, month: str) -> None:
    result = run_landscape("build", "--as-of", month, "--out", tmp_path / "out", folder=root)
    assert result.returncode == 2
    assert "YYYY-MM" in result.stderr


def test_a_month_that_is_not_published_is_an_error_that_names_the_range(
    root: Path, tmp_path: Path
) -> None:
    result = run_landscape("build", "--as-of", "2030-01", "--out", tmp_path / "out", folder=root)
    assert result.returncode == 2
    assert "2025-01" in result.stderr
    assert "2026-04" in result.stderr
    assert not (tmp_path / "out").exists()


def test_findings_end_it_with_the_list_and_without_a_report(root: Path) -> None:
    path = root / "data" / "projects" / "beta.yaml"
    path.write_text("name: Beta\nrepo: acme/beta\ndomain: nowhere\n", encoding="utf-8")
    result = run_landscape("build", folder=root)
    assert result.returncode == 1
    assert "data/projects/beta.yaml:3" in result.stderr
    assert not (root / "report").exists()


def test_a_list_that_would_shrink_is_not_published_until_a_human_agrees(root: Path) -> None:
    # Two of two leave; one is always allowed.
    run_landscape("build", folder=root)
    before = hash_folder(root / "report")
    change_values(root, "alpha", "1")
    change_values(root, "gamma", "1")
    refused = run_landscape("build", folder=root)
    assert refused.returncode == 4
    assert "alpha, gamma" in refused.stderr
    assert "--accept-shrink" in refused.stderr
    assert hash_folder(root / "report") == before
    accepted = run_landscape("build", "--accept-shrink", folder=root)
    assert accepted.returncode == 0
    assert accepted.stdout.splitlines()[-1].startswith("0 of 5 projects")
    assert not (root / "report" / "charts" / "map.en.light.svg").exists()


def test_a_report_does_not_go_back_in_time_until_a_human_agrees(root: Path) -> None:
    # Nobody is seen leaving when the month that would show it is gone.
    run_landscape("build", folder=root)
    before = hash_folder(root / "report")
    (root / METRICS / "2026-04.csv").unlink()
    refused = run_landscape("build", folder=root)
    assert refused.returncode == 4
    assert "go back to 2026-03 from 2026-04" in refused.stderr
    assert hash_folder(root / "report") == before
    assert run_landscape("build", "--accept-shrink", folder=root).returncode == 0


def test_a_month_that_has_not_begun_does_not_decide(root: Path) -> None:
    (root / METRICS / "2026-04.csv").rename(root / METRICS / "2602-04.csv")
    result = run_landscape("build", folder=root)
    assert result.returncode == 2
    assert "data/metrics/opendigger/2602-04.csv: this month has not begun" in result.stderr


def test_a_changed_rule_is_no_loss(root: Path) -> None:
    run_landscape("build", folder=root)
    settings = root / "landscape.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("above: 10", "above: 1000"), encoding="utf-8"
    )
    assert run_landscape("build", folder=root).returncode == 0


def test_a_damaged_published_table_is_no_way_around_the_guard(root: Path) -> None:
    (root / "report").mkdir()
    (root / "report" / "landscape.csv").write_text("nonsense\n", encoding="utf-8")
    result = run_landscape("build", folder=root)
    assert result.returncode == 2
    assert "landscape.csv" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("delay", [1.0, 2.0, 3.0])
def test_a_build_killed_at_any_time_is_healed_by_the_next(root: Path, delay: float) -> None:
    command = [sys.executable, "-P", "-m", "landscape", "build"]
    process = subprocess.Popen(
        command,
        cwd=root,
        env=make_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert run_landscape("build", folder=root).returncode == 0
    once = hash_folder(root / "report")
    assert not [path for path in once if path.endswith(".tmp")]
    assert "; 0 of " in run_landscape("build", folder=root).stdout
    assert hash_folder(root / "report") == once


def test_a_published_table_with_longer_rows_is_still_compared(root: Path) -> None:
    run_landscape("build", folder=root)
    table = root / "report" / "landscape.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([head, *(f"{row},," for row in rows), ""]), encoding="utf-8")
    change_values(root, "alpha", "1")
    change_values(root, "gamma", "1")
    assert run_landscape("build", folder=root).returncode == 4


def test_a_published_table_that_names_a_project_twice_is_damaged(root: Path) -> None:
    run_landscape("build", folder=root)
    table = root / "report" / "landscape.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text + text.splitlines()[-1] + "\n", encoding="utf-8")
    result = run_landscape("build", folder=root)
    assert result.returncode == 2
    assert "a project occurs twice" in result.stderr


def test_a_published_rule_that_cannot_be_read_counts_as_the_same_rule(root: Path) -> None:
    (root / "report").mkdir()
    (root / "report" / "landscape.json").write_text("[" * 100_000, encoding="utf-8")
    assert run_landscape("build", folder=root).returncode == 0


def test_a_folder_where_a_monthly_file_belongs_is_told_and_no_bug(root: Path) -> None:
    (root / METRICS / "2020-01.csv").mkdir()
    result = run_landscape("build", folder=root)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1].endswith("data/metrics/opendigger/2020-01.csv")
    assert not (root / "report").exists()


@pytest.mark.parametrize("name", ["0000-01", "9999-12", "٢٠٢٦-04"])
def test_a_file_that_is_named_for_no_real_month_is_refused(root: Path, name: str) -> None:
    newest = root / METRICS / "2026-04.csv"
    newest.rename(root / METRICS / f"{name}.csv")
    result = run_landscape("build", folder=root)
    assert result.returncode == 2
    assert "the file's name is not a month" in result.stderr
