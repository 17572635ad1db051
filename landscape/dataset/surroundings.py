"""What the rules of one file need to know about the others: ids, tags, languages, today.

It is gathered from documents that may have findings of their own, so everything doubtful is
left out instead of trusted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from landscape.dataset.document import Document
from landscape.dataset.yaml_places import Keys

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@dataclass(frozen=True)
class KnownTaxonomy:
    """Ids and names of the taxonomy: domains with their subdomains, and tags."""

    domains: Mapping[str, tuple[str, ...]]
    domain_names: Mapping[str, str]
    tags: frozenset[str]


@dataclass(frozen=True)
class Surroundings:
    """The facts that rules compare with; ``taxonomy`` is None where it cannot be read.

    ``comparisons`` are the names of the files in data/comparisons with their kind.
    """

    taxonomy: KnownTaxonomy | None
    languages: tuple[str, ...]
    project_ids: frozenset[str]
    ids_by_repo: Mapping[str, str] = field(repr=False)
    today: dt.date
    comparisons: Mapping[str, str] = field(default_factory=dict)


def as_mapping(value: object) -> Mapping[str, Any]:
    """Return the value where it is a mapping; an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> Sequence[Any]:
    """Return the value where it is a list; an empty one otherwise."""
    return value if isinstance(value, list) else ()


def as_text(value: object) -> str:
    """Return the value where it is text; empty text otherwise."""
    return value if isinstance(value, str) else ""


def gather_surroundings(
    settings: Document | None,
    taxonomy: Document | None,
    projects: Sequence[tuple[str, Document]],
    today: dt.date,
    comparisons: Sequence[Document] = (),
) -> Surroundings:
    """Gather what is known from the documents, however incomplete they are."""
    listed = as_list(as_mapping(settings.value if settings else None).get("languages"))
    ids_by_repo = {
        repo.lower(): project_id
        for project_id, document in projects
        if (repo := as_text(as_mapping(document.value).get("repo")))
    }
    return Surroundings(
        taxonomy=_gather_taxonomy(taxonomy),
        languages=tuple(filter(_LANGUAGE.fullmatch, filter(None, map(as_text, listed)))),
        project_ids=frozenset(project_id for project_id, _ in projects),
        ids_by_repo=ids_by_repo,
        today=today,
        comparisons={
            document.path.stem: as_text(as_mapping(document.value).get("kind"))
            for document in comparisons
        },
    )


def iterate_domains(taxonomy: object) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    """Yield every domain of the taxonomy's value, with the keys that lead to it."""
    for layer_number, layer in enumerate(as_list(as_mapping(taxonomy).get("layers"))):
        holders: list[tuple[list[str | int], object]] = [(["layers", layer_number], layer)]
        for group_number, group in enumerate(as_list(as_mapping(layer).get("groups"))):
            holders.append((["layers", layer_number, "groups", group_number], group))
        for keys, holder in holders:
            for number, domain in enumerate(as_list(as_mapping(holder).get("domains"))):
                yield [*keys, "domains", number], as_mapping(domain)


def _gather_taxonomy(document: Document | None) -> KnownTaxonomy | None:
    if document is None or not document.is_readable:
        return None
    domains: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for _, domain in iterate_domains(document.value):
        domain_id = as_text(domain.get("id"))
        if not domain_id:
            continue
        inner = (as_text(as_mapping(item).get("id")) for item in as_list(domain.get("subdomains")))
        domains[domain_id] = tuple(filter(None, inner))
        for name in as_mapping(domain.get("name")).values():
            names[as_text(name).lower()] = domain_id
    tags = as_mapping(as_mapping(document.value).get("tags"))
    return KnownTaxonomy(domains, names, frozenset(tags)) if domains else None
