"""Following a rename touches the tokens that change, and nothing that a human wrote beside."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from landscape.dataset.edit import follow_renames, rename_repo
from landscape.dataset.load import load_dataset

TODAY = dt.date(2026, 5, 1)
SETTINGS = """\
title: {en: Test}
languages: [en]
inclusion: {metric: openrank, window: year-to-date, above: 10}
"""
TAXONOMY = """\
layers:
- id: layer
  name: {en: Layer}
  domains:
  - id: domain
    name: {en: Domain}
"""

EDITS = {
    "comments, spaces and order stay": (
        "# 面向大模型\nname: A\nrepo: o/a  # here since 2024\n\ndomain: domain\n",
        "# 面向大模型\nname: A\nrepo: n/a  # here since 2024\n"
        "former_repos: [o/a]\n\ndomain: domain\n",
    ),
    "quotes stay": (
        "repo: 'o/a'\nformer_repos: [p/a] # before\n",
        "repo: 'n/a'\nformer_repos: [p/a, o/a] # before\n",
    ),
    "a list line by line": (
        "repo: o/a\nformer_repos:\n- p/a # first\n- q/a # second\n# below\ndomain: x\n",
        "repo: n/a\nformer_repos:\n- p/a # first\n- q/a # second\n- o/a\n# below\ndomain: x\n",
    ),
    "an indented list": (
        "repo: o/a\nformer_repos:\n  - p/a\ndomain: x\n",
        "repo: n/a\nformer_repos:\n  - p/a\n  - o/a\ndomain: x\n",
    ),
    "an empty list": ("repo: o/a\nformer_repos: []\n", "repo: n/a\nformer_repos: [o/a]\n"),
    "a list over several lines": (
        "repo: o/a\nformer_repos: [\n  p/a,  # first\n  q/a\n]\n",
        "repo: n/a\nformer_repos: [\n  p/a,  # first\n  q/a, o/a\n]\n",
    ),
    "renamed back": (
        "repo: o/a\nformer_repos: [n/a, p/a]\n",
        "repo: n/a\nformer_repos: [o/a, p/a]\n",
    ),
    "without a line break at the end": ("repo: o/a", "repo: n/a\nformer_repos: [o/a]"),
}


@pytest.mark.parametrize("name", list(EDITS))
def test_only_the_tokens_that_change_are_touched(name: str) -> None:
    before, after = EDITS[name]
    assert rename_repo(before, "n/a") == after


def make_landscape(root: Path, **projects: str) -> Path:
    (root / "data" / "projects").mkdir(parents=True)
    (root / "landscape.yaml").write_text(SETTINGS)
    (root / "data" / "taxonomy.yaml").write_text(TAXONOMY)
    for name, text in projects.items():
        path = root / "data" / "projects" / f"{name}.yaml"
        head = "" if "name:" in text else f"name: {name.title()}\n"
        path.write_text(f"{head}{text}\ndomain: domain\nsummary: {{en: A project.}}\n")
    return root


def test_the_edited_dataset_is_what_would_be_loaded(tmp_path: Path) -> None:
    root = make_landscape(tmp_path, a="repo: o/a", b="repo: o/b\nformer_repos: [p/b]")
    edits = follow_renames(load_dataset(root, TODAY), {"a": "n/a", "b": "n/b"})
    assert edits.refused == {}
    for path, content in edits.files.items():
        (root / path).write_bytes(content)
    assert load_dataset(root, TODAY) == edits.dataset
    assert edits.dataset.projects["b"].former_repos == ("p/b", "o/b")


def test_a_name_that_another_project_has_is_left_to_a_human(tmp_path: Path) -> None:
    root = make_landscape(tmp_path, a="repo: o/a", b="repo: N/A")
    edits = follow_renames(load_dataset(root, TODAY), {"a": "n/a"})
    assert edits.files == {}
    assert edits.refused == {"a": "n/a is named by the project b too: merge the two files"}
    assert edits.dataset.projects["a"].repo == "o/a"


def test_two_projects_that_become_one_repository_are_not_both_edited(tmp_path: Path) -> None:
    root = make_landscape(tmp_path, a="repo: o/a", b="repo: o/b")
    edits = follow_renames(load_dataset(root, TODAY), {"a": "n/x", "b": "n/x"})
    assert set(edits.refused) == {"b"}
    assert [str(path) for path in edits.files] == ["data/projects/a.yaml"]


def test_an_additional_repository_that_is_the_new_name_is_left_to_a_human(tmp_path: Path) -> None:
    root = make_landscape(tmp_path, a="repo: o/a\nadditional_repos: [n/a]")
    edits = follow_renames(load_dataset(root, TODAY), {"a": "n/a"})
    assert set(edits.refused) == {"a"}


@pytest.mark.parametrize(
    "text",
    ["repo: &r o/a\nhomepage: https://example.org", "repo: |-\n  o/a", '"repo": "o\\/a"'],
    ids=["anchor", "block", "escape"],
)
def test_an_unusual_file_is_edited_rightly_or_not_at_all(tmp_path: Path, text: str) -> None:
    root = make_landscape(tmp_path, a=text)
    try:
        dataset = load_dataset(root, TODAY)
    except Exception:  # noqa: BLE001 - a file that is not even valid is no case of this test
        pytest.skip("not valid")
    edits = follow_renames(dataset, {"a": "n/a"})
    for path, content in edits.files.items():
        (root / path).write_bytes(content)
    loaded = load_dataset(root, TODAY).projects["a"]
    assert loaded == edits.dataset.projects["a"]
    assert (loaded.repo == "n/a") == ("a" not in edits.refused)


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    root = make_landscape(tmp_path, a="repo: o/a")
    dataset = load_dataset(root, TODAY)
    path = root / "data" / "projects" / "a.yaml"
    path.write_text(path.read_text().replace("o/a", "x/a"))
    edits = follow_renames(dataset, {"a": "n/a"})
    assert edits.refused == {"a": "the file changed while this ran"}


def test_every_project_of_the_landscape_could_be_followed() -> None:
    root = Path(__file__).resolve().parents[2]
    dataset = load_dataset(root, dt.date(2100, 1, 1))
    names = {name: f"new-owner/{name}-renamed" for name in dataset.projects}
    edits = follow_renames(dataset, names)
    assert edits.refused == {}
    for path, content in edits.files.items():
        before, after = (root / path).read_text("utf-8").splitlines(), content.decode().splitlines()
        assert len(set(before) - set(after)) <= 2
        assert len(after) - len(before) <= 1
