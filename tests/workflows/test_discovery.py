"""The monthly discovery, run for real: an archive on loopback, a bare remote, one pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from landscape.sources.archive_hours import list_hours
from tests.discovery.archive import Archive, Event, Repo, write_archive
from tests.discovery.hours import HourServer
from tests.publish.repositories import run_git
from tests.standins.server import find_closed_port
from tests.workflows.act import Run, World

pytest.importorskip("duckdb", reason="the extra `discovery` is not installed")

pytestmark = pytest.mark.slow
BRANCH = "landscape/discovery"
EVERY = 120
SETTINGS = "discovery: {candidate_developers: 4, pair_developers: 3, coverage_share: 0.5}\n"
HOSTILE = "evil/<img src=x onerror=a>|@everyone"
SEEDS = ("alpha", "beta", "gamma")
ALL_OF_THEM = ("lake/lake", "mill/mill", "pond/pond", HOSTILE)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[HourServer]:
    """Two months, of which the first misses one of the hours that are chosen, and has one torn."""
    hours = {
        **make_month(tmp_path / "april", "2026-04", ALL_OF_THEM),
        **make_month(tmp_path / "may", "2026-05", (*ALL_OF_THEM, "reef/reef")),
    }
    april = list_hours("2026-04", "2026-04", EVERY)
    del hours[april[1]]
    hours[april[2]] = hours[april[2]][:-9]
    with HourServer(hours) as server:
        yield server


def make_month(folder: Path, month: str, candidates: Sequence[str]) -> dict[str, bytes]:
    """Return hours in which nine people work on all of the seeds and the candidates."""
    made = Archive()
    repos = [Repo(100 + n, f"{name}/{name}") for n, name in enumerate(SEEDS)]
    repos += [Repo(200 + n, name) for n, name in enumerate(candidates)]
    for hour in list_hours(month, month, EVERY):
        made.add(
            Event("IssuesEvent", person, f"P-{person}", repo, hour)
            for repo in repos
            for person in range(1, 10)
        )
    write_archive(made, folder)
    return {
        path.name.removesuffix(".json.gz"): path.read_bytes()
        for path in folder.iterdir()
        if path.name.startswith(f"{month}-")
    }


@pytest.fixture
def discovering(world: World) -> World:
    """A landscape that is content with few developers."""
    settings = world.clone.root / "landscape.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    world.clone.commit("Settle for less")
    world.clone.push()
    return world


def dispatch(world: World, url: str, **inputs: str) -> Run:
    given = {"month": "2026-04", "every-hours": str(EVERY), "most": "", "dry-run": "false"}
    return world.run(
        "discovery.yml",
        "workflow_dispatch",
        {"inputs": given | inputs},
        environment={"LANDSCAPE_ARCHIVE_URL": url},
    )


def list_changed(world: World) -> list[str]:
    return run_git(
        world.clone.remote, "diff", "--no-renames", "--name-status", "main", BRANCH
    ).splitlines()


def test_a_month_opens_one_pull_request_and_the_next_one_adds_to_it(
    discovering: World, archive: HourServer
) -> None:
    world = discovering
    first = dispatch(world, archive.url)
    assert not first.failed
    assert list_changed(world) == [
        "A\tdata/metrics/archive.csv",
        "A\tdata/metrics/collaboration/2026-04.csv",
        "A\tdata/metrics/community/2026-04.csv",
        "A\tdata/metrics/trending/2026-04.csv",
        "A\tdata/projects/lake.yaml",
        "A\tdata/projects/mill.yaml",
        "A\tdata/projects/pond.yaml",
    ]
    (pull,) = world.hub.state.pulls.values()
    assert (pull["base"], pull["branch"]) == ("main", BRANCH)
    assert "lake.yaml: [lake/lake](https://github.com/lake/lake)" in pull["body"]
    assert "of 4 of 6 hours (66.7%), one hour in 120 of the window's 720" in pull["body"]
    assert "<img" not in pull["body"]
    assert "@everyone" not in pull["body"]
    spans = world.clone.show("data/metrics/archive.csv", BRANCH)
    assert "collaboration,2026-04,2026-04,4,720" in spans
    assert "1 missing, 1 damaged" in first.log
    assert world.clone.log() == ["Settle for less", "Begin"]

    decide(world)
    second = dispatch(world, archive.url, month="2026-05")
    assert not second.failed
    assert list(world.hub.state.pulls.values()) == [pull]
    names = [line for line in list_changed(world) if "projects" in line or "rejected" in line]
    assert names == [
        "A\tdata/projects/lake.yaml",
        "A\tdata/projects/reef.yaml",
        "A\tdata/rejected.yaml",
    ]
    assert "domain: training" in world.clone.show("data/projects/lake.yaml", BRANCH)
    assert "collaboration,2026-05,2026-05,6,744" in world.clone.show(
        "data/metrics/archive.csv", BRANCH
    )
    assert "pond" not in pull["body"].partition("##")[0]
    assert "reef/reef" in pull["body"]
    titles = run_git(world.clone.remote, "log", "--format=%s", f"main..{BRANCH}").splitlines()
    assert titles == ["Propose reef", "Decide", "Propose lake, mill, pond"]

    head, body = run_git(world.clone.remote, "rev-parse", BRANCH), pull["body"]
    third = dispatch(world, archive.url, month="2026-05")
    assert not third.failed
    assert "nothing to commit" in third.log
    assert run_git(world.clone.remote, "rev-parse", BRANCH) == head
    assert [pull["body"] for pull in world.hub.state.pulls.values()] == [body]


def decide(world: World) -> None:
    """Move one, delete one, reject one, as a maintainer does on the branch."""
    run_git(world.folder, "clone", "--quiet", "-b", BRANCH, str(world.clone.remote), "theirs")
    theirs = world.folder / "theirs"
    lake = theirs / "data/projects/lake.yaml"
    lake.write_text(lake.read_text("utf-8").replace("domain: serving", "domain: training"))
    (theirs / "data/projects/mill.yaml").unlink()
    (theirs / "data/rejected.yaml").write_text(
        "- {repo: pond/pond, repo_id: 202, reason: No part of it., date: 2026-05-01}\n"
    )
    run_git(theirs, "add", "--all")
    run_git(theirs, "commit", "--quiet", "-m", "Decide")
    run_git(theirs, "push", "--quiet", "origin", f"HEAD:{BRANCH}")


def test_an_archive_that_cannot_be_reached_is_told_and_proposes_nothing(world: World) -> None:
    """On its schedule all inputs are empty: the last month, and one hour in five."""
    run = world.run(
        "discovery.yml",
        "schedule",
        {"schedule": "37 3 4 * *"},
        environment={"LANDSCAPE_ARCHIVE_URL": f"http://127.0.0.1:{find_closed_port()}"},
    )
    assert run.failed
    assert "ended with 4" in run.log
    assert "the archive gave none of 14" in run.log
    assert run_git(world.clone.remote, "branch", "--list", BRANCH) == ""
    assert not world.hub.state.pulls


def test_a_fork_asks_nobody(world: World) -> None:
    run = world.run("discovery.yml", "schedule", {}, repository="somebody/fork")
    assert run.skipped
    assert not run.failed
