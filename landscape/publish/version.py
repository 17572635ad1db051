"""One state of the contributed files, read leniently: what is broken hides nothing of the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from landscape.base.findings import Finding
from landscape.dataset.checks import find_document, inspect_dataset, list_project_entries
from landscape.dataset.discovery import FileKind
from landscape.dataset.document import Document
from landscape.dataset.load import build_project, build_settings, build_taxonomy
from landscape.dataset.model import Project, Settings, Taxonomy
from landscape.dataset.schemas import is_valid

T = TypeVar("T")


@dataclass(frozen=True)
class Version:
    """What could be read, and every finding.

    projects: by id, those whose own file has the right shape. values: what the file of each
    readable project says, whatever its shape. settings and taxonomy are None where they cannot
    be used. texts: every readable file by its path. project_ids: ids that have a file, even one
    that cannot be read.
    """

    projects: Mapping[str, Project]
    values: Mapping[str, Mapping[str, Any]]
    settings: Settings | None
    taxonomy: Taxonomy | None
    texts: Mapping[str, str]
    findings: tuple[Finding, ...]
    project_ids: frozenset[str]


def inspect_version(root: Path, today: dt.date) -> Version:
    """Read and check the contributed files below a folder."""
    inspection = inspect_dataset(root, today)
    documents = inspection.documents
    taxonomy = _build_single(documents, FileKind.TAXONOMY, build_taxonomy)
    known = {domain.id for domain in taxonomy.domains} if taxonomy is not None else None
    projects = {}
    values = {}
    for entry in list_project_entries(documents):
        values[entry.id] = entry.value
        project = _build(FileKind.PROJECT, entry.value, _name_project(entry.id))
        if project is not None and (known is None or project.domain in known):
            projects[entry.id] = project
    return Version(
        projects=projects,
        values=values,
        settings=_build_single(documents, FileKind.SETTINGS, build_settings),
        taxonomy=taxonomy,
        texts={str(item.path): item.text for item in documents if item.is_readable},
        findings=inspection.findings,
        project_ids=frozenset(
            item.path.stem for item in documents if item.kind is FileKind.PROJECT
        ),
    )


def _name_project(project_id: str) -> Callable[[Mapping[str, Any]], Project]:
    return lambda value: build_project(project_id, value)


def _build_single(
    documents: tuple[Document, ...], kind: FileKind, build: Callable[[Mapping[str, Any]], T]
) -> T | None:
    document = find_document(documents, kind)
    return _build(kind, document.value, build) if document is not None else None


def _build(kind: FileKind, value: object, build: Callable[[Mapping[str, Any]], T]) -> T | None:
    if not isinstance(value, dict) or not is_valid(kind, value):
        return None
    try:
        return build(value)
    except ValueError:
        # A day that does not exist has the right form; the findings tell of it.
        return None
