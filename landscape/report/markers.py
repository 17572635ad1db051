"""The markers on the repository's own front page, and the generated block between them."""

from __future__ import annotations

BEGIN = "<!-- landscape:begin -->"
END = "<!-- landscape:end -->"


def replace_block(text: str, block: str) -> str:
    """Return the text with the block between its markers; unchanged where it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return text
    return f"{before}{BEGIN}\n{block}\n{END}{after}"
