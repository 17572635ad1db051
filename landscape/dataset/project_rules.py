"""Rules on one project file, given what the other files say. Each rule is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from landscape.base.findings import Finding
from landscape.dataset.catalogue import FindingKind
from landscape.dataset.catalogue import rule_kinds as kinds
from landscape.dataset.date_rules import check_date
from landscape.dataset.document import Document
from landscape.dataset.icons import is_known_icon
from landscape.dataset.shape_remedies import name_place
from landscape.dataset.suggestion import find_nearest, list_known
from landscape.dataset.surroundings import Surroundings, as_list, as_mapping, as_text
from landscape.dataset.text_rules import check_texts
from landscape.dataset.yaml_places import Keys


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project's file that could be read: its id, its document, the mapping in it."""

    id: str
    document: Document
    value: Mapping[str, Any]


_Rule = Callable[[ProjectEntry, Surroundings], Iterator[Finding]]


def check_project(entry: ProjectEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Apply every rule to a project."""
    for rule in _RULES:
        yield from rule(entry, surroundings)


def report_domain(entry: ProjectEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Report a domain that the taxonomy does not have."""
    yield from _check_domain(entry, surroundings, ("domain",), entry.value.get("domain"))


def report_also_in(entry: ProjectEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Report further domains that do not exist, or that are the project's own."""
    for number, value in enumerate(as_list(entry.value.get("also_in"))):
        keys = ("also_in", number)
        if as_text(value) and value == entry.value.get("domain"):
            yield entry.document.report(kinds.OWN_DOMAIN_AGAIN, keys, value=value)
        else:
            yield from _check_domain(entry, surroundings, keys, value)


def _check_domain(
    entry: ProjectEntry, surroundings: Surroundings, keys: Keys, value: object
) -> Iterator[Finding]:
    taxonomy, name = surroundings.taxonomy, as_text(value)
    if taxonomy is None or not name or name in taxonomy.domains:
        return
    nearest = taxonomy.domain_names.get(name.lower()) or find_nearest(name, taxonomy.domains)
    yield _report_unknown(
        entry, kinds.UNKNOWN_DOMAIN, keys, name, nearest, taxonomy.domains, place=name_place(keys)
    )


def report_subdomain(entry: ProjectEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Report a subdomain that the project's domain does not have."""
    taxonomy, domain = surroundings.taxonomy, as_text(entry.value.get("domain"))
    name = as_text(entry.value.get("subdomain"))
    if taxonomy is None or domain not in taxonomy.domains or not name:
        return
    known = taxonomy.domains[domain]
    if name in known:
        return
    elsewhere = [other for other, inner in taxonomy.domains.items() if name in inner]
    remedy = None
    if elsewhere:
        remedy = f"{name} belongs to the domain {elsewhere[0]}: change one of the two"
    elif not known:
        remedy = f"the domain {domain} has no subdomains: delete the key"
    yield _report_unknown(
        entry,
        kinds.UNKNOWN_SUBDOMAIN,
        ("subdomain",),
        name,
        find_nearest(name, known),
        known,
        remedy=remedy,
        domain=domain,
    )


def report_tags(entry: ProjectEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Report tags that are not in the vocabulary."""
    if surroundings.taxonomy is None:
        return
    known = surroundings.taxonomy.tags
    for number, tag in enumerate(as_list(entry.value.get("tags"))):
        name = as_text(tag)
        if name and name not in known:
            nearest = find_nearest(name, known)
            keys = ("tags", number)
            yield _report_unknown(entry, kinds.UNKNOWN_TAG, keys, name, nearest, sorted(known))


def report_retirement(entry: ProjectEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Report an impossible day of retirement (it may be planned), and a wrong successor."""
    retired = as_mapping(entry.value.get("retired"))
    keys = ("retired", "date")
    yield from check_date(
        entry.document, keys, retired.get("date"), surroundings.today, may_be_future=True
    )
    keys, successor = ("retired", "successor"), as_text(retired.get("successor"))
    if successor and successor == entry.id:
        yield entry.document.report(kinds.OWN_SUCCESSOR, keys, value=successor)
    elif successor and successor not in surroundings.project_ids:
        known = surroundings.project_ids
        nearest = surroundings.ids_by_repo.get(successor.lower()) or find_nearest(successor, known)
        yield _report_unknown(
            entry, kinds.UNKNOWN_PROJECT, keys, successor, nearest, (), place=name_place(keys)
        )


def report_added(entry: ProjectEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Report an impossible or future day of adding."""
    yield from check_date(entry.document, ("added",), entry.value.get("added"), surroundings.today)


def report_languages(entry: ProjectEntry, surroundings: Surroundings) -> Iterator[Finding]:
    """Hint at languages of the landscape that the summary lacks."""
    summary = as_mapping(entry.value.get("summary"))
    if not summary:
        return
    for language in surroundings.languages:
        if language not in summary:
            yield entry.document.report(
                kinds.SUMMARY_UNTRANSLATED, ("summary",), on_key=True, value=language
            )


def report_logo(entry: ProjectEntry, _surroundings: Surroundings) -> Iterator[Finding]:
    """Report a logo that Simple Icons does not have."""
    slug = as_text(entry.value.get("logo"))
    if slug and not is_known_icon(slug):
        yield entry.document.report(kinds.UNKNOWN_LOGO, ("logo",), value=slug)


def report_texts(entry: ProjectEntry, _surroundings: Surroundings) -> Iterator[Finding]:
    """Report markup and hidden characters in texts."""
    yield from check_texts(entry.document, entry.value)


def _report_unknown(
    entry: ProjectEntry,
    kind: FindingKind,
    keys: Keys,
    value: str,
    nearest: str,
    known: Iterable[str],
    *,
    remedy: str | None = None,
    place: str = "",
    domain: str = "",
) -> Finding:
    """Return a finding on an unknown id, with the nearest known one where there is any."""
    if remedy is None and nearest:
        remedy = f"did you mean {nearest}?"
    return entry.document.report(
        kind,
        keys,
        value=value,
        remedy=remedy,
        known=list_known(known),
        place=place,
        domain=domain,
    )


_RULES: tuple[_Rule, ...] = (
    report_domain,
    report_also_in,
    report_subdomain,
    report_tags,
    report_retirement,
    report_added,
    report_languages,
    report_logo,
    report_texts,
)
