"""Stands in for GitHub: GraphQL on its own piece of the schema, and REST by the repository's id."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLSchema,
    build_schema,
    execute,
    parse,
    validate,
)

from tests.standins.exchange import Request, Response
from tests.standins.failure import MOVED_TO, Failure, fail_transport
from tests.standins.server import LoopbackServer

TOKEN = "ghp_notARealTokenButLooksLikeOne0123456789"
EVERYTHING = "*"
GRAPHQL = "/graphql"


@dataclass(frozen=True)
class StandInRepository:
    """A repository as GitHub has it; ``former_names`` lead to it until somebody takes one."""

    repo_id: int
    full_name: str
    created_at: str = "2023-02-09T11:23:20Z"
    committed_at: str | None = "2026-04-30T22:01:02Z"
    language: str | None = "Python"
    license: str | None = "Apache-2.0"
    archived: bool = False
    stars: int = 12000
    forks: int = 1500
    watchers: int = 90
    former_names: tuple[str, ...] = ()


class GitHubStandIn(LoopbackServer):
    """Serves repositories, and fails for one name, one path or everything.

    A failure is told with ``fail``: by ``owner/name`` within a query, by path (``/graphql``,
    ``/repositories/7``), or for EVERYTHING.

        with GitHubStandIn([StandInRepository(7, "a/b")]) as server:
            server.rename("a/b", "c/b")
    """

    def __init__(
        self,
        repositories: Iterable[StandInRepository] = (),
        *,
        token: str = TOKEN,
        most_repositories_a_query: int | None = None,
        latency_seconds: float = 0.0,
        tls: bool = False,
    ) -> None:
        super().__init__(latency_seconds=latency_seconds, tls=tls)
        self._token = token
        self._most = most_repositories_a_query
        self._by_id = {repository.repo_id: repository for repository in repositories}
        self._failures: dict[str, tuple[Failure, float]] = {}
        self._index()

    def rename(self, name: str, new_name: str) -> None:
        """Give a repository another name; the old one leads to it."""
        old = self._by_name[name.lower()]
        self._by_id[old.repo_id] = replace(
            old, full_name=new_name, former_names=(*old.former_names, name)
        )
        self._index()

    def remove(self, name: str) -> None:
        """Delete a repository, or make it private."""
        del self._by_id[self._by_name[name.lower()].repo_id]
        self._index()

    def create(self, repository: StandInRepository) -> None:
        """Add a repository, or change it; it may take a name that another has left."""
        self._by_id[repository.repo_id] = repository
        self._index()

    def fail(self, target: str, failure: Failure, *, times: float = float("inf")) -> None:
        """Fail for a name, a path, or EVERYTHING: for ever, or some times."""
        self._failures[target] = (failure, times)

    def heal(self) -> None:
        """Fail no more."""
        self._failures.clear()

    def count_requests(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(request.path == path for request in self.requests)

    def answer(self, request: Request) -> Response:
        path = request.path.removeprefix(MOVED_TO)
        failure = self._take_failure(path) or self._take_failure(EVERYTHING)
        response = self._answer_well(replace(request, path=path))
        if failure is None:
            return response
        echo = request.headers.get("authorization", "")
        wrong = fail_transport(failure, response, request.path) or _fail_query(failure)
        # Servers have been seen to quote what they were sent.
        return replace(wrong, body=wrong.body.replace(b"Forbidden", f"Forbidden {echo}".encode()))

    def _answer_well(self, request: Request) -> Response:
        if request.headers.get("authorization") not in {
            f"token {self._token}",
            f"Bearer {self._token}",
        }:
            return Response(401, body=b'{"message": "Bad credentials"}')
        if request.path == GRAPHQL and request.method == "POST":
            return self._answer_query(json.loads(request.body))
        folder, _, repo_id = request.path.rpartition("/")
        if folder == "/repositories" and repo_id.isdecimal() and int(repo_id) in self._by_id:
            return Response(body=json.dumps(_format_rest(self._by_id[int(repo_id)])).encode())
        return Response(404, body=b'{"message": "Not Found", "status": "404"}')

    def _answer_query(self, asked: dict[str, Any]) -> Response:
        document = _read_query(asked["query"])
        if self._most is not None and len(asked["variables"]) // 2 > self._most:
            return _fail_query(Failure.RESOURCE_LIMITS)
        result = execute(_load_schema(), document, self, variable_values=asked["variables"])
        assert not hasattr(result, "__await__")
        errors = [_format_error(error) for error in result.errors or []]
        answer = {"data": result.data} | ({"errors": errors} if errors else {})
        return Response(body=json.dumps(answer).encode())

    def repository(self, _info: object, owner: str, name: str, **_: object) -> object:
        """Resolve ``Query.repository``: names in any case, former names too."""
        full_name = f"{owner}/{name}"
        failure = self._take_failure(full_name)
        repository = self._by_name.get(full_name.lower())
        if failure is Failure.FORBIDDEN_NODE:
            raise GraphQLError("SAML enforcement", extensions={"type": "FORBIDDEN"})
        if failure is Failure.NULL_NODE:
            return None
        if repository is None or failure is Failure.NOT_FOUND:
            text = f"Could not resolve to a Repository with the name '{full_name}'."
            raise GraphQLError(text, extensions={"type": "NOT_FOUND"})
        node = _format_node(repository)
        return node | {"databaseId": None} if failure is Failure.WRONG_NODE else node

    def _take_failure(self, target: str) -> Failure | None:
        failure, times = self._failures.get(target, (None, 0))
        if failure is None or times <= 0:
            return None
        self._failures[target] = (failure, times - 1)
        return failure

    def _index(self) -> None:
        current = {item.full_name.lower(): item for item in self._by_id.values()}
        former = {name.lower(): item for item in self._by_id.values() for name in item.former_names}
        self._by_name = former | current


def _fail_query(failure: Failure) -> Response:
    """Return the failure of a query as a whole: with status 200, as GraphQL has it."""
    kinds = {
        Failure.RATE_LIMITED_200: ("RATE_LIMITED", "API rate limit exceeded for user ID 1."),
        Failure.RESOURCE_LIMITS: ("RESOURCE_LIMITS_EXCEEDED", "Resource limits exceeded."),
        Failure.NO_DATA: ("INTERNAL", "Something went wrong while executing your query."),
    }
    if failure not in kinds:
        raise ValueError(f"GitHub does not fail like this: {failure}")
    kind, message = kinds[failure]
    answer = {"data": None, "errors": [{"type": kind, "message": message}]}
    headers = {}
    if failure is Failure.RATE_LIMITED_200:
        response = Response()
        headers = {
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(int(response.sent_at) + 3600),
        }
    return Response(headers=headers, body=json.dumps(answer).encode())


def _format_error(error: GraphQLError) -> dict[str, object]:
    kind = (error.extensions or {}).get("type", "INTERNAL")
    return {"type": kind, "path": error.path, "message": error.message}


def _format_node(repository: StandInRepository) -> dict[str, object]:
    commit = {"__typename": "Commit", "committedDate": repository.committed_at}
    return {
        "databaseId": repository.repo_id,
        "nameWithOwner": repository.full_name,
        "createdAt": repository.created_at,
        "isArchived": repository.archived,
        "isPrivate": False,
        "stargazerCount": repository.stars,
        "forkCount": repository.forks,
        "watchers": {"totalCount": repository.watchers},
        "primaryLanguage": repository.language and {"name": repository.language},
        "licenseInfo": repository.license and {"spdxId": repository.license},
        "defaultBranchRef": repository.committed_at and {"target": commit},
    }


def _format_rest(repository: StandInRepository) -> dict[str, object]:
    return {
        "id": repository.repo_id,
        "full_name": repository.full_name,
        "private": False,
        "archived": repository.archived,
        "created_at": repository.created_at,
        "stargazers_count": repository.stars,
        "forks_count": repository.forks,
        "subscribers_count": repository.watchers,
        "language": repository.language,
    }


@cache
def _load_schema() -> GraphQLSchema:
    text = (Path(__file__).parent / "github.graphql").read_text(encoding="utf-8")
    schema = build_schema(text)
    git_object = schema.type_map["GitObject"]
    assert isinstance(git_object, GraphQLInterfaceType)
    git_object.resolve_type = lambda *_: "Commit"
    return schema


@cache
def _read_query(text: str) -> DocumentNode:
    """Return the query, which must be valid; the same text comes with each full batch."""
    document = parse(text)
    problems = validate(_load_schema(), document)
    if problems:
        raise ValueError(problems)
    return document
