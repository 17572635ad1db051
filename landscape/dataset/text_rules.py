"""Rules on the texts that people write: plain, on one line, visible, without markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from landscape.base.findings import Finding
from landscape.dataset.catalogue import file_kinds
from landscape.dataset.catalogue import rule_kinds as kinds
from landscape.dataset.document import Document
from landscape.dataset.shape_remedies import name_place
from landscape.dataset.yaml_places import Keys

# Values that are addresses or names of repositories, or that no page shows: not prose.
_NOT_PROSE = frozenset(
    {
        "homepage",
        "link",
        "base_url",
        "edit_base",
        "repo",
        "former_repos",
        "additional_repos",
        "note",
    }
)

# Soft hyphen, marks of direction, spaces of no width, line separators, tags. Joiners stay allowed:
# emoji and several scripts need them.
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_SUSPECT = re.compile(rf"[<&\[\]{{}}%$\n\t{_INVISIBLE}{_CONTROL}]|://|www\.|^\s|\s$", re.IGNORECASE)

_HTML = re.compile(r"<[A-Za-z/!?][^>]*>?|&(?:#\w+|[A-Za-z]\w*);")
# No part of a pattern may run over the rest of the text from every place of it: texts are
# whatever strangers send, and up to a file long.
_LINK = re.compile(
    r"!?\[[^\[\]]*\]\s{0,9}[(\[:]|\b[a-z][a-z0-9+.-]{0,30}://|\bwww\.[a-z0-9]", re.IGNORECASE
)
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\$\{|\{#|#\}")

_Rule = Callable[[Document, Keys, str], Iterator[Finding]]


def check_texts(document: Document, value: object, keys: Keys = ()) -> Iterator[Finding]:
    """Check every text below the value; keys that lead to addresses are left out."""
    if isinstance(value, str):
        if _SUSPECT.search(value) is not None:
            for rule in _RULES:
                yield from rule(document, keys, value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in _NOT_PROSE:
                yield from _check_hidden(document, inner, (*keys, key))
            else:
                yield from check_texts(document, inner, (*keys, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from check_texts(document, inner, (*keys, number))


def check_filled_text(document: Document, keys: Keys, text: str) -> Iterator[Finding]:
    """Check a text whose braces are filled in at every build; of the rest nothing is excepted."""
    for rule in _RULES:
        if rule is not report_braces:
            yield from rule(document, keys, text)


def _check_hidden(document: Document, value: object, keys: Keys) -> Iterator[Finding]:
    """Check what is no prose for characters that nobody can see."""
    if isinstance(value, str) and _SUSPECT.search(value) is not None:
        yield from report_control(document, keys, value)
        yield from report_invisible(document, keys, value)
        if keys[-1] != "note":
            yield from report_stray_space(document, keys, value)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _check_hidden(document, inner, (*keys, number))


def report_html(document: Document, keys: Keys, text: str) -> Iterator[Finding]:
    """Report tags, comments and entities of HTML."""
    match = _HTML.search(text)
    if match is not None:
        yield document.report(kinds.HTML_IN_TEXT, keys, value=match[0], place=name_place(keys))


def report_link(document: Document, keys: Keys, text: str) -> Iterator[Finding]:
    """Report links and pictures of Markdown, and bare addresses, which GitHub links too."""
    match = _LINK.search(text)
    if match is not None:
        shown = text[match.start() :]
        yield document.report(kinds.LINK_IN_TEXT, keys, value=shown, place=name_place(keys))


def report_braces(document: Document, keys: Keys, text: str) -> Iterator[Finding]:
    """Report what a template engine would fill in."""
    match = _BRACES.search(text)
    if match is not None:
        shown = text[match.start() :]
        yield document.report(kinds.BRACES_IN_TEXT, keys, value=shown, place=name_place(keys))


def report_control(document: Document, keys: Keys, text: str) -> Iterator[Finding]:
    """Report control characters that were written as escapes."""
    match = re.search(f"[{_CONTROL}]", text)
    if match is not None:
        shown = f"U+{ord(match[0]):04X}"
        yield document.report(file_kinds.CONTROL_CHARACTER, keys, value=shown)


def report_invisible(document: Document, keys: Keys, text: str) -> Iterator[Finding]:
    """Report characters of no width, and marks that turn the direction of writing."""
    match = re.search(f"[{_INVISIBLE}]", text)
    if match is not None:
        shown = f"U+{ord(match[0]):04X}"
        place = name_place(keys)
        yield document.report(kinds.INVISIBLE_CHARACTER, keys, value=shown, place=place)


def report_line_break(document: Document, keys: Keys, text: str) -> Iterator[Finding]:
    """Report text of several lines; one break at the end, as > leaves it, is allowed."""
    if "\n" in text.strip():
        yield document.report(kinds.LINE_BREAK_IN_TEXT, keys, value=text, place=name_place(keys))


def report_stray_space(document: Document, keys: Keys, text: str) -> Iterator[Finding]:
    """Report space at the beginning or the end."""
    inner = text.removesuffix("\n")
    if inner != inner.strip():
        place = name_place(keys)
        yield document.report(kinds.STRAY_SPACE, keys, value=f'"{text}"', place=place)


_RULES: tuple[_Rule, ...] = (
    report_html,
    report_link,
    report_braces,
    report_control,
    report_invisible,
    report_line_break,
    report_stray_space,
)
