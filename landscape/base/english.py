"""English text with counts in it: one project, two projects.

A message cannot know whether the count that it is given is one, so the noun right after it is
set in the singular when the count is filled in.
"""

from __future__ import annotations

import re

from landscape.base.placeholders import split_message

_NOUN = re.compile(r"\A(\*{0,2} )(project|domain|month|hour|pair|event|star|time)s\b")
"""What messages count, right after the count, and after the end of its emphasis."""


def fill_english(text: str, /, **values: object) -> str:
    """Return the text with its ``{placeholders}`` filled, as ``str.format`` does."""
    filled, was_one = "", False
    for literal, name in split_message(text):
        filled += _NOUN.sub(r"\1\2", literal) if was_one else literal
        value = "" if name is None else str(values[name])
        filled, was_one = filled + value, value == "1"
    return filled
