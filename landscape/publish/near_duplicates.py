"""Projects that may be the same one under two names. Certain repeats are the dataset's findings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from landscape.dataset.model import Project

LIKENESS = 88.0
"""Names that are like each other by at least so much, of 100, are shown side by side."""
SHORTEST_COMPARED = 4


@dataclass(frozen=True)
class NearDuplicate:
    """Another project that may be the same one, and why it looks so."""

    project: str
    repo: str
    reason: str


def find_near_duplicates(
    name: str, repo: str, homepage: str, others: Iterable[Project]
) -> tuple[NearDuplicate, ...]:
    """Return the projects that look like this one; the likeliest kinds of likeness first."""
    found = []
    for other in others:
        if other.repo.lower() == repo.lower():
            continue
        reason = _compare(name, repo, homepage, other)
        if reason:
            found.append(NearDuplicate(other.id, other.repo, reason))
    return tuple(found)


def _compare(name: str, repo: str, homepage: str, other: Project) -> str:
    short, other_short = (_squeeze(full.rpartition("/")[2]) for full in (repo, other.repo))
    if short and short == other_short:
        return "its repository has the same name under another owner: is one a fork?"
    if homepage and _strip_address(homepage) == _strip_address(other.homepage):
        return "it has the same homepage"
    ours, theirs = _squeeze(name), _squeeze(other.name)
    if ours and ours == theirs:
        return "it has the same name"
    if min(len(ours), len(theirs)) >= SHORTEST_COMPARED and fuzz.ratio(ours, theirs) >= LIKENESS:
        return f"its name is much like this one: {other.name}"
    return ""


def _squeeze(text: str) -> str:
    """Return the letters and digits of a name in one case."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _strip_address(address: str) -> str:
    """Return what tells one site from another."""
    return re.sub(r"^https?://(www\.)?", "", address.lower()).rstrip("/")
