"""How wide a text becomes, before anybody has drawn it.

Readers have other fonts than the drawing machine, so widths are taken from DejaVu Sans, which
is among the widest of the common sans-serif families: what fits here fits elsewhere.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib
from fontTools.ttLib import TTFont

ELLIPSIS = "…"


@cache
def _load_advances(bold: bool) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    """Return character map, glyph metrics (advance, bearing) and units per em of the face."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name
    with TTFont(path, lazy=True) as font:
        return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm


@cache
def _measure_character(character: str, bold: bool) -> float:
    """Return the advance of one character in em; wide and unknown ones count a full em."""
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    glyphs, metrics, units = _load_advances(bold)
    glyph = glyphs.get(ord(character))
    return metrics[glyph][0] / units if glyph is not None else 1.0


def measure_text(text: str, size_px: float, bold: bool = False) -> float:
    """Return the width of one line of text in pixels: an upper bound for common fonts."""
    return size_px * sum(_measure_character(character, bold) for character in text)


def shorten_text(text: str, width_px: float, size_px: float, bold: bool = False) -> str:
    """Return the text, cut with an ellipsis where it is wider than ``width_px``."""
    if measure_text(text, size_px, bold) <= width_px:
        return text
    kept = text
    while kept and measure_text(kept.rstrip() + ELLIPSIS, size_px, bold) > width_px:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


_NEVER_FIRST = "，。、；：！？）」』】》”’…,.;:!?)%"
_NEVER_LAST = "（「『【《“‘("


def _split_tokens(text: str) -> list[str]:
    """Split where a line may break: after blanks and hyphens, around wide characters.

    No line begins with a closing sign or ends with an opening one, and none breaks in a month.
    """
    tokens: list[str] = []
    for character in text:
        if tokens and _belong_together(tokens[-1], character):
            tokens[-1] += character
        else:
            tokens.append(character)
    return tokens


def _belong_together(token: str, character: str) -> bool:
    last = token[-1]
    if last == " ":
        return False
    if character in _NEVER_FIRST or last in _NEVER_LAST:
        return True
    if last in "-/":
        return character.isdigit() and token[-2:-1].isdigit()
    return not _is_wide(character) and not _is_wide(last)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def balance_text(
    text: str, width_px: float, size_px: float, bold: bool = False, max_lines: int | None = None
) -> list[str]:
    """Break the text as ``wrap_text`` does, into lines of like length: no last word stands alone.

    There are as many lines as at the full width.
    """
    lines = wrap_text(text, width_px, size_px, bold, max_lines)
    count = len(lines)
    low, high = int(width_px / count), int(width_px)
    while count > 1 and low < high:
        middle = (low + high) // 2
        tried = wrap_text(text, middle, size_px, bold)
        if len(tried) == count and not any(line.endswith(ELLIPSIS) for line in tried):
            lines, high = tried, middle
        else:
            low = middle + 1
    return lines


def wrap_text(
    text: str, width_px: float, size_px: float, bold: bool = False, max_lines: int | None = None
) -> list[str]:
    """Break the text into lines no wider than ``width_px``.

    A single word that is wider still is cut with an ellipsis, as is the last line where
    ``max_lines`` does not suffice. The empty text gives one empty line.
    """
    lines = [""]
    for token in _split_tokens(text):
        candidate = lines[-1] + token
        if not lines[-1] or measure_text(candidate.rstrip(), size_px, bold) <= width_px:
            lines[-1] = candidate
        else:
            lines.append(token)
    lines = [line.strip() for line in lines]
    if max_lines is not None and len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], " ".join(lines[max_lines - 1 :])]
    return [shorten_text(line, width_px, size_px, bold) for line in lines]
