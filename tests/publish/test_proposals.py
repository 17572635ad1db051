"""The branch of discovery's pull request: what machines add, what people decided, what vanishes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from landscape.analysis.discovery_candidates import Candidate, Tie
from landscape.metrics.archive import format_spans, locate_spans
from landscape.metrics.model import ArchiveSpan
from landscape.publish.git import Git, GitError
from landscape.publish.proposal_branch import read_branch
from landscape.publish.proposal_file import (
    ProjectMention,
    Refusals,
    compose_proposal,
    read_project,
    read_refusals,
)
from landscape.publish.proposals import (
    ProposalPlan,
    Proposed,
    collect_discoveries,
    push_proposals,
)
from landscape.publish.pull_request import DISCOVERY_BRANCH as BRANCH
from tests.publish.repositories import ENVIRONMENT, Clone, make_clone, run_git, write_project

PAIRS = "data/metrics/collaboration/2026-04.csv"
Run = Callable[..., Proposed]


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return make_clone(tmp_path)


@pytest.fixture
def run(clone: Clone, tmp_path: Path) -> Run:
    """Do what the workflow does: a fresh checkout of main, with what discovery wrote in it."""
    numbers = itertools.count(1)

    def discover(*names: str, share: float = 0.0, tell: Callable[[str], None] = print) -> Proposed:
        folder = tmp_path / f"run-{next(numbers)}"
        address = clone.remote.as_uri()
        run_git(tmp_path, "clone", "--quiet", "--depth=1", "-b", "main", address, folder.name)
        for name in names:
            write_proposal(folder, name)
        if share:
            write_pairs(folder, share)
        git = Git.open(folder, ENVIRONMENT)
        found = collect_discoveries(git, folder)
        return push_proposals(git, found, ProposalPlan("main", tell=tell))

    return discover


def number(name: str) -> int:
    return 1000 + sum(map(ord, name))


def write_proposal(root: Path, name: str) -> None:
    candidate = Candidate(
        number(name), f"{name}/{name}", 30, 60, "serving", 0.5, (Tie("alpha", 20),)
    )
    path = PurePosixPath("data/projects") / f"{name}.yaml"
    text = compose_proposal(candidate, ["2026-04"], path, schema=False)
    (root / path).write_text(text, encoding="utf-8")


def write_pairs(root: Path, share: float) -> None:
    path = root / PAIRS
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = f"project_a,project_b,common_developers,vintage\nalpha,beta,{int(share * 100)},live\n"
    path.write_text(rows, encoding="utf-8")
    span = ArchiveSpan("2026-04", "2026-04", int(share * 720), 720)
    (root / locate_spans()).write_bytes(format_spans({("collaboration", "2026-04"): span}))


def work_on(clone: Clone, branch: str, name: str) -> Path:
    """Check a branch out as somebody else."""
    other = clone.root.parent / name
    run_git(clone.root.parent, "clone", "--quiet", "-b", branch, str(clone.remote), name)
    return other


def save(folder: Path, branch: str, message: str) -> None:
    run_git(folder, "add", "--all")
    run_git(folder, "commit", "--quiet", "-m", message)
    run_git(folder, "push", "--quiet", "origin", f"HEAD:{branch}")


def list_projects(clone: Clone, branch: str = BRANCH) -> list[str]:
    names = run_git(clone.remote, "ls-tree", "--name-only", f"{branch}:data/projects").split()
    known = {"alpha.yaml", "beta.yaml", "gamma.yaml", "delta.yaml"}
    return [name.removesuffix(".yaml") for name in names if name not in known]


def reject(folder: Path, line: str) -> None:
    path = folder / "data" / "rejected.yaml"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}- {{{line}, reason: No., date: 2026-05-01}}\n", encoding="utf-8")


def test_proposals_and_tables_go_to_a_branch_of_their_own_once(clone: Clone, run: Run) -> None:
    done = run("lake", "mill", share=0.2)
    assert done.title == "Propose lake, mill"
    assert done.standing == {
        "data/projects/lake.yaml": "lake/lake",
        "data/projects/mill.yaml": "mill/mill",
    }
    changed = run_git(clone.remote, "diff", "--name-status", "main", BRANCH).splitlines()
    assert changed == [
        "A\tdata/metrics/archive.csv",
        f"A\t{PAIRS}",
        "A\tdata/projects/lake.yaml",
        "A\tdata/projects/mill.yaml",
    ]
    assert clone.log() == ["Begin"]
    head = run_git(clone.remote, "rev-parse", BRANCH)
    again = run("lake", "mill", share=0.2)
    assert (again.commit, again.standing) == ("", done.standing)
    assert run_git(clone.remote, "rev-parse", BRANCH) == head


def test_without_anything_found_there_is_no_branch(clone: Clone, run: Run) -> None:
    done = run()
    assert (done.commit, done.head) == ("", "")
    assert run_git(clone.remote, "branch", "--list", BRANCH) == ""


def test_what_people_did_on_the_branch_stays(clone: Clone, run: Run) -> None:
    run("lake", "mill", "pond")
    theirs = work_on(clone, BRANCH, "theirs")
    lake = theirs / "data/projects/lake.yaml"
    lake.write_text(lake.read_text("utf-8").replace("domain: serving", "domain: training"))
    (theirs / "data/projects/mill.yaml").unlink()
    (theirs / "data/projects/pond.yaml").rename(theirs / "data/projects/renamed.yaml")
    save(theirs, BRANCH, "Decide")
    reject(theirs, "repo: else/where, repo_id: 5")
    save(theirs, BRANCH, "Reject another one")
    decided = run_git(clone.remote, "rev-parse", BRANCH)
    assert run("lake", "mill", "pond").commit == ""
    done = run("lake", "mill", "pond", "reef")
    assert done.title == "Propose reef"
    assert list_projects(clone) == ["lake", "reef", "renamed"]
    assert "domain: training" in clone.show("data/projects/lake.yaml", BRANCH)
    assert "else/where" in clone.show("data/rejected.yaml", BRANCH)
    assert run_git(clone.remote, "log", "-1", "--format=%P", BRANCH) == decided


@pytest.mark.parametrize(
    ("side", "by"),
    [("main", "repo: LAKE/lake"), (BRANCH, f"repo: new/name, repo_id: {number('lake')}")],
)
def test_a_rejected_one_vanishes_and_does_not_come_back(
    clone: Clone, run: Run, side: str, by: str
) -> None:
    run("lake", "mill")
    theirs = work_on(clone, side, "theirs")
    reject(theirs, by)
    save(theirs, side, "Reject")
    assert run("lake", "mill").title == "Take away lake"
    assert list_projects(clone) == ["mill"]
    assert run("lake", "mill").commit == ""


def test_one_that_became_a_project_otherwise_vanishes_unless_it_was_edited(
    clone: Clone, run: Run
) -> None:
    run("lake", "mill")
    theirs = work_on(clone, BRANCH, "theirs")
    mill = theirs / "data/projects/mill.yaml"
    mill.write_text(mill.read_text("utf-8").replace("domain: serving", "domain: training"))
    save(theirs, BRANCH, "Move")
    for name in ("lake", "mill"):
        write_project(clone.root, f"the-{name}", repo=f"{name}/{name}")
    clone.commit("Add both")
    clone.push()
    done = run("lake", "mill")
    assert done.title == "Take away lake"
    assert list_projects(clone) == ["mill"]
    assert done.notes == (
        "data/projects/mill.yaml was edited, so it stays; mill/mill is a project already",
    )
    assert list_projects(clone, "main") == ["the-lake", "the-mill"]


@pytest.mark.parametrize("way", ["--squash", "--no-ff"])
def test_after_the_merge_the_branch_begins_anew_and_still_only_moves_forwards(
    clone: Clone, run: Run, way: str
) -> None:
    run("lake", share=0.2)
    old = run_git(clone.remote, "rev-parse", BRANCH)
    run_git(clone.root, "fetch", "--quiet", "origin", BRANCH)
    run_git(clone.root, "merge", "--quiet", way, "FETCH_HEAD")
    lake = clone.root / "data/projects/lake.yaml"
    lake.write_text(lake.read_text("utf-8").replace("summary: {}", "summary: {en: A lake.}"))
    clone.commit("Merge, with a sentence")
    clone.push()
    assert run("lake", share=0.2).commit == ""
    assert run_git(clone.remote, "rev-parse", BRANCH) == old
    assert run("lake", "mill", share=0.2).title == "Propose mill"
    changed = run_git(clone.remote, "diff", "--name-status", "main", BRANCH)
    assert changed == "A\tdata/projects/mill.yaml"
    run_git(clone.remote, "merge-base", "--is-ancestor", old, BRANCH)
    # And so again, on the branch that began anew.
    assert run("lake", "mill", "pond", share=0.2).title == "Propose pond"
    assert list_projects(clone) == ["lake", "mill", "pond"]


def test_a_merged_proposal_belongs_to_main_though_the_branch_has_it_too(
    clone: Clone, run: Run
) -> None:
    """Taking it away on the branch would take it away on main, once that was merged into it."""
    run("lake", "mill")
    run_git(clone.root, "fetch", "--quiet", "origin", BRANCH)
    run_git(clone.root, "checkout", "--quiet", "FETCH_HEAD", "--", "data/projects/lake.yaml")
    clone.commit("Take lake alone")
    clone.push()
    theirs = work_on(clone, BRANCH, "theirs")
    run_git(theirs, "merge", "--quiet", "--no-edit", "origin/main")
    run_git(theirs, "push", "--quiet", "origin", f"HEAD:{BRANCH}")
    done = run("lake", "mill", "pond")
    assert done.title == "Propose pond"
    assert list(done.standing) == ["data/projects/mill.yaml", "data/projects/pond.yaml"]
    assert "lake" in list_projects(clone)


def test_a_push_of_somebody_else_in_between_is_not_overwritten(clone: Clone, run: Run) -> None:
    run("lake")
    theirs = work_on(clone, BRANCH, "theirs")
    (theirs / "data/projects/lake.yaml").unlink()
    run_git(theirs, "commit", "--quiet", "-am", "No lake")
    clone.add_hook(
        "pre-receive",
        f"""
        [ -e {theirs}/pushed ] && exit 0
        touch {theirs}/pushed
        unset GIT_DIR GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
        cd {theirs} && git push --quiet origin HEAD:{BRANCH} >&2
        exit 0
        """,
    )
    told: list[str] = []
    done = run("lake", "mill", tell=told.append)
    assert (done.title, done.attempts, len(told)) == ("Propose mill", 2, 1)
    assert list_projects(clone) == ["mill"]


def test_a_branch_that_takes_no_push_says_what_to_do(clone: Clone, run: Run) -> None:
    clone.add_hook("pre-receive", "echo 'GH006: Protected branch update failed' >&2; exit 1")
    with pytest.raises(GitError, match="takes no push to landscape/discovery") as caught:
        run("lake")
    assert caught.value.exit_code == 4


def test_a_table_of_fewer_hours_replaces_none_of_more(clone: Clone, run: Run) -> None:
    run(share=0.9)
    done = run(share=0.2)
    assert done.commit == ""
    assert done.notes == (f"{PAIRS} was counted in more hours on the branch, and stays",)
    assert run(share=0.95).title == "Tables of discovery, 2026-04"
    assert "alpha,beta,95,live" in clone.show(PAIRS, BRANCH)
    assert "2026-04,2026-04,684,720" in clone.show("data/metrics/archive.csv", BRANCH)


def test_a_new_file_of_a_human_is_not_published_as_a_proposal(clone: Clone) -> None:
    write_project(clone.root, "mine")
    write_proposal(clone.root, "lake")
    found = collect_discoveries(clone.git, clone.root)
    assert list(found.proposals) == ["data/projects/lake.yaml"]


def test_an_id_that_is_taken_meanwhile_waits(clone: Clone, run: Run) -> None:
    write_project(clone.root, "lake", repo="other/lake")
    clone.commit("Add another lake")
    first = clone.root.parent / "old"
    run_git(first.parent, "clone", "--quiet", str(clone.remote), "old")
    write_proposal(first, "lake")
    (first / "data/projects/lake.yaml").rename(first / "data/projects/pond.yaml")
    git = Git.open(first, ENVIRONMENT)
    found = collect_discoveries(git, first)
    write_project(clone.root, "pond", repo="other/pond")
    clone.commit("Add a pond")
    clone.push()
    done = push_proposals(git, found, ProposalPlan("main"))
    assert done.commit == ""
    assert "another project's" in done.notes[0]


def test_files_that_are_malformed_say_nothing(clone: Clone) -> None:
    for text in (b"\xff\xfe", b"[", b"- a\n", b"repo: [1]\nnote: {}\nformer_repos: x\n", b""):
        mention = read_project(text)
        assert (mention.repo, mention.repo_id, mention.is_proposal) == ("", None, False)
    assert not read_refusals(b"[{repo: {}}, 3, {repo_id: x}]").names
    # Nested so deep that reading it would end the process; a number that is no id.
    assert read_project(b"[" * 100_000) == ProjectMention()
    assert read_refusals(b"[" * 100_000) == Refusals()
    assert not read_refusals(b"- {repo: a/b, repo_id: " + b"9" * 5_000 + b"}").ids
    branch = read_branch(clone.git, clone.git.resolve("HEAD"), "", "")
    assert (branch.head, branch.own, len(branch.projects)) == ("", {}, 4)


def test_what_only_the_branch_has_is_not_taken_for_merged(clone: Clone, run: Run) -> None:
    write_pairs(clone.root, 0.2)
    clone.commit("Take a sample")
    clone.push()
    run(share=0.9)
    run("lake", share=0.2)
    assert "alpha,beta,90,live" in clone.show(PAIRS, BRANCH)
    theirs = work_on(clone, BRANCH, "theirs")
    run_git(theirs, "rm", "--quiet", "data/projects/lake.yaml", PAIRS, str(locate_spans()))
    run_git(theirs, "checkout", "--quiet", "origin/main", "--", "data/metrics")
    write_project(theirs, "alpha", repo="else/alpha")
    save(theirs, BRANCH, "Correct a project instead")
    run("mill", share=0.2)
    assert "else/alpha" in clone.show("data/projects/alpha.yaml", BRANCH)
    assert list_projects(clone) == ["mill"]


def test_a_table_as_sparse_as_that_on_main_replaces_none_of_more_hours(
    clone: Clone, run: Run
) -> None:
    write_pairs(clone.root, 0.2)
    clone.commit("Take a sample")
    clone.push()
    run(share=0.9)
    folder = work_on(clone, "main", "again")
    path = folder / PAIRS
    path.write_text(path.read_text("utf-8").replace("beta,20", "gamma,21"), encoding="utf-8")
    git = Git.open(folder, ENVIRONMENT)
    done = push_proposals(git, collect_discoveries(git, folder), ProposalPlan("main"))
    assert done.commit == ""
    assert done.notes == (f"{PAIRS} was counted in more hours on the branch, and stays",)
