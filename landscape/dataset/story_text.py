"""A story's file in its parts: front matter, and one section of text a language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landscape.dataset.story_model import Section

FENCE = "---"
_MARK = re.compile(r"<!-- *([A-Za-z-]+) *-->")


@dataclass(frozen=True)
class StoryParts:
    """Front matter (with its first fence, so that lines are the file's), and what is below it.

    ``front`` is empty where the file does not begin with front matter. ``stray`` is the line of
    text that stands before the first section, 0 where there is none.
    """

    front: str
    sections: tuple[Section, ...]
    stray: int


def split_story(text: str) -> StoryParts:
    """Split a story's file; nothing is judged."""
    lines = text.removeprefix("\ufeff").rstrip("\n").split("\n")
    if lines[0].rstrip() != FENCE:
        return StoryParts("", (), 0)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), 0)
    if not end:
        return StoryParts("", (), 0)
    marks = [
        (number, match[1])
        for number, line in enumerate(lines)
        if number > end and (match := _MARK.fullmatch(line.strip()))
    ]
    first = marks[0][0] if marks else len(lines)
    stray = next((number + 1 for number in range(end + 1, first) if lines[number].strip()), 0)
    ends = [number for number, _ in [*marks[1:], (len(lines), "")]][: len(marks)]
    sections = tuple(
        Section(language, "\n".join(lines[start + 1 : stop]) + "\n", start + 2)
        for (start, language), stop in zip(marks, ends, strict=True)
    )
    return StoryParts("\n".join(lines[:end]) + "\n", sections, stray)
