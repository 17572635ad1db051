"""Markdown tables. Cells are escaped unless they are Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from landscape.report.markdown import Markdown, escape_text

_RULES = {"left": ":--", "right": "--:", "center": ":-:"}

Head = tuple[str, str]
"""A column's title and its alignment: left, right or center."""


def render_table(heads: Sequence[Head], rows: Iterable[Sequence[str]]) -> Markdown:
    """Return a table; empty text where there is no row."""
    body = [render_row(row) for row in rows]
    if not body:
        return Markdown("")
    titles = render_row([title for title, _ in heads])
    rule = "|" + "|".join(_RULES[align] for _, align in heads) + "|"
    return Markdown("\n".join([titles, rule, *body]))


def render_row(cells: Sequence[str]) -> str:
    """Return one line of a table."""
    return "| " + " | ".join(escape_text(cell) for cell in cells) + " |"


def count_fitting_rows(rows: Sequence[Sequence[str]], budget_bytes: int) -> int:
    """Return how many rows, from the first, fit into so many bytes."""
    used = 0
    for count, row in enumerate(rows):
        used += len(render_row(row).encode()) + 1
        if used > budget_bytes:
            return count
    return len(rows)
