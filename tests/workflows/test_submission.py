"""The issue form, run for real: a pull request with its check, or a word on what is missing."""

from __future__ import annotations

import pytest

from tests.workflows.act import Run, World

pytestmark = pytest.mark.slow
GOOD = """\
### Repository

https://github.com/epsilon/epsilon

### Name

Epsilon

### Domain

serving

### Subdomain

_No response_

### Tags

gpu

### Summary in English

What epsilon is. $(touch stolen) `id`

### Summary in Chinese

_No response_
"""


def submit(world: World, number: int) -> Run:
    issue = world.hub.state.issues[number]
    event = {"number": number, "state": issue["state"], "body": issue["body"]}
    return world.run("submission.yml", "issues", {"action": "opened", "issue": event})


def test_a_good_form_becomes_a_checked_pull_request(world: World) -> None:
    number = world.hub.open_issue(GOOD)
    run = submit(world, number)
    assert not run.failed
    (pull,) = world.hub.state.pulls.values()
    assert pull["branch"] == f"landscape/submission-{number}"
    assert f"Closes #{number}" in pull["body"]
    text = world.clone.show("data/projects/epsilon.yaml", pull["branch"])
    assert "repo: epsilon/epsilon" in text
    assert "$(touch stolen)" in text
    (check_run,) = world.hub.state.check_runs.values()
    assert check_run["conclusion"] == "success"
    assert f"#{pull['number']}" in world.hub.list_comments(number)[0]["body"]
    assert "epsilon" in world.hub.list_comments(pull["number"])[0]["body"].lower()


def test_a_form_with_gaps_is_answered_then_read_again(world: World) -> None:
    number = world.hub.open_issue(GOOD.replace("serving", "severing"))
    run = submit(world, number)
    assert not run.failed
    assert not world.hub.state.pulls
    (comment,) = world.hub.list_comments(number)
    assert "did you mean `serving`" in comment["body"]
    world.hub.state.issues[number]["body"] = GOOD
    assert not submit(world, number).failed
    assert len(world.hub.state.pulls) == 1
    assert comment["edits"] == 1


def test_other_issues_are_left_alone(world: World) -> None:
    number = world.hub.open_issue("The map is broken.")
    assert submit(world, number).skipped
    assert not world.hub.list_comments(number)
