"""What GitHub says and fails to say of repositories, which are known by their ids."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

import pytest

from landscape.sources.github import fetch_repositories
from landscape.sources.github_client import Token
from landscape.sources.model import (
    FailureKind,
    Outcome,
    RepositoryAnswer,
    RepositoryFacts,
    RepositoryRequest,
)
from tests.sources.outcomes import GITHUB, NAMES, Case
from tests.sources.runs import BUDGET_SECONDS, PACING, start_budget
from tests.standins.failure import Failure
from tests.standins.github import EVERYTHING, GRAPHQL, TOKEN, GitHubStandIn, StandInRepository
from tests.standins.server import find_closed_port

REPOSITORIES = [
    StandInRepository(7, "a/b"),
    StandInRepository(8, "c/d", language=None, license=None, committed_at=None, archived=True),
    StandInRepository(9, "E/F", stars=0),
]
REQUESTS = [
    RepositoryRequest("ab", "a/b", 7),
    RepositoryRequest("cd", "c/d", 8),
    RepositoryRequest("ef", "e/f"),
]
QUERY_FAILURES = sorted({Failure(case.failure) for case in GITHUB if case.scope == "query"})
FACTS = RepositoryFacts(
    repo_id=7,
    full_name="a/b",
    created_at="2023-02-09",
    last_commit_at="2026-04",
    language="Python",
    license="Apache-2.0",
    archived=False,
    stars=12000,
    forks=1500,
    watchers=90,
)


def fetch(
    url: str,
    requests: list[RepositoryRequest] = REQUESTS,
    *,
    seconds: float = BUDGET_SECONDS,
    batch_size: int = 100,
    token: str = TOKEN,
) -> list[RepositoryAnswer]:
    return fetch_repositories(
        requests,
        base_url=url,
        token=Token(token),
        budget=start_budget(seconds),
        batch_size=batch_size,
        pacing=PACING,
    )


def describe(case: Case) -> str:
    return f"{case.failure} x{case.times} {case.scope}"


def check_outcome(answer: RepositoryAnswer, case: Case) -> None:
    assert (answer.outcome, answer.failure) == (case.outcome, case.kind)
    assert answer.facts == (FACTS if case.outcome is Outcome.OK else None)
    assert bool(answer.detail) == (case.outcome is not Outcome.OK)
    assert not answer.confirmed_gone


@pytest.mark.parametrize("case", [c for c in GITHUB if c.scope == "project"], ids=describe)
def test_a_failure_of_one_repository_leaves_the_rest_of_its_batch(case: Case) -> None:
    nameless = replace(REQUESTS[0], repo_id=None)
    with GitHubStandIn(REPOSITORIES) as server:
        server.fail("a/b", Failure(case.failure))
        answer, *others = fetch(server.url, [nameless, *REQUESTS[1:]])
        assert len(server.requests) <= case.most_requests
    check_outcome(answer, case)
    assert [other.facts and other.facts.repo_id for other in others] == [8, 9]


@pytest.mark.parametrize("case", [c for c in GITHUB if c.scope == "query"], ids=describe)
def test_a_failed_query_is_told_for_its_repositories(case: Case) -> None:
    with GitHubStandIn(REPOSITORIES) as server:
        server.fail(GRAPHQL, Failure(case.failure), times=case.times)
        begun = time.monotonic()
        answers = fetch(server.url, REQUESTS[:1])
        took = time.monotonic() - begun
        assert 1 <= len(server.requests) <= case.most_requests
    check_outcome(answers[0], case)
    assert took < BUDGET_SECONDS


@pytest.mark.parametrize("case", [c for c in GITHUB if c.scope == "id"], ids=describe)
def test_a_repository_is_gone_only_if_github_says_so_of_its_id(case: Case) -> None:
    with GitHubStandIn(REPOSITORIES) as server:
        server.remove("a/b")
        server.fail("/repositories/7", Failure(case.failure))
        answer, *others = fetch(server.url)
        assert server.count_requests("/repositories/7") <= case.most_requests
    check_outcome(answer, case)
    assert [other.outcome for other in others] == [Outcome.OK, Outcome.OK]


@pytest.mark.parametrize("case", [c for c in GITHUB if c.scope == "host"], ids=describe)
def test_a_failure_of_the_host_is_told_for_every_repository(case: Case) -> None:
    with GitHubStandIn(REPOSITORIES, tls=case.failure == "TLS failure") as server:
        url = {
            "connection refused": f"http://127.0.0.1:{find_closed_port()}",
            "DNS failure": "http://github.invalid",
        }.get(case.failure, server.url)
        answers = fetch(url)
    for answer in answers:
        check_outcome(answer, case)


@pytest.mark.parametrize("failure", QUERY_FAILURES)
def test_whatever_fails_for_ever_the_budget_holds_and_no_fact_appears(failure: Failure) -> None:
    with GitHubStandIn(REPOSITORIES) as server:
        server.fail(EVERYTHING, failure)
        begun = time.monotonic()
        answers = fetch(server.url, seconds=0.6)
        took = time.monotonic() - begun
    assert took < 1.6
    assert {answer.outcome for answer in answers} == {Outcome.UNAVAILABLE}


def test_facts_are_read_and_what_github_does_not_know_is_unknown() -> None:
    with GitHubStandIn(REPOSITORIES) as server:
        first, second, third = fetch(server.url)
        assert len(server.requests) == 1
    assert first == RepositoryAnswer("ab", Outcome.OK, FACTS, asked_name="a/b")
    assert second.facts is not None
    assert second.facts.archived
    assert (second.facts.language, second.facts.license) == (None, None)
    assert second.facts.last_commit_at is None
    # Another case of the name is no other name.
    assert third.facts is not None
    assert (third.facts.stars, third.detail) == (0, "")


ANOTHER = StandInRepository(99, "a/b", stars=1_000_000)


def arrange(words: str, server: GitHubStandIn) -> None:
    """Do to the repository a/b (id 7) what the words of the case say."""
    if words.startswith("renamed"):
        server.rename("a/b", "new-owner/b2")
    else:
        server.remove("a/b")
    if "leads nowhere" in words or "301" in words:
        server.create(replace(REPOSITORIES[0], full_name="new-owner/b2"))
    if "taken by another" in words:
        server.create(ANOTHER)
    if "301" in words:
        server.fail("/repositories/7", Failure.MOVED)


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case.failure)
def test_a_repository_is_its_id_whatever_becomes_of_its_name(case: Case) -> None:
    with GitHubStandIn(REPOSITORIES) as server:
        arrange(str(case.failure), server)
        answer, *others = fetch(server.url)
        asked = len(server.requests)
    assert (answer.outcome, answer.failure) == (case.outcome, case.kind)
    assert answer.confirmed_gone == (case.outcome is Outcome.MISSING)
    if case.outcome is Outcome.OK:
        assert answer.facts == replace(FACTS, full_name="new-owner/b2")
        assert "its name is new-owner/b2 now" in answer.detail
    else:
        assert answer.facts is None
        assert "id 7 is not found" in answer.detail
    assert ("belongs to another" in answer.detail) == ("taken by another" in str(case.failure))
    assert asked == case.most_requests
    assert [other.facts and other.facts.repo_id for other in others] == [8, 9]


def test_a_query_too_large_is_halved_until_it_passes() -> None:
    repositories = [StandInRepository(i + 1, f"o/r{i}") for i in range(100)]
    requests = [RepositoryRequest(f"p{i}", f"o/r{i}", i + 1) for i in range(100)]
    with GitHubStandIn(repositories, most_repositories_a_query=30) as server:
        answers = fetch(server.url, requests)
        asked = len(server.requests)
    assert [answer.facts and answer.facts.repo_id for answer in answers] == list(range(1, 101))
    assert asked <= 2 + 4


def test_a_thousand_repositories_are_ten_queries() -> None:
    repositories = [StandInRepository(i + 1, f"o/r{i}") for i in range(1000)]
    requests = [RepositoryRequest(f"p{i}", f"o/r{i}", i + 1) for i in range(1000)]
    with GitHubStandIn(repositories, latency_seconds=0.05) as server:
        begun = time.monotonic()
        answers = fetch_repositories(
            requests, base_url=server.url, token=Token(TOKEN), budget=start_budget(30)
        )
        took = time.monotonic() - begun
        asked, connections = len(server.requests), server.connections
    assert all(answer.outcome is Outcome.OK for answer in answers)
    assert (asked, connections) == (10, 4)
    assert took < 3


def test_after_a_used_up_limit_nothing_more_is_asked() -> None:
    requests = [RepositoryRequest(f"p{i}", f"o/r{i}", i + 1) for i in range(100)]
    with GitHubStandIn() as server:
        server.fail(EVERYTHING, Failure.RESET_IN_AN_HOUR)
        answers = fetch(server.url, requests, batch_size=1)
        asked = len(server.requests)
    assert {answer.failure for answer in answers} == {FailureKind.RATE_LIMITED}
    assert len({answer.detail for answer in answers}) == 1
    assert asked <= 4


def test_without_a_token_nothing_is_asked_and_every_answer_says_so() -> None:
    with GitHubStandIn(REPOSITORIES) as server:
        answers = fetch_repositories(
            REQUESTS, base_url=server.url, token=None, budget=start_budget()
        )
        assert server.requests == []
    assert {answer.failure for answer in answers} == {FailureKind.NOT_ASKED}
    assert {answer.detail for answer in answers} == {"no token was given"}


def test_a_wrong_token_is_told_and_not_tried_again() -> None:
    with GitHubStandIn(REPOSITORIES) as server:
        answers = fetch(server.url, token="ghp_wrong")
        assert len(server.requests) == 1
    assert {answer.detail for answer in answers} == {"the token is not accepted (status 401)"}


def test_enterprise_servers_are_asked_at_their_own_addresses() -> None:
    with GitHubStandIn(REPOSITORIES) as server:
        server.remove("a/b")
        fetch(f"{server.url}/api/v3", REQUESTS[:1])
        paths = [request.path for request in server.requests]
    assert paths == ["/api/graphql"]


@pytest.mark.parametrize("failure", [None, *QUERY_FAILURES])
def test_the_token_is_shown_nowhere(
    failure: Failure | None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with GitHubStandIn(REPOSITORIES) as server:
        server.remove("a/b")
        if failure is not None:
            server.fail(EVERYTHING, failure)
        answers = fetch(server.url, seconds=0.4)
        if failure is not Failure.EMPTY_BODY:
            assert any(TOKEN in request.headers["authorization"] for request in server.requests)
    shown = capfd.readouterr()
    for text in (repr(answers), repr(Token(TOKEN)), str(Token(TOKEN)), caplog.text, *shown):
        assert TOKEN not in text
