"""What a kind of finding is, and how a finding is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from landscape.base.findings import Finding, Level

MAX_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding.

    ``code`` is permanent. ``message`` and ``remedy`` are templates whose placeholders a rule
    fills; ``{value}`` is the offending value, shortened. ``why`` says why it matters.
    """

    code: str
    level: Level
    message: str
    remedy: str
    why: str

    def at(
        self,
        path: PurePosixPath,
        line: int,
        *,
        value: str = "",
        remedy: str | None = None,
        **words: object,
    ) -> Finding:
        """Return the finding of this kind at a place; ``remedy`` replaces the usual one."""
        shown = shorten(value)
        return Finding(
            path=path,
            line=line,
            code=self.code,
            level=self.level,
            message=self.message.format(value=shown, **words),
            hint=self.remedy.format(value=shown, **words) if remedy is None else remedy,
            value=shown,
        )


def escape_unprintable(text: str) -> str:
    """Return the text with what a terminal would not show, or would obey, as escapes."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "replace").decode()
        for letter in text
    )


def shorten(text: str) -> str:
    """Return the value as it is shown in a finding: on one line, at most 60 characters."""
    if len(text) > MAX_SHOWN_CHARACTERS:
        text = text[: MAX_SHOWN_CHARACTERS - 1] + "…"
    return escape_unprintable(text)
