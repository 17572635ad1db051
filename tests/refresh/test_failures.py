"""Whatever a source does wrong: no value is lost or invented, and no verdict changes by it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from landscape.sources.model import Outcome
from tests.refresh.landscapes import (
    MONTHS,
    World,
    make_series,
    name_repo,
    open_world,
    read_states,
    read_tree,
    read_values,
    read_verdicts,
    write_project,
    write_story,
)
from tests.sources.outcomes import GITHUB, NOWHERE, OPENDIGGER
from tests.standins.failure import Failure
from tests.standins.github import EVERYTHING as ALL_OF_GITHUB
from tests.standins.opendigger import EVERYTHING, OpenDiggerStandIn
from tests.standins.server import find_closed_port

STATE = "data/metrics/state.csv"
SINGLE = [case for case in OPENDIGGER if case.scope == "project"]
NEXT = "2026-04"


@pytest.mark.slow
def test_failures_of_single_projects_touch_nothing_that_is_stored(tmp_path: Path) -> None:
    """Every failure of one file at once, each of another project; the other projects answer."""
    failing = {f"fails-{number:02d}": case for number, case in enumerate(SINGLE)}
    steady = [f"ok-{number:02d}" for number in range(20)]
    projects = {
        name: make_series(6 + number % 20) for number, name in enumerate([*failing, *steady])
    }
    with open_world(tmp_path, projects) as world:
        assert world.refresh("--source", "opendigger").code == 0
        verdicts = read_verdicts(tmp_path)
        revised = {
            name: {month: round(value * 1.15, 2) for month, value in values.items()}
            for name, values in projects.items()
        }
        for name, values in revised.items():
            world.serve(name, values)
        for name, case in failing.items():
            world.opendigger.fail(name_repo(name), Failure(case.failure), times=case.times)
        # So many at once would not be published; here a human has agreed.
        result = world.refresh("--source", "opendigger", "--budget", "6", "--accept-shrink")
    assert result.code == 0, result.stderr
    stored, states = read_values(tmp_path), read_states(tmp_path)
    lost = {name for name, case in failing.items() if case.outcome is not Outcome.OK}
    for name in projects:
        own = {month: float(value) for (who, month), (value, _) in stored.items() if who == name}
        assert own == (projects[name] if name in lost else revised[name]), name
    assert {name for name, _ in states} == lost
    assert set(states.values()) == {"unavailable"}
    now = read_verdicts(tmp_path)
    assert {name: now[name] for name in lost} == {name: verdicts[name] for name in lost}


@pytest.mark.parametrize("failure", [Failure.NOT_FOUND, Failure.EMPTY_OBJECT])
def test_not_found_without_history_is_absent_and_with_history_stale(
    world: World, failure: Failure
) -> None:
    write_project(world.root, "newcomer")
    verdicts = read_verdicts(world.root)
    for name in ("newcomer", "p05"):
        world.opendigger.fail(name_repo(name), failure)
    result = world.refresh("--source", "opendigger")
    assert result.code == 0, result.stderr
    assert read_states(world.root) == {
        ("newcomer", "opendigger"): "absent",
        ("p05", "opendigger"): "unavailable",
    }
    assert read_verdicts(world.root) == {**verdicts, "newcomer": "not covered"}


HOST_FAILURES = [
    *sorted({case.failure for case in SINGLE if case.outcome is not Outcome.OK}),
    *NOWHERE,
]


@pytest.mark.parametrize("failure", HOST_FAILURES)
def test_when_opendigger_fails_for_all_values_and_report_stay_and_the_exit_is_4(
    world: World, failure: str
) -> None:
    before = read_tree(world.root, but=[STATE])
    begun = time.monotonic()
    if failure == "TLS failure":
        with OpenDiggerStandIn(tls=True) as untrusted:
            world.urls["opendigger"] = untrusted.url
            result = world.refresh("--source", "opendigger", "--budget", "0.5")
    else:
        if failure in NOWHERE:
            world.urls["opendigger"] = {
                "connection refused": f"http://127.0.0.1:{find_closed_port()}",
                "DNS failure": "http://opendigger.invalid",
            }[failure]
        else:
            world.opendigger.fail(EVERYTHING, Failure(failure))
        result = world.refresh("--source", "opendigger", "--budget", "0.5")
    assert time.monotonic() - begun < 5
    assert result.code == 4
    assert "no source gave an answer: opendigger" in result.stderr
    assert read_tree(world.root, but=[STATE]) == before
    assert set(read_states(world.root).values()) == {"unavailable"}


GITHUB_FAILURES = sorted(
    {
        case.failure
        for case in GITHUB
        if case.failure in list(Failure)
        and case.outcome is not Outcome.OK
        and not case.failure.startswith(("an error of one", "null", "a repository with"))
    }
)


def test_other_metrics_that_use_up_the_time_change_no_state_and_no_verdict(world: World) -> None:
    """Not even of what OpenDigger has under a former name, which is found out by asking twice."""
    write_story(world.root, "{kind: trend, projects: [p03, p04], metric: contributors}")
    world.github.rename(name_repo("p02"), "new-owner/p02")
    verdicts = read_verdicts(world.root)
    for project in verdicts:
        for metric in ("participants", "contributors"):
            path = f"/github/{name_repo(project)}/{metric}.json"
            world.opendigger.fail(path, Failure.STALLED)
    result = world.refresh("--budget", "4")
    assert result.code == 0, result.stderr
    assert "participants, 12 without an answer" in result.stdout
    assert "contributors, 12 without an answer" in result.stdout
    assert read_states(world.root) == {}
    assert read_verdicts(world.root) == verdicts
    assert read_values(world.root, "participants")["p03", MONTHS[-1]] == ("16", "live")


@pytest.mark.parametrize("failure", GITHUB_FAILURES)
def test_when_github_fails_for_all_facts_and_report_stay_and_the_exit_is_4(
    world: World, failure: str
) -> None:
    before = read_tree(world.root, but=[STATE])
    world.github.fail(ALL_OF_GITHUB, Failure(failure))
    result = world.refresh("--source", "github", "--budget", "2")
    assert result.code == 4
    assert "no source gave an answer: github" in result.stderr
    assert read_tree(world.root, but=[STATE]) == before
    assert set(read_states(world.root).values()) == {"unavailable"}


def test_a_server_that_knows_none_of_the_repositories_buries_none(world: World) -> None:
    for name in read_verdicts(world.root):
        world.github.remove(name_repo(name))
    result = world.refresh("--source", "github")
    assert result.code == 4
    assert set(read_states(world.root).values()) == {"unavailable"}


def test_failures_of_single_repositories_touch_no_fact_and_no_verdict(world: World) -> None:
    before = read_tree(world.root / "data" / "metrics", but=["state.csv"])
    verdicts = read_verdicts(world.root)
    world.github.fail(name_repo("p03"), Failure.NULL_NODE)
    result = world.refresh("--source", "github")
    assert result.code == 0
    assert read_states(world.root) == {("p03", "github"): "unavailable"}
    assert read_tree(world.root / "data" / "metrics", but=["state.csv"]) == before
    assert read_verdicts(world.root) == verdicts
    world.github.heal()
    assert world.refresh("--source", "github").code == 0
    assert read_states(world.root) == {}


def test_when_github_fails_openrank_is_taken_all_the_same_and_the_exit_tells(
    world: World,
) -> None:
    for number, name in enumerate(read_verdicts(world.root)):
        world.serve(name, {**make_series(8 + 2 * number), NEXT: 30.0})
    world.github.fail(ALL_OF_GITHUB, Failure.INTERNAL_ERROR)
    result = world.refresh("--budget", "6")
    assert result.code == 4
    assert "github repositories: no answer for 12 of 12" in result.stderr
    assert read_values(world.root)["p00", NEXT] == ("30", "live")
    assert f"as of {NEXT}" in result.stdout


def test_queries_that_are_too_large_are_halved(tmp_path: Path) -> None:
    projects = {f"p{number:02d}": make_series(20) for number in range(12)}
    with open_world(tmp_path, projects, most_repositories_a_query=5) as world:
        result = world.refresh("--source", "github", "--source", "opendigger")
    assert result.code == 0
    assert "github repositories         12        12" in result.stdout


def test_every_source_failing_for_ever_ends_within_the_budget_and_names_them(
    world: World,
) -> None:
    before = read_tree(world.root, but=[STATE])
    world.opendigger.fail(EVERYTHING, Failure.SILENT)
    world.github.fail(ALL_OF_GITHUB, Failure.STALLED)
    begun = time.monotonic()
    result = world.refresh("--budget", "2")
    assert time.monotonic() - begun < 4
    assert result.code == 4
    assert "opendigger" in result.stderr
    assert "github" in result.stderr
    assert "nothing that was stored is lost" in result.stderr
    assert read_tree(world.root, but=[STATE]) == before


def test_an_empty_store_and_no_source_at_all_is_no_bug(tmp_path: Path) -> None:
    with open_world(tmp_path, {"a": {}, "b": {}}) as world:
        result = world.refresh("--source", "opendigger")
    assert result.code == 4
    assert "no source gave an answer: opendigger" in result.stderr


def test_after_an_outage_the_next_refresh_is_as_if_there_had_been_none(world: World) -> None:
    before = read_tree(world.root)
    world.opendigger.fail(EVERYTHING, Failure.NOT_FOUND)
    assert world.refresh().code == 4
    assert read_tree(world.root) != before
    world.opendigger.heal()
    result = world.refresh()
    assert result.code == 0
    assert "recovered (12)" in result.stdout
    assert read_tree(world.root, but=[STATE]) == before
    assert read_states(world.root) == {}


def test_a_month_that_has_not_begun_never_enters_the_store(world: World) -> None:
    before, verdicts = read_values(world.root), read_verdicts(world.root)
    world.serve("p01", {**make_series(10), "2199-01": 5.0})
    result = world.refresh("--source", "opendigger")
    assert result.code == 0
    assert "the month '2199-01'" in result.stdout
    assert read_states(world.root) == {("p01", "opendigger"): "unavailable"}
    assert read_values(world.root) == before
    assert read_verdicts(world.root) == verdicts


@pytest.mark.parametrize("table", ["opendigger", "collaboration", "trending"])
def test_a_stored_month_that_has_not_begun_is_refused_before_anybody_is_asked(
    world: World, table: str
) -> None:
    folder = world.root / "data" / "metrics" / table
    folder.mkdir(exist_ok=True)
    (world.root / f"data/metrics/opendigger/{MONTHS[-1]}.csv").rename(folder / "2603-03.csv")
    before = len(world.opendigger.requests)
    result = world.refresh()
    assert result.code == 2
    assert f"data/metrics/{table}/2603-03.csv: this month has not begun" in result.stderr
    assert len(world.opendigger.requests) == before
