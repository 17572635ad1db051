"""The importer of published editions, run on a small folder of the same files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.editions.landscapes import read_folder
from tests.metrics.test_seed_import import PROJECTS, SEED

SCRIPT = Path(__file__).parents[2] / "scripts" / "import_editions.py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder, files, ending in (
        ("seed", SEED, "csv"),
        ("root/data/projects", PROJECTS, "yaml"),
    ):
        (tmp_path / folder).mkdir(parents=True)
        for name, text in files.items():
            (tmp_path / folder / f"{name}.{ending}").write_text(text, encoding="utf-8")
    (tmp_path / "root/landscape.yaml").write_text("title: {en: Small}\n", encoding="utf-8")
    return tmp_path / "root"


def run_import(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), str(root.parent / "seed"), "--root", str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_each_edition_is_kept_with_what_it_published_and_nothing_else(root: Path) -> None:
    finished = run_import(root)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.splitlines() == [
        "2025-05: 1 of 1 on the map",
        "2025-09: 1 of 1 on the map",
        "2026-05: 2 of 2 on the map",
    ]
    files = read_folder(root / "data/editions")
    assert files["2025-05/projects.csv"].decode() == (
        "project,repo,repo_id,labels,status,on_the_map,openrank_mean,window_first,window_last,"
        "vintages,stars,forks,language,created_at\n"
        "alpha,old/name,1,A - B,listed,true,10,2025-01,2025-04,2025-05,100,10,Go,2024-01-02\n"
    )
    assert files["2025-09/series.csv"].decode().splitlines()[1:] == [
        "openrank,alpha,2025-09,2025-05,20"
    ]
    assert files["2026-05/projects.csv"].decode().splitlines()[1:] == [
        "alpha,new/name,1,A | B,listed,true,2026-05,300,7,,",
        "beta,other/Repo,2,A,listed,true,2026-05,50,,C,2025-01-01",
    ]


def test_who_was_left_out_or_listed_later_is_not_on_the_map(root: Path) -> None:
    first, second = (root.parent / f"seed/edition_{name}.csv" for name in ("2025-05", "2025-09"))
    later = "7,ant-design/x,A - B,,29.0,5,1,Go,2024-05-09\n"
    first.write_text(first.read_text("utf-8") + later, encoding="utf-8")
    second.write_text(second.read_text("utf-8").replace("kept", "left_out"), encoding="utf-8")
    project = root / "data/projects/ant-design-x.yaml"
    project.write_text("name: X\nrepo: ant-design/x\n", encoding="utf-8")
    assert run_import(root).stdout.splitlines()[:2] == [
        "2025-05: 1 of 2 on the map",
        "2025-09: 0 of 1 on the map",
    ]


def test_a_second_import_changes_no_byte(root: Path) -> None:
    run_import(root)
    before = read_folder(root)
    finished = run_import(root)
    assert finished.stdout.splitlines()[0] == "2025-05: there already"
    assert read_folder(root) == before
