"""The canonical form of contributed files. Layout changes; values and comments never do.

Each step is taken only where the values and the comments are the same afterwards, so the worst
that can happen to a strange file is that it stays as it is.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from landscape.base.findings import Finding, Level
from landscape.dataset.catalogue import file_kinds
from landscape.dataset.discovery import ContributedFile, FileKind
from landscape.dataset.document import Document, parse_document, read_document
from landscape.dataset.key_order import order_keys

_MAX_ROUNDS = 4
_COMMENT = re.compile(r"(?:^|\s)(#.*?)\s*$", re.MULTILINE)
# What a file may have wrong and still be put in form: the form is the remedy.
_REPAIRED = frozenset({file_kinds.BYTE_ORDER_MARK.code, file_kinds.CARRIAGE_RETURN.code})


@dataclass(frozen=True)
class Formatting:
    """A file before and after; with findings it could not be parsed, and stays as it was."""

    file: ContributedFile
    before: str
    after: str
    findings: tuple[Finding, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the canonical form differs from what the file holds."""
        return self.before != self.after


def format_file(root: Path, file: ContributedFile) -> Formatting:
    """Return a file's canonical form; nothing is written."""
    document = read_document(root, file)
    if _list_obstacles(document):
        return Formatting(file, "", "", _list_obstacles(document))
    text = document.body or document.text
    return Formatting(file, text, format_text(file, text))


def format_text(file: ContributedFile, text: str) -> str:
    """Return the canonical form of a text that can be parsed; any other is returned as it is."""
    if file.kind is FileKind.STORY:
        # Prose: its lines are the author's.
        return text
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _list_obstacles(parse_document(file, plain)):
        return text
    steps: list[Callable[[str], str]] = [_trim_lines, _lay_out]
    if file.kind is FileKind.PROJECT:
        steps.insert(1, order_keys)
    current = plain
    for _ in range(_MAX_ROUNDS):
        before = current
        for step in steps:
            current = _take_if_equal(file, current, step(current))
        if current == before:
            return current
    # It does not settle, so there is no canonical form to change to.
    return plain


def _list_obstacles(document: Document) -> tuple[Finding, ...]:
    return tuple(
        finding
        for finding in document.findings
        if finding.level is Level.ERROR and finding.code not in _REPAIRED
    )


def _take_if_equal(file: ContributedFile, old: str, new: str) -> str:
    """Return the new text where values and comments are those of the old one."""
    return new if new == old or _gist(file, old) == _gist(file, new) else old


def _gist(file: ContributedFile, text: str) -> tuple[str, list[str]]:
    """Return what formatting must not change: values with their types, and comments."""
    document = parse_document(file, text)
    values = json.dumps(document.value, sort_keys=True) if document.is_readable else "unreadable"
    return values, sorted(_COMMENT.findall(text))


def _trim_lines(text: str) -> str:
    """Return the text without space at the ends of lines, or empty lines around it."""
    lines = [line.rstrip(" \t") for line in text.split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def _lay_out(text: str) -> str:
    """Return the text with two spaces a level, as ruamel.yaml writes it; comments stay."""
    # Imported here: only formatting needs it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=2, offset=0)
    stream = io.StringIO()
    try:
        yaml.dump(yaml.load(text), stream)
    except (YAMLError, ValueError, TypeError, AttributeError):
        # ruamel refuses, or stumbles over, a few texts that our own reader takes.
        return text
    return stream.getvalue()
