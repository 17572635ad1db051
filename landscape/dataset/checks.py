"""Every check over every contributed file. All findings are collected; none stops another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from landscape.base.findings import Finding
from landscape.base.transaction import hold_settled
from landscape.dataset.catalogue import file_kinds
from landscape.dataset.discovery import FileKind, discover_files
from landscape.dataset.document import Document, read_document
from landscape.dataset.edition_seal import check_editions
from landscape.dataset.judgement_rules import check_comparison, check_events
from landscape.dataset.project_rules import ProjectEntry, check_project
from landscape.dataset.rejection_rules import check_rejected
from landscape.dataset.repo_rules import check_names, check_repos
from landscape.dataset.selection import select_files
from landscape.dataset.settings_rules import check_corrections, check_settings
from landscape.dataset.shape import check_shape
from landscape.dataset.story_rules import check_story
from landscape.dataset.surroundings import Surroundings, gather_surroundings
from landscape.dataset.taxonomy_rules import check_taxonomy


@dataclass(frozen=True)
class CheckResult:
    """The findings in order of file and line, and of how many files they are."""

    findings: tuple[Finding, ...]
    files_checked: int


@dataclass(frozen=True)
class Inspection:
    """Every document as it was read, and all findings on all files, in order."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def check_dataset(root: Path, paths: Sequence[Path] | None, today: dt.date) -> CheckResult:
    """Check the dataset; with ``paths`` tell only of the files at or below them.

    Rules across files see every file all the same. ``paths`` are absolute or relative to the
    current folder.
    """
    inspection = inspect_dataset(root, today)
    seen = {document.path for document in inspection.documents}
    seen |= {finding.path for finding in inspection.findings}
    selection = select_files(root, paths, seen)
    findings = [file_kinds.OUTSIDE_FOLDER.at(path, 0) for path in selection.foreign]
    findings += [finding for finding in inspection.findings if finding.path in selection.chosen]
    return CheckResult(_sort(findings), len(selection.chosen) + len(selection.foreign))


def inspect_dataset(root: Path, today: dt.date) -> Inspection:
    """Read and check every contributed file."""
    with hold_settled(root):
        discovery = discover_files(root)
        documents = tuple(read_document(root, file) for file in discovery.files)
    findings = list(discovery.findings)
    for document in documents:
        findings += document.findings
        if document.is_readable:
            findings += check_shape(document)
    findings += _check_meaning(documents, today)
    findings += check_editions(root)
    return Inspection(documents, _sort(findings))


def list_project_entries(documents: Sequence[Document]) -> list[ProjectEntry]:
    """Return the project documents that hold a mapping, in order of id."""
    return [
        ProjectEntry(document.path.stem, document, document.value)
        for document in documents
        if document.kind is FileKind.PROJECT and isinstance(document.value, dict)
    ]


def find_document(documents: Sequence[Document], kind: FileKind) -> Document | None:
    """Return the single document of a kind; None where it is missing or unreadable."""
    return next((item for item in documents if item.kind is kind and item.is_readable), None)


def _check_meaning(documents: Sequence[Document], today: dt.date) -> Iterator[Finding]:
    entries = list_project_entries(documents)
    surroundings = _gather(documents, today)
    for entry in entries:
        yield from check_project(entry, surroundings)
    yield from check_repos(entries)
    yield from check_names(entries)
    rejected = find_document(documents, FileKind.REJECTED)
    if rejected is not None:
        yield from check_rejected(rejected, entries, surroundings)
    singles = (
        (FileKind.TAXONOMY, check_taxonomy),
        (FileKind.SETTINGS, check_settings),
        (FileKind.CORRECTIONS, check_corrections),
        (FileKind.EVENTS, check_events),
    )
    for kind, check in singles:
        document = find_document(documents, kind)
        if document is not None:
            yield from check(document, surroundings)
    for document in documents:
        if document.kind is FileKind.STORY and isinstance(document.value, dict):
            yield from check_story(document, surroundings)
        elif document.kind is FileKind.COMPARISON and isinstance(document.value, dict):
            yield from check_comparison(document, surroundings)


def _gather(documents: Sequence[Document], today: dt.date) -> Surroundings:
    # A project whose file cannot be read is still a project that others may name.
    projects = [
        (document.path.stem, document)
        for document in documents
        if document.kind is FileKind.PROJECT
    ]
    settings = find_document(documents, FileKind.SETTINGS)
    taxonomy = find_document(documents, FileKind.TAXONOMY)
    comparisons = [item for item in documents if item.kind is FileKind.COMPARISON]
    return gather_surroundings(settings, taxonomy, projects, today, comparisons)


def _sort(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key))
