"""A story's own Markdown made safe: a subset passes, everything else shows as the text it is.

What the house itself puts in (values, links to projects, figures) is kept apart in a stash while
the author's text is treated, so that it is neither escaped nor forged.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from landscape.dataset.story_rules import CODE_SPAN, LINK_TARGET
from landscape.report.markdown import Markdown, escape_text

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e007f]"
)
_JOINER = "&#8288;"
_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\w-])")
_DOLLAR = Markdown("<span>$</span>")
_DEFUSED: tuple[tuple[re.Pattern[str], str], ...] = (
    # Entities could spell what is defused below.
    (re.compile(r"&(?=#\w|[A-Za-z]\w*;)"), "&amp;"),
    (re.compile(r"<"), "&lt;"),
    # Pictures, links to anything but pages, definitions of links.
    (re.compile(r"!\["), r"\\!["),
    (re.compile(r"\]\("), r"]\\("),
    (re.compile(r"\]\["), r"]\\["),
    (re.compile(r"\][ \t]*:"), r"]\\:"),
    # Mentions, also as part of an address for e-mail, and issues.
    (re.compile(r"@(?=\w)"), f"@{_JOINER}"),
    (re.compile(r"(?<![#&\n])#(?=\d)"), f"#{_JOINER}"),
    (re.compile(r"(?i)\b(gh-)(?=\d)"), rf"\1{_JOINER}"),
    (re.compile(r":(?=[a-z0-9_+\-]+:)"), f":{_JOINER}"),
)


class Stash:
    """Pieces of our own Markdown, and the marks that stand for them meanwhile."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, piece: str) -> str:
        """Keep a piece; return its mark."""
        self._pieces.append(piece)
        return f"{_OPEN}{len(self._pieces) - 1}{_CLOSE}"

    def restore(self, text: str) -> str:
        """Return the text with every mark replaced by its piece."""
        return _TOKEN.sub(lambda match: self._pieces[int(match[1])], text)


def strip_hidden(text: str) -> str:
    """Return the text without characters that nobody sees, our own marks among them."""
    return _HIDDEN.sub("", text)


def join_dates(text: str) -> str:
    """Return the text with months and days that no line parts at their hyphens."""
    return _DATE.sub(lambda match: f"-{_JOINER}".join(filter(None, match.groups())), text)


def part_dates(text: str) -> str:
    """Return the text with months and days as they were before ``join_dates``."""
    return text.replace(f"-{_JOINER}", "-")


def sanitise_markdown(text: str, stash: Stash) -> str:
    """Return the author's Markdown made safe; marks of the stash stay where they are."""
    text = _apart(CODE_SPAN, text, stash, _render_code)
    text = _apart(LINK_TARGET, text, stash, lambda match: match[0])
    text = text.replace("$", stash.put(_DOLLAR))
    for pattern, replacement in _DEFUSED:
        text = pattern.sub(replacement, text)
    text = join_dates(text)
    # The page's title is its only heading of the first rank.
    return re.sub(r"(?m)^(?: {0,3})#(?=\s)", "##", text)


def _render_code(match: re.Match[str]) -> str:
    # As HTML: whether Markdown sees the same span of code here does not matter then.
    return f"<code>{escape_text(_TOKEN.sub('', match[2]))}</code>"


def _apart(
    pattern: re.Pattern[str], text: str, stash: Stash, render: Callable[[re.Match[str]], str]
) -> str:
    return pattern.sub(lambda match: stash.put(render(match)), text)
