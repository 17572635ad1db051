"""Every kind of finding that contributed files can have, each with a permanent code.

A kind is added to the module of its subject; ``docs/findings.md`` is written from here
(``python -m landscape.dataset.findings_page > docs/findings.md``).
"""

from landscape.dataset.catalogue import (
    edition_kinds,
    file_kinds,
    refresh_kinds,
    rule_kinds,
    shape_kinds,
    story_kinds,
)
from landscape.dataset.catalogue.kind import FindingKind

CATALOGUE: tuple[FindingKind, ...] = tuple(
    value
    for module in (
        file_kinds,
        shape_kinds,
        rule_kinds,
        refresh_kinds,
        story_kinds,
        edition_kinds,
    )
    for value in vars(module).values()
    if isinstance(value, FindingKind)
)

__all__ = ["CATALOGUE", "FindingKind"]
