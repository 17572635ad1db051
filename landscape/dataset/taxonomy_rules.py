"""Rules on the taxonomy: every id once, nothing empty, names in every language."""

from __future__ import annotations

from collections.abc import Iterator

from landscape.base.findings import Finding
from landscape.dataset.catalogue import rule_kinds as kinds
from landscape.dataset.document import Document
from landscape.dataset.shape_remedies import name_place
from landscape.dataset.surroundings import (
    Surroundings,
    as_list,
    as_mapping,
    as_text,
    iterate_domains,
)
from landscape.dataset.text_rules import check_texts
from landscape.dataset.yaml_places import Keys


def check_taxonomy(document: Document, surroundings: Surroundings) -> Iterator[Finding]:
    """Apply every rule to the taxonomy."""
    yield from report_repeated_ids(document)
    yield from report_empty_layers(document)
    yield from report_untranslated(document, document.value, surroundings.languages)
    yield from check_texts(document, document.value)


def report_repeated_ids(document: Document) -> Iterator[Finding]:
    """Report an id that two layers, two groups, two domains, or two lanes of one domain have."""
    lanes: dict[str, list[Keys]] = {"layer": [], "group": [], "domain": []}
    for number, layer in enumerate(as_list(as_mapping(document.value).get("layers"))):
        lanes["layer"].append(("layers", number))
        for inner in range(len(as_list(as_mapping(layer).get("groups")))):
            lanes["group"].append(("layers", number, "groups", inner))
    for keys, domain in iterate_domains(document.value):
        lanes["domain"].append(keys)
        inner_keys: list[Keys] = [
            (*keys, "subdomains", number)
            for number in range(len(as_list(domain.get("subdomains"))))
        ]
        yield from _report_repeats(document, "subdomain", inner_keys)
    for sort, places in lanes.items():
        yield from _report_repeats(document, sort, places)


def report_empty_layers(document: Document) -> Iterator[Finding]:
    """Report a layer that has neither groups nor domains."""
    for number, layer in enumerate(as_list(as_mapping(document.value).get("layers"))):
        parts = as_mapping(layer)
        if parts and "groups" not in parts and "domains" not in parts:
            keys = ("layers", number)
            yield document.report(kinds.NO_DOMAINS, keys, place=name_place(keys))


def report_untranslated(
    document: Document, value: object, languages: tuple[str, ...], keys: Keys = ()
) -> Iterator[Finding]:
    """Report names that lack one of the landscape's languages."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from report_untranslated(document, item, languages, (*keys, number))
        return
    for key, item in as_mapping(value).items():
        is_name = key == "name" or tuple(keys) == ("tags",)
        if is_name and isinstance(item, dict):
            yield from report_missing_languages(document, item, languages, (*keys, key))
        else:
            yield from report_untranslated(document, item, languages, (*keys, key))


def report_missing_languages(
    document: Document, text: dict[str, object], languages: tuple[str, ...], keys: Keys
) -> Iterator[Finding]:
    """Report the languages of the landscape that a text lacks."""
    for language in languages:
        if language not in text:
            place = name_place(keys)
            yield document.report(kinds.NAME_UNTRANSLATED, keys, value=language, place=place)


def _report_repeats(document: Document, sort: str, places: list[Keys]) -> Iterator[Finding]:
    first_places: dict[str, Keys] = {}
    for keys in places:
        id_keys = (*keys, "id")
        found = as_text(_look_up(document.value, id_keys))
        if not found:
            continue
        if found in first_places:
            first = document.line_of(first_places[found])
            yield document.report(kinds.ID_TWICE, id_keys, value=found, sort=sort, first=first)
        first_places.setdefault(found, id_keys)


def _look_up(value: object, keys: Keys) -> object:
    for key in keys:
        value = as_list(value)[key] if isinstance(key, int) else as_mapping(value).get(key)
    return value
