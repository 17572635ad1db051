"""The importer of published figures, run on a small folder of the same files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "import_seed.py"

SEED = {
    "edition_2025-05": "repo_id,repo,classification,openrank_mean_2025_01_04,"
    "openrank_mean_2025_01_05,stars,forks,language,created_at\n"
    "1,old/name,A - B,10.0,10.0,100,10,Go,2024-01-02\n",
    "edition_2025-09": "repo_id,repo,layer1,layer2,layer3,status,stars,language,created_at\n"
    "1,old/name,A,B,,kept,200,Rust,2023-01-02\n",
    "edition_2026-05": "repo_id,repo,categories,stars,participants_2604,language,"
    "created_at,topics\n"
    "1,new/name,A|B,300,7,,,\n2,other/Repo,A,50,0,C,2025-01-01,\n",
    "graveyard_2025-05": "name,repo,stars,created_at,last_commit_at\n"
    "Buried,dead/end,9000,2023-01-01,2024-06-07\n",
    "openrank_monthly": "repo_id,repo,month,openrank,vintage\n"
    "1,first/name,2024-09,5.25,2024-10\n"
    "1,old/name,2025-05,20.0,2025-09\n"
    "1,new/name,2025-05,22.5,2026-05\n"
    "9,nobody/here,2025-05,99,2026-05\n",
    "collaboration_2025-05": "repo_a,repo_b,common_developers\n"
    "other/repo,old/name,30\nold/name,stranger/x,40\n",
    "technology_domains": "domain,year,openrank,basis\nai,2024,10.5,picture\n",
}
PROJECTS = {
    "alpha": "name: Alpha\nrepo: new/name\nformer_repos: [old/name]\n",
    "beta": "name: Beta\nrepo: Other/repo\n",
    "buried": "name: Buried\nrepo: dead/end\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder, files, ending in (
        ("seed", SEED, "csv"),
        ("root/data/projects", PROJECTS, "yaml"),
    ):
        (tmp_path / folder).mkdir(parents=True)
        for name, text in files.items():
            (tmp_path / folder / f"{name}.{ending}").write_text(text, encoding="utf-8")
    return tmp_path / "root"


def run_import(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), str(root.parent / "seed"), "--root", str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def read(root: Path, path: str) -> str:
    return (root / "data/metrics" / path).read_text(encoding="utf-8")


def test_names_of_one_repository_are_one_project_and_the_later_vintage_wins(root: Path) -> None:
    result = run_import(root)
    assert result.returncode == 0, result.stderr
    assert read(root, "opendigger/2024-09.csv") == (
        "project,openrank,vintage\nalpha,5.25,2024-10\n"
    )
    assert read(root, "opendigger/2025-05.csv") == (
        "project,openrank,vintage\nalpha,22.5,2026-05\n"
    )


def test_a_published_zero_of_participants_stays_unknown(root: Path) -> None:
    run_import(root)
    assert read(root, "opendigger/2026-04.csv") == (
        "project,openrank,participants,vintage\nalpha,,7,2026-05\n"
    )


def test_facts_are_of_the_newest_edition_that_has_them(root: Path) -> None:
    run_import(root)
    assert read(root, "repositories.csv").splitlines()[1:] == [
        "alpha,1,new/name,2023-01-02,,Rust,,",
        "beta,2,other/Repo,2025-01-01,,C,,",
        "buried,,dead/end,2023-01-01,2024-06,,,",
    ]


def test_counts_keep_their_edition(root: Path) -> None:
    run_import(root)
    assert read(root, "github/2025-05.csv").splitlines()[1:] == [
        "alpha,100,10,,2025-05",
        "buried,9000,,,2025-05",
    ]
    assert read(root, "github/2026-05.csv").splitlines()[1:] == [
        "alpha,300,,,2026-05",
        "beta,50,,,2026-05",
    ]


def test_published_stars_of_zero_stay_unknown(root: Path) -> None:
    edition = root.parent / "seed/edition_2026-05.csv"
    edition.write_text(edition.read_text().replace("Repo,A,50,", "Repo,A,0,"), encoding="utf-8")
    run_import(root)
    assert read(root, "github/2026-05.csv").splitlines()[1:] == ["alpha,300,,,2026-05"]


def test_pairs_are_of_projects_and_what_is_left_out_is_counted(root: Path) -> None:
    result = run_import(root)
    assert read(root, "collaboration/2025-05.csv").splitlines()[1:] == ["alpha,beta,30,2025-05"]
    assert read(root, "technology_domains.csv").splitlines()[1:] == ["ai,2024,10.5,picture"]
    lines = [line.split(maxsplit=4) for line in result.stdout.splitlines()]
    assert [
        "collaboration_2025-05.csv",
        "2",
        "1",
        "1",
        "pairs with stranger/x, no project",
    ] in lines
    assert result.stdout.splitlines()[-1] == "3 of 3 projects have published figures"


def test_a_second_import_changes_no_byte(root: Path) -> None:
    run_import(root)
    files = {path: path.read_bytes() for path in (root / "data/metrics").rglob("*.csv")}
    assert run_import(root).returncode == 0
    assert {path: path.read_bytes() for path in (root / "data/metrics").rglob("*.csv")} == files


def test_a_published_repository_that_is_no_project_stops_the_import(root: Path) -> None:
    (root / "data/projects/beta.yaml").unlink()
    result = run_import(root)
    assert result.returncode == 2
    assert "other/Repo (edition 2026-05)" in result.stderr
    assert not (root / "data/metrics").exists()


def test_a_month_under_two_names_stops_the_import(root: Path) -> None:
    seed = root.parent / "seed/openrank_monthly.csv"
    seed.write_text(seed.read_text() + "1,old/name,2025-05,3,2026-05\n", encoding="utf-8")
    result = run_import(root)
    assert result.returncode == 2
    assert "alpha has 2025-05 of 2026-05 under two names" in result.stderr


def test_live_values_are_not_overwritten(root: Path) -> None:
    run_import(root)
    path = root / "data/metrics/opendigger/2025-05.csv"
    path.write_text("project,openrank,vintage\nalpha,30,live\n", encoding="utf-8")
    result = run_import(root)
    assert result.returncode == 2
    assert "live values" in result.stderr
    assert "alpha,30,live" in path.read_text(encoding="utf-8")
