"""``landscape init``: from an empty folder to a landscape that validates and builds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.commands import run_landscape
from tests.house.modules import ROOT
from tests.publish.repositories import run_git, write_month


def test_from_nothing_to_a_built_report(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    run = run_landscape("init", root, "--title", "Our Tools", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    for command in ("validate", "fmt"):
        arguments = ["--check"] if command == "fmt" else []
        checked = run_landscape(command, *arguments, folder=root)
        assert checked.returncode == 0, checked.stdout
    assert run_landscape("validate", folder=root).stdout == "no findings in 4 files\n"
    for month in ("2026-01", "2026-02"):
        write_month(root, month, {"git": 60.0, "curl": 30.0})
    built = run_landscape("build", folder=root)
    assert built.returncode == 0, built.stderr
    assert built.stdout.startswith("2 of 2 projects are on the map")
    assert "Our Tools" in (root / "report" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--language", "zh", "--domain", "net=网络", "--title", "云原生全景图"],
        ["--language", "en", "--language", "zh", "--title", "A", "--title", "zh=乙"],
        ["--language", "de", "--domain", "Orchestrierung"],
        ["--above", "7.5", "--window", "year-to-date", "--domain", "A: B # c", "--domain", "No"],
    ],
)
def test_every_choice_passes_its_own_checks(tmp_path: Path, arguments: list[str]) -> None:
    root = tmp_path / "mine"
    run = run_landscape("init", root, *arguments, folder=tmp_path)
    assert run.returncode == 0, run.stderr
    checked = run_landscape("validate", folder=root)
    assert checked.returncode == 0, checked.stdout
    assert "error" not in checked.stdout
    assert "warning" not in checked.stdout
    assert run_landscape("fmt", "--check", folder=root).returncode == 0


def test_what_was_chosen_stands_in_the_files(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    arguments = ["--language", "en", "--above", "5", "--domain", "Runtime", "--action", "me/x@v2"]
    run_landscape("init", root, *arguments, folder=tmp_path)
    settings = yaml.safe_load((root / "landscape.yaml").read_text(encoding="utf-8"))
    assert settings["inclusion"] == {
        "metric": "openrank",
        "window": "trailing-12-months",
        "above": 5,
    }
    page = (root / "README.md").read_text(encoding="utf-8")
    assert "https://github.com/me/x" in page
    assert "{=" not in page
    project = yaml.safe_load((root / "data/projects/git.yaml").read_text(encoding="utf-8"))
    assert project["domain"] == "runtime"


def test_git_changes_no_byte_of_an_edition_and_hides_what_is_generated(tmp_path: Path) -> None:
    assert run_landscape("init", tmp_path, folder=tmp_path).returncode == 0
    run_git(tmp_path, "init", "--quiet")
    paths = ("data/editions/a/edition.json", "report/README.md", "data/metrics/state.csv")
    told = run_git(tmp_path, "check-attr", "text", "linguist-generated", "--", *paths).splitlines()
    assert told[0] == "data/editions/a/edition.json: text: unset"
    assert [line.partition("linguist-generated: ")[2] for line in told[1::2]] == ["true"] * 3


def test_the_settings_to_switch_on_are_those_of_the_guide(tmp_path: Path) -> None:
    printed = run_landscape("init", tmp_path, folder=tmp_path).stdout
    guide = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")
    for text in (printed, (tmp_path / "README.md").read_text(encoding="utf-8"), guide):
        plain = " ".join(text.replace("›", ">").replace("**", "").split())
        for setting in (
            "Settings > Actions > General",
            "Allow GitHub Actions to create and approve pull requests",
            "Settings > General > Features",
            "Actions > refresh > Run workflow",
        ):
            assert setting in plain


def test_editors_find_the_schemas(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    run_landscape("init", root, folder=tmp_path)
    for path in [root / "landscape.yaml", *(root / "data").rglob("*.yaml")]:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        _, _, schema = first.partition("$schema=")
        assert (path.parent / schema).resolve().is_file(), path


def test_files_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    run = run_landscape("init", tmp_path, folder=tmp_path)
    assert run.returncode == 0
    assert "kept README.md as it is" in run.stdout
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    again = run_landscape("init", tmp_path, "--title", "Other", folder=tmp_path)
    assert again.returncode == 2
    assert "is a landscape already" in again.stderr
    forced = run_landscape("init", tmp_path, "--title", "Other", "--force", folder=tmp_path)
    assert forced.returncode == 0
    assert "Other" in (tmp_path / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--domain", "网络"],
        ["--domain", "BAD=x"],
        ["--domain", "A", "--domain", "a"],
        ["--language", "english"],
        ["--action", "x"],
    ],
)
def test_impossible_choices_write_nothing(tmp_path: Path, arguments: list[str]) -> None:
    run = run_landscape("init", tmp_path / "mine", *arguments, folder=tmp_path)
    assert run.returncode == 2
    assert not (tmp_path / "mine").exists()
