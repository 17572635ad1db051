"""What GitHub's GraphQL is asked, and how one repository of its answer is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from landscape.sources.failure import SourceError
from landscape.sources.model import FailureKind, RepositoryFacts

_FACTS = """\
fragment Facts on Repository {
  databaseId
  nameWithOwner
  createdAt
  isArchived
  isPrivate
  stargazerCount
  forkCount
  watchers { totalCount }
  primaryLanguage { name }
  licenseInfo { spdxId }
  defaultBranchRef { target { ... on Commit { committedDate } } }
}
"""
_MOMENT = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T[0-9:.]+(Z|[+-]\d\d:\d\d)")
_FULL_NAME = re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9._-]+")


def format_query(count: int) -> str:
    """Return a query for so many repositories, by the aliases ``r0``, ``r1``, ...

    Names are variables: nothing that people wrote becomes a part of the query.
    """
    declared = ", ".join(f"$o{i}: String!, $n{i}: String!" for i in range(count))
    asked = "\n".join(
        f"  r{i}: repository(owner: $o{i}, name: $n{i}) {{ ...Facts }}" for i in range(count)
    )
    return f"query Repositories({declared}) {{\n{asked}\n}}\n{_FACTS}"


def make_variables(names: Sequence[str]) -> dict[str, str]:
    """Return the query's variables for repositories ``owner/name``."""
    variables = {}
    for i, name in enumerate(names):
        variables[f"o{i}"], _, variables[f"n{i}"] = name.partition("/")
    return variables


def read_facts(node: object) -> RepositoryFacts:
    """Return the facts of one repository; SourceError (malformed) where one is not as promised.

    A language, licence or commit that GitHub does not know is None.
    """
    if not isinstance(node, dict):
        _refuse("a repository that is no object")
    full_name = node.get("nameWithOwner")
    if not isinstance(full_name, str) or not _FULL_NAME.fullmatch(full_name):
        _refuse("a repository without a name")
    commit = _get_object(_get_object(node, "defaultBranchRef"), "target")
    committed_at = _get_text(commit, "committedDate")
    return RepositoryFacts(
        repo_id=_get_count(node, "databaseId", smallest=1),
        full_name=full_name,
        created_at=_check_moment(_get_text(node, "createdAt"))[:10],
        last_commit_at=None if committed_at is None else _check_moment(committed_at)[:7],
        language=_get_text(_get_object(node, "primaryLanguage"), "name"),
        license=_get_text(_get_object(node, "licenseInfo"), "spdxId"),
        archived=_get_flag(node, "isArchived"),
        stars=_get_count(node, "stargazerCount"),
        forks=_get_count(node, "forkCount"),
        watchers=_get_count(_get_object(node, "watchers"), "totalCount"),
        private=_get_flag(node, "isPrivate"),
    )


def _get_object(node: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = node.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        _refuse(f"{key} that is no object")
    return value


def _get_text(node: Mapping[str, Any], key: str) -> str | None:
    value = node.get(key)
    if value is not None and not isinstance(value, str):
        _refuse(f"{key} that is no text")
    return value or None


def _get_count(node: Mapping[str, Any], key: str, *, smallest: int = 0) -> int:
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not smallest <= value < 10**12:
        _refuse(f"{key} that is no count")
    return value


def _get_flag(node: Mapping[str, Any], key: str) -> bool:
    value = node.get(key)
    if not isinstance(value, bool):
        _refuse(f"{key} that is neither true nor false")
    return value


def _check_moment(text: str | None) -> str:
    if text is None or not _MOMENT.fullmatch(text):
        _refuse("a date that is none")
    return text


def _refuse(found: str) -> NoReturn:
    raise SourceError(FailureKind.MALFORMED, f"the answer holds {found}")
