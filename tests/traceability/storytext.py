"""The text of a story filled in again: claims decided, values put in, by our own evaluator."""

from __future__ import annotations

import re
from typing import Any

from tests.traceability.recount import Recount
from tests.traceability.storyvalues import Link, MissingError, Number, StoryValues
from tests.traceability.tokens import Reader, Shown, Token, Tokens

CLAIM = re.compile(r"\{% claim (.*?) %\}(.*?)\{% endclaim %\}")
BRANCH = re.compile(r"\{% if (.*?) %\}(.*?)(?:\{% else %\}(.*?))?\{% endif %\}")
VALUE = re.compile(r"\{\{(.*?)\}\}")
FIRST_MARK = 0xE100
"""Values stand in the text as characters of private use, one each, until it is read."""


class Filler:
    """Fills in the lines of one story, and remembers the footnotes that come up."""

    def __init__(self, recount: Recount, reader: Reader) -> None:
        self.recount = recount
        self.reader = reader
        self.listed: list[list[Any]] = []
        self.withheld = 0
        """How many sentences and lines were left out, since the data do not support them."""
        self._subjects: list[tuple[str, list[Any]]] = []
        self._marks: dict[str, list[Token]] = {}

    def expect_line(self, line: str) -> Tokens:
        """Return the tokens of a line of the source; none where a value does not exist."""
        known = len(self.listed)
        try:
            return self._put_back(self.reader.read_line(self._fill_in(line)))
        except MissingError:
            self.withheld += 1
            del self.listed[known:], self._subjects[known:]
            return []

    def expect_title(self, title: str) -> list[Token]:
        """Return the tokens of a picture's title; none where it may not be drawn."""
        try:
            return self._put_back(self.reader.read_named(self._fill_in(title)))
        except MissingError:
            return []

    def _fill_in(self, text: str) -> str:
        self._marks = {}
        return VALUE.sub(self._fill, BRANCH.sub(self._choose, CLAIM.sub(self._keep, text)))

    def _put_back(self, told: list[str]) -> list[Token]:
        tokens: list[Token] = []
        for token in told:
            tokens += self._marks.get(token, [token])
        return tokens

    def _ask(self, expression: str) -> tuple[Any, list[tuple[str, list[Any]]]]:
        values = StoryValues(self.recount, self.reader.language)
        return values.evaluate(expression), values.notes

    def _keep(self, found: re.Match[str]) -> str:
        try:
            holds = self._ask(found[1])[0]
        except MissingError:
            # What nobody can decide is not published; the rest of the line stays.
            holds = False
        self.withheld += not holds
        return found[2] if holds else ""

    def _choose(self, found: re.Match[str]) -> str:
        return found[2] if self._ask(found[1])[0] else found[3] or ""

    def _fill(self, found: re.Match[str]) -> str:
        value, notes = self._ask(found[1])
        if isinstance(value, str) and not isinstance(value, Link):
            return value
        mark = chr(FIRST_MARK + len(self._marks))
        tokens: list[Token]
        if isinstance(value, Link):
            tokens = [f"@{value.project}"]
        elif isinstance(value, Number):
            tokens = [Shown(float(value), value.signed, value.percent)]
        else:
            tokens = [Shown(float(value))]
        self._marks[mark] = [*tokens, *self._number(notes)]
        return mark

    def _number(self, notes: list[tuple[str, list[Any]]]) -> list[Token]:
        """Return the numbers of the footnotes of a value; the same note has one number."""
        numbers: list[Token] = []
        for note in notes:
            if note not in self._subjects:
                self._subjects.append(note)
                self.listed.append(note[1])
            numbers.append(self._subjects.index(note) + 1)
        return numbers
