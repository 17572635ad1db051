"""The data check of pull requests, run for real: what a contributor sees."""

from __future__ import annotations

import pytest

from tests.publish.repositories import run_git, write_project
from tests.workflows.act import World

pytestmark = pytest.mark.slow
MARKER = "<!-- landscape:check -->"


def open_pull(world: World, branch: str = "change", *, message: str = "Change") -> int:
    """Push the work tree to a branch, and open a pull request from it as a fork's."""
    run_git(world.clone.root, "checkout", "--quiet", "-B", branch)
    world.clone.commit(message)
    run_git(world.clone.root, "push", "--quiet", "--force", "origin", f"HEAD:{branch}")
    return world.hub.open_pull(branch)


def check(world: World, number: int):  # type: ignore[no-untyped-def]
    pull = {"number": number, "base": {"ref": "main"}, "head": {"ref": "change"}}
    return world.run("data-check.yml", "pull_request_target", {"pull_request": pull, "number": number})


def test_a_good_one(world: World) -> None:
    write_project(world.clone.root, "epsilon")
    number = open_pull(world)
    run = check(world, number)
    assert not run.failed
    (check_run,) = world.hub.state.check_runs.values()
    assert check_run["conclusion"] == "success"
    (comment,) = world.hub.list_comments(number)
    assert comment["body"].startswith(MARKER)
