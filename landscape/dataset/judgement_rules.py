"""Rules on comparisons and dated events: what a kind needs, whom they name, their dates."""

from __future__ import annotations

from collections.abc import Iterator

from landscape.base.findings import Finding
from landscape.dataset.catalogue import story_kinds as kinds
from landscape.dataset.date_rules import check_date
from landscape.dataset.document import Document
from landscape.dataset.story_rules import report_unknown_project
from landscape.dataset.surroundings import Surroundings, as_list, as_mapping, as_text
from landscape.dataset.taxonomy_rules import report_missing_languages
from landscape.dataset.text_rules import check_texts
from landscape.dataset.yaml_places import Keys

_NEEDED = {"features": ("projects", "features"), "quadrant": ("x", "y", "placements")}
_DAY_CHARACTERS = 10


def check_comparison(document: Document, surroundings: Surroundings) -> Iterator[Finding]:
    """Apply every rule to a comparison."""
    value = as_mapping(document.value)
    kind = as_text(value.get("kind"))
    for other, keys in _NEEDED.items():
        for key in keys:
            if other == kind and key not in value:
                yield document.report(kinds.COMPARISON_NEEDS, (), value=key, sort=kind)
            elif kind in _NEEDED and other != kind and key in value:
                yield document.report(
                    kinds.COMPARISON_TAKES_NO, (key,), on_key=True, value=key, sort=kind
                )
    yield from _check_language(document, ("title",), value.get("title"), surroundings)
    yield from check_date(document, ("as_of",), value.get("as_of"), surroundings.today)
    yield from _check_features(document, surroundings)
    yield from _check_placements(document, surroundings)
    yield from check_texts(document, _drop_sources(document.value))


def check_events(document: Document, surroundings: Surroundings) -> Iterator[Finding]:
    """Apply every rule to the dated events."""
    earlier = ""
    for number, item in enumerate(as_list(document.value)):
        event = as_mapping(item)
        date = as_text(event.get("date"))
        if len(date) == _DAY_CHARACTERS:
            yield from check_date(document, (number, "date"), date, surroundings.today)
        shared = min(len(date), len(earlier))
        if date[:shared] > earlier[:shared]:
            yield document.report(kinds.EVENTS_OUT_OF_ORDER, (number, "date"), value=date)
        earlier = date or earlier
        yield from _check_language(document, (number, "text"), event.get("text"), surroundings)
        for position, project in enumerate(as_list(event.get("projects"))):
            keys = (number, "projects", position)
            yield from report_unknown_project(document, keys, as_text(project), surroundings)
    yield from check_texts(document, document.value)


def _check_features(document: Document, surroundings: Surroundings) -> Iterator[Finding]:
    value = as_mapping(document.value)
    projects = [as_text(project) for project in as_list(value.get("projects"))]
    for number, project in enumerate(projects):
        yield from report_unknown_project(document, ("projects", number), project, surroundings)
    seen: set[str] = set()
    for number, item in enumerate(as_list(value.get("features"))):
        feature, keys = as_mapping(item), ("features", number)
        feature_id = as_text(feature.get("id"))
        if feature_id in seen:
            yield document.report(kinds.PLACED_TWICE, (*keys, "id"), value=feature_id)
        seen.add(feature_id)
        yield from _check_language(document, (*keys, "name"), feature.get("name"), surroundings)
        for project, cell in as_mapping(feature.get("cells")).items():
            place = (*keys, "cells", project)
            if project not in projects:
                yield document.report(
                    kinds.CELL_OF_OTHER_PROJECT, place, on_key=True, value=project
                )
            as_of = as_mapping(cell).get("as_of")
            yield from check_date(document, (*place, "as_of"), as_of, surroundings.today)


def _check_placements(document: Document, surroundings: Surroundings) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, item in enumerate(as_list(as_mapping(document.value).get("placements"))):
        placement, keys = as_mapping(item), ("placements", number)
        project, place = as_text(placement.get("project")), (*keys, "project")
        yield from report_unknown_project(document, place, project, surroundings)
        if project and project in seen:
            yield document.report(kinds.PLACED_TWICE, place, value=project)
        seen.add(project)
        reason = placement.get("reason")
        yield from _check_language(document, (*keys, "reason"), reason, surroundings)
        as_of = placement.get("as_of")
        yield from check_date(document, (*keys, "as_of"), as_of, surroundings.today)


def _check_language(
    document: Document, keys: Keys, text: object, surroundings: Surroundings
) -> Iterator[Finding]:
    if isinstance(text, dict):
        yield from report_missing_languages(document, text, surroundings.languages, keys)


def _drop_sources(value: object) -> object:
    """Return the value without addresses, which are no prose."""
    if isinstance(value, dict):
        return {key: _drop_sources(item) for key, item in value.items() if key != "source"}
    if isinstance(value, list):
        return [_drop_sources(item) for item in value]
    return value
