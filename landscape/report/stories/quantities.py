"""Values of stories: numbers and texts that know how a page prints them."""

from __future__ import annotations

from typing import Self

from landscape.report.markdown import Markdown
from landscape.report.numbers import format_change

PLAIN_DECIMALS = 1


class MissingValueError(Exception):
    """A value that a story asks for does not exist; the message says which and why."""


class Quantity(float):
    """A number with its decimals, unit and sign, and notes that a footnote must tell."""

    decimals: int
    unit: str
    is_signed: bool
    notes: tuple[str, ...]

    def __new__(
        cls,
        value: float,
        *,
        decimals: int = PLAIN_DECIMALS,
        unit: str = "",
        is_signed: bool = False,
        notes: tuple[str, ...] = (),
    ) -> Self:
        """Make a number; the rest says how it is printed."""
        made = super().__new__(cls, value)
        made.decimals, made.unit, made.is_signed, made.notes = decimals, unit, is_signed, notes
        return made

    def show(self) -> Markdown:
        """Return the number as pages print it; zero has no sign."""
        if self.is_signed:
            return Markdown(format_change(float(self), self.decimals) + self.unit)
        text = f"{abs(self):,.{self.decimals}f}"
        is_zero = not text.strip("0.,")
        return Markdown(("−" if self < 0 and not is_zero else "") + text + self.unit)

    def round_to(self, decimals: int = 0) -> Quantity:
        """Return the number with other decimals; comparisons see the exact value still."""
        return Quantity(
            self, decimals=decimals, unit=self.unit, is_signed=self.is_signed, notes=self.notes
        )

    def drop_sign(self) -> Quantity:
        """Return the number without its sign."""
        return Quantity(abs(self), decimals=self.decimals, unit=self.unit, notes=self.notes)


class Words(str):
    """Text that is compared as it is, and printed in the page's language or as a link."""

    shown: Markdown

    def __new__(cls, text: str, shown: Markdown) -> Self:
        """Make the text with what is printed for it."""
        made = super().__new__(cls, text)
        made.shown = shown
        return made


def join_notes(*values: object) -> tuple[str, ...]:
    """Return the notes of all values, each once."""
    notes = [note for value in values if isinstance(value, Quantity) for note in value.notes]
    return tuple(dict.fromkeys(notes))
