"""Words for values, places and types, and what to write instead of a value of a wrong shape."""

from __future__ import annotations

import json
import re
from typing import Any

from landscape.dataset.catalogue import FindingKind
from landscape.dataset.catalogue import shape_kinds as kinds
from landscape.dataset.discovery import FileKind, suggest_id
from landscape.dataset.schemas import SchemaError, load_schema
from landscape.dataset.yaml_places import Keys, find_place

_TYPE_NAMES = {
    "string": "text",
    "array": "a list",
    "object": "a mapping of keys to values",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}
_TYPES_OF_VALUES = (
    (type(None), "null"),
    (bool, "boolean"),
    (int, "number"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
)
_REPO_IN_URL = re.compile(
    r"(?:[a-z+]+://|git@|www\.)[^/:\s]+[/:]([A-Za-z0-9_-]+)/([A-Za-z0-9._-]+?)(?:\.git)?(?:[/?#].*)?",
    re.IGNORECASE,
)
_LOOSE_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_REPO_WITHOUT_SCHEME = re.compile(r"github\.com/([\w-]+)/([\w.-]+?)(?:\.git)?(?:[/?#].*)?", re.I)


def describe_types(names: str | list[str]) -> str:
    """Return in words the type, or the types, that a schema asks for."""
    listed = [names] if isinstance(names, str) else names
    return " or ".join(_TYPE_NAMES[name] for name in listed)


def describe_value(value: object) -> str:
    """Return in words the type of a value."""
    name = next(name for sort, name in _TYPES_OF_VALUES if isinstance(value, sort))
    return _TYPE_NAMES[name]


def name_place(keys: Keys) -> str:
    """Return the way to a value in words, for example ``tags[1]``; ``the file`` for the whole."""
    words = ""
    for key in keys:
        if isinstance(key, int):
            words += f"[{key + 1}]" if words else f"item {key + 1}"
        else:
            words += f".{key}"
    return words.lstrip(".") or "the file"


def show_value(value: object) -> str:
    """Return a value as one would write it in a file."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def write_flow(value: object) -> str:
    """Return an example as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {write_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(write_flow(item) for item in value) + "]"
    return show_value(value)


def show_example(kind: FileKind, keys: Keys) -> str:
    """Return the example that the schema gives for the value at these keys."""
    schema = load_schema(kind)
    part: dict[str, Any] = schema
    for key in keys:
        part = _resolve(schema, part)
        inner = part.get("items") if isinstance(key, int) else part.get("properties", {}).get(key)
        part = inner or {}
    part = _resolve(schema, part)
    return write_flow((part.get("examples") or ["…"])[0])


def show_beginning(kind: FileKind) -> str:
    """Return the line that a file of this kind begins with."""
    schema = load_schema(kind)
    prefix, keys = "", list[str | int]()
    if schema["type"] == "array":
        schema, prefix, keys = _resolve(schema, schema["items"]), "- ", [0]
    key = schema["required"][0]
    return f"{prefix}{key}: {show_example(kind, [*keys, key])}"


def _resolve(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    reference = part.get("$ref", "")
    if not reference:
        return part
    found: dict[str, Any] = schema["$defs"][reference.removeprefix("#/$defs/")]
    return found


def explain_type(text: str, error: SchemaError) -> str:
    """Return what to write instead of a value of the wrong type."""
    keys = error.keys
    expected, value, key = error.rule, error.value, str(keys[-1])
    example = write_flow(error.example)
    prefix = "- " if isinstance(keys[-1], int) else f"{key}: "
    if value is None:
        return f"write a value ({prefix}{example}), or delete the line"
    if expected == "string" and isinstance(value, bool | int | float):
        written = find_place(text, keys).written or show_value(value)
        return f'put it in quotes: {prefix}"{written}"'
    if expected == "string" and isinstance(value, list) and len(value) == 1:
        return f"write it without brackets or hyphen: {prefix}{show_value(value[0])}"
    if expected == "array" and isinstance(value, str):
        return f"write it as a list: {key}: [{value}]"
    if expected == "object" and isinstance(value, str) and "patternProperties" in error.schema:
        return f"write it by language: {key}: {{en: …}}"
    if expected in ("number", "integer") and isinstance(value, str):
        return f"write digits without quotes: {prefix}{example}"
    return f"write, for example: {prefix}{example}"


def explain_form(kind: FindingKind, keys: Keys, value: str) -> str | None:
    """Return a remedy that repairs this very value; None where only the usual one is known."""
    if kind is kinds.BAD_REPO:
        return _explain_repo(keys, value)
    if kind is kinds.BAD_URL and re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", value):
        return f"write it in full: https://{value}"
    if kind is kinds.BAD_ID:
        return (
            f"write it as {suggest_id(value)}: lower-case letters and digits,"
            " with single hyphens between"
        )
    if kind is kinds.BAD_DATE and (match := _LOOSE_DATE.match(value)) is not None:
        year, month, day = match.groups()
        return f"write {year}-{month:0>2}-{day:0>2}"
    return None


def _explain_repo(keys: Keys, value: str) -> str | None:
    prefix = "- " if isinstance(keys[-1], int) else f"{keys[-1]}: "
    match = _REPO_IN_URL.fullmatch(value) or _REPO_WITHOUT_SCHEME.fullmatch(value)
    if match is not None:
        return f"write only owner/name: {prefix}{match[1]}/{match[2]}"
    if value.endswith(".git"):
        return f"leave .git away: {prefix}{value.removesuffix('.git')}"
    if re.search(r"\s", value):
        squeezed = re.sub(r"\s*/\s*", "/", value.strip())
        if not re.search(r"\s", squeezed) and "/" in squeezed:
            return f"write it without spaces: {prefix}{squeezed}"
        return "write it without spaces, as in the repository's address: owner/name"
    if "/" not in value:
        return f"write the owner too: {prefix}owner/{value}"
    return None
