"""The canonical order of keys, made by moving whole lines, so that nothing else changes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yaml import MappingNode, YAMLError

from landscape.dataset.yaml_nodes import TooDeepError, compose_node

PROJECT_KEYS = (
    "name",
    "repo",
    "former_repos",
    "additional_repos",
    "domain",
    "subdomain",
    "also_in",
    "tags",
    "origin",
    "homepage",
    "logo",
    "added",
    "summary",
    "retired",
    "note",
)

_MODELINE = re.compile(r"# (yaml-language-server|SPDX|vim|-\*-)|---|%")


@dataclass(frozen=True)
class _Block:
    """A key with its value's lines and the comments directly above it."""

    key: str
    lines: tuple[str, ...]


def order_keys(text: str, order: tuple[str, ...] = PROJECT_KEYS) -> str:
    """Return the text with the outermost keys in order, unknown ones last, comments with them.

    A text whose outermost mapping is not written line by line is returned as it is.
    """
    starts = _find_key_lines(text)
    if not starts:
        return text
    lines = text.splitlines(keepends=True)
    head, blocks, foot = _cut(lines, starts)
    ranks = {key: rank for rank, key in enumerate(order)}
    ordered = sorted(blocks, key=lambda block: ranks.get(block.key, len(order)))
    return "".join([*head, *(line for block in ordered for line in block.lines), *foot])


def _find_key_lines(text: str) -> list[tuple[str, int]]:
    """Return the outermost keys and their lines (from 0), where each begins a line."""
    try:
        node = compose_node(text)
    except (YAMLError, TooDeepError):
        return []
    if not isinstance(node, MappingNode) or node.flow_style or not text.endswith("\n"):
        return []
    marks = [(key.value, key.start_mark) for key, _ in node.value]
    lines = [mark.line for _, mark in marks]
    if any(mark.column != 0 for _, mark in marks) or lines != sorted(set(lines)):
        return []
    return [(key, mark.line) for key, mark in marks]


def _cut(
    lines: list[str], starts: list[tuple[str, int]]
) -> tuple[list[str], list[_Block], list[str]]:
    """Cut lines into what stays at the top, a block a key, and what stays at the end."""
    first = starts[0][1]
    tops = [_find_header_end(lines, first)]
    tops += [_climb_comments(lines, line) for _, line in starts[1:]]
    end = _climb_comments(lines, len(lines))
    bounds = [*tops, max(end, starts[-1][1] + 1)]
    blocks = [
        _Block(key, tuple(lines[top:bottom]))
        for (key, _), top, bottom in zip(starts, bounds, bounds[1:], strict=False)
    ]
    return lines[: tops[0]], blocks, lines[bounds[-1] :]


def _climb_comments(lines: list[str], line: int) -> int:
    """Return where the comments and empty lines directly above a line begin."""
    while line > 0 and (lines[line - 1].startswith("#") or not lines[line - 1].strip()):
        line -= 1
    return line


def _find_header_end(lines: list[str], first_key: int) -> int:
    """Return where the first key's own comments begin: below an empty line, or a modeline."""
    for line in range(first_key - 1, -1, -1):
        if not lines[line].strip() or _MODELINE.match(lines[line]):
            return line + 1
    return 0
