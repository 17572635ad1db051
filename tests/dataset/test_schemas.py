"""The schemas: valid, described for editors, in step with each other and with the key order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from landscape.dataset.checks import inspect_dataset
from landscape.dataset.discovery import FileKind
from landscape.dataset.key_order import PROJECT_KEYS
from landscape.dataset.schemas import is_valid, list_schema_errors, load_schema
from landscape.metrics.columns import METRICS
from tests.dataset.landscapes import list_cases, make_landscape

KINDS = list(FileKind)


def list_properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, part in schema.get("properties", {}).items():
        yield name, part
        yield from list_properties(part)
    for part in schema.get("$defs", {}).values():
        yield from list_properties(part)


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_a_valid_schema(kind: FileKind) -> None:
    Draft202012Validator.check_schema(load_schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_editors_can_explain_every_key(kind: FileKind) -> None:
    schema = load_schema(kind)
    assert schema["title"]
    assert schema["description"]
    for name, part in list_properties(schema):
        reference = part.get("$ref", "").removeprefix("#/$defs/")
        described = {**schema.get("$defs", {}).get(reference, {}), **part}
        assert described["title"], name
        assert described["description"], name
        assert described["examples"], name


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_fits_its_own_place(kind: FileKind) -> None:
    schema = load_schema(kind)
    for name, part in list_properties(schema):
        reference = part.get("$ref", "").removeprefix("#/$defs/")
        described = {**schema.get("$defs", {}).get(reference, {}), **part}
        if described.get("type") in ("string", "number", "integer"):
            validator = Draft202012Validator({**described, "$defs": schema.get("$defs", {})})
            assert all(validator.is_valid(example) for example in described["examples"]), name


def test_shared_definitions_are_the_same_in_every_schema() -> None:
    seen: dict[str, object] = {}
    for kind in KINDS:
        for name, part in load_schema(kind).get("$defs", {}).items():
            assert seen.setdefault(name, part) == part, name


def test_the_canonical_order_has_every_key_of_a_project() -> None:
    assert set(PROJECT_KEYS) == set(load_schema(FileKind.PROJECT)["properties"])


@pytest.mark.parametrize(
    "case", [*list_cases("invalid"), *list_cases("valid")], ids=lambda case: case.name
)
def test_the_fast_and_the_telling_validator_agree(case: Path, tmp_path: Path) -> None:
    root = make_landscape(tmp_path, case)
    for document in inspect_dataset(root, dt.date(2026, 6, 1)).documents:
        if document.is_readable:
            told = list_schema_errors(document.kind, document.value)
            assert is_valid(document.kind, document.value) is (not told)


def test_the_deciding_metric_is_one_of_those_that_the_store_has() -> None:
    inclusion = load_schema(FileKind.SETTINGS)["properties"]["inclusion"]
    assert inclusion["properties"]["metric"]["enum"] == list(METRICS)
