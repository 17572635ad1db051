"""``landscape publish`` as a process, with the real builder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import run_landscape
from tests.publish.repositories import (
    STRENGTHS,
    Clone,
    make_clone,
    run_git,
    write_month,
    write_project,
)
from tests.publish.test_proposals import write_proposal
from tests.publish.test_publication import PROTECTED
from tests.standins.github_api import TOKEN, GitHubApiStandIn

QUIET = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent"}


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return make_clone(tmp_path)


def publish(clone: Clone, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return run_landscape("publish", *arguments, folder=clone.root, **QUIET, **extra)


def build(clone: Clone) -> None:
    run = run_landscape("build", folder=clone.root, **QUIET)
    assert run.returncode == 0, run.stderr


def give_access(hub: GitHubApiStandIn) -> dict[str, str]:
    return {"GITHUB_API_URL": hub.url, "GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": hub.full_name}


def test_nothing_to_commit_says_so_and_ends_with_0(clone: Clone) -> None:
    run = publish(clone)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "nothing to commit: origin/main needs nothing from here\n"


def test_a_dry_run_lists_and_pushes_nothing(clone: Clone) -> None:
    write_month(clone.root, "2026-05", STRENGTHS)
    run = publish(clone, "--dry-run")
    assert run.returncode == 0
    assert "would commit data/metrics/opendigger/2026-05.csv" in run.stdout
    assert clone.log() == ["Begin"]


def test_a_built_report_is_pushed_and_the_checkout_is_clean(clone: Clone) -> None:
    build(clone)
    run = publish(clone)
    assert run.returncode == 0, run.stderr
    assert clone.log() == ["Rebuild the report", "Begin"]
    assert "report/README.md" in run_git(clone.remote, "ls-tree", "-r", "--name-only", "main")
    assert run_git(clone.root, "status", "--porcelain") == ""
    assert "nothing to commit" in publish(clone).stdout


def test_a_message_can_be_given(clone: Clone, tmp_path: Path) -> None:
    write_month(clone.root, "2026-05", STRENGTHS)
    message = tmp_path / "message"
    message.write_text("Title of mine\n\nBody of mine\n", encoding="utf-8")
    publish(clone, "--message-file", str(message))
    assert run_git(clone.remote, "log", "-1", "--format=%B", "main") == (
        "Title of mine\n\nBody of mine"
    )


def test_after_a_race_the_real_report_is_of_both(clone: Clone) -> None:
    build(clone)
    publish(clone)
    other = clone.clone_again()
    write_project(other.root, "omega")
    other.commit("Add omega")
    other.push()
    write_month(clone.root, "2026-05", STRENGTHS)
    build(clone)
    run = publish(clone)
    assert run.returncode == 0, run.stderr
    table = clone.show("report/landscape.csv")
    assert "omega,Omega" in table
    fresh = clone.clone_again("fresh")
    again = run_landscape("build", folder=fresh.root, **QUIET)
    assert again.returncode == 0
    assert run_git(fresh.root, "status", "--porcelain") == ""


def test_a_protected_branch_gets_a_pull_request_that_is_updated_in_place(clone: Clone) -> None:
    clone.add_hook("pre-receive", PROTECTED)
    with GitHubApiStandIn(clone.remote) as hub:
        for value in (41.0, 42.0):
            write_month(clone.root, "2026-05", STRENGTHS | {"alpha": value})
            run = publish(clone, **give_access(hub))
            assert run.returncode == 0, run.stderr
            assert "pull request #1: " in run.stdout
        (pull,) = hub.state.pulls.values()
    assert pull["title"] == "Refresh: 4 new monthly values up to 2026-05"
    assert "alpha" in pull["body"]
    assert clone.log() == ["Begin"]
    assert "alpha,42" in clone.show("data/metrics/opendigger/2026-05.csv", "landscape/refresh")


def test_a_protected_branch_without_a_repository_says_what_to_do(clone: Clone) -> None:
    clone.add_hook("pre-receive", PROTECTED)
    write_month(clone.root, "2026-05", STRENGTHS)
    run = publish(clone)
    assert run.returncode == 2
    assert "--repository" in run.stderr


def test_an_unreachable_remote_ends_with_4(clone: Clone) -> None:
    run_git(clone.root, "remote", "set-url", "origin", str(clone.remote) + "-gone")
    write_month(clone.root, "2026-05", STRENGTHS)
    run = publish(clone)
    assert run.returncode == 4
    assert "error: git ls-remote failed" in run.stderr


def test_the_standing_issue_tells_who_left_and_closes_when_nothing_is_open(clone: Clone) -> None:
    build(clone)
    publish(clone)
    with GitHubApiStandIn(clone.remote) as hub:
        for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
            write_month(clone.root, month, STRENGTHS | {"gamma": 1.0})
        assert run_landscape("build", "--accept-shrink", folder=clone.root, **QUIET).returncode == 0
        run = publish(clone, "--standing-issue", **give_access(hub))
        assert run.returncode == 0, run.stderr
        (issue,) = hub.state.issues.values()
        assert "### Left the map" in issue["body"]
        assert "[Gamma](https://github.com/gamma/gamma): below" in issue["body"]
        run = publish(clone, "--standing-issue", **give_access(hub))
        assert "standing issue closed: 0 decisions open" in run.stdout
        assert issue["state"] == "closed"


def test_a_guard_that_refused_is_in_the_standing_issue(clone: Clone) -> None:
    build(clone)
    publish(clone)
    with GitHubApiStandIn(clone.remote) as hub:
        for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
            write_month(clone.root, month, dict.fromkeys(STRENGTHS, 1.0))
        assert run_landscape("build", folder=clone.root, **QUIET).returncode == 4
        run = publish(clone, "--standing-issue", **give_access(hub))
        assert run.returncode == 0, run.stderr
        (issue,) = hub.state.issues.values()
    assert "### A guard refused to publish" in issue["body"]
    assert "60 days" in issue["body"]
    assert "gamma,1" in clone.show("data/metrics/opendigger/2026-04.csv")
    assert "gamma,Gamma" in clone.show("report/landscape.csv")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--discovery", "--standing-issue"), "--standing-issue does nothing with --discovery"),
        (("--summary-file", "found.md"), "--summary-file does nothing without --discovery"),
        (("--discovery", "--branch", "landscape/discovery"), "the pull request itself"),
    ],
)
def test_what_would_be_passed_over_is_refused(
    clone: Clone, arguments: tuple[str, ...], said: str
) -> None:
    run = publish(clone, *arguments)
    assert (run.returncode, said in run.stderr) == (2, True), run.stderr


def test_what_discovery_wrote_gets_a_pull_request_even_if_that_was_not_allowed_at_first(
    clone: Clone, tmp_path: Path
) -> None:
    write_proposal(clone.root, "lake")
    summary = tmp_path / "summary.md"
    summary.write_text("## Discovery, 2026-04\n", encoding="utf-8")
    line = ("--discovery", "--summary-file", str(summary))
    shown = publish(clone, *line, "--dry-run")
    assert "would commit data/projects/lake.yaml" in shown.stdout
    with GitHubApiStandIn(clone.remote) as hub:
        hub.may_open_pulls = False
        refused = publish(clone, *line, **give_access(hub))
        assert (refused.returncode, "Settings › Actions" in refused.stderr) == (4, True)
        hub.may_open_pulls = True
        run = publish(clone, *line, **give_access(hub))
        assert run.returncode == 0, run.stderr
        assert "nothing to commit" in run.stdout
        assert "pull request #" in run.stdout
        (pull,) = hub.state.pulls.values()
        assert "## Discovery, 2026-04" in pull["body"]
        # Whoever closes it is not asked again before there is something new.
        hub.close_pull(pull["number"])
        assert publish(clone, *line, **give_access(hub)).returncode == 0
        assert list(hub.state.pulls.values()) == [pull]
        write_proposal(clone.root, "mill")
        hub.may_open_pulls = False
        assert "Propose mill" in publish(clone, *line, **give_access(hub)).stdout
        hub.may_open_pulls = True
        assert publish(clone, *line, **give_access(hub)).returncode == 0
        assert [pull["state"] for pull in hub.state.pulls.values()] == ["closed", "open"]
    assert clone.log() == ["Begin"]
