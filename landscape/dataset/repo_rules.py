"""Rules across projects: no repository counted twice, no two projects of one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from landscape.base.findings import Finding
from landscape.dataset.catalogue import rule_kinds as kinds
from landscape.dataset.project_rules import ProjectEntry
from landscape.dataset.surroundings import as_list, as_text
from landscape.dataset.yaml_places import Keys

MAX_RIVALS = 10
"""Of a repository that is named more often, the first places are enough to see the mistake."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A project names a repository as its own; ``keys`` lead to the place."""

    entry: ProjectEntry
    repo: str
    keys: Keys

    @property
    def is_former(self) -> bool:
        return self.keys[0] == "former_repos"

    @property
    def place(self) -> str:
        return f"{self.entry.document.path}:{self.entry.document.line_of(self.keys)}"


def check_repos(entries: Iterable[ProjectEntry]) -> Iterator[Finding]:
    """Report repositories that are named more than once, in every place that names them.

    Both files are told, because a check of one pull request shows only the files it changes.
    """
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for entry in entries:
        for claim in _list_claims(entry):
            claims[claim.repo.lower()].append(claim)
    for rivals in claims.values():
        if len(rivals) > 1:
            yield from _report_rivals(rivals)


def check_names(entries: Iterable[ProjectEntry]) -> Iterator[Finding]:
    """Report projects whose names differ in nothing but letter case."""
    by_name: dict[str, list[ProjectEntry]] = defaultdict(list)
    for entry in entries:
        name = as_text(entry.value.get("name")).strip()
        if name:
            by_name[name.casefold()].append(entry)
    for rivals in by_name.values():
        if len(rivals) == 1:
            continue
        for entry in rivals:
            others = ", ".join(str(rival.document.path) for rival in rivals if rival is not entry)
            name = as_text(entry.value.get("name"))
            yield entry.document.report(kinds.NAME_TWICE, ("name",), value=name, others=others)


def _list_claims(entry: ProjectEntry) -> Iterator[_Claim]:
    repo = as_text(entry.value.get("repo"))
    if repo:
        yield _Claim(entry, repo, ("repo",))
    for key in ("former_repos", "additional_repos"):
        seen: set[str] = set()
        for number, item in enumerate(as_list(entry.value.get(key))):
            # An item that is repeated word for word is told of by the schema.
            if as_text(item) and item not in seen:
                seen.add(item)
                yield _Claim(entry, item, (key, number))


def _report_rivals(rivals: Sequence[_Claim]) -> Iterator[Finding]:
    told = rivals[:MAX_RIVALS]
    for claim in told:
        others = [rival for rival in told if rival is not claim]
        is_renamed = not claim.is_former and any(other.is_former for other in others)
        kind = kinds.REPO_IS_FORMER if is_renamed else kinds.REPO_TWICE
        places = ", ".join(other.place for other in others)
        yield claim.entry.document.report(kind, claim.keys, value=claim.repo, others=places)
