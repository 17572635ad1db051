"""``landscape validate`` as a process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import run_landscape
from tests.dataset.landscapes import make_landscape, write_project

BAD = "name: 360\nrepo: https://github.com/vllm-project/vllm\ndomain: serving\nsummary: {en: A}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_landscape(tmp_path)


def test_a_clean_landscape_ends_with_0_and_a_count(root: Path) -> None:
    run = run_landscape("validate", folder=root / "data")
    assert (run.returncode, run.stdout, run.stderr) == (0, "no findings in 3 files\n", "")


def test_findings_go_to_stdout_and_end_with_1(root: Path) -> None:
    write_project(root, "vllm", BAD)
    run = run_landscape("validate", folder=root)
    assert run.returncode == 1
    assert "data/projects/vllm.yaml:1: error wrong-type" in run.stdout
    assert 'put it in quotes: name: "360"' in run.stdout
    assert "repo: vllm-project/vllm" in run.stdout
    assert run.stdout.splitlines()[-1] == "3 findings (2 errors, 1 hint) in 1 of 4 files"
    assert run.stderr == ""


def test_a_hint_alone_ends_with_0(root: Path) -> None:
    write_project(root, "vllm", "name: A\nrepo: a/b\ndomain: serving\nsummary: {en: A}\n")
    assert run_landscape("validate", folder=root).returncode == 0


def test_root_names_the_landscape_from_anywhere(root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run = run_landscape("--root", root, "validate", folder=elsewhere)
    assert (run.returncode, run.stdout) == (0, "no findings in 3 files\n")


def test_paths_are_relative_to_the_current_folder(root: Path) -> None:
    write_project(root, "vllm", BAD)
    run = run_landscape("validate", "ray.yaml", folder=root / "data" / "projects")
    assert (run.returncode, run.stdout) == (0, "no findings in 1 file\n")


def test_a_path_that_does_not_exist_is_a_usage_error(root: Path) -> None:
    run = run_landscape("validate", "data/projects/nothing.yaml", folder=root)
    assert run.returncode == 2
    assert "does not exist" in run.stderr


def test_a_folder_without_contributed_files_does_not_pass(root: Path) -> None:
    (root / "empty").mkdir()
    run = run_landscape("validate", "empty", folder=root)
    assert run.returncode == 2
    assert run.stderr.startswith("error: there is no contributed file")


def test_a_landscape_without_projects_does_not_pass(root: Path) -> None:
    (root / "data" / "projects" / "ray.yaml").unlink()
    run = run_landscape("validate", folder=root)
    assert run.returncode == 1
    assert "no-projects" in run.stdout


def test_an_empty_folder_named_as_root_does_not_pass(tmp_path: Path) -> None:
    run = run_landscape("--root", tmp_path, "validate", folder=tmp_path)
    assert run.returncode == 1
    assert "landscape.yaml: error missing-file" in run.stdout


def test_json_on_stdout_is_nothing_but_json(root: Path) -> None:
    write_project(root, "vllm", BAD)
    run = run_landscape("validate", "--format", "json", folder=root)
    content = json.loads(run.stdout)
    assert run.returncode == 1
    assert content["counts"]["error"] == 2
    assert run.stderr == "3 findings (2 errors, 1 hint) in 1 of 4 files\n"


def test_annotations_name_files_from_the_top_of_the_workflows_checkout(
    root: Path, tmp_path: Path
) -> None:
    write_project(root, "vllm", BAD)
    run = run_landscape(
        "validate", "--format", "github", folder=root, GITHUB_WORKSPACE=str(tmp_path)
    )
    assert run.returncode == 1
    assert run.stdout.startswith("::error file=landscape/data/projects/vllm.yaml,")
    alone = run_landscape("validate", "--format", "github", folder=root)
    assert alone.stdout.startswith("::error file=data/projects/vllm.yaml,")


def test_a_poor_terminal_encoding_is_no_crash(root: Path) -> None:
    write_project(root, "vllm", BAD.replace("domain: serving", "domain: 推理"))
    run = run_landscape("validate", folder=root, PYTHONIOENCODING="ascii")
    assert run.returncode == 1
    assert "unknown-domain" in run.stdout
    assert run.stderr == ""


def test_validating_loads_no_pandas_and_no_matplotlib(root: Path) -> None:
    run = run_landscape("validate", folder=root, PYTHONPROFILEIMPORTTIME="1")
    assert run.returncode == 0
    loaded = {line.split("|")[-1].strip().split(".")[0] for line in run.stderr.splitlines()}
    assert "yaml" in loaded
    assert loaded & {"pandas", "numpy", "matplotlib", "ruamel", "simplepycons", "github"} == set()
