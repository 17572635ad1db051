"""Rules on rejected candidates: a day that has come, no repository twice, and no project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from landscape.base.findings import Finding
from landscape.dataset.catalogue import rule_kinds as kinds
from landscape.dataset.date_rules import check_date
from landscape.dataset.document import Document
from landscape.dataset.project_rules import ProjectEntry
from landscape.dataset.surroundings import Surroundings, as_list, as_mapping, as_text
from landscape.dataset.text_rules import check_texts


def check_rejected(
    document: Document, entries: Sequence[ProjectEntry], surroundings: Surroundings
) -> Iterator[Finding]:
    """Apply every rule to the rejected candidates."""
    places = defaultdict(list)
    for entry in entries:
        repo = as_text(entry.value.get("repo"))
        if repo:
            line = entry.document.line_of(("repo",))
            places[repo.lower()].append(f"{entry.document.path}:{line}")
    for number, item in enumerate(as_list(document.value)):
        rejected = as_mapping(item)
        yield from check_date(document, (number, "date"), rejected.get("date"), surroundings.today)
        repo, keys = as_text(rejected.get("repo")), (number, "repo")
        if not repo:
            continue
        others = places[repo.lower()]
        if others:
            yield document.report(kinds.REPO_TWICE, keys, value=repo, others=", ".join(others))
        others.append(f"{document.path}:{document.line_of(keys)}")
    yield from check_texts(document, document.value)
