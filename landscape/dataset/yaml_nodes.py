"""The C parser's nodes of a YAML text, with plain scalars resolved, at a bounded depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml import ScalarNode, SequenceNode
from yaml._yaml import CParser
from yaml.events import AliasEvent
from yaml.resolver import Resolver

if TYPE_CHECKING:
    from yaml import Node

MAX_DEPTH = 20

TAG_PREFIX = "tag:yaml.org,2002:"
TEXT_TAG = TAG_PREFIX + "str"
LIST_TAG = TAG_PREFIX + "seq"
MAPPING_TAG = TAG_PREFIX + "map"

_RESOLVERS = Resolver.yaml_implicit_resolvers


class TooDeepError(Exception):
    """Values are nested so deep that the parser's own recursion would end the process."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _NodeParser(CParser):
    """PyYAML's C composer; the calls that it makes to a resolver are answered here, cheaply."""

    _depth = 0

    def resolve(self, kind: type[Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        if kind is ScalarNode:
            if implicit[0] and value is not None:
                for tag, form in _RESOLVERS.get(value[:1], ()):
                    if form.match(value):
                        return str(tag)
            return TEXT_TAG
        return LIST_TAG if kind is SequenceNode else MAPPING_TAG

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeepError(0 if parent is None else parent.start_mark.line + 1)

    def ascend_resolver(self) -> None:
        self._depth -= 1


def compose_node(text: str) -> Node | None:
    """Return the root node of the text, None where it is empty.

    Raises yaml.YAMLError on bad syntax and TooDeepError beyond 20 levels.
    """
    return _NodeParser(text).get_single_node()


def find_alias(text: str) -> tuple[int, str] | None:
    """Return line and name of the first alias; nothing is expanded."""
    parser = _NodeParser(text)
    while (event := parser.get_event()) is not None:
        if isinstance(event, AliasEvent):
            mark = event.start_mark
            return (mark.line + 1 if mark is not None else 0), event.anchor or ""
    return None
