"""Text that becomes Markdown safely: escaping is the default, not a habit.

Every plain ``str`` that reaches a page is contributed or upstream text and is escaped, so that
it renders as the text it is, in a table cell too, and mentions nobody. Only ``Markdown`` passes
as it is. What pages say lives elsewhere.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

_JOINER = "\u2060"
"""A word joiner: invisible, and it parts what GitHub would otherwise turn into a link."""

_REFERENCES = (
    # A mention, also as part of an address for e-mail.
    (re.compile(r"@(?=\w)"), f"@{_JOINER}"),
    # An issue: #123, owner/repo#123, GH-123.
    (re.compile(r"#(?=\d)"), f"#{_JOINER}"),
    (re.compile(r"(?i)\b(gh-)(?=\d)"), rf"\1{_JOINER}"),
    # An emoji's short name.
    (re.compile(r":(?=[\w+\-]+:)"), f":{_JOINER}"),
    # An address that GitHub makes a link by itself.
    (re.compile(r"://"), f":{_JOINER}//"),
    (re.compile(r"(?i)\b(www)\."), rf"\1{_JOINER}."),
)

_CHARACTERS = {
    _JOINER: "&#8288;",
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "\\": "&#92;",
    "$": "<span>$</span>",  # GitHub's documented way out of mathematics
    **{character: f"\\{character}" for character in "`*_{}[]~"},
}

_BLOCK_START = re.compile(r"^(?:#{1,6}(?=\s|$)|[+\-](?=\s|$)|-{2,}|=+|\d{1,9}[.)](?=\s|$))")
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


class Markdown(str):
    """Markdown of our own making, which is not escaped again."""

    __slots__ = ()


def clean_text(text: str) -> str:
    """Return the text on one line, without control, format and private characters."""
    visible = "".join(
        " "
        if character.isspace() or unicodedata.category(character) in {"Cc", "Zl", "Zp"}
        else ""
        if unicodedata.category(character) in _HIDDEN
        else character
        for character in text
    )
    return " ".join(visible.split())


def escape_text(text: str) -> Markdown:
    """Return Markdown that renders as exactly this text, on one line, anywhere on a page."""
    if isinstance(text, Markdown):
        return text
    parted = clean_text(text)
    for pattern, replacement in _REFERENCES:
        parted = pattern.sub(replacement, parted)
    escaped = "".join(_CHARACTERS.get(character, character) for character in parted)
    if start := _BLOCK_START.match(escaped):
        # The last character is what makes it a heading, a list, a rule.
        cut = start.end() - 1
        escaped = f"{escaped[:cut]}&#{ord(escaped[cut])};{escaped[cut + 1 :]}"
    return Markdown(escaped)


def escape_attribute(text: str) -> Markdown:
    """Return the text for a double-quoted attribute of an HTML tag; Markdown is not read there."""
    return Markdown(html.escape(clean_text(text), quote=True))


def render_link(text: str, address: str) -> Markdown:
    """Return a link; the text is escaped, the address quoted."""
    return Markdown(f"[{escape_text(text)}]({quote(address, safe='/#:.-_~%?=&')})")


def render_repo_link(text: str, repo: str) -> Markdown:
    """Return a link to a repository on GitHub, ``owner/name``."""
    return Markdown(f"[{escape_text(text)}](https://github.com/{quote(repo, safe='/')})")


def join_markdown(parts: Iterable[str], separator: str) -> Markdown:
    """Join the parts, each escaped unless it is Markdown; the separator is ours."""
    return Markdown(separator.join(escape_text(part) for part in parts))
