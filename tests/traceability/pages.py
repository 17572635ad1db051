"""Which tracer reads which page of the report; a page without one is a failure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tests.traceability.changes import expect_changes_page
from tests.traceability.chapters import (
    expect_events_page,
    expect_index_page,
    expect_method_page,
    expect_movers_page,
    expect_survival_page,
)
from tests.traceability.domainpages import expect_domain
from tests.traceability.frontpage import expect_front
from tests.traceability.projectpages import expect_project
from tests.traceability.recount import Recount
from tests.traceability.storypages import expect_story
from tests.traceability.tokens import Reader, Wanted, compare

Line = tuple[str, list[str]]
Expect = Callable[[Recount, str], Iterable[Wanted]]
Tracer = Callable[[Recount, Reader], Iterable[Wanted]]

HIDDEN = re.compile(r'(?<=\])\([^)]*\)|<(?!img)[^>]*>|<img src="[^"]*" width="[^"]*"|&#\w+;')
"""Addresses, tags and character codes: what nobody sees."""

CHAPTERS: dict[str, Expect] = {
    "README": expect_front,
    "changes": expect_changes_page,
    "events": expect_events_page,
    "method": expect_method_page,
    "movers": expect_movers_page,
    "projects": expect_index_page,
    "survival": expect_survival_page,
}


def find_tracer(path: str) -> Tracer | None:
    """Return the tracer of a page by its address within the report."""
    folder, _, name = path.removesuffix(".md").removesuffix(".zh-CN").rpartition("/")
    if folder == "stories":
        return lambda recount, reader: expect_story(name, recount, reader)
    if folder == "projects":
        return lambda recount, reader: expect_project(name, recount, reader.language)
    if folder == "domains":
        return lambda recount, reader: expect_domain(name, recount, reader.language)
    expect = None if folder else CHAPTERS.get(name)
    return expect and (lambda recount, reader: expect(recount, reader.language))


def trace_page(path: str, text: str, recount: Recount, reader: Reader) -> list[str]:
    """Return where the numbers of a page are not those of the records, line by line."""
    tracer = find_tracer(path)
    if tracer is None:
        return [f"{path}: no tracer reads this kind of page"]
    return compare(read_lines(text, reader), tracer(recount, reader))


def read_lines(text: str, reader: Reader) -> list[Line]:
    return [(line, reader.read_line(line)) for line in text.splitlines()]


def list_changed_lines(line: str) -> list[str]:
    """Return the line again and again, each time with one digit of what a reader sees changed."""
    hidden = [found.span() for found in HIDDEN.finditer(line)]
    changed = []
    for digit in re.finditer(r"\d", line):
        place = digit.start()
        if not any(first <= place < last for first, last in hidden):
            other = str((int(digit[0]) + 3) % 10)
            changed.append(line[:place] + other + line[place + 1 :])
    return changed
