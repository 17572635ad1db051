"""A section of a story as blocks of Markdown: each filled in by itself, or withheld by itself.

What needs a value that does not exist is left out in the smallest piece that makes sense: a
claim's sentence, an item of a list, a row of a table, else the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from landscape.dataset.story_model import Section
from landscape.dataset.story_rules import FIGURE_LINE
from landscape.report.stories.markup import sanitise_markdown, strip_hidden
from landscape.report.stories.sandbox import Filling, StorySandbox, UnfilledError, Withheld

_OPENED = re.compile(r"\{%-?\s*(?:claim|if)\b")
_CLOSED = re.compile(r"\{%-?\s*end(?:claim|if)\b")
_PIECE = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s|\s*\|")
_HEADING = re.compile(r"(#{1,6})\s")
LARGEST_SECTION = 200_000


@dataclass(frozen=True)
class Piece:
    """A few lines that are filled in together."""

    text: str
    line: int


@dataclass(frozen=True)
class FilledSection:
    """A section's Markdown, the notes below it, and what was withheld."""

    markdown: str
    notes: tuple[str, ...]
    withheld: tuple[Withheld, ...]


def fill_section(
    section: Section,
    functions: Mapping[str, Callable[..., object]],
    show_figure: Callable[[str], str],
) -> FilledSection:
    """Fill in the section; ``show_figure`` returns a figure's Markdown by its name."""
    filling = Filling()
    sandbox = StorySandbox(filling, functions)
    blocks = []
    for block in split_blocks(section):
        lines = [_fill_piece(piece, sandbox, filling, show_figure) for piece in block]
        filled = "\n".join(line for line in lines if line.strip())
        if filled:
            blocks.append(filled)
    text = filling.stash.restore("\n\n".join(_drop_empty_headings(blocks)))
    if len(text) > LARGEST_SECTION:
        reason = f"the section would have more than {LARGEST_SECTION:,} characters"
        return FilledSection("", (), (Withheld(section.line, is_stale=False, reason=reason),))
    return FilledSection(text, tuple(filling.notes), tuple(filling.withheld))


def split_blocks(section: Section) -> Iterator[list[Piece]]:
    """Split the text at empty lines into blocks, and these into items, rows, figures, the rest.

    A claim or an if is never split.
    """
    block: list[Piece] = []
    lines: list[str] = []
    depth = 0
    for number, raw in enumerate(section.lines, section.line):
        line = strip_hidden(raw)
        is_figure = FIGURE_LINE.fullmatch(line.strip()) is not None
        if depth == 0 and lines and (not line.strip() or is_figure or _PIECE.match(line)):
            block.append(Piece("\n".join(lines), number - len(lines)))
            lines = []
        if depth == 0 and (not line.strip() or is_figure):
            yield block
            block = []
            if is_figure:
                yield [Piece(line.strip(), number)]
            continue
        lines.append(line)
        depth = max(0, depth + len(_OPENED.findall(line)) - len(_CLOSED.findall(line)))
    if lines:
        first = section.line + len(section.lines) - len(lines)
        block.append(Piece("\n".join(lines), first))
    yield block


def _fill_piece(
    piece: Piece, sandbox: StorySandbox, filling: Filling, show_figure: Callable[[str], str]
) -> str:
    figure = FIGURE_LINE.fullmatch(piece.text)
    if figure is not None:
        return filling.stash.put(show_figure(figure[2]))
    known_notes = len(filling.notes)
    try:
        filled = sandbox.fill(piece.text, piece.line)
    except UnfilledError as error:
        # Notes of a sentence that is not shown would explain nothing.
        del filling.notes[known_notes:]
        filling.withheld.append(Withheld(error.line, is_stale=False, reason=error.reason))
        return ""
    return sanitise_markdown(filled, filling.stash)


def _drop_empty_headings(blocks: list[str]) -> list[str]:
    """Leave out headings below which nothing is left."""
    kept: list[str] = []
    for block in reversed(blocks):
        heading = _HEADING.match(block) if "\n" not in block else None
        if heading is not None:
            below = _HEADING.match(kept[-1]) if kept else None
            if not kept or (below is not None and len(below[1]) <= len(heading[1])):
                continue
        kept.append(block)
    return kept[::-1]
