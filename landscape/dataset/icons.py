"""Which slugs Simple Icons has, without loading its thousands of modules."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def list_icon_slugs() -> frozenset[str]:
    """Return every slug: the package has one module, ``_<slug>.py``, an icon."""
    spec = find_spec("simplepycons")
    if spec is None or not spec.submodule_search_locations:
        return frozenset()
    folder = Path(next(iter(spec.submodule_search_locations)))
    return frozenset(path.stem.removeprefix("_") for path in folder.glob("_*.py"))


def is_known_icon(slug: str) -> bool:
    """Whether there is an icon of this slug; yes where the package cannot be looked into."""
    slugs = list_icon_slugs()
    return not slugs or slug in slugs
