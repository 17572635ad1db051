"""Rules on the settings and on declared corrections."""

from __future__ import annotations

from collections.abc import Iterator

from landscape.base.findings import Finding
from landscape.dataset.catalogue import rule_kinds as kinds
from landscape.dataset.date_rules import check_date, check_past_month
from landscape.dataset.document import Document
from landscape.dataset.shape_remedies import name_place
from landscape.dataset.suggestion import find_nearest
from landscape.dataset.surroundings import Surroundings, as_list, as_mapping, as_text
from landscape.dataset.taxonomy_rules import report_missing_languages
from landscape.dataset.text_rules import check_texts


def check_settings(document: Document, surroundings: Surroundings) -> Iterator[Finding]:
    """Apply every rule to the settings."""
    settings = as_mapping(document.value)
    title = settings.get("title")
    if isinstance(title, dict):
        yield from report_missing_languages(document, title, surroundings.languages, ("title",))
    created_since = as_mapping(settings.get("graveyard")).get("created_since")
    yield from check_date(
        document, ("graveyard", "created_since"), created_since, surroundings.today
    )
    yield from check_texts(document, document.value)


def check_corrections(document: Document, surroundings: Surroundings) -> Iterator[Finding]:
    """Apply every rule to the corrections."""
    for number, correction in enumerate(as_list(document.value)):
        fields = as_mapping(correction)
        project = as_text(fields.get("project"))
        if project and project not in surroundings.project_ids:
            keys = (number, "project")
            nearest = find_nearest(project, surroundings.project_ids)
            remedy = f"did you mean {nearest}?" if nearest else None
            place = name_place(keys)
            yield document.report(
                kinds.UNKNOWN_PROJECT, keys, value=project, remedy=remedy, place=place
            )
        today = surroundings.today
        yield from check_date(document, (number, "date"), fields.get("date"), today)
        yield from check_past_month(document, (number, "month"), fields.get("month"), today)
    yield from check_texts(document, document.value)
