"""Committing and pushing what was generated: real repositories, real races, real refusals."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from landscape.base.errors import GuardRefusedError, LandscapeError
from landscape.publish.commit import Author
from landscape.publish.git import Git, GitError
from landscape.publish.publication import (
    MOST_ATTEMPTS,
    PULL_BRANCH,
    Plan,
    Publication,
    collect_refresh,
    push_for_pull_request,
    push_to_branch,
    settle_checkout,
)
from tests.publish.repositories import (
    ENVIRONMENT,
    STRENGTHS,
    Clone,
    make_clone,
    read_month,
    run_git,
    write_landscape,
    write_month,
    write_project,
)

NEW_MONTH = "2026-05"


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return make_clone(tmp_path)


def write_report(root: Path) -> None:
    """Stand in for the builder: a page that is made of the data, and of nothing else."""
    months = sorted((root / "data" / "metrics" / "opendigger").glob("*.csv"))
    projects = sorted(path.stem for path in (root / "data" / "projects").glob("*.yaml"))
    (root / "report").mkdir(exist_ok=True)
    text = "".join(path.read_text(encoding="utf-8") for path in months) + " ".join(projects) + "\n"
    (root / "report" / "README.md").write_text(text, encoding="utf-8")


def refresh(clone: Clone, **values: float) -> None:
    """Do what a refresh does: a new month, and the report."""
    write_month(clone.root, NEW_MONTH, STRENGTHS | values)
    write_report(clone.root)


def make_plan(clone: Clone, rebuild: Callable[[Path], None] = write_report) -> Plan:
    return Plan(root=clone.root, branch="main", rebuild=rebuild)


def push(clone: Clone, rebuild: Callable[[Path], None] = write_report) -> Publication:
    found = collect_refresh(clone.git, clone.root)
    assert found is not None
    return push_to_branch(clone.git, found, make_plan(clone, rebuild))


def test_a_clean_work_tree_has_nothing_to_publish(clone: Clone) -> None:
    assert collect_refresh(clone.git, clone.root) is None


def test_what_was_generated_is_one_commit_on_the_remote(clone: Clone) -> None:
    refresh(clone)
    done = push(clone)
    assert clone.log() == ["Refresh: 4 new monthly values up to 2026-05", "Begin"]
    assert clone.show(f"data/metrics/opendigger/{NEW_MONTH}.csv").startswith("project,")
    assert (done.attempts, done.protected, done.files) == (1, False, 2)
    assert run_git(clone.remote, "log", "-1", "--format=%an <%ae>", "main") == (
        "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
    )


def test_the_message_tells_the_change_field_by_field(clone: Clone) -> None:
    write_month(clone.root, "2026-04", STRENGTHS | {"beta": 31.5})
    push(clone)
    message = run_git(clone.remote, "log", "-1", "--format=%B", "main")
    assert message.splitlines() == [
        "Refresh: 1 revised monthly values up to 2026-04",
        "",
        "opendigger beta 2026-04 openrank: 30 -> 31.5",
    ]


def test_the_index_and_other_files_of_the_work_tree_are_left_alone(clone: Clone) -> None:
    (clone.root / "notes.txt").write_text("mine", encoding="utf-8")
    (clone.root / "staged.txt").write_text("mine", encoding="utf-8")
    run_git(clone.root, "add", "staged.txt")
    refresh(clone)
    push(clone)
    assert "notes.txt" not in run_git(clone.remote, "ls-tree", "-r", "--name-only", "main")
    assert run_git(clone.root, "diff", "--cached", "--name-only") == "staged.txt"


def test_the_checkout_follows_what_was_pushed(clone: Clone) -> None:
    refresh(clone)
    found = collect_refresh(clone.git, clone.root)
    assert found is not None
    done = push_to_branch(clone.git, found, make_plan(clone))
    assert settle_checkout(clone.git, found, done, "main") == ""
    assert run_git(clone.root, "status", "--porcelain") == ""
    assert run_git(clone.root, "rev-parse", "HEAD") == done.commit


def test_edits_of_contributed_files_are_never_committed_with_it(clone: Clone) -> None:
    write_project(clone.root, "alpha", origin="Somewhere")
    refresh(clone)
    with pytest.raises(LandscapeError, match=r"not committed: data/projects/alpha\.yaml"):
        collect_refresh(clone.git, clone.root)


def test_a_repositorys_new_name_is_committed(clone: Clone) -> None:
    write_project(clone.root, "alpha", repo="new/alpha", former_repos="[alpha/alpha]")
    refresh(clone)
    push(clone)
    assert "repo: new/alpha" in clone.show("data/projects/alpha.yaml")


def test_of_the_front_page_only_the_block_is_ours(clone: Clone) -> None:
    page = clone.root / "README.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace("begin -->\n", "begin -->\nThe map.\n"), encoding="utf-8")
    push(clone)
    assert "The map." in clone.show("README.md")
    settled = page.read_text(encoding="utf-8")
    refresh(clone)
    page.write_text(settled.replace("Hello.", "Bye."), encoding="utf-8")
    run_git(clone.root, "fetch", "--quiet")
    run_git(clone.root, "reset", "--quiet", "--soft", "origin/main")
    push(clone)
    assert "Hello." in clone.show("README.md")


def test_somebody_was_faster_and_the_report_is_rebuilt_from_both(clone: Clone) -> None:
    other = clone.clone_again()
    write_project(other.root, "omega")
    write_month(other.root, "2026-04", STRENGTHS | {"alpha": 41.0})
    other.commit("Add omega")
    other.push()
    refresh(clone)
    push(clone)
    assert clone.log()[1:] == ["Add omega", "Begin"]
    report = clone.show("report/README.md")
    assert "omega" in report
    assert "alpha,41,live" in report
    assert report.count("alpha,40,live") == 4
    assert run_git(clone.remote, "rev-list", "--merges", "--count", "main") == "0"


@pytest.mark.parametrize("races", [1, 3, MOST_ATTEMPTS - 1])
def test_races_in_a_row_are_run_again(clone: Clone, races: int) -> None:
    _race(clone, races)
    refresh(clone)
    done = push(clone)
    assert done.attempts == races + 1
    log = clone.log()
    assert log[0].startswith("Refresh")
    assert log[1 : races + 1] == [f"Race {number}" for number in range(races, 0, -1)]
    report = clone.show("report/README.md")
    assert all(f"racer-{number}" in report for number in range(1, races + 1))
    assert run_git(clone.root, "worktree", "list").count("\n") == 0


def test_after_five_races_nothing_is_lost(clone: Clone) -> None:
    _race(clone, MOST_ATTEMPTS)
    refresh(clone)
    with pytest.raises(GitError, match="5 times") as caught:
        push(clone)
    assert caught.value.exit_code == 4
    assert read_month(clone.root, NEW_MONTH)["alpha"] == "40"
    assert len(clone.log()) == MOST_ATTEMPTS + 1


def _race(clone: Clone, races: int) -> None:
    """Let somebody push a project in the very moment in which we push, so many times."""
    other = clone.clone_again("racer")
    counter = clone.remote / "races"
    counter.write_text("", encoding="utf-8")
    # The hook sees our push before it is accepted; its own pushes are let through.
    clone.add_hook(
        "pre-receive",
        f"""
        [ -n "$RACER" ] && exit 0
        n=$(wc -l < {counter})
        [ "$n" -ge {races} ] && exit 0
        echo x >> {counter}
        n=$((n + 1))
        unset GIT_DIR GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
        export RACER=1 GIT_AUTHOR_NAME=R GIT_AUTHOR_EMAIL=r@r GIT_COMMITTER_NAME=R \\
          GIT_COMMITTER_EMAIL=r@r
        cd {other.root} && git pull --quiet --ff-only
        sed "s/alpha/racer-$n/g" data/projects/alpha.yaml > data/projects/racer-$n.yaml
        git add --all && git commit --quiet -m "Race $n" && git push --quiet origin HEAD:main
        """,
    )


def test_a_row_that_both_fetched_is_the_newer_ones(clone: Clone) -> None:
    other = clone.clone_again()
    write_month(other.root, NEW_MONTH, {"alpha": 99.0, "beta": 1.0})
    other.commit("Another refresh")
    other.push()
    refresh(clone)
    for path in (clone.root / "data" / "metrics" / "opendigger").iterdir():
        _make_newer(path)
    push(clone)
    content = clone.show(f"data/metrics/opendigger/{NEW_MONTH}.csv")
    assert "alpha,40,live" in content
    assert "delta,5,live" in content


def test_an_older_fetched_row_yields_but_adds_what_is_missing(clone: Clone) -> None:
    refresh(clone)
    for path in (clone.root / "data" / "metrics" / "opendigger").iterdir():
        _make_older(path)
    other = clone.clone_again()
    write_month(other.root, NEW_MONTH, {"alpha": 99.0})
    other.commit("Another refresh")
    other.push()
    push(clone)
    content = clone.show(f"data/metrics/opendigger/{NEW_MONTH}.csv")
    assert "alpha,99,live" in content
    assert "beta,30,live" in content


def test_a_fetched_value_wins_over_an_imported_one(clone: Clone) -> None:
    refresh(clone)
    for path in (clone.root / "data" / "metrics" / "opendigger").iterdir():
        _make_older(path)
    other = clone.clone_again()
    write_month(other.root, NEW_MONTH, {"alpha": 99.0}, vintage="2026-06")
    other.commit("An import")
    other.push()
    push(clone)
    assert "alpha,40,live" in clone.show(f"data/metrics/opendigger/{NEW_MONTH}.csv")


def _make_newer(path: Path) -> None:
    os.utime(path, (time.time() + 60, time.time() + 60))


def _make_older(path: Path) -> None:
    os.utime(path, (1_000_000_000, 1_000_000_000))


def test_what_people_changed_meanwhile_stays_as_they_made_it(clone: Clone) -> None:
    other = clone.clone_again()
    write_project(other.root, "alpha", origin="Elsewhere")
    other.commit("Tell where alpha is from")
    other.push()
    write_project(clone.root, "alpha", repo="new/alpha", former_repos="[alpha/alpha]")
    refresh(clone)
    done = push(clone)
    content = clone.show("data/projects/alpha.yaml")
    assert "origin: Elsewhere" in content
    assert "new/alpha" not in content
    assert any("alpha.yaml was changed by somebody else" in note for note in done.notes)


def test_the_same_refresh_pushed_by_another_leaves_nothing_to_commit(clone: Clone) -> None:
    other = clone.clone_again()
    refresh(other)
    refresh(clone)
    push(other)
    done = push(clone)
    assert done.commit == ""
    assert len(clone.log()) == 2


def test_a_guard_that_refuses_on_the_new_head_keeps_data_and_pages(clone: Clone) -> None:
    other = clone.clone_again()
    write_project(other.root, "omega")
    other.commit("Add omega")
    other.push()
    refresh(clone)

    def refuse(_root: Path) -> None:
        raise GuardRefusedError("too many would leave")

    done = push(clone, refuse)
    names = run_git(clone.remote, "ls-tree", "-r", "--name-only", "main").splitlines()
    assert f"data/metrics/opendigger/{NEW_MONTH}.csv" in names
    assert "report/README.md" not in names
    assert done.notes == ("the report was not rebuilt: too many would leave",)


def test_commits_that_were_never_pushed_are_not_published(clone: Clone) -> None:
    write_project(clone.root, "omega")
    clone.commit("My own work")
    refresh(clone)
    with pytest.raises(LandscapeError, match="has commits that origin/main does not have"):
        push(clone)


def test_a_shallow_checkout_races_too(clone: Clone, tmp_path: Path) -> None:
    folder = tmp_path / "shallow"
    run_git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{clone.remote}", str(folder))
    shallow = Clone(folder, clone.remote)
    other = clone.clone_again()
    write_project(other.root, "omega")
    other.commit("Add omega")
    other.push()
    refresh(shallow)
    assert push(shallow).attempts == 1
    assert clone.log()[1] == "Add omega"


def test_a_landscape_in_a_subfolder_is_published_from_there(tmp_path: Path) -> None:
    clone = make_clone(tmp_path)
    inner = write_landscape(clone.root / "inner")
    clone.commit("A landscape inside")
    clone.push()
    write_month(inner, NEW_MONTH, STRENGTHS)
    found = collect_refresh(clone.git, inner)
    assert found is not None
    done = push_to_branch(clone.git, found, Plan(inner, "main", write_report))
    assert done.files == 1
    assert clone.show(f"inner/data/metrics/opendigger/{NEW_MONTH}.csv")


PROTECTED = """
while read old new ref; do
  if [ "$ref" = refs/heads/main ]; then
    echo "GH006: Protected branch update failed for refs/heads/main." >&2
    exit 1
  fi
done
"""


def test_a_protected_branch_is_told_and_left_alone(clone: Clone) -> None:
    clone.add_hook("pre-receive", PROTECTED)
    refresh(clone)
    done = push(clone)
    assert done.protected
    assert clone.log() == ["Begin"]


def test_an_update_hook_that_refuses_is_a_protected_branch_too(clone: Clone) -> None:
    clone.add_hook("update", '[ "$1" = refs/heads/main ] && exit 1; exit 0')
    refresh(clone)
    assert push(clone).protected


def push_pull(clone: Clone) -> Publication:
    found = collect_refresh(clone.git, clone.root)
    assert found is not None
    return push_for_pull_request(clone.git, found, make_plan(clone))


def test_the_pull_requests_branch_moves_forwards_and_never_needs_force(clone: Clone) -> None:
    clone.add_hook("pre-receive", PROTECTED)
    run_git(clone.remote, "config", "receive.denyNonFastForwards", "true")
    refresh(clone)
    first = push_pull(clone)
    refresh(clone, alpha=44.0)
    second = push_pull(clone)
    assert run_git(clone.remote, "rev-parse", PULL_BRANCH) == second.commit
    assert clone.git.is_ancestor(first.commit, second.commit)
    diff = run_git(clone.remote, "diff", "--name-only", "main", PULL_BRANCH)
    assert diff.splitlines() == [f"data/metrics/opendigger/{NEW_MONTH}.csv", "report/README.md"]
    assert "alpha,44" in clone.show(f"data/metrics/opendigger/{NEW_MONTH}.csv", PULL_BRANCH)


def test_the_branch_takes_over_what_main_has_meanwhile(clone: Clone) -> None:
    refresh(clone)
    push_pull(clone)
    other = clone.clone_again()
    write_project(other.root, "omega")
    other.commit("Add omega")
    other.push()
    push_pull(clone)
    assert clone.show("data/projects/omega.yaml", PULL_BRANCH)
    assert "omega" in clone.show("report/README.md", PULL_BRANCH)


def test_the_same_content_is_not_pushed_twice(clone: Clone) -> None:
    refresh(clone)
    first = push_pull(clone)
    assert push_pull(clone).commit == first.commit


def test_an_unreachable_remote_ends_with_4_and_shows_no_password(clone: Clone) -> None:
    run_git(clone.root, "remote", "set-url", "origin", "http://user:secret@127.0.0.1:9/x.git")
    refresh(clone)
    with pytest.raises(GitError) as caught:
        push(clone)
    assert caught.value.exit_code == 4
    assert "secret" not in caught.value.message + caught.value.hint


def test_no_hook_of_the_checkout_runs(clone: Clone, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    for name in ("pre-commit", "pre-push", "post-checkout", "post-merge", "reference-transaction"):
        hook = clone.root / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {marker}\n", encoding="utf-8")
        hook.chmod(0o755)
    refresh(clone)
    push(clone)
    assert not marker.exists()


def test_a_surrounding_git_does_not_turn_ours_elsewhere(clone: Clone, tmp_path: Path) -> None:
    elsewhere = {"GIT_DIR": str(tmp_path / "nowhere"), "GIT_INDEX_FILE": str(tmp_path / "index")}
    git = Git.open(clone.root, ENVIRONMENT | elsewhere)
    assert git.folder == clone.root.resolve()
    assert git.resolve("HEAD")


def test_a_folder_outside_of_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(LandscapeError, match="in no git repository"):
        Git.open(tmp_path, ENVIRONMENT | {"GIT_CEILING_DIRECTORIES": str(tmp_path)})


def test_the_author_is_who_the_caller_says(clone: Clone) -> None:
    refresh(clone)
    found = collect_refresh(clone.git, clone.root)
    assert found is not None
    plan = Plan(clone.root, "main", write_report, author=Author("Me", "me@example.org"))
    push_to_branch(clone.git, found, plan)
    assert run_git(clone.remote, "log", "-1", "--format=%an %ce", "main") == "Me me@example.org"


def test_removed_pages_are_removed_on_the_remote(clone: Clone) -> None:
    refresh(clone)
    (clone.root / "report" / "old.md").write_text("old", encoding="utf-8")
    push(clone)
    run_git(clone.root, "fetch", "--quiet")
    subprocess.run(
        ["git", "reset", "--hard", "--quiet", "origin/main"],
        cwd=clone.root,
        env=ENVIRONMENT,
        check=True,
    )
    (clone.root / "report" / "old.md").unlink()
    done = push(clone)
    assert done.title == "Rebuild the report"
    assert "report/old.md" not in run_git(clone.remote, "ls-tree", "-r", "--name-only", "main")
