"""What we ask of GitHub, and what its stand-in answers, is what GitHub's own descriptions allow."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, build_schema
from graphql import parse as parse_query
from graphql import validate as validate_query

from landscape.sources.github_query import format_query
from tests.standins.github import TOKEN, GitHubStandIn, StandInRepository

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / ".cache" / "github-schemas"
STAND_IN = ROOT / "tests" / "standins" / "github.graphql"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (PUBLISHED / "full-repository.json").is_file(),
        reason="GitHub's published schemas are not here: scripts/fetch-github-schemas needs npm",
    ),
]


@cache
def load_published() -> GraphQLSchema:
    text = (PUBLISHED / "schema.graphql").read_text(encoding="utf-8")
    return build_schema(text, assume_valid=True)


@pytest.mark.parametrize("count", [1, 100])
def test_queries_are_valid_in_the_published_schema(count: int) -> None:
    assert validate_query(load_published(), parse_query(format_query(count))) == []


def test_the_stand_ins_piece_of_the_schema_is_the_published_one() -> None:
    published = load_published()
    piece = build_schema(STAND_IN.read_text(encoding="utf-8"))
    compared = 0
    for name, kind in piece.type_map.items():
        if name.startswith("__") or not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            continue
        original = published.type_map[name]
        assert isinstance(original, GraphQLObjectType | GraphQLInterfaceType)
        for field, definition in kind.fields.items():
            assert str(definition.type) == str(original.fields[field].type), f"{name}.{field}"
            for argument, declared in definition.args.items():
                assert str(declared.type) == str(original.fields[field].args[argument].type)
            compared += 1
    assert compared > 15


@pytest.mark.parametrize("language", ["Python", None])
def test_a_repository_by_its_id_looks_as_described(language: str | None) -> None:
    description = json.loads((PUBLISHED / "full-repository.json").read_text(encoding="utf-8"))
    with GitHubStandIn([StandInRepository(7, "a/b", language=language)]) as server:
        answer = requests.get(
            f"{server.url}/repositories/7",
            headers={"Authorization": f"token {TOKEN}"},
            timeout=5,
        ).json()
    assert {"id", "full_name"} <= set(description["required"])
    assert len(answer) > 5
    for name, value in answer.items():
        jsonschema.validate(value, allow_null(description["properties"][name]))


def allow_null(schema: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI 3.0 says ``nullable`` where JSON Schema names a further type."""
    nullable = schema.get("nullable") and isinstance(schema.get("type"), str)
    return schema | {"type": [schema["type"], "null"]} if nullable else schema
