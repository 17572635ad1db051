"""Editions from the command line: frozen, drawn again byte by byte, compared, and refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from landscape.dataset.edition_seal import MANIFEST, parse_manifest, render_manifest
from landscape.metrics.editions import PROJECTS
from tests.cli.commands import run_landscape
from tests.editions.landscapes import (
    NAMES,
    make_landscape,
    read_folder,
    write,
    write_month,
    write_project,
)
from tests.traceability.landscapes import read_traced


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One landscape as it is contributed, and one that is built and has the edition ``first``."""
    folder = tmp_path_factory.mktemp("templates")
    make_landscape(folder / "root")
    make_landscape(folder / "frozen")
    for arguments in (["build"], ["edition", "freeze", "first"]):
        finished = run_landscape(*arguments, folder=folder / "frozen")
        assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture
def root(templates: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(templates / "root", tmp_path / "root"))


@pytest.fixture
def frozen(templates: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(templates / "frozen", tmp_path / "frozen"))


def refuse(root: Path, *arguments: str | Path) -> str:
    """Run what must be refused without writing anything, and return what was told."""
    before = read_folder(root)
    finished = run_landscape(*arguments, folder=root)
    assert finished.returncode in (1, 2), finished.stderr
    assert read_folder(root) == before
    return finished.stderr


def change_everything(root: Path) -> None:
    """Revise the store, rename, retag, retire, remove, add; change rule and taxonomy."""
    for month in ("2025-03", "2026-04"):
        write_month(root, month, dict.fromkeys(NAMES, 99.0))
    write_month(root, "2026-05", dict.fromkeys(NAMES, 50.0))
    write_project(root, "alpha", repo="n/alpha-next", more="former_repos: [o/alpha]\n")
    write_project(root, "beta", domain="training", more="")
    write_project(root, "gamma", more="retired: {date: 2026-01-01}\n")
    (root / "data/projects/delta.yaml").unlink()
    write_project(root, "zeta")
    settings = (root / "landscape.yaml").read_text(encoding="utf-8")
    write(root, "landscape.yaml", settings.replace("above: 10", "above: 20"))


def test_a_frozen_report_is_drawn_again_byte_by_byte_whatever_changed_since(
    frozen: Path, tmp_path: Path
) -> None:
    published = read_folder(frozen / "report")
    assert any(path.endswith("map.zh.dark.svg") for path in published)
    change_everything(frozen)
    now = run_landscape("build", "--accept-shrink", folder=frozen)
    assert now.returncode == 0, now.stderr
    assert read_folder(frozen / "report") != published
    # What people and refreshes change after an edition, its own months and domains: all counted.
    assert read_traced(frozen).trace_all() == []
    again = run_landscape("build", "--edition", "first", "--out", tmp_path / "out", folder=frozen)
    assert again.returncode == 0, again.stderr
    assert read_folder(tmp_path / "out") == published
    assert "warning" not in again.stderr


def test_an_edition_that_todays_rules_decide_otherwise_is_drawn_with_a_warning(
    frozen: Path, tmp_path: Path
) -> None:
    """A frozen table that the code does not come to again, sealed as freezing seals it."""
    folder = frozen / "data/editions/first"
    files = {path: content for path, content in read_folder(folder).items() if path != MANIFEST}
    table = files[PROJECTS].decode()
    files[PROJECTS] = table.replace("on the map", "below", 1).encode()
    manifest, _ = parse_manifest((folder / MANIFEST).read_bytes())
    (folder / PROJECTS).write_bytes(files[PROJECTS])
    (folder / MANIFEST).write_bytes(render_manifest(manifest, files))
    out = tmp_path / "out"
    again = run_landscape("build", "--edition", "first", "--out", out, folder=frozen)
    assert again.returncode == 0, again.stderr
    assert "decide 1 of 5 projects otherwise than the edition first has them" in again.stderr
    assert "alpha (on the map, mean 21.50, was below, mean 21.50)" in again.stderr


def test_an_edition_knows_the_editions_that_were_before_it_and_no_later_one(
    frozen: Path, tmp_path: Path
) -> None:
    write_month(frozen, "2026-05", dict.fromkeys(NAMES, 50.0))
    for arguments in (["build"], ["edition", "freeze", "second"]):
        assert run_landscape(*arguments, folder=frozen).returncode == 0
    published = read_folder(frozen / "report")
    write_month(frozen, "2026-06", dict.fromkeys(NAMES, 60.0))
    for arguments in (["build"], ["edition", "freeze", "third"]):
        assert run_landscape(*arguments, folder=frozen).returncode == 0
    out = tmp_path / "out"
    finished = run_landscape("build", "--edition", "second", "--out", out, folder=frozen)
    assert finished.returncode == 0, finished.stderr
    assert read_folder(out) == published
    manifest = json.loads((frozen / "data/editions/third/edition.json").read_text("utf-8"))
    assert manifest["earlier"] == ["first", "second"]


def test_changes_since_an_edition_are_told_in_every_form(frozen: Path) -> None:
    change_everything(frozen)
    told = run_landscape("edition", "diff", "first", "--format", "json", folder=frozen)
    assert told.returncode == 0, told.stderr
    document = json.loads(told.stdout)
    changes = {row["project"]: row for row in document["changes"]}
    assert (changes["alpha"]["change"], changes["alpha"]["renamed"]) == ("stayed", True)
    assert (changes["beta"]["change"], changes["beta"]["moved"]) == ("stayed", True)
    assert (changes["gamma"]["change"], changes["gamma"]["reason"]) == ("left", "retired")
    assert (changes["delta"]["change"], changes["delta"]["reason"]) == ("left", "removed")
    assert document["comparison"]["rule"] == "different"
    text = run_landscape("edition", "diff", "first", "current", folder=frozen).stdout
    assert "Gamma · Serving · declared over on 2026-01-01" in text
    assert text.splitlines()[-1].startswith("From 5 projects in first to ")
    page = run_landscape(
        "edition", "diff", "first", "--format", "markdown", "--language", "zh", folder=frozen
    ).stdout
    assert page.startswith("## 从 first 到当前全景图的变化")
    assert "| [Alpha](https://github.com/n/alpha-next) | o/alpha | n/alpha-next |" in page


def test_editions_are_listed_and_shown(frozen: Path) -> None:
    listed = run_landscape("edition", "list", folder=frozen).stdout.splitlines()
    assert listed[0].startswith("first  frozen; data as of 2026-04; 5 of 5 projects on the map")
    assert listed[-1] == "1 edition, 1 of them frozen here"
    shown = run_landscape("edition", "show", "first", folder=frozen).stdout.splitlines()
    assert shown[0] == "1 · Epsilon · o/epsilon · serving · 33.5 · on the map"
    document = json.loads(
        run_landscape("edition", "show", "first", "--format", "json", folder=frozen).stdout
    )
    assert [row["rank"] for row in document["projects"]] == [5, 4, 2, 1, 3]
    assert document["rule"] == {"metric": "openrank", "window": "year-to-date", "above": 10}


def test_a_name_that_is_taken_or_no_name_is_refused(frozen: Path) -> None:
    assert "There is an edition first already" in refuse(frozen, "edition", "freeze", "first")
    for name in ("../first", "Second", "", "current", ".first"):
        assert "cannot be the name" in refuse(frozen, "edition", "freeze", name)


def test_what_is_not_published_is_not_frozen(root: Path) -> None:
    assert "Nothing is published yet" in refuse(root, "edition", "freeze", "first")
    run_landscape("build", folder=root)
    write_month(root, "2026-05", dict.fromkeys(NAMES, 1.0))
    told = refuse(root, "edition", "freeze", "first")
    assert "not what the data say now" in told
    assert "landscape build" in told


def test_a_missing_edition_is_refused_with_those_that_there_are(
    frozen: Path, tmp_path: Path
) -> None:
    commands = (
        ("edition", "show", "second"),
        ("edition", "diff", "first", "second"),
        ("build", "--edition", "second", "--out", tmp_path / "out"),
        ("build", "--edition", "../first", "--out", tmp_path / "out"),
    )
    for command in commands:
        told = refuse(frozen, *command)
        assert "There is no edition" in told
        assert "Editions: first." in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("path", ["projects.csv", "series.csv", "inputs/landscape.yaml"])
def test_an_edition_that_was_edited_is_a_finding_and_is_not_used(
    frozen: Path, tmp_path: Path, path: str
) -> None:
    file = frozen / "data/editions/first" / path
    file.write_bytes(file.read_bytes().replace(b"1", b"2", 1))
    for command in (
        ("edition", "show", "first"),
        ("edition", "list"),
        ("build", "--edition", "first", "--out", tmp_path / "out"),
    ):
        assert f"data/editions/first/{path}" in refuse(frozen, *command)
    assert not (tmp_path / "out").exists()
    found = run_landscape("validate", folder=frozen)
    assert found.returncode == 1
    assert "edition-edited" in found.stdout


def test_an_edition_of_another_landscape_is_refused(frozen: Path, tmp_path: Path) -> None:
    names = ("one", "two", "three")
    other = make_landscape(tmp_path / "other", title="{en: Databases}", names=names)
    settings = (other / "landscape.yaml").read_text(encoding="utf-8")
    write(other, "landscape.yaml", settings.replace("[en, zh]", "[en]"))
    shutil.copytree(frozen / "data/editions", other / "data/editions")
    for command in (
        ("edition", "show", "first"),
        ("edition", "list"),
        ("edition", "diff", "first"),
        ("build", "--edition", "first", "--out", tmp_path / "out"),
    ):
        told = refuse(other, *command)
        assert "is one of another landscape: Test landscape" in told
        assert "0 of its 5 projects" in told


def test_a_landscape_that_was_retitled_keeps_its_editions(frozen: Path) -> None:
    settings = (frozen / "landscape.yaml").read_text(encoding="utf-8")
    write(frozen, "landscape.yaml", settings.replace("Test landscape", "New").replace("测试", "新"))
    assert run_landscape("edition", "show", "first", folder=frozen).returncode == 0


def test_an_imported_edition_has_nothing_to_be_drawn_of(frozen: Path, tmp_path: Path) -> None:
    from landscape.dataset.edition_seal import Manifest
    from landscape.metrics.edition_files import write_edition

    files = {"projects.csv": b"project,repo,on_the_map\nalpha,o/alpha,true\n"}
    title = {"en": "Test landscape"}
    manifest = Manifest("old", "imported", title, "2025-04", None, "theirs", 1, 1, ("old",))
    write_edition(frozen, manifest, files)
    told = refuse(frozen, "build", "--edition", "old", "--out", tmp_path / "out")
    assert "was imported" in told
    assert not (tmp_path / "out").exists()


def test_build_refuses_an_edition_without_a_folder_of_its_own(frozen: Path) -> None:
    assert "--edition needs --out" in refuse(frozen, "build", "--edition", "first")
    told = refuse(frozen, "build", "--edition", "first", "--out", frozen / "report")
    assert "another folder" in told
