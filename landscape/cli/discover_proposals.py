"""Project files for sure candidates, which a human completes, moves or rejects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from landscape.analysis.discovery_candidates import Candidate, select_proposals
from landscape.base.files import write_atomically
from landscape.cli.discover_pending import Pending
from landscape.cli.discover_request import Request
from landscape.dataset.model import Dataset
from landscape.publish.project_file import choose_id, locate_project, parse_repo
from landscape.publish.proposal_file import compose_proposal

NOTHING_PENDING = Pending()


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
    candidates: tuple[Candidate, ...],
    dataset: Dataset,
    months: Sequence[str],
    request: Request,
    pending: Pending = NOTHING_PENDING,
) -> tuple[Proposal, ...]:
    """Write a file for each of the first sure candidates, as many as the request wants.

    Those that wait already count: a list that nobody looks at does not grow.
    """
    most = request.proposals - pending.waiting
    if most <= 0:
        return ()
    rules = dataset.settings.discovery
    # Names come from an archive that anybody can write to: only what is one goes into a file.
    named = tuple(each for each in candidates if each.repo and parse_repo(each.repo) == each.repo)
    taken = {*dataset.projects, *pending.project_ids}
    has_schemas = (request.root / "schemas" / "project.schema.json").is_file()
    proposals = []
    for candidate in select_proposals(named, rules.margin, most):
        project_id = choose_id(candidate.repo, taken)
        taken.add(project_id)
        path = locate_project(project_id)
        text = compose_proposal(candidate, months, path, schema=has_schemas)
        if not request.dry_run:
            write_atomically(request.root / path, text.encode("utf-8"))
        proposals.append(Proposal(path, candidate))
    return tuple(proposals)
