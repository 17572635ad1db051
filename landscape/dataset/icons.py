"""Which slugs Simple Icons has, without loading any of its thousands of modules."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


def is_known_icon(slug: str) -> bool:
    """Whether there is an icon of this slug; yes where the package cannot be looked into."""
    folder = _find_icon_folder()
    # The package has one module, ``_<slug>.py``, an icon. A slug is one name, not a path.
    return folder is None or (slug.isalnum() and (folder / f"_{slug}.py").is_file())


@cache
def _find_icon_folder() -> Path | None:
    spec = find_spec("simplepycons")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))
