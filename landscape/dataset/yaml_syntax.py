"""What a YAML parser's complaint means for the person who wrote the file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import yaml

from landscape.base.findings import Finding
from landscape.dataset.catalogue import file_kinds as kinds

_TAB_INDENT = re.compile(r"[ ]*\t")

# Part of the parser's words, and what to do then. The first that fits is taken.
_REMEDIES = (
    ("an alias", "put text that begins with * in quotes"),
    ("mapping values are not allowed", "put text that holds `: ` in quotes, and align the keys"),
    ("expected ':'", "write a colon and a space after the key, or align the line with its text"),
    ("expected a single document", "delete the line `---`: a file holds one document"),
    ("cannot start any token", "put text that begins with a special character in quotes"),
    ("quoted scalar", "close the quotation mark"),
    ("flow sequence", "close the list with ], with commas between its items"),
    ("flow mapping", "close the braces with }, with commas between the pairs"),
    ("block mapping", "align the key with the keys above it"),
    ("block sequence", "align the hyphen with the hyphens above it"),
    ("escape character", "in double quotes write \\\\ for a backslash, or use single quotes"),
)

_NEVER_CLOSED = ("quoted scalar", "flow sequence", "flow mapping")


def describe_syntax_error(path: PurePosixPath, text: str, error: yaml.YAMLError) -> Finding:
    """Return the finding for a text that the YAML parser refused."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return kinds.YAML_SYNTAX.at(path, 0, problem="it holds a character that is not allowed")
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 0
    lines = text.splitlines()
    tabbed = _find_tab_indent(lines, line)
    if tabbed:
        return kinds.TAB_INDENT.at(path, tabbed)
    complaint = ", ".join(filter(None, (error.context, error.problem)))
    if error.context_mark is not None and any(part in complaint for part in _NEVER_CLOSED):
        # The parser stopped somewhere behind; where it began is where to look.
        line = error.context_mark.line + 1
    line = min(line, len(lines))
    remedy = next((remedy for part, remedy in _REMEDIES if part in complaint), None)
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return kinds.YAML_SYNTAX.at(path, line, value=shown, remedy=remedy, problem=complaint)


def _find_tab_indent(lines: list[str], line: int) -> int:
    """Return the line that is indented with a tab: the one of the error, or the one before."""
    for candidate in (line, line - 1):
        if 0 < candidate <= len(lines) and _TAB_INDENT.match(lines[candidate - 1]):
            return candidate
    return 0
