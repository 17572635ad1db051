"""Plain values from YAML text, with every doubtful construct reported instead of obeyed.

Values are those of JSON: dates stay text, and what one YAML reader takes for true and another
for text is reported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml
from yaml import Node, ScalarNode, SequenceNode

from landscape.base.findings import Finding
from landscape.dataset.catalogue import file_kinds as kinds
from landscape.dataset.yaml_nodes import (
    LIST_TAG,
    MAPPING_TAG,
    MAX_DEPTH,
    TAG_PREFIX,
    TEXT_TAG,
    TooDeepError,
    compose_node,
    find_alias,
)
from landscape.dataset.yaml_syntax import describe_syntax_error

_TRUTH = {"true": True, "false": False}
_SCALAR_TAGS = frozenset(
    TAG_PREFIX + name for name in ("bool", "int", "float", "null", "timestamp", "value", "merge")
)


@dataclass(frozen=True, slots=True)
class ParsedYaml:
    """The plain value of a text, whether it has one, and the findings on the way."""

    value: object
    is_readable: bool
    findings: tuple[Finding, ...]


def parse_yaml(path: PurePosixPath, text: str) -> ParsedYaml:
    """Parse a YAML text into plain values; problems are findings at their lines."""
    try:
        alias = find_alias(text) if "*" in text else None
        if alias is not None:
            line, name = alias
            return _refuse(kinds.ALIAS.at(path, line, value=f"*{name}"))
        node = compose_node(text)
    except yaml.YAMLError as error:
        return _refuse(describe_syntax_error(path, text, error))
    except TooDeepError as error:
        return _refuse(kinds.TOO_DEEP.at(path, error.line, value=str(MAX_DEPTH)))
    if node is None:
        return _refuse(kinds.EMPTY_FILE.at(path, 1))
    construction = _Construction(path)
    value = construction.build(node)
    return ParsedYaml(value, is_readable=True, findings=tuple(construction.findings))


def _refuse(finding: Finding) -> ParsedYaml:
    return ParsedYaml(None, is_readable=False, findings=(finding,))


class _Construction:
    """Builds plain values from nodes and collects what is doubtful about them."""

    def __init__(self, path: PurePosixPath) -> None:
        self.path = path
        self.findings: list[Finding] = []

    def build(self, node: Node) -> object:
        if isinstance(node, ScalarNode):
            return node.value if node.tag == TEXT_TAG else self._build_scalar(node)
        if isinstance(node, SequenceNode):
            if node.tag != LIST_TAG:
                self._report_tag(node)
            return [self.build(item) for item in node.value]
        return self._build_mapping(node)

    def _build_mapping(self, node: Node) -> dict[str, object]:
        if node.tag != MAPPING_TAG:
            self._report_tag(node)
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            if type(key_node) is ScalarNode and key_node.tag == TEXT_TAG:
                key = key_node.value
            else:
                key = self._build_key(key_node)
            value = self.build(value_node)
            if key is None:
                continue
            if key in mapping:
                self._report_duplicate(node, key_node, key)
            mapping[key] = value
        return mapping

    def _build_key(self, node: Node) -> str | None:
        """Report a doubtful key; return it as text where it can be meant as such."""
        line = node.start_mark.line + 1
        if not isinstance(node, ScalarNode):
            shown = "[…]" if isinstance(node, SequenceNode) else "{…}"
            self.findings.append(kinds.KEY_NOT_TEXT.at(self.path, line, value=shown))
            return None
        if node.tag == TAG_PREFIX + "bool":
            self.findings.append(kinds.YAML_BOOLEAN.at(self.path, line, value=node.value))
        elif node.tag not in _SCALAR_TAGS:
            self._report_tag(node)
        elif not node.tag.endswith(("merge", "value")):
            shown = node.value or "(nothing)"
            self.findings.append(kinds.KEY_NOT_TEXT.at(self.path, line, value=shown))
            return None
        return str(node.value)

    def _build_scalar(self, node: ScalarNode) -> object:
        text: str = node.value
        match node.tag.removeprefix(TAG_PREFIX):
            case "null":
                return None
            case "bool":
                return self._build_boolean(node)
            case "int" | "float":
                return _parse_number(text)
            case "timestamp" | "value" | "merge":
                return text
        self._report_tag(node)
        return text

    def _build_boolean(self, node: ScalarNode) -> object:
        truth = _TRUTH.get(node.value.lower())
        if truth is None:
            line = node.start_mark.line + 1
            self.findings.append(kinds.YAML_BOOLEAN.at(self.path, line, value=node.value))
            return node.value
        return truth

    def _report_tag(self, node: Node) -> None:
        line = node.start_mark.line + 1
        shown = node.tag.replace(TAG_PREFIX, "!!")
        self.findings.append(kinds.CUSTOM_TAG.at(self.path, line, value=shown))

    def _report_duplicate(self, parent: Node, node: Node, key: str) -> None:
        first = next(
            key_node.start_mark.line + 1
            for key_node, _ in parent.value
            if isinstance(key_node, ScalarNode) and key_node.value == key
        )
        line = node.start_mark.line + 1
        self.findings.append(kinds.DUPLICATE_KEY.at(self.path, line, value=key, first=first))


def _parse_number(text: str) -> object:
    """Return a decimal number; anything fancier (0x1f, 1:30, .inf, 1e999) is left as text."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    try:
        return int(text)
    except ValueError:
        return number
