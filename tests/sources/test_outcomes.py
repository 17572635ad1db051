"""The document's table of failures is the one that the tests go through."""

from __future__ import annotations

from tests.sources.outcomes import BEGIN, DOCUMENT, END, format_tables


def test_the_document_shows_every_case() -> None:
    shown = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    assert shown == format_tables(), "python -m tests.sources.outcomes writes it anew"
