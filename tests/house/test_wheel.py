"""The wheel carries everything that runs: schemas, templates, messages, the licence."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.modules import PACKAGE, ROOT

pytestmark = pytest.mark.slow

SETTINGS = """\
title: {en: Databases}
languages: [en]
inclusion: {metric: openrank, window: year-to-date, above: 5}
"""
TAXONOMY = """\
layers:
- id: storage
  name: {en: Storage}
  domains:
  - {id: analytical, name: {en: Analytical}}
"""
PROJECT = """\
name: DuckDB
repo: duckdb/duckdb
domain: analytcal
summary: {en: Analytical database that runs inside the application.}
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without any network."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_every_file_of_the_package_and_the_schemas(wheel: Path) -> None:
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    schemas = {f"landscape/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")}
    assert schemas
    names = set(zipfile.ZipFile(wheel).namelist())
    assert sorted((expected | schemas) - names) == []
    for kind in ("landscape/report/templates/", "landscape/report/messages/", "landscape/charts/"):
        assert any(name.startswith(kind) and not name.endswith(".py") for name in names), kind


def test_the_wheel_holds_licence_and_command(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    names = archive.namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    (entry_points,) = (name for name in names if name.endswith("entry_points.txt"))
    assert b"landscape = landscape.cli.main:main" in archive.read(entry_points)
    assert not [name for name in names if name.startswith(("data/", "tests/", "report/"))]


def test_what_the_wheel_holds_checks_a_landscape_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    root = tmp_path / "databases"
    (root / "data/projects").mkdir(parents=True)
    (root / "landscape.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "data/taxonomy.yaml").write_text(TAXONOMY, encoding="utf-8")
    (root / "data/projects/duckdb.yaml").write_text(PROJECT, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-P", "-m", "landscape", "validate"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert checked.returncode == 1, checked.stderr
    assert "data/projects/duckdb.yaml:3" in checked.stdout
    assert "analytical" in checked.stdout
