"""Following a repository to its new name in the file of its project.

Only the tokens that change are touched: comments, order, quotes and spaces stay. An edit that
would make a file or the dataset invalid is refused, and a human decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from landscape.base.findings import has_errors
from landscape.dataset.discovery import PROJECTS_FOLDER, ContributedFile, FileKind
from landscape.dataset.document import parse_document, read_document
from landscape.dataset.model import Dataset, Project
from landscape.dataset.shape import check_shape
from landscape.dataset.yaml_nodes import compose_node


class EditRefusedError(Exception):
    """The file stays as it is; the message says why, for the human who decides."""


@dataclass(frozen=True)
class RenameEdits:
    """What following the renames comes to.

    files: path to new content. dataset: with the new names. refused: project to the reason why its
    file stays as it is.
    """

    files: dict[PurePosixPath, bytes]
    dataset: Dataset
    refused: dict[str, str]


def follow_renames(dataset: Dataset, names: Mapping[str, str]) -> RenameEdits:
    """Edit the files of projects (id to new ``owner/name``); nothing is written.

    The old name is added to ``former_repos``, so that links and imports by it still find the
    project.
    """
    owners = {
        name.lower(): project.id
        for project in dataset.projects.values()
        for name in (project.repo, *project.former_repos, *project.additional_repos)
    }
    files: dict[PurePosixPath, bytes] = {}
    refused: dict[str, str] = {}
    projects = dict(dataset.projects)
    for project_id in sorted(names):
        project, name = projects[project_id], names[project_id]
        path = PROJECTS_FOLDER / f"{project_id}.yaml"
        try:
            _check_free(project, name, owners)
            files[path] = _edit_file(dataset.root, path, project, name).encode("utf-8")
        except EditRefusedError as refusal:
            refused[project_id] = str(refusal)
            continue
        owners[name.lower()] = project_id
        projects[project_id] = replace(
            project, repo=name, former_repos=_list_former(project.repo, project.former_repos, name)
        )
    return RenameEdits(files, replace(dataset, projects=projects), refused)


def rename_repo(text: str, name: str) -> str:
    """Return the text of a project's file with the new name, and the old among the former ones.

    Raises EditRefusedError where the text is written in a way that this cannot edit safely.
    """
    root = compose_node(text)
    if not isinstance(root, MappingNode):
        raise EditRefusedError("the file is no mapping")
    values: dict[str, Node] = {key.value: value for key, value in root.value}
    repo, former = values.get("repo"), values.get("former_repos")
    if not isinstance(repo, ScalarNode):
        raise EditRefusedError("the file names no repository")
    edits = [_replace(repo, name), *_add_former(text, repo, former, name)]
    # From the end to the beginning, so that places stay true.
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


_Edit = tuple[int, int, str]
"""Replace the characters from start to end by the text."""


def _replace(node: ScalarNode, name: str) -> _Edit:
    quote = node.style if node.style in {"'", '"'} else ""
    return (node.start_mark.index, node.end_mark.index, f"{quote}{name}{quote}")


def _add_former(text: str, repo: ScalarNode, former: Node | None, name: str) -> list[_Edit]:
    old = repo.value
    if former is None:
        line_end = _find_line_end(text, repo.end_mark.index)
        return [(line_end, line_end, f"\nformer_repos: [{old}]")]
    items = former.value if isinstance(former, SequenceNode) else []
    if not isinstance(former, SequenceNode) or not all(
        isinstance(item, ScalarNode) for item in items
    ):
        raise EditRefusedError("former_repos is no list of names")
    for item in items:
        # Renamed back: the two names change places.
        if item.value.lower() == name.lower():
            return [_replace(item, old)]
    if any(item.value.lower() == old.lower() for item in items):
        return []
    if former.flow_style:
        at = items[-1].end_mark.index if items else former.start_mark.index + 1
        return [(at, at, f", {old}" if items else old)]
    at = _find_line_end(text, items[-1].end_mark.index)
    return [(at, at, f"\n{' ' * former.start_mark.column}- {old}")]


def _find_line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _check_free(project: Project, name: str, owners: Mapping[str, str]) -> None:
    owner = owners.get(name.lower())
    if owner not in {None, project.id}:
        raise EditRefusedError(f"{name} is named by the project {owner} too: merge the two files")
    if name.lower() in {repo.lower() for repo in project.additional_repos}:
        raise EditRefusedError(f"{name} is among its additional repositories")


def _edit_file(root: Path, path: PurePosixPath, project: Project, name: str) -> str:
    file = ContributedFile(path, FileKind.PROJECT)
    document = read_document(root, file)
    if not isinstance(document.value, dict) or document.value.get("repo") != project.repo:
        raise EditRefusedError("the file changed while this ran")
    expected: dict[str, Any] = {
        **document.value,
        "repo": name,
        "former_repos": list(
            _list_former(project.repo, document.value.get("former_repos", ()), name)
        ),
    }
    text = rename_repo(document.text, name)
    edited = parse_document(file, text)
    if edited.value != expected or has_errors([*edited.findings, *check_shape(edited)]):
        raise EditRefusedError("the file is written in a way that cannot be edited safely")
    return text


def _list_former(old: str, former: Any, name: str) -> tuple[str, ...]:
    """Return the former names after a rename, in the order in which the file will have them."""
    lowered = [item.lower() for item in former]
    if name.lower() in lowered:
        return tuple(old if item.lower() == name.lower() else item for item in former)
    return tuple(former) if old.lower() in lowered else (*former, old)
