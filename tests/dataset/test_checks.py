"""Checking a whole dataset: what is told of which files, and how many were looked at."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from landscape.base.errors import InvalidDatasetError, LandscapeError
from landscape.base.findings import Level
from landscape.dataset.checks import check_dataset
from landscape.dataset.load import load_dataset
from landscape.dataset.root import find_root
from tests.dataset.landscapes import make_landscape, write_project

TODAY = dt.date(2026, 6, 1)

BROKEN = 'name: "never closed\n'
MISPLACED = "name: vLLM\nrepo: ray-project/ray\ndomain: servng\nsummary: {en: A, zh: 甲}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_landscape(tmp_path)


def test_one_broken_file_hides_no_other_files_findings(root: Path) -> None:
    write_project(root, "broken", BROKEN)
    write_project(root, "vllm", MISPLACED)
    (root / "landscape.yaml").write_text("languages: [en\n", encoding="utf-8")
    codes = {(item.path.name, item.code) for item in check_dataset(root, None, TODAY).findings}
    assert ("broken.yaml", "yaml-syntax") in codes
    assert ("landscape.yaml", "yaml-syntax") in codes
    assert ("vllm.yaml", "unknown-domain") in codes
    assert ("vllm.yaml", "repo-twice") in codes


def test_an_unreadable_taxonomy_accuses_no_project(root: Path) -> None:
    (root / "data" / "taxonomy.yaml").write_text("layers: [", encoding="utf-8")
    findings = check_dataset(root, None, TODAY).findings
    assert {str(finding.path) for finding in findings} == {"data/taxonomy.yaml"}


def test_paths_restrict_what_is_told_and_not_what_is_compared(root: Path) -> None:
    write_project(root, "broken", BROKEN)
    path = write_project(root, "vllm", MISPLACED)
    result = check_dataset(root, [path], TODAY)
    assert [finding.code for finding in result.findings] == ["repo-twice", "unknown-domain"]
    assert result.files_checked == 1


def test_a_folder_stands_for_the_files_below_it(root: Path) -> None:
    write_project(root, "broken", BROKEN)
    result = check_dataset(root, [root / "data" / "projects"], TODAY)
    assert result.files_checked == 2
    assert [finding.code for finding in result.findings] == ["yaml-syntax"]


def test_a_named_file_outside_is_a_finding(root: Path, tmp_path: Path) -> None:
    stray = tmp_path / "vllm.yaml"
    stray.write_text("name: vLLM\n", encoding="utf-8")
    result = check_dataset(root, [stray], TODAY)
    assert [finding.code for finding in result.findings] == ["outside-folder"]
    assert result.files_checked == 1


def test_a_named_link_is_judged_as_a_link(root: Path) -> None:
    link = root / "data" / "projects" / "vllm.yaml"
    link.symlink_to("ray.yaml")
    result = check_dataset(root, [link], TODAY)
    assert [finding.code for finding in result.findings] == ["symlink"]


def test_today_itself_is_not_the_future(root: Path) -> None:
    text = "name: A\nrepo: a/a\ndomain: serving\nadded: {}\nsummary: {{en: A, zh: 甲}}\n"
    write_project(root, "today", text.format("2026-06-01"))
    write_project(
        root,
        "tomorrow",
        text.replace("name: A\nrepo: a/a", "name: B\nrepo: b/b").format("2026-06-02"),
    )
    findings = check_dataset(root, None, TODAY).findings
    assert [(item.path.stem, item.code) for item in findings] == [("tomorrow", "future-date")]


def test_loading_refuses_errors_and_carries_them(root: Path) -> None:
    write_project(root, "broken", BROKEN)
    with pytest.raises(InvalidDatasetError) as caught:
        load_dataset(root, TODAY)
    assert [finding.code for finding in caught.value.findings] == ["yaml-syntax"]


def test_loading_takes_warnings_and_hints(root: Path) -> None:
    write_project(root, "vllm", "name: vLLM\nrepo: a/b\ndomain: serving\nsummary: {en: A}\n")
    levels = {finding.level for finding in check_dataset(root, None, TODAY).findings}
    assert levels == {Level.HINT}
    assert list(load_dataset(root, TODAY).projects) == ["ray", "vllm"]


def test_loading_gives_every_field_in_its_type(root: Path) -> None:
    every_key = make_landscape(root, Path("tests/cases/dataset/valid/every-key").absolute())
    project = load_dataset(every_key, TODAY).projects["vllm"]
    assert project.retired is not None
    assert project.retired.date == dt.date(2999, 12, 31)
    assert project.retired.successor == "ray"
    assert project.added == dt.date(2025, 3, 11)
    assert project.tags == ("gpu", "distributed")
    assert project.former_repos == ("vllm-org/vllm",)
    assert project.summary["zh"].startswith("面向")
    assert project.note.endswith(").")


def test_settings_that_are_not_given_have_defaults(root: Path) -> None:
    settings = load_dataset(root, TODAY).settings
    assert settings.inclusion.above == 10
    assert settings.guards.shrink_share == 0.20
    assert settings.graveyard.created_since == dt.date(2022, 12, 1)
    assert settings.github_url == "https://api.github.com"


def test_domains_keep_the_order_of_the_taxonomy(root: Path) -> None:
    taxonomy = load_dataset(root, TODAY).taxonomy
    assert [domain.id for domain in taxonomy.domains] == ["serving", "training"]
    assert taxonomy.domain("serving").subdomains[0].id == "inference-engine"


def test_the_root_is_the_nearest_folder_upwards_with_settings(root: Path, tmp_path: Path) -> None:
    assert find_root(root / "data" / "projects") == root.resolve()
    with pytest.raises(LandscapeError) as caught:
        find_root(tmp_path)
    assert "--root" in caught.value.hint


@pytest.mark.parametrize("part", ["[", "[[] ", "a.", "\n", " \n", "x ", "![", "&a", "{"])
def test_a_text_of_a_whole_file_is_judged_at_once(tmp_path: Path, part: str) -> None:
    root = make_landscape(tmp_path)
    text = json.dumps("x" + part * (28_000 // len(part)) + "<")
    write_project(root, "long", f"name: L\nrepo: a/b\ndomain: serving\nsummary: {{en: {text}}}\n")
    before = time.process_time()
    codes = {finding.code for finding in check_dataset(root, None, TODAY).findings}
    assert time.process_time() - before < 1.5
    assert "text-too-long" in codes
