"""What OpenDigger says and fails to say becomes an answer: nothing lost, nothing invented."""

from __future__ import annotations

import re
import time

import pytest

from landscape.sources.model import FailureKind, MetricAnswer, MetricRequest, Outcome
from landscape.sources.opendigger import fetch_label_series, fetch_metrics
from tests.sources.outcomes import OPENDIGGER, Case
from tests.sources.runs import BUDGET_SECONDS, PACING, start_budget
from tests.standins.failure import Failure
from tests.standins.opendigger import EVERYTHING, OpenDiggerStandIn
from tests.standins.server import find_closed_port

MONTHS = {"2021-10": 2.5, "2025-12": 34.81, "2026-01": 30.0, "2026-03": 12.07}
OTHERS: dict[str, dict[str, float]] = {
    "c/d": {"2026-03": 7.25},
    "e/f": {"2026-02": 1.5, "2026-03": 2.5},
    "g/h": {"2015-01": 9.0},
}
SERIES = {(name, "openrank"): months for name, months in {"a/b": MONTHS, **OTHERS}.items()}
PROJECTS = [
    MetricRequest(name.replace("/", "-"), name, "openrank") for name in ("a/b", "c/d", "e/f", "g/h")
]

LASTING = sorted(
    {
        Failure(case.failure)
        for case in OPENDIGGER
        if case.outcome is not Outcome.OK and case.failure in list(Failure)
    }
)


def fetch(url: str, *, seconds: float = BUDGET_SECONDS, workers: int = 4) -> list[MetricAnswer]:
    return fetch_metrics(
        PROJECTS,
        base_url=url,
        budget=start_budget(seconds),
        workers=workers,
        pacing=PACING,
        newest_month="2026-04",
    )


def describe(case: Case) -> str:
    return f"{case.failure} x{case.times} {case.scope}"


@pytest.mark.parametrize("case", [c for c in OPENDIGGER if c.scope == "project"], ids=describe)
def test_a_failure_of_one_project_is_told_and_touches_no_other(case: Case) -> None:
    with OpenDiggerStandIn(SERIES) as server:
        server.fail("a/b", Failure(case.failure), times=case.times)
        begun = time.monotonic()
        failed, *others = fetch(server.url)
        took = time.monotonic() - begun
        asked = server.count_requests("a/b")
    assert (failed.outcome, failed.failure) == (case.outcome, case.kind)
    assert failed.values == (MONTHS if case.outcome is Outcome.OK else {})
    assert bool(failed.detail) == (case.outcome is not Outcome.OK)
    assert [dict(other.values) for other in others] == list(OTHERS.values())
    assert 1 <= asked <= case.most_requests
    assert took < BUDGET_SECONDS


@pytest.mark.parametrize("failure", LASTING)
def test_whatever_fails_for_everybody_the_budget_holds_and_no_value_appears(
    failure: Failure,
) -> None:
    with OpenDiggerStandIn(SERIES) as server:
        server.fail(EVERYTHING, failure)
        begun = time.monotonic()
        answers = fetch(server.url, seconds=0.6, workers=2)
        took = time.monotonic() - begun
    assert took < 1.6
    assert all(answer.outcome is not Outcome.OK for answer in answers)
    assert all(dict(answer.values) == {} for answer in answers)


@pytest.mark.parametrize("case", [c for c in OPENDIGGER if c.scope == "host"], ids=describe)
def test_a_failure_of_the_host_is_told_for_every_project(case: Case) -> None:
    with OpenDiggerStandIn(SERIES, tls=case.failure == "TLS failure") as server:
        if isinstance(case.failure, Failure):
            server.fail(EVERYTHING, case.failure)
        url = {
            "connection refused": f"http://127.0.0.1:{find_closed_port()}",
            "DNS failure": "http://opendigger.invalid",
        }.get(case.failure, server.url)
        answers = fetch(url)
    assert {(answer.outcome, answer.failure) for answer in answers} == {(case.outcome, case.kind)}
    assert len({answer.detail for answer in answers}) == 1
    assert len(server.requests) <= case.most_requests


def test_the_same_failure_is_told_in_the_same_words() -> None:
    details = set()
    for _ in range(2):
        with OpenDiggerStandIn(SERIES) as server:
            server.fail(EVERYTHING, Failure.RESET)
            details |= {answer.detail for answer in fetch(server.url)}
    details |= {answer.detail for answer in fetch(f"http://127.0.0.1:{find_closed_port()}")}
    assert details == {"the connection was cut", "the connection was refused"}
    assert not any(re.search(r"\d{4}|0x|127", detail) for detail in details)


def test_months_are_taken_and_nothing_else_of_a_file() -> None:
    with OpenDiggerStandIn(SERIES) as server:
        assert b'"2025Q4"' in server.files["/github/a/b/openrank.json"]
        assert b'"2021-10-raw"' in server.files["/github/a/b/openrank.json"]
        answer = fetch(server.url)[0]
    assert dict(answer.values) == MONTHS
    assert (answer.project, answer.metric, answer.asked_name) == ("a-b", "openrank", "a/b")


def test_names_are_asked_in_their_own_case() -> None:
    with OpenDiggerStandIn({("A/B", "openrank"): MONTHS}) as server:
        answer = fetch(server.url)[0]
    assert answer.outcome is Outcome.MISSING


def test_lines_of_code_may_be_fewer_and_many_and_openrank_may_not() -> None:
    months = {"2026-01": -120_000.0, "2026-02": 25_000_000.0}
    metrics = ["code_change_lines_sum", "code_change_lines_add", "openrank"]
    with OpenDiggerStandIn({("a/b", metric): months for metric in metrics}) as server:
        answers = fetch_metrics(
            [MetricRequest("p", "a/b", metric) for metric in metrics],
            base_url=server.url,
            budget=start_budget(),
            pacing=PACING,
        )
    assert [answer.outcome for answer in answers] == [
        Outcome.OK,
        Outcome.UNAVAILABLE,
        Outcome.UNAVAILABLE,
    ]


def test_a_host_that_cannot_be_reached_is_not_asked_a_thousand_times() -> None:
    requests = [MetricRequest(f"p{i}", f"o/r{i}", "openrank") for i in range(1000)]
    begun = time.monotonic()
    answers = fetch_metrics(
        requests,
        base_url=f"http://127.0.0.1:{find_closed_port()}",
        budget=start_budget(30),
        pacing=PACING,
    )
    assert time.monotonic() - begun < 2
    assert {(answer.failure, answer.detail) for answer in answers} == {
        (FailureKind.CONNECTION, "the connection was refused")
    }


def test_a_host_that_only_fails_is_asked_once_for_each_of_the_later_projects() -> None:
    requests = [MetricRequest(f"p{i:03}", f"o/r{i}", "openrank") for i in range(300)]
    with OpenDiggerStandIn({("o/r299", "openrank"): MONTHS}) as server:
        for i in range(299):
            server.fail(f"o/r{i}", Failure.OVERLOADED)
        answers = fetch_metrics(
            requests, base_url=server.url, budget=start_budget(), workers=1, pacing=PACING
        )
        asked = len(server.requests)
    assert answers[-1].outcome is Outcome.OK
    assert {answer.failure for answer in answers[:-1]} == {FailureKind.SERVER_ERROR}
    assert asked <= 300 + 64 * (PACING.attempts - 1)


def test_many_workers_retry_no_more_than_what_they_have_under_way() -> None:
    """Without a good answer: one closes the circuit, and what is under way is retried again."""
    workers = 8
    requests = [MetricRequest(f"p{i:03}", f"o/r{i}", "openrank") for i in range(300)]
    with OpenDiggerStandIn({}) as server:
        for i in range(300):
            server.fail(f"o/r{i}", Failure.OVERLOADED)
        answers = fetch_metrics(
            requests, base_url=server.url, budget=start_budget(), workers=workers, pacing=PACING
        )
        asked = len(server.requests)
    assert {answer.failure for answer in answers} == {FailureKind.SERVER_ERROR}
    assert asked <= 300 + (64 + workers - 1) * (PACING.attempts - 1)


def test_a_wait_that_the_host_asked_for_holds_for_every_worker() -> None:
    with OpenDiggerStandIn(SERIES) as server:
        server.fail("a/b", Failure.TOO_MANY_SECOND, times=1)
        begun = time.monotonic()
        answers = fetch(server.url, workers=1)
        took = time.monotonic() - begun
    assert took >= 1
    assert all(answer.outcome is Outcome.OK for answer in answers)


def test_connections_are_kept_and_no_more_than_workers() -> None:
    series = {(f"o/r{i}", "openrank"): MONTHS for i in range(200)}
    requests = [MetricRequest(f"p{i}", name, metric) for i, (name, metric) in enumerate(series)]
    with OpenDiggerStandIn(series) as server:
        answers = fetch_metrics(
            requests, base_url=server.url, budget=start_budget(), workers=8, pacing=PACING
        )
        assert server.connections <= 8
        assert len(server.requests) == 200
    assert all(answer.outcome is Outcome.OK for answer in answers)


def test_progress_counts_every_answer() -> None:
    told = []
    with OpenDiggerStandIn(SERIES) as server:
        fetch_metrics(
            PROJECTS,
            base_url=server.url,
            budget=start_budget(),
            pacing=PACING,
            progress=lambda source, done, total: told.append((source, done, total)),
        )
    assert told == [("opendigger", done, 4) for done in (1, 2, 3, 4)]


def test_labels_have_years_and_fail_like_projects() -> None:
    labels = {"ai": {"2024": 401121.07, "2025": 500000.0}, "database": {"2024Q1": 3.0}}
    with OpenDiggerStandIn(labels=labels) as server:
        answers = fetch_label_series(
            ["ai", "database", "frontend"],
            base_url=server.url,
            budget=start_budget(),
            pacing=PACING,
        )
    assert [answer.outcome for answer in answers] == [
        Outcome.OK,
        Outcome.UNAVAILABLE,
        Outcome.MISSING,
    ]
    assert dict(answers[0].values) == labels["ai"]


@pytest.mark.slow
def test_a_thousand_projects_at_fifty_milliseconds_take_under_three_seconds() -> None:
    series = {(f"o/r{i}", "openrank"): MONTHS for i in range(1000)}
    requests = [MetricRequest(f"p{i}", name, metric) for i, (name, metric) in enumerate(series)]
    with OpenDiggerStandIn(series, latency_seconds=0.05) as server:
        begun = time.monotonic()
        answers = fetch_metrics(requests, base_url=server.url, budget=start_budget(30))
        took = time.monotonic() - begun
        asked = len(server.requests)
    assert all(answer.outcome is Outcome.OK for answer in answers)
    assert asked == 1000
    assert took < 3
