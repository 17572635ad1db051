"""The JSON Schemas of contributed files: found, read once, and compiled once.

Every document passes the compiled validator, which only says yes or no; the slower one, which
says what is wrong, looks at those that failed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from landscape.dataset.discovery import FileKind

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


def find_schema_folder() -> Traversable:
    """Return the folder of schemas: inside the installed package, or at the top of a checkout."""
    package = resources.files("landscape")
    installed = package / "schemas"
    if installed.is_dir():
        return installed
    return Path(str(package)).parent / "schemas"


@cache
def load_schema(kind: FileKind) -> dict[str, Any]:
    """Return the schema of a kind of file."""
    source = find_schema_folder() / f"{kind}.schema.json"
    schema: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return schema


def is_valid(kind: FileKind, value: object) -> bool:
    """Whether the value fits the schema of its kind."""
    return _compile(kind).is_valid(value)


@dataclass(frozen=True, slots=True)
class SchemaError:
    """A value that a schema refuses.

    ``keyword`` is the schema's rule and ``rule`` its argument (``maxLength`` and 60), ``schema``
    the part of the schema that holds it, ``keys`` the way to the value; ``is_on_key`` says that
    ``value`` is itself a key there.
    """

    keyword: str
    rule: Any
    value: Any
    schema: Mapping[str, Any]
    keys: tuple[str | int, ...]
    is_on_key: bool

    @property
    def example(self) -> Any:
        """The first example that the schema gives."""
        return (self.schema.get("examples") or ["…"])[0]


def list_schema_errors(kind: FileKind, value: object) -> list[SchemaError]:
    """Return every way in which the value does not fit."""
    return [
        SchemaError(
            keyword=str(error.validator),
            rule=error.validator_value,
            value=error.instance,
            schema=error.schema if isinstance(error.schema, dict) else {},
            keys=tuple(error.absolute_path),
            is_on_key="propertyNames" in error.absolute_schema_path,
        )
        for error in _explain(kind).iter_errors(value)
    ]


@cache
def _compile(kind: FileKind) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(load_schema(kind))


@cache
def _explain(kind: FileKind) -> Draft202012Validator:
    # Half of the start-up of a run without findings would be this import.
    from jsonschema import Draft202012Validator

    return Draft202012Validator(load_schema(kind))
