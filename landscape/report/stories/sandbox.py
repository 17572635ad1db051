"""Where a story's text is filled in: Jinja's sandbox, with the functions of stories and no more.

Every printed value passes through here, so that it is escaped, and its footnote counted.
"""

from __future__ import annotations

import operator
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jinja2 import StrictUndefined, TemplateError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from landscape.dataset.story_language import CLAIMS, ClaimExtension
from landscape.report.markdown import Markdown, escape_text
from landscape.report.stories.markup import Stash, join_dates, part_dates, sanitise_markdown
from landscape.report.stories.quantities import MissingValueError, Quantity, Words, join_notes

_TEMPLATE_FILES = ("<template>", "<unknown>")
_OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True)
class Withheld:
    """A piece of text that is not published: its line, why, and what it would have said.

    ``is_stale``: the data contradict it; otherwise a value is missing.
    """

    line: int
    is_stale: bool
    reason: str


@dataclass
class Filling:
    """One section being filled in: what is kept apart, noted and withheld on the way."""

    stash: Stash = field(default_factory=Stash)
    notes: list[str] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    _conditions: list[bool] = field(default_factory=list)

    def keep(self, condition: object) -> str:
        """Take note of a claim's condition."""
        self._conditions.append(bool(condition))
        return ""

    def hold(self, line: int, caller: Callable[[], str]) -> str:
        """Return the claim's sentence where its condition holds; empty text otherwise."""
        depth = len(self._conditions)
        try:
            sentence = caller()
        except MissingValueError as error:
            self.withheld.append(Withheld(line, is_stale=False, reason=str(error)))
            sentence, holds = "", True
        else:
            holds = self._conditions[depth]
        del self._conditions[depth:]
        if holds:
            return sentence
        told = part_dates(self.stash.restore(sanitise_markdown(sentence, self.stash))).strip()
        self.withheld.append(Withheld(line, is_stale=True, reason=told))
        return ""

    def show(self, value: object) -> str:
        """Return what stands for a printed value: a mark in the stash."""
        if isinstance(value, Undefined):
            raise MissingValueError(f"{value._undefined_name} is no value")
        if isinstance(value, Quantity):
            return self.stash.put(Markdown(value.show() + self._refer(value.notes)))
        if isinstance(value, Words):
            return self.stash.put(value.shown)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.stash.put(Quantity(value).show())
        if isinstance(value, str):
            return self.stash.put(Markdown(join_dates(escape_text(value)))) if value else ""
        raise SecurityError("only numbers and texts can be printed")

    def _refer(self, notes: tuple[str, ...]) -> str:
        references = []
        for note in notes:
            if note not in self.notes:
                self.notes.append(note)
            number = self.notes.index(note) + 1
            references.append(f"<sup>[{number}](#note-{number})</sup>")
        return "".join(references)


class PlainFilling(Filling):
    """A text for a picture being filled in: without links, marks and references to notes."""

    def show(self, value: object) -> str:
        """Return what is printed for a value, as plain text."""
        if isinstance(value, Quantity):
            self._refer(value.notes)
            return str(value.show())
        if isinstance(value, str):
            return str(value)
        return self.stash.restore(super().show(value))


class StorySandbox(SandboxedEnvironment):
    """The sandbox of one section: no globals, no tests, two filters, arithmetic with numbers."""

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def __init__(self, filling: Filling, functions: Mapping[str, Callable[..., object]]) -> None:
        super().__init__(
            extensions=[ClaimExtension],
            undefined=StrictUndefined,
            finalize=filling.show,
            autoescape=False,
            optimized=False,
            cache_size=0,
        )
        self.globals = {**functions, CLAIMS: filling}
        self.tests = {}
        self.filters = {"round": _round, "abs": _drop_sign}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:  # noqa: ARG002
        """No attribute of anything is safe."""
        return False

    def call_binop(
        self,
        context: Context,  # noqa: ARG002
        operator: str,
        left: object,
        right: object,
    ) -> Quantity:
        """Compute with numbers only."""
        numbers = _read_numbers(left, right)
        if operator not in _OPERATORS:
            raise SecurityError(f"{operator} is not allowed in a story")
        try:
            value = _OPERATORS[operator](*numbers)
        except (ZeroDivisionError, OverflowError) as error:
            raise MissingValueError("nothing can be divided by zero") from error
        return Quantity(value, notes=join_notes(left, right))

    def call_unop(self, context: Context, operator: str, arg: object) -> Quantity:  # noqa: ARG002
        """Change the sign of a number."""
        (number,) = _read_numbers(arg)
        return Quantity(-number if operator == "-" else number, notes=join_notes(arg))

    def fill(self, text: str, line: int) -> str:
        """Return the text filled in; its first line is ``line`` of the file.

        Raises UnfilledError where a value does not exist, or the text asks for what no story may.
        """
        try:
            return self.from_string("\n" * (line - 1) + text).render()[line - 1 :]
        except MissingValueError as error:
            raise UnfilledError(str(error), _find_line(error, line)) from error
        except TemplateError as error:
            found = getattr(error, "lineno", None) or _find_line(error, line)
            raise UnfilledError(error.message or "it cannot be filled in", found) from error
        except (TypeError, ValueError, ArithmeticError, RecursionError, MemoryError) as error:
            raise UnfilledError(f"it cannot be filled in: {error}", line) from error


class UnfilledError(Exception):
    """A piece of text cannot be filled in: why, and in which line of the file."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def _find_line(error: BaseException, otherwise: int) -> int:
    """Return the template's line that an error came from."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename in _TEMPLATE_FILES]
    return lines[-1] or otherwise if lines else otherwise


def _read_numbers(*values: object) -> list[float]:
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SecurityError("arithmetic takes numbers only")
    return [float(value) for value in values if isinstance(value, int | float)]


def _round(value: object, decimals: int = 0) -> Quantity:
    _read_numbers(value)
    quantity = value if isinstance(value, Quantity) else Quantity(float(str(value)))
    return quantity.round_to(decimals)


def _drop_sign(value: object) -> Quantity:
    _read_numbers(value)
    quantity = value if isinstance(value, Quantity) else Quantity(float(str(value)))
    return quantity.drop_sign()
