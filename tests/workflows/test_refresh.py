"""The scheduled refresh and the rebuild after a merge, run for real, alone and against others."""

from __future__ import annotations

import pytest

from tests.publish.repositories import MONTHS, STRENGTHS, run_git, write_project
from tests.standins.failure import Failure
from tests.standins.github import StandInRepository
from tests.standins.opendigger import EVERYTHING
from tests.workflows.act import World

pytestmark = pytest.mark.slow
NEW_MONTH = "2026-05"
SCHEDULE = {"schedule": "23 5 * * 1,4"}
PROTECTED = """\
while read -r old new ref; do
  if [ "$ref" = refs/heads/main ]; then
    echo "GH006: Protected branch update failed for refs/heads/main." >&2
    exit 1
  fi
done
"""


def publish_news(world: World) -> None:
    """Let OpenDigger have one more month."""
    for name, value in STRENGTHS.items():
        months = dict.fromkeys(MONTHS, value) | {NEW_MONTH: value + 1}
        world.digger.serve(f"{name}/{name}", "openrank", months)


def dispatch(**inputs: str) -> dict[str, object]:
    return {"inputs": {"dry-run": "false", "accept-shrink": "false", "mode": "push"} | inputs}


def test_a_schedule_with_news_commits_them_and_without_news_nothing(world: World) -> None:
    publish_news(world)
    run = world.run("refresh.yml", "schedule", SCHEDULE)
    assert not run.failed
    log = world.clone.log()
    assert len(log) == 2
    body = run_git(world.clone.remote, "log", "-1", "--format=%B%an", "main")
    assert NEW_MONTH in body
    assert "github-actions[bot]" in body
    assert "alpha,41" in world.clone.show(f"data/metrics/opendigger/{NEW_MONTH}.csv")
    assert NEW_MONTH in world.clone.show("report/README.md")
    assert not world.hub.state.issues

    again = world.run("refresh.yml", "schedule", SCHEDULE)
    assert not again.failed
    assert "nothing to commit" in again.log
    assert world.clone.log() == log


def test_a_guard_that_refuses_keeps_the_pages_stores_the_data_and_opens_the_issue(
    world: World,
) -> None:
    before = world.clone.show("report/landscape.csv")
    for name in STRENGTHS:
        months = dict.fromkeys(MONTHS, 1.0)
        world.digger.serve(f"{name}/{name}", "openrank", months)
    run = world.run("refresh.yml", "schedule", SCHEDULE)
    assert run.failed
    assert "ended with 4" in run.log
    assert world.clone.show("report/landscape.csv") == before
    assert "alpha,1" in world.clone.show("data/metrics/opendigger/2026-04.csv")
    (issue,) = world.hub.state.issues.values()
    assert "A guard refused" in issue["body"]
    assert "60 days" in issue["body"]

    world.hub.facts.remove("alpha/alpha")
    world.hub.facts.create(StandInRepository(99, "alpha/alpha"))
    world.hub.facts.rename("beta/beta", "beta/next")
    world.hub.facts.create(StandInRepository(98, "beta/beta", created_at="2026-04-30T00:00:00Z"))
    run_git(world.clone.root, "push", "--quiet", "origin", "HEAD:landscape/discovery")
    world.hub.open_pull("landscape/discovery", head_repo=world.hub.full_name)
    run = world.run("refresh.yml", "workflow_dispatch", dispatch(**{"accept-shrink": "true"}))
    assert not run.failed
    assert world.clone.show("report/landscape.csv") != before
    assert "A guard refused" not in issue["body"]
    for heading in (
        "Renamed, and the old name taken by another repository",
        "Gone, and its name taken by another repository",
        "Left the map",
        "Candidates",
    ):
        assert f"### {heading}\n" in issue["body"]


def test_an_outage_loses_nothing_and_is_told(world: World) -> None:
    before = run_git(world.clone.remote, "rev-parse", "main:data/projects", "main:report")
    world.digger.fail(EVERYTHING, Failure.INVALID_JSON)
    world.hub.facts.fail(EVERYTHING, Failure.INVALID_JSON)
    run = world.run("refresh.yml", "schedule", SCHEDULE)
    assert run.failed
    assert "ended with 4" in run.log
    assert "alpha,40" in world.clone.show("data/metrics/opendigger/2026-04.csv")
    assert run_git(world.clone.remote, "rev-parse", "main:data/projects", "main:report") == before


def test_a_dry_run_writes_nothing_anywhere(world: World) -> None:
    publish_news(world)
    run = world.run("refresh.yml", "workflow_dispatch", dispatch(**{"dry-run": "true"}))
    assert not run.failed
    assert world.clone.log() == ["Begin"]
    assert not [request for request in world.hub.requests if request.method == "PATCH"]
    assert not world.hub.state.issues
    assert NEW_MONTH in run.log


def race(world: World, times: int) -> None:
    """Let somebody push a project in the very moment in which the workflow pushes."""
    other = world.clone.clone_again("racer")
    counter = world.clone.remote / "races"
    counter.write_text("", encoding="utf-8")
    world.clone.add_hook(
        "pre-receive",
        f"""
        [ -n "$RACER" ] && exit 0
        n=$(wc -l < {counter})
        [ "$n" -ge {times} ] && exit 0
        echo x >> {counter}
        n=$((n + 1))
        unset GIT_DIR GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
        cd {other.root} && git pull --quiet --rebase &&
        sed "s/alpha/racer-$n/g; s/Alpha/Racer-$n/" data/projects/alpha.yaml \\
            > data/projects/racer-$n.yaml &&
        git add -A && git -c user.name=R -c user.email=r@example.org commit --quiet -m "Race $n" &&
        RACER=1 git push --quiet origin HEAD:main >&2
        exit 0
        """,
    )


def test_three_pushes_in_a_row_by_others_are_outlived(world: World) -> None:
    publish_news(world)
    race(world, 3)
    run = world.run("refresh.yml", "schedule", SCHEDULE)
    assert not run.failed
    assert "at attempt 4" in run.log
    log = world.clone.log()
    assert log[1:] == ["Race 3", "Race 2", "Race 1", "Begin"]
    assert run_git(world.clone.remote, "rev-list", "--merges", "--count", "main") == "0"
    table = world.clone.show("report/landscape.csv")
    assert all(f"racer-{number}," in table for number in (1, 2, 3))


def test_a_protected_branch_gets_one_pull_request_that_is_updated(world: World) -> None:
    world.clone.add_hook("pre-receive", PROTECTED)
    publish_news(world)
    app = {"LANDSCAPE_APP_ID": "7"}
    first = world.run("refresh.yml", "schedule", SCHEDULE, variables=app)
    assert not first.failed
    assert "landscape-keeper" in first.log
    (pull,) = world.hub.state.pulls.values()
    assert (pull["base"], pull["branch"]) == ("main", "landscape/refresh")
    assert world.clone.log() == ["Begin"]
    world.digger.serve("alpha/alpha", "openrank", dict.fromkeys([*MONTHS, NEW_MONTH], 44.0))
    second = world.run("refresh.yml", "schedule", SCHEDULE)
    assert not second.failed
    assert len(world.hub.state.pulls) == 1
    name = f"data/metrics/opendigger/{NEW_MONTH}.csv"
    assert "alpha,44" in world.clone.show(name, "landscape/refresh")


def test_a_fork_runs_neither(world: World) -> None:
    for workflow, event in (("refresh.yml", "schedule"), ("rebuild.yml", "push")):
        run = world.run(workflow, event, SCHEDULE, repository="somebody/fork")
        assert run.skipped
    assert world.clone.log() == ["Begin"]


def test_after_a_merge_the_report_is_rebuilt_and_pushed(world: World) -> None:
    write_project(world.clone.root, "epsilon")
    world.clone.commit("Add epsilon (#1)")
    world.clone.push()
    run = world.run("rebuild.yml", "push", {"ref": "refs/heads/main"})
    assert not run.failed
    assert world.clone.log() == ["Rebuild the report", "Add epsilon (#1)", "Begin"]
    assert "epsilon," in world.clone.show("report/landscape.csv")
    assert not world.digger.requests
