"""What a candidate's ties say: its likely domain, how sure that is, and whom it works with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import pandas as pd

STRONGEST_TIES = 5


@dataclass(frozen=True)
class Tie:
    """A project with which a candidate shares so many developers."""

    project: str
    common_developers: int


@dataclass(frozen=True)
class Candidate:
    """A repository where the developers of the landscape's projects are active.

    developers: those of them who are; participants: everybody who is. domain: the likely one,
    empty without any tie; margin (0 to 1): its lead over the next one in shares of all votes.
    ties: the strongest.
    """

    repo_id: int
    repo: str
    developers: int
    participants: int
    domain: str
    margin: float
    ties: tuple[Tie, ...]

    @property
    def share(self) -> float:
        """Which part of the repository's own developers are the landscape's."""
        return self.developers / self.participants


@dataclass(frozen=True)
class Vote:
    """The domain that the neighbours voted for, and its lead in shares of all votes."""

    domain: str
    margin: float


def compose_candidates(
    ranked: pd.DataFrame,
    ties: pd.DataFrame,
    participants: pd.DataFrame,
    domains: Mapping[str, str],
) -> tuple[Candidate, ...]:
    """Return the candidates in their rank, each with its ties and its likely domain.

    ranked: repo_id, repo_name, developers, participants, in order. ties: repo_id, project,
    common_developers. participants: project, developers. domains: project id to domain.
    """
    sizes = dict(zip(participants["project"], participants["developers"], strict=True))
    by_repo: dict[int, dict[str, int]] = defaultdict(dict)
    for repo_id, project, common in zip(
        ties["repo_id"], ties["project"], ties["common_developers"], strict=True
    ):
        by_repo[int(repo_id)][project] = int(common)
    columns = ("repo_id", "repo_name", "developers", "participants")
    return tuple(
        _compose(
            Candidate(int(repo_id), name, int(developers), int(everybody), "", 0.0, ()),
            by_repo[int(repo_id)],
            sizes,
            domains,
        )
        for repo_id, name, developers, everybody in zip(
            *(ranked[column] for column in columns), strict=True
        )
    )


def vote_domain(
    common: Mapping[str, int], sizes: Mapping[str, int], domains: Mapping[str, str]
) -> Vote:
    """Return the domain that a repository's neighbours vote for.

    common: project id to common developers. A project votes for its own domain with its common
    developers, divided by the square root of its own: as in the cosine of two sets, so that a
    project that everybody visits does not decide alone. Of equal domains the first by id has it,
    with a margin of 0. Projects without a domain or size do not vote.
    """
    votes: dict[str, float] = defaultdict(float)
    for project, number in sorted(common.items()):
        if project in domains and sizes.get(project):
            votes[domains[project]] += number / sqrt(sizes[project])
    ordered = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ordered:
        return Vote("", 0.0)
    second = ordered[1][1] if len(ordered) > 1 else 0.0
    return Vote(ordered[0][0], (ordered[0][1] - second) / sum(votes.values()))


def select_proposals(
    candidates: tuple[Candidate, ...], margin: float, most: int
) -> tuple[Candidate, ...]:
    """Return the first candidates whose domain is sure enough to write a file for them."""
    sure = [each for each in candidates if each.domain and each.margin >= margin]
    return tuple(sure[:most])


def _compose(
    bare: Candidate, common: dict[str, int], sizes: dict[str, int], domains: Mapping[str, str]
) -> Candidate:
    vote = vote_domain(common, sizes, domains)
    strongest = sorted(common.items(), key=lambda tie: (-tie[1], tie[0]))[:STRONGEST_TIES]
    return Candidate(
        repo_id=bare.repo_id,
        repo=bare.repo,
        developers=bare.developers,
        participants=bare.participants,
        domain=vote.domain,
        margin=vote.margin,
        ties=tuple(Tie(project, number) for project, number in strongest),
    )
