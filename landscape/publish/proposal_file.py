"""A candidate as a project's file, and what such a file says of the repository that it is about.

Which candidates get one is decided by ``landscape discover``; what becomes of them on their branch
by ``landscape.publish.proposal_branch``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from landscape.analysis.discovery_candidates import Candidate
from landscape.dataset.yaml_values import parse_yaml
from landscape.publish.project_file import compose_project_file

MARK = "Proposed by discovery:"
"""How the note of a file that a machine proposed begins."""

HOW_TO_ACCEPT = "To accept it, write one sentence of your own; to refuse it, data/rejected.yaml."
LONGEST_NAME = 60
_REPO_ID = re.compile(r"The repository's id on GitHub is (\d{1,18})\.")


@dataclass(frozen=True)
class ProjectMention:
    """What a project's file says of its repository; a file that is none says nothing.

    names: those that the repository has and had, in lower case. repo_id: as a proposal's note has
    it. is_proposal: whether the note is a machine's.
    """

    repo: str = ""
    names: frozenset[str] = frozenset()
    repo_id: int | None = None
    is_proposal: bool = False


@dataclass(frozen=True)
class Refusals:
    """The repositories that must not be proposed: names in lower case, and GitHub's ids."""

    names: frozenset[str] = frozenset()
    ids: frozenset[int] = frozenset()

    def __or__(self, other: Refusals) -> Refusals:
        """Return what either refuses."""
        return Refusals(self.names | other.names, self.ids | other.ids)

    def refuse(self, mention: ProjectMention) -> bool:
        """Whether the repository that a file is about is one of them."""
        return bool(mention.names & self.names) or mention.repo_id in self.ids


def compose_proposal(
    candidate: Candidate, months: Sequence[str], path: PurePosixPath, *, schema: bool
) -> str:
    """Return the file of a candidate, which lacks nothing but a human's sentence."""
    values = {
        "name": candidate.repo.partition("/")[2][:LONGEST_NAME],
        "repo": candidate.repo,
        "domain": candidate.domain,
        "note": explain(candidate, months),
    }
    return compose_project_file(path, values, comment=HOW_TO_ACCEPT, schema=schema)


def explain(candidate: Candidate, months: Sequence[str]) -> str:
    """Return why the repository is a candidate, and why in this domain."""
    ties = ", ".join(f"{tie.project} ({tie.common_developers})" for tie in candidate.ties)
    window = months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}"
    return (
        f"{MARK} of its {candidate.participants} developers in {window}, "
        f"{candidate.developers} work on projects of the landscape too, most on {ties}. "
        f"Its neighbours vote for {candidate.domain}, with a lead of {candidate.margin:.0%} of "
        f"all votes. The repository's id on GitHub is {candidate.repo_id}."
    )


def read_project(content: bytes) -> ProjectMention:
    """Return what a project's file says of its repository, however malformed the rest is."""
    value = _parse(content)
    if not isinstance(value, dict):
        return ProjectMention()
    repo, former, note = value.get("repo"), value.get("former_repos"), value.get("note")
    names = [repo, *(former if isinstance(former, list) else [])]
    text = note if isinstance(note, str) else ""
    found = _REPO_ID.search(text) if text.startswith(MARK) else None
    return ProjectMention(
        repo if isinstance(repo, str) else "",
        frozenset(name.lower() for name in names if isinstance(name, str)),
        int(found[1]) if found else None,
        text.startswith(MARK),
    )


def read_refusals(content: bytes | None) -> Refusals:
    """Return what a file ``data/rejected.yaml`` refuses."""
    value = _parse(content or b"")
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    names = (item.get("repo") for item in items)
    ids = (item.get("repo_id") for item in items)
    return Refusals(
        frozenset(name.lower() for name in names if isinstance(name, str)),
        frozenset(each for each in ids if type(each) is int),
    )


def _parse(content: bytes) -> object:
    """Return the values of a file, read within the dataset's limits; None where it is malformed."""
    try:
        return parse_yaml(PurePosixPath("file.yaml"), content.decode("utf-8")).value
    except UnicodeDecodeError:
        return None
