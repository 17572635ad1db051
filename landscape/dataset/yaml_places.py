"""Where a value stands in a YAML text: its line, and how it was written there.

Texts are parsed again only where a finding asks for a place, so files without findings cost
nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode, YAMLError

from landscape.dataset.yaml_nodes import TooDeepError, compose_node

Keys: TypeAlias = Sequence[str | int]
"""The way to a value: keys of mappings and positions in lists, from the outermost."""


@dataclass(frozen=True, slots=True)
class Place:
    """The line (from 1; 0 where unknown) and the scalar's text as it was written."""

    line: int
    written: str = ""


@lru_cache(maxsize=8)
def _compose(text: str) -> Node | None:
    try:
        return compose_node(text)
    except (YAMLError, TooDeepError):
        return None


def find_place(text: str, keys: Keys, *, on_key: bool = False) -> Place:
    """Return the place that the keys lead to; of the last one that exists where some do not."""
    node = _compose(text)
    if node is None:
        return Place(0)
    line = node.start_mark.line + 1
    for key in keys:
        found = _step(node, key)
        if found is None:
            return Place(line)
        key_node, node = found
        line = (key_node if on_key else node).start_mark.line + 1
        if _is_empty(node):
            # An empty value's mark lies behind the line break; its key is where to look.
            line = key_node.start_mark.line + 1
    return Place(line, node.value if isinstance(node, ScalarNode) else "")


def _step(node: Node, key: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    if isinstance(node, MappingNode):
        # The last one counts, as in the values.
        for key_node, value_node in reversed(node.value):
            if key_node.value == key:
                return key_node, value_node
    return None


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value == ""
