"""Whether a document has the shape that its schema asks for, told in words for its author.

Each JSON Schema keyword has one small function that turns its error into findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from landscape.base.findings import Finding
from landscape.dataset.catalogue import FindingKind, rule_kinds
from landscape.dataset.catalogue import shape_kinds as kinds
from landscape.dataset.document import Document
from landscape.dataset.schemas import SchemaError, is_valid, list_schema_errors
from landscape.dataset.shape_remedies import (
    describe_types,
    describe_value,
    explain_form,
    explain_type,
    name_place,
    show_beginning,
    show_example,
    show_value,
)
from landscape.dataset.suggestion import find_nearest, list_known

_FORMS = {
    kind.code: kind
    for kind in (
        kinds.BAD_ID,
        kinds.BAD_REPO,
        kinds.BAD_URL,
        kinds.BAD_DATE,
        kinds.BAD_MONTH,
        kinds.BAD_LANGUAGE,
    )
}


def check_shape(document: Document) -> Iterator[Finding]:
    """Check a readable document against the schema of its kind."""
    if is_valid(document.kind, document.value):
        return
    findings: dict[Finding, None] = {}
    for error in list_schema_errors(document.kind, document.value):
        report = _REPORTERS.get(error.keyword, _report_other)
        findings.update(dict.fromkeys(report(document, error)))
    if not findings:
        yield document.report(kinds.WRONG_SHAPE, (), place="the file", problem="unknown reason")
    yield from findings


def _report_type(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys = error.keys
    expected, actual = describe_types(error.rule), describe_value(error.value)
    if not keys:
        example = show_beginning(document.kind)
        yield document.report(
            kinds.WRONG_DOCUMENT, (), actual=actual, expected=expected, example=example
        )
        return
    yield document.report(
        kinds.WRONG_TYPE,
        keys,
        value=show_value(error.value),
        remedy=explain_type(document.text, error),
        place=name_place(keys),
        expected=expected,
        actual=actual,
        example="",
    )


def _report_required(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys, known = error.keys, error.schema.get("properties", {})
    strange = [key for key in error.value if key not in known]
    for key in error.rule:
        # A misspelt key is told of as such; that it is missing follows from it.
        if key in error.value or any(find_nearest(other, [key]) for other in strange):
            continue
        if not keys and key == "summary":
            yield document.report(rule_kinds.NO_SUMMARY, ())
            continue
        example = show_example(document.kind, (*keys, key))
        yield document.report(
            kinds.MISSING_KEY, keys, place=name_place(keys), key=key, example=f"{key}: {example}"
        )


def _report_unknown(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys, schema = error.keys, error.schema
    known = list(schema.get("properties", {}))
    if not known:
        yield from _report_languages(document, error)
        return
    free = [key for key in known if key not in error.value]
    for key in error.value:
        if key in known:
            continue
        nearest = find_nearest(key, free) or find_nearest(key, known)
        remedy = f"did you mean `{nearest}`?" if nearest else None
        yield document.report(
            kinds.UNKNOWN_KEY,
            (*keys, key),
            on_key=True,
            value=key,
            remedy=remedy,
            place=name_place(keys),
            known=list_known(known),
        )


def _report_languages(document: Document, error: SchemaError) -> Iterator[Finding]:
    """Report keys of a text by language that are no language codes."""
    keys = error.keys
    forms = error.schema.get("patternProperties", {})
    for key in error.value:
        if not any(re.search(form, key) for form in forms):
            yield document.report(
                kinds.BAD_LANGUAGE, (*keys, key), on_key=True, value=key, place=name_place(keys)
            )


def _report_form(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys, schema = error.keys, error.schema
    if error.is_on_key:
        keys = (*keys, error.value)
    kind = _FORMS.get(schema.get("x-finding", ""), kinds.BAD_FORM)
    yield document.report(
        kind,
        keys,
        on_key=error.is_on_key,
        value=error.value,
        remedy=explain_form(kind, keys, error.value),
        place=name_place(keys),
        example=error.example,
    )


def _report_empty(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys = error.keys
    if error.schema.get("x-finding") == rule_kinds.NO_SUMMARY.code:
        yield document.report(rule_kinds.NO_SUMMARY, keys)
    else:
        yield document.report(kinds.EMPTY_VALUE, keys, place=name_place(keys))


def _report_length(kind: FindingKind) -> Callable[[Document, SchemaError], Iterator[Finding]]:
    def report(document: Document, error: SchemaError) -> Iterator[Finding]:
        keys = error.keys
        yield document.report(
            kind,
            keys,
            value=show_value(error.value),
            place=name_place(keys),
            length=len(error.value),
            limit=error.rule,
        )

    return report


def _report_repeated(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys, seen = error.keys, list[object]()
    for position, item in enumerate(error.value):
        if item in seen:
            yield document.report(
                kinds.REPEATED_ITEM,
                (*keys, position),
                value=show_value(item),
                place=name_place(keys),
            )
        seen.append(item)


def _report_choice(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys, allowed = error.keys, [str(value) for value in error.rule]
    nearest = find_nearest(str(error.value), allowed)
    yield document.report(
        kinds.NOT_ALLOWED_VALUE,
        keys,
        value=show_value(error.value),
        remedy=f"did you mean {nearest}?" if nearest else None,
        place=name_place(keys),
        allowed=list_known(allowed),
    )


def _report_range(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys, schema = error.keys, error.schema
    low, high = schema.get("minimum"), schema.get("maximum")
    span = f"from {low} to {high}" if high is not None else f"of at least {low}"
    yield document.report(
        kinds.OUT_OF_RANGE,
        keys,
        value=show_value(error.value),
        place=name_place(keys),
        range=f"write a number {span}",
    )


def _report_other(document: Document, error: SchemaError) -> Iterator[Finding]:
    keys = error.keys
    problem = f"the rule {error.keyword}"
    yield document.report(kinds.WRONG_SHAPE, keys, place=name_place(keys), problem=problem)


_REPORTERS: dict[str, Callable[[Document, SchemaError], Iterator[Finding]]] = {
    "type": _report_type,
    "required": _report_required,
    "additionalProperties": _report_unknown,
    "pattern": _report_form,
    "minLength": _report_empty,
    "minItems": _report_empty,
    "minProperties": _report_empty,
    "maxLength": _report_length(kinds.TEXT_TOO_LONG),
    "maxItems": _report_length(kinds.TOO_MANY_ITEMS),
    "uniqueItems": _report_repeated,
    "enum": _report_choice,
    "minimum": _report_range,
    "maximum": _report_range,
}
