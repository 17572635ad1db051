"""GitHub: facts and counts of repositories, a hundred in a query, and what became of lost ones.

A repository is known by its id: names move and are taken by others. What an answer means for the
project's state and file is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from landscape.metrics.model import NAME_TAKEN
from landscape.sources.budget import Budget
from landscape.sources.circuit import Circuit
from landscape.sources.crew import run_tasks
from landscape.sources.failure import SourceError, fail_for_budget
from landscape.sources.github_client import GitHubClient, QueryTooLargeError, Token
from landscape.sources.github_query import format_query, make_variables, read_facts
from landscape.sources.model import (
    FailureKind,
    Outcome,
    RepositoryAnswer,
    RepositoryFacts,
    RepositoryRequest,
)
from landscape.sources.persistence import Pacing, persist
from landscape.sources.progress import Progress, ignore_progress
from landscape.sources.transport import Transport

SOURCE = "github"
WORKERS = 4
"""GitHub asks for few requests at a time; ten queries cover a thousand repositories."""
BATCH_SIZE = 100

UNASKED_EXPLANATION = (
    "GitHub was not asked, since its GraphQL answers nobody without a token: stars, forks and "
    "watchers of this month, renames, archived and deleted repositories stay unknown. OpenRank "
    "and the other OpenDigger metrics are fetched as usual, and nothing that is stored is lost."
)
"""What to tell people where no token was given."""

T = TypeVar("T")
_Look = RepositoryFacts | SourceError | None
"""What came of asking for one name; None: GitHub says that there is no such repository."""


def fetch_repositories(
    requests: Sequence[RepositoryRequest],
    *,
    base_url: str,
    token: Token | None,
    budget: Budget,
    workers: int = WORKERS,
    batch_size: int = BATCH_SIZE,
    pacing: Pacing | None = None,
    progress: Progress = ignore_progress,
) -> list[RepositoryAnswer]:
    """Return one answer a request, in the order of the requests; it raises for none of them.

    ok: the facts of the repository with the asked id, or of the asked name where no id is known.
    It may have another name by now. missing: not found by name; ``confirmed_gone`` where the id
    is not found either. Anything else is unavailable. Without a token nothing is asked.
    """
    if token is None:
        return [
            _give_up(request, SourceError(FailureKind.NOT_ASKED, "no token was given"))
            for request in requests
        ]
    pacing = pacing or Pacing()
    transport = Transport(base_url, workers=workers, pacing=pacing)
    client = GitHubClient(base_url, token, transport, budget)
    inquiry = _Inquiry(client, Circuit(budget), pacing, workers, batch_size, progress)
    try:
        return inquiry.answer(requests)
    finally:
        transport.close()


@dataclass
class _Inquiry:
    """One run over all repositories: by name, then the doubtful by id, then by their new names."""

    client: GitHubClient
    circuit: Circuit
    pacing: Pacing
    workers: int
    largest_batch: int
    progress: Progress

    def answer(self, requests: Sequence[RepositoryRequest]) -> list[RepositoryAnswer]:
        """Return the answers; see ``fetch_repositories``."""
        looks = self._look_up([request.name for request in requests], len(requests))
        doubtful = [
            position
            for position, (request, look) in enumerate(zip(requests, looks, strict=True))
            if request.repo_id is not None and _is_another(look, request.repo_id)
        ]
        names = self._find_names([requests[position].repo_id or 0 for position in doubtful])
        moved = {
            position: name
            for position, name in zip(doubtful, names, strict=True)
            if isinstance(name, str)
        }
        again = dict(zip(moved, self._look_up(list(moved.values()), len(requests)), strict=True))
        answers = [
            _settle_by_name(request, look) for request, look in zip(requests, looks, strict=True)
        ]
        for position, name in zip(doubtful, names, strict=True):
            by_id = again[position] if isinstance(name, str) else name
            answers[position] = _settle_by_id(requests[position], looks[position], by_id)
        return answers

    def _look_up(self, names: Sequence[str], total: int) -> list[_Look]:
        size = self.largest_batch
        batches = [list(names[start : start + size]) for start in range(0, len(names), size)]
        late = fail_for_budget()
        looks: list[list[_Look]] = [[late] * len(batch) for batch in batches]
        done = total - len(names)
        for position, look in run_tasks(
            batches, self._look_up_batch, workers=self.workers, budget=self.client.budget
        ):
            looks[position] = look
            done += len(look)
            self.progress(SOURCE, done, total)
        return [look for batch in looks for look in batch]

    def _look_up_batch(self, names: list[str]) -> list[_Look]:
        """Ask for a batch; where that is too much for GitHub, for its halves."""
        if len(names) <= self.largest_batch:
            try:
                return self._persist(names[0], lambda: self._query(names))
            except QueryTooLargeError:
                if len(names) == 1:
                    return [SourceError(FailureKind.SERVER_ERROR, "too much for one query")]
                self.largest_batch = min(self.largest_batch, (len(names) + 1) // 2)
            except SourceError as failure:
                return [failure] * len(names)
        half = (len(names) + 1) // 2
        return self._look_up_batch(names[:half]) + self._look_up_batch(names[half:])

    def _query(self, names: list[str]) -> list[_Look]:
        data, errors = self.client.query(format_query(len(names)), make_variables(names))
        kinds = {
            error["path"][0]: error.get("type")
            for error in errors
            if isinstance(error, dict) and isinstance(error.get("path"), list) and error["path"]
        }
        return [_read_look(data.get(f"r{i}"), kinds.get(f"r{i}")) for i in range(len(names))]

    def _find_names(self, repo_ids: Sequence[int]) -> list[str | SourceError | None]:
        late = fail_for_budget()
        found: list[str | SourceError | None] = [late] * len(repo_ids)
        for position, name in run_tasks(
            repo_ids, self._find_name, workers=self.workers, budget=self.client.budget
        ):
            found[position] = name
        return found

    def _find_name(self, repo_id: int) -> str | SourceError | None:
        try:
            return self._persist(str(repo_id), lambda: self.client.find_name(repo_id))
        except SourceError as failure:
            return failure

    def _persist(self, project: str, ask: Callable[[], T]) -> T:
        return persist(
            project, ask, pacing=self.pacing, circuit=self.circuit, budget=self.client.budget
        )


def _read_look(node: object, error_kind: object) -> _Look:
    if node is not None:
        try:
            return read_facts(node)
        except SourceError as failure:
            return failure
    if error_kind == "NOT_FOUND":
        return None
    if error_kind is None:
        return SourceError(FailureKind.MALFORMED, "nothing, and no reason why")
    if error_kind == "FORBIDDEN":
        return SourceError(FailureKind.REFUSED, "the token may not see it")
    return SourceError(FailureKind.SERVER_ERROR, "an error instead of the repository")


def _is_another(look: _Look, repo_id: int) -> bool:
    """Whether the name does not lead to the repository of this id, as far as GitHub answered."""
    return look is None or (isinstance(look, RepositoryFacts) and look.repo_id != repo_id)


def _settle_by_name(request: RepositoryRequest, look: _Look) -> RepositoryAnswer:
    if isinstance(look, SourceError):
        return _give_up(request, look)
    if look is None:
        detail = "not found; its id is not known, so nothing confirms that it is gone"
        return RepositoryAnswer(
            request.project, Outcome.MISSING, detail=detail, asked_name=request.name
        )
    is_renamed = look.full_name.lower() != request.name.lower()
    return RepositoryAnswer(
        request.project,
        Outcome.OK,
        facts=look,
        detail=f"its name is {look.full_name} now" if is_renamed else "",
        asked_name=request.name,
    )


def _settle_by_id(request: RepositoryRequest, by_name: _Look, by_id: _Look) -> RepositoryAnswer:
    """Answer for a name that is lost or taken, from what came of asking for the id."""
    if isinstance(by_id, SourceError):
        return _give_up(request, by_id)
    taken = f"the name {request.name} {NAME_TAKEN}"
    if by_id is None:
        was = "not found" if by_name is None else taken
        return RepositoryAnswer(
            request.project,
            Outcome.MISSING,
            detail=f"{was}, and the id {request.repo_id} is not found: deleted or made private",
            asked_name=request.name,
            confirmed_gone=True,
            name_taken=by_name is not None,
        )
    if by_id.repo_id != request.repo_id:
        failure = SourceError(FailureKind.MALFORMED, "another repository than the asked id's")
        return _give_up(request, failure)
    was = "" if by_name is None else f"{taken}; "
    return RepositoryAnswer(
        request.project,
        Outcome.OK,
        facts=by_id,
        detail=f"{was}its name is {by_id.full_name} now",
        asked_name=request.name,
        name_taken=by_name is not None,
    )


def _give_up(request: RepositoryRequest, failure: SourceError) -> RepositoryAnswer:
    return RepositoryAnswer(
        request.project,
        Outcome.UNAVAILABLE,
        failure=failure.kind,
        detail=failure.detail,
        asked_name=request.name,
    )
