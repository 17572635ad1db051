"""The nearest known word for one that is not known, and lists of the known ones."""

from __future__ import annotations

from collections.abc import Iterable

MAX_LISTED = 12


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like this one; empty where none is near."""
    # Imported here: only a dataset with a misspelt word needs it.
    from rapidfuzz import fuzz, process, utils

    best = process.extractOne(
        word, sorted(known), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=70
    )
    return best[0] if best is not None else ""


def list_known(known: Iterable[str]) -> str:
    """Return known words as a short list."""
    words = list(known)
    listed = ", ".join(words[:MAX_LISTED])
    more = len(words) - MAX_LISTED
    if more > 0:
        return f"{listed} and {more} more"
    return listed or "(there are none)"
