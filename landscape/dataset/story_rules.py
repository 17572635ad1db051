"""Rules on stories: their sections, what their text may hold, and the figures they declare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from landscape.base.findings import Finding
from landscape.dataset.catalogue import rule_kinds, story_kinds
from landscape.dataset.catalogue.kind import FindingKind
from landscape.dataset.document import Document
from landscape.dataset.shape_remedies import name_place
from landscape.dataset.story_figures import COMPARISON_KINDS, FIGURE_KEYS
from landscape.dataset.story_functions import FILTERS, FUNCTIONS, VERDICTS
from landscape.dataset.story_model import Section
from landscape.dataset.story_text import split_story
from landscape.dataset.suggestion import find_nearest, list_known
from landscape.dataset.surroundings import Surroundings, as_list, as_mapping, as_text
from landscape.dataset.taxonomy_rules import report_missing_languages
from landscape.dataset.text_rules import check_filled_text, check_texts

if TYPE_CHECKING:
    from landscape.dataset.story_language import Reading, Reference

FIGURE_LINE = re.compile(r"\{\{-?\s*figure\(\s*(?:name\s*=\s*)?(['\"])([^'\"]*)\1\s*\)\s*-?\}\}")
CODE_SPAN = re.compile(r"(`+)(?!`)([^\n]+?)(?<!`)\1(?!`)")
LINK_TARGET = re.compile(
    r"\]\((https?://[^\s<>()\\\"']+|#[\w-]+|(?:\.\./)*[\w-][\w./-]*(?:#[\w-]+)?)\)"
)
_MARKUP = (
    ("HTML", re.compile(r"<[A-Za-z/!?][^>\n]*>?|&(?:#\w+|[A-Za-z]\w*);")),
    ("a picture", re.compile(r"!\[[^\n]*")),
    ("another link", re.compile(r"\]\([^\n)]*\)?|\]\[[^\n\]]*\]|\][ \t]*:[^\n]*")),
)
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ue000-\uf8ff\U000e0000-\U000e007f]"
)
_UNKNOWN_FUNCTION = story_kinds.UNKNOWN_FUNCTION.code
_KINDS = {kind.code: kind for kind in vars(story_kinds).values() if isinstance(kind, FindingKind)}


def check_story(document: Document, surroundings: Surroundings) -> Iterator[Finding]:
    """Apply every rule to a story."""
    front = as_mapping(document.value)
    for key in ("title", "summary"):
        text = front.get(key)
        if isinstance(text, dict):
            yield from report_missing_languages(document, text, surroundings.languages, (key,))
    figures = as_mapping(front.get("figures"))
    untitled = {name: _leave_out_title(figure) for name, figure in figures.items()}
    yield from check_texts(document, {**front, "figures": untitled} if figures else front)
    for name, figure in figures.items():
        yield from _check_title(document, name, as_mapping(figure), surroundings)
        yield from _check_figure(document, name, as_mapping(figure), surroundings)
    yield from _check_sections(document, figures, surroundings)


def _leave_out_title(figure: object) -> object:
    """Return the declaration without its title, which is text in the language of stories."""
    if not isinstance(figure, dict):
        return figure
    return {key: value for key, value in figure.items() if key != "title"}


def _check_title(
    document: Document, name: str, figure: Mapping[str, Any], surroundings: Surroundings
) -> Iterator[Finding]:
    from landscape.dataset.story_language import read_template

    for language, text in as_mapping(figure.get("title")).items():
        if not isinstance(text, str):
            continue
        keys = ("figures", name, "title", language)
        yield from check_filled_text(document, keys, text)
        reading = read_template(text, document.line_of(keys))
        yield from _report_problems(document, reading)
        for reference in reading.references:
            if reference.takes == "figure":
                yield story_kinds.FIGURE_IN_LINE.at(
                    document.path, reference.line, value=reference.value
                )
            else:
                yield from _check_reference(document, reference, {}, surroundings)


def _report_problems(document: Document, reading: Reading) -> Iterator[Finding]:
    for problem in reading.problems:
        kind = _KINDS[problem.code]
        yield kind.at(
            document.path,
            problem.line,
            value=problem.value,
            remedy=_suggest_function(problem.value) if kind.code == _UNKNOWN_FUNCTION else None,
            **problem.words,
        )


def _suggest_function(name: str) -> str | None:
    """Return the remedy that names the nearest function, or filter; None where none is near."""
    known = [f"|{item}" for item in FILTERS] if name.startswith("|") else list(FUNCTIONS)
    nearest = find_nearest(name, known)
    return f"did you mean {nearest}? docs/stories.md lists them all" if nearest else None


def _check_sections(
    document: Document, figures: Mapping[str, Any], surroundings: Surroundings
) -> Iterator[Finding]:
    parts = split_story(document.body)
    path = document.path
    if parts.stray:
        yield story_kinds.TEXT_OUTSIDE_SECTION.at(path, parts.stray)
    if not any(section.text.strip() for section in parts.sections):
        yield story_kinds.NO_SECTION.at(path, 0)
        return
    seen: set[str] = set()
    for section in parts.sections:
        language, line = section.language, section.line - 1
        if language in seen:
            yield story_kinds.SECTION_TWICE.at(path, line, value=language)
        elif surroundings.languages and language not in surroundings.languages:
            yield story_kinds.SECTION_OF_OTHER_LANGUAGE.at(path, line, value=language)
        seen.add(language)
        yield from _check_section(document, section, figures, surroundings)
    for language in surroundings.languages:
        if language not in seen:
            yield story_kinds.STORY_UNTRANSLATED.at(path, 0, value=language)


def _check_section(
    document: Document,
    section: Section,
    figures: Mapping[str, Any],
    surroundings: Surroundings,
) -> Iterator[Finding]:
    # Imported here: without stories no check needs a parser of templates.
    from landscape.dataset.story_language import read_template

    reading = read_template(section.text, section.line)
    yield from _report_problems(document, reading)
    yield from _check_markup(document, section, reading)
    for reference in reading.references:
        yield from _check_reference(document, reference, figures, surroundings)
    yield from _check_shown(document, section, reading, figures)


def _check_shown(
    document: Document, section: Section, reading: Reading, figures: Mapping[str, Any]
) -> Iterator[Finding]:
    alone = {
        section.line + number
        for number, line in enumerate(section.lines)
        if FIGURE_LINE.fullmatch(line.strip())
    }
    shown = [item for item in reading.references if item.takes == "figure"]
    for item in shown:
        if item.line not in alone:
            yield story_kinds.FIGURE_IN_LINE.at(document.path, item.line, value=item.value)
    for name in figures:
        if not any(item.value == name for item in shown):
            yield document.report(
                story_kinds.UNUSED_FIGURE,
                ("figures", name),
                on_key=True,
                value=name,
                language=section.language,
            )


def _check_markup(document: Document, section: Section, reading: Reading) -> Iterator[Finding]:
    for number, text in enumerate(section.lines, section.line):
        hidden = _INVISIBLE.search(text)
        if hidden is not None:
            shown = f"U+{ord(hidden[0]):04X}"
            yield rule_kinds.INVISIBLE_CHARACTER.at(
                document.path, number, value=shown, place="the text"
            )
    for first, text in reading.texts:
        for number, line in enumerate(text.split("\n"), first):
            plain = LINK_TARGET.sub("", CODE_SPAN.sub("", line))
            for what, pattern in _MARKUP:
                match = pattern.search(plain)
                if match is not None:
                    yield story_kinds.MARKUP_IN_STORY.at(
                        document.path, number, value=match[0], what=what
                    )
                    break


def _check_reference(
    document: Document,
    reference: Reference,
    figures: Mapping[str, Any],
    surroundings: Surroundings,
) -> Iterator[Finding]:
    value, taxonomy = reference.value, surroundings.taxonomy
    known: dict[str, tuple[FindingKind, frozenset[str]]] = {
        "project": (rule_kinds.UNKNOWN_PROJECT, surroundings.project_ids),
        "domain": (rule_kinds.UNKNOWN_DOMAIN, frozenset(taxonomy.domains if taxonomy else ())),
        "verdict": (story_kinds.UNKNOWN_VERDICT, frozenset(VERDICTS)),
        "figure": (story_kinds.UNKNOWN_FIGURE, frozenset(figures)),
    }
    kind, allowed = known[reference.takes]
    if value in allowed or (reference.takes == "domain" and taxonomy is None):
        return
    nearest = find_nearest(value, allowed)
    yield kind.at(
        document.path,
        reference.line,
        value=value,
        remedy=f"did you mean {nearest}?" if nearest else None,
        place="the text",
        known=list_known(sorted(allowed)),
    )


def _check_figure(
    document: Document, name: str, figure: Mapping[str, Any], surroundings: Surroundings
) -> Iterator[Finding]:
    kind, keys = as_text(figure.get("kind")), ("figures", name)
    rule = FIGURE_KEYS.get(kind)
    if rule is None:
        return
    if rule.needs and not any(key in figure for key in rule.needs):
        yield document.report(
            story_kinds.FIGURE_NEEDS, keys, value=" or ".join(rule.needs), sort=kind
        )
    for key in figure:
        if key not in (*rule.known, "kind", "caption"):
            yield document.report(
                story_kinds.FIGURE_TAKES_NO,
                (*keys, key),
                on_key=True,
                value=key,
                sort=kind,
                known=list_known(rule.known),
            )
    projects = as_list(figure.get("projects"))
    fewest, most = rule.projects
    if projects and not fewest <= len(projects) <= most:
        yield document.report(
            story_kinds.FIGURE_PROJECTS,
            (*keys, "projects"),
            value=str(len(projects)),
            sort=kind,
            fewest=fewest,
            most=most,
        )
    yield from _check_names(document, keys, figure, surroundings)


def _check_names(
    document: Document,
    keys: tuple[str, str],
    figure: Mapping[str, Any],
    surroundings: Surroundings,
) -> Iterator[Finding]:
    named = [((*keys, "project"), as_text(figure.get("project")))]
    for number, project in enumerate(as_list(figure.get("projects"))):
        named.append(((*keys, "projects", number), as_text(project)))  # type: ignore[arg-type]
    for place, project in named:
        yield from report_unknown_project(document, place, project, surroundings)
    taxonomy, domain = surroundings.taxonomy, as_text(figure.get("domain"))
    if taxonomy is not None and domain:
        place = (*keys, "domain")
        if domain not in taxonomy.domains:
            yield _report_unknown(
                document, rule_kinds.UNKNOWN_DOMAIN, place, domain, taxonomy.domains
            )
        else:
            subdomain = as_text(figure.get("subdomain"))
            if subdomain and subdomain not in taxonomy.domains[domain]:
                yield _report_unknown(
                    document,
                    rule_kinds.UNKNOWN_SUBDOMAIN,
                    (*keys, "subdomain"),
                    subdomain,
                    taxonomy.domains[domain],
                    domain=domain,
                )
    comparison, wanted = as_text(figure.get("comparison")), COMPARISON_KINDS.get(figure["kind"])
    fitting = [name for name, kind in surroundings.comparisons.items() if kind == wanted]
    if wanted and comparison and comparison not in fitting:
        place = (*keys, "comparison")
        yield _report_unknown(
            document, story_kinds.UNKNOWN_COMPARISON, place, comparison, fitting, sort=wanted
        )


def report_unknown_project(
    document: Document, keys: tuple[str | int, ...], project: str, surroundings: Surroundings
) -> Iterator[Finding]:
    """Report an id that no project has; empty text is none."""
    if project and project not in surroundings.project_ids:
        yield _report_unknown(
            document, rule_kinds.UNKNOWN_PROJECT, keys, project, surroundings.project_ids
        )


def _report_unknown(
    document: Document,
    kind: FindingKind,
    keys: tuple[str | int, ...],
    value: str,
    known: Any,
    **words: Any,
) -> Finding:
    nearest = find_nearest(value, known)
    return document.report(
        kind,
        keys,
        value=value,
        remedy=f"did you mean {nearest}?" if nearest else None,
        place=name_place(keys),
        known=list_known(sorted(known)),
        **words,
    )
