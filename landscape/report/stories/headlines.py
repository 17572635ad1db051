"""Titles of figures that a story declares: filled in with the build's values, for pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from landscape.dataset.story_model import Figure
from landscape.report.stories.markup import strip_hidden
from landscape.report.stories.sandbox import PlainFilling, StorySandbox, UnfilledError, Withheld


@dataclass(frozen=True)
class FilledHeadline:
    """A title as a picture shows it, empty where none holds; its notes, and what was withheld."""

    text: str = ""
    notes: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()


def fill_headline(
    figure: Figure, language: str, functions: Mapping[str, Callable[..., object]]
) -> FilledHeadline:
    """Fill in the figure's declared title.

    It is one sentence: where a claim in it does not hold, or a value is missing, nothing is left.
    """
    headline = figure.headlines.get(language)
    if headline is None:
        return FilledHeadline()
    filling = PlainFilling()
    try:
        filled = StorySandbox(filling, functions).fill(strip_hidden(headline.text), headline.line)
    except UnfilledError as error:
        withheld = Withheld(error.line, is_stale=False, reason=error.reason)
        return FilledHeadline(withheld=(withheld,))
    if filling.withheld:
        return FilledHeadline(withheld=tuple(filling.withheld))
    return FilledHeadline(" ".join(filled.split()), tuple(filling.notes))
