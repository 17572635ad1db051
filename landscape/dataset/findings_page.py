"""The page ``docs/findings.md``, written from the catalogue; a test keeps it current.

``python -m landscape.dataset.findings_page > docs/findings.md`` writes it anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from landscape.dataset.catalogue import (
    FindingKind,
    edition_kinds,
    file_kinds,
    refresh_kinds,
    rule_kinds,
    shape_kinds,
    story_kinds,
)

_SECTIONS = (
    ("The file itself", file_kinds),
    ("Keys, types and forms", shape_kinds),
    ("Meanings, texts, and how files fit together", rule_kinds),
    ("Told by `landscape refresh` only", refresh_kinds),
    ("Stories, comparisons and events", story_kinds),
    ("Frozen editions", edition_kinds),
)

_HEAD = """\
# Findings

What `landscape validate` can find in contributed files. An error makes it end with exit code 1;
a warning and a hint do not. Codes are permanent. This page is written from the catalogue in
`landscape/dataset/catalogue/` by `python -m landscape.dataset.findings_page > docs/findings.md`.
"""


def render_findings_page() -> str:
    """Return the page: a table a section, a row a kind of finding."""
    sections = [
        f"## {title}\n\n{_render_table(_list_kinds(vars(module).values()))}"
        for title, module in _SECTIONS
    ]
    return "\n".join([_HEAD, *sections])


def _list_kinds(values: Iterable[object]) -> list[FindingKind]:
    return [value for value in values if isinstance(value, FindingKind)]


def _render_table(kinds: list[FindingKind]) -> str:
    rows = [
        f"| `{kind.code}` | {kind.level} | {_show(kind.message)} | {_show(kind.why)}"
        f" | {_show(kind.remedy)} |\n"
        for kind in kinds
    ]
    return "".join(["| code | level | what | why | remedy |\n|---|---|---|---|---|\n", *rows])


def _show(template: str) -> str:
    """Return a template as a reader understands it: what a rule fills in, in italics."""
    text = template.replace("{{", "\0").replace("}}", "\1")
    text = re.sub(r"`?\{(\w+)\}`?", lambda match: f"*{match[1].replace('_kb', '')}*", text)
    text = text.replace("\0", "{").replace("\1", "}").replace("|", "\\|").replace("<", "&lt;")
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    sys.stdout.write(render_findings_page())
