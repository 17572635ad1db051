"""Chinese text with values in it: a blank between Chinese and Latin, none within Chinese.

A message cannot know whether the name that it is given is Chinese or Latin ("智能体框架", "MLOps"),
so the blanks beside a value are set when it is filled in.
"""

from __future__ import annotations

import re

from landscape.base.placeholders import split_message

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z0-9\u00c0-\u024f%]")
_LAST_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)$")


def fill_chinese(text: str, /, **values: object) -> str:
    """Return the text with its ``{placeholders}`` filled, as ``str.format`` does."""
    filled = ""
    for literal, name in split_message(text):
        filled = _join(filled, literal)
        if name is not None:
            filled = _join(filled, str(values[name]))
    return filled


def _join(left: str, right: str) -> str:
    """Return both with the blank that belongs between what a reader sees of them."""
    if not left or not right:
        return left + right
    bare_left, bare_right = left.removesuffix(" "), right.removeprefix(" ")
    last, first = _find_last(bare_left), _find_first(bare_right)
    if _CHINESE.match(last) and _CHINESE.match(first):
        return bare_left + bare_right
    if (bare_left, bare_right) != (left, right):
        return left + right
    mixed = (_CHINESE.match(last) and _LATIN.match(first)) or (
        _LATIN.match(last) and _CHINESE.match(first)
    )
    return f"{left} {right}" if mixed else left + right


def _find_last(text: str) -> str:
    """Return the last character that is seen: emphasis and the address of a link are not."""
    seen = text[-400:].rstrip("*")
    link = _LAST_LINK.search(seen)
    return (link[1] if link else seen).rstrip("*")[-1:]


def _find_first(text: str) -> str:
    return text[:8].lstrip("*[")[:1]
