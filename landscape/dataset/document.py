"""A contributed file as it was read: plain values where it could be parsed, findings where not.

A file that cannot be read travels as a value, so that it hides no other file's problems. What
the values mean is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from landscape.base.findings import Finding
from landscape.dataset.catalogue import FindingKind, story_kinds
from landscape.dataset.catalogue import file_kinds as kinds
from landscape.dataset.discovery import ContributedFile, FileKind
from landscape.dataset.story_text import split_story
from landscape.dataset.yaml_places import Keys, find_place
from landscape.dataset.yaml_values import parse_yaml

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Document:
    """One file: ``value`` is what its YAML says, ``is_readable`` whether there is a value.

    Dates are kept as text, as JSON has none. ``findings`` are those of bytes and YAML. Of a story
    ``text`` and ``value`` are its front matter, and ``body`` is the whole file.
    """

    path: PurePosixPath
    kind: FileKind
    text: str
    value: object
    is_readable: bool
    findings: tuple[Finding, ...]
    body: str = ""

    def report(
        self,
        kind: FindingKind,
        keys: Keys,
        *,
        value: str = "",
        remedy: str | None = None,
        on_key: bool = False,
        **words: object,
    ) -> Finding:
        """Return a finding at the line of the value that the keys lead to (or of its key)."""
        line = find_place(self.text, keys, on_key=on_key).line
        return kind.at(self.path, line, value=value, remedy=remedy, **words)

    def line_of(self, keys: Keys) -> int:
        """Return the line of the value that the keys lead to."""
        return find_place(self.text, keys).line


def read_document(root: Path, file: ContributedFile) -> Document:
    """Read a contributed file; whatever is wrong with it becomes findings."""
    path = file.path
    try:
        with (root / path).open("rb") as stream:
            content = stream.read(file.kind.limit_kb * 1024 + 1)
            size = stream.seek(0, 2)
    except OSError as error:
        return _refuse(file, kinds.NOT_A_FILE.at(path, 0, reason=error.strerror or "unreadable"))
    if len(content) > file.kind.limit_kb * 1024:
        limit_kb = file.kind.limit_kb
        finding = kinds.FILE_TOO_LARGE.at(path, 0, size_kb=-(-size // 1024), limit_kb=limit_kb)
        return _refuse(file, finding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refuse(file, kinds.NOT_UTF8.at(path, line, value=f"0x{content[error.start]:02x}"))
    return parse_document(file, text)


def parse_document(file: ContributedFile, text: str) -> Document:
    """Parse the text of a contributed file."""
    findings = list(_check_characters(file.path, text))
    if any(finding.code == kinds.CONTROL_CHARACTER.code for finding in findings):
        return _refuse(file, *findings)
    body = ""
    if file.kind is FileKind.STORY:
        body, text = text, split_story(text).front
        if not text:
            return _refuse(file, *findings, story_kinds.NO_FRONT_MATTER.at(file.path, 1))
    parsed = parse_yaml(file.path, text)
    findings += parsed.findings
    return Document(
        file.path, file.kind, text, parsed.value, parsed.is_readable, tuple(findings), body
    )


def _refuse(file: ContributedFile, *findings: Finding) -> Document:
    return Document(file.path, file.kind, "", None, is_readable=False, findings=findings)


def _check_characters(path: PurePosixPath, text: str) -> Iterator[Finding]:
    if text.startswith("\ufeff"):
        yield kinds.BYTE_ORDER_MARK.at(path, 1)
    if "\r" in text:
        yield kinds.CARRIAGE_RETURN.at(path, text.count("\n", 0, text.index("\r")) + 1)
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        yield kinds.CONTROL_CHARACTER.at(path, line, value=f"U+{ord(control[0]):04X}")
