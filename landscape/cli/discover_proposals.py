"""Project files for sure candidates, which a human completes, moves or rejects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from landscape.analysis.discovery_candidates import Candidate, select_proposals
from landscape.base.files import write_atomically
from landscape.cli.discover_request import Request
from landscape.dataset.model import Dataset
from landscape.publish.project_file import (
    choose_id,
    compose_project_file,
    locate_project,
    parse_repo,
)

HOW_TO_ACCEPT = "To accept it, write one sentence of your own; to refuse it, data/rejected.yaml."


@dataclass(frozen=True)
class Proposal:
    """A file that was written, or with ``--dry-run`` would be, and the candidate in it."""

    path: PurePosixPath
    candidate: Candidate

    @property
    def id(self) -> str:
        """The id of the project that it would be."""
        return self.path.stem


def propose_projects(
    candidates: tuple[Candidate, ...], dataset: Dataset, months: Sequence[str], request: Request
) -> tuple[Proposal, ...]:
    """Write a file for each of the first sure candidates, as many as the request wants."""
    if request.proposals == 0:
        return ()
    rules = dataset.settings.discovery
    # Names come from an archive that anybody can write to: only what is one goes into a file.
    named = tuple(each for each in candidates if parse_repo(each.repo) == each.repo)
    taken = set(dataset.projects)
    has_schemas = (request.root / "schemas" / "project.schema.json").is_file()
    proposals = []
    for candidate in select_proposals(named, rules.margin, request.proposals):
        project_id = choose_id(candidate.repo, taken)
        taken.add(project_id)
        path = locate_project(project_id)
        values = {
            "name": candidate.repo.partition("/")[2][:60],
            "repo": candidate.repo,
            "domain": candidate.domain,
            "note": explain(candidate, months),
        }
        text = compose_project_file(path, values, comment=HOW_TO_ACCEPT, schema=has_schemas)
        if not request.dry_run:
            write_atomically(request.root / path, text.encode("utf-8"))
        proposals.append(Proposal(path, candidate))
    return tuple(proposals)


def explain(candidate: Candidate, months: Sequence[str]) -> str:
    """Return why the repository is a candidate, and why in this domain."""
    ties = ", ".join(f"{tie.project} ({tie.common_developers})" for tie in candidate.ties)
    window = months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}"
    return (
        f"Proposed by discovery: of its {candidate.participants} developers in {window}, "
        f"{candidate.developers} work on projects of the landscape too, most on {ties}. "
        f"Its neighbours vote for {candidate.domain}, with a lead of {candidate.margin:.0%} of "
        f"all votes. The repository's id on GitHub is {candidate.repo_id}."
    )
