"""What is written on GitHub, against a stand-in that keeps state and enforces GitHub's limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from github.Repository import Repository

from landscape.base.findings import Finding, Level
from landscape.metrics.store import load_store
from landscape.publish.answer import answer_pull_request
from landscape.publish.check_run import make_annotations, post_check_run
from landscape.publish.comment import Written, make_marker, upsert_comment
from landscape.publish.contributed_files import read_folder_files
from landscape.publish.github_session import GitHubError, open_repository
from landscape.publish.head_files import MOST_READ, read_head
from landscape.publish.preview import preview
from landscape.publish.pull_request import upsert_pull_request
from landscape.publish.standing_issue import LABEL, MARKER, IssueChange, update_standing_issue
from landscape.publish.submission import read_submission
from landscape.publish.submission_pull import answer_submission
from landscape.publish.version import inspect_version
from landscape.sources.github_client import Token
from tests.publish.repositories import Clone, make_clone, run_git, write_month, write_project
from tests.publish.test_submission import make_form
from tests.standins.github_api import BOT, TOKEN, GitHubApiStandIn

TODAY = dt.date(2026, 5, 20)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return make_clone(tmp_path)


@pytest.fixture
def hub(clone: Clone) -> Iterator[GitHubApiStandIn]:
    with GitHubApiStandIn(clone.remote) as server:
        yield server


@pytest.fixture
def repository(hub: GitHubApiStandIn) -> Repository:
    return open_repository(hub.url, Token(TOKEN), hub.full_name)


def make_finding(number: int, level: Level = Level.ERROR) -> Finding:
    return Finding(PurePosixPath(f"data/projects/p{number:03}.yaml"), number, "code", level, "What")


def propose(clone: Clone, branch: str = "proposal") -> None:
    """Push the work tree's state as a branch of its own."""
    run_git(clone.root, "checkout", "--quiet", "-b", branch)
    clone.commit("Propose")
    run_git(clone.root, "push", "--quiet", "--force", "origin", f"HEAD:{branch}")
    run_git(clone.root, "checkout", "--quiet", "main")


# --- comments


def test_a_comment_is_written_once_and_then_edited(
    hub: GitHubApiStandIn, repository: Repository
) -> None:
    number = hub.open_issue("Hello")
    assert upsert_comment(repository, number, "check", "one") is Written.CREATED
    assert upsert_comment(repository, number, "check", "two") is Written.EDITED
    assert upsert_comment(repository, number, "check", "two") is Written.UNCHANGED
    (comment,) = hub.list_comments(number)
    assert comment["body"] == f"{make_marker('check')}\ntwo"
    assert comment["edits"] == 1


def test_a_comment_that_imitates_the_marker_is_neither_edited_nor_taken_for_ours(
    hub: GitHubApiStandIn, repository: Repository
) -> None:
    number = hub.open_issue("Hello")
    hub.comment(number, f"{make_marker('check')}\nAll is well, merge me", login="attacker")
    assert upsert_comment(repository, number, "check", "bad") is Written.CREATED
    assert [item["login"] for item in hub.list_comments(number)] == ["attacker", BOT]
    assert upsert_comment(repository, number, "check", "worse") is Written.EDITED


def test_a_quotation_of_the_marker_by_the_bot_itself_is_another_comment(
    hub: GitHubApiStandIn, repository: Repository
) -> None:
    number = hub.open_issue("Hello")
    hub.comment(number, f"Somebody wrote: {make_marker('check')}", login=BOT)
    assert upsert_comment(repository, number, "check", "body") is Written.CREATED


def test_our_comment_is_found_among_hundreds(hub: GitHubApiStandIn, repository: Repository) -> None:
    number = hub.open_issue("Hello")
    for count in range(150):
        hub.comment(number, f"Comment {count}")
    upsert_comment(repository, number, "check", "one")
    assert upsert_comment(repository, number, "check", "two") is Written.EDITED


def test_a_refusal_says_what_was_tried_and_what_to_check(
    hub: GitHubApiStandIn, repository: Repository
) -> None:
    number = hub.open_issue("Hello")
    hub.denied = [f"/issues/{number}/comments"]
    with pytest.raises(GitHubError, match=f"refused to comment on #{number}: 403") as caught:
        upsert_comment(repository, number, "check", "body")
    assert "permissions" in caught.value.hint
    assert caught.value.exit_code == 4


def test_an_unreachable_github_is_no_bug(hub: GitHubApiStandIn) -> None:
    lost = open_repository("http://127.0.0.1:9", Token(TOKEN), hub.full_name)
    with pytest.raises(GitHubError, match="could not be asked"):
        upsert_comment(lost, 1, "check", "body")


# --- check runs


def test_annotations_go_fifty_a_request_the_gravest_first(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    findings = [make_finding(number, Level.HINT) for number in range(60)]
    findings += [make_finding(number, Level.ERROR) for number in range(60, 120)]
    annotations = make_annotations(findings, "inner/")
    sha = run_git(clone.root, "rev-parse", "HEAD")
    run_id = post_check_run(
        repository, sha, title="T", summary="S", annotations=annotations, failed=True
    )
    run = hub.state.check_runs[run_id]
    assert run["conclusion"] == "failure"
    assert len(run["annotations"]) == 120
    assert run["annotations"][0]["annotation_level"] == "failure"
    assert run["annotations"][0]["path"] == "inner/data/projects/p060.yaml"
    assert run["annotations"][-1]["start_line"] >= 1
    requests = [item for item in hub.requests if "/check-runs" in item.path]
    assert [item.method for item in requests] == ["POST", "PATCH", "PATCH"]


def test_thousands_of_findings_are_bounded() -> None:
    assert len(make_annotations([make_finding(number) for number in range(2000)])) == 500


# --- the standing issue


def test_the_standing_issue_lives_through_all_its_states(
    hub: GitHubApiStandIn, repository: Repository
) -> None:
    assert update_standing_issue(repository, "") is IssueChange.NONE
    assert update_standing_issue(repository, "one") is IssueChange.CREATED
    assert update_standing_issue(repository, "one") is IssueChange.UNCHANGED
    assert update_standing_issue(repository, "two") is IssueChange.REWRITTEN
    assert update_standing_issue(repository, "") is IssueChange.CLOSED
    assert update_standing_issue(repository, "") is IssueChange.UNCHANGED
    assert update_standing_issue(repository, "three") is IssueChange.REOPENED
    (issue,) = hub.state.issues.values()
    assert issue["state"] == "open"
    assert issue["labels"] == [LABEL]
    assert issue["body"] == f"{MARKER}\nthree"


def test_somebody_elses_issue_with_label_and_marker_is_left_alone(
    hub: GitHubApiStandIn, repository: Repository
) -> None:
    number = hub.open_issue(f"{MARKER}\nmine", login="someone")
    hub.state.issues[number]["labels"] = [LABEL]
    assert update_standing_issue(repository, "two") is IssueChange.CREATED
    assert hub.state.issues[number]["body"] == f"{MARKER}\nmine"


# --- pull requests


def test_a_pull_request_is_opened_once_and_then_rewritten(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    run_git(clone.root, "push", "--quiet", "origin", "HEAD:landscape/refresh")
    first = upsert_pull_request(
        repository, head="landscape/refresh", base="main", title="One", body="1"
    )
    again = upsert_pull_request(
        repository, head="landscape/refresh", base="main", title="Two", body="2"
    )
    assert first.number == again.number
    assert hub.state.pulls[first.number]["title"] == "Two"


def test_where_actions_may_open_none_the_setting_is_named(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    hub.may_open_pulls = False
    run_git(clone.root, "push", "--quiet", "origin", "HEAD:landscape/refresh")
    with pytest.raises(GitHubError) as caught:
        upsert_pull_request(
            repository, head="landscape/refresh", base="main", title="One", body="1"
        )
    assert "Allow GitHub Actions to create and approve pull requests" in caught.value.hint


# --- a pull request read as data


def test_only_contributed_files_are_read_and_the_rest_is_counted(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    write_project(clone.root, "omega")
    (clone.root / "data" / "projects" / "delta.yaml").unlink()
    (clone.root / "script.py").write_text("import os", encoding="utf-8")
    (clone.root / ".github" / "workflows").mkdir(parents=True)
    (clone.root / ".github" / "workflows" / "x.yml").write_text("on: push", encoding="utf-8")
    propose(clone)
    _, head = read_head(repository, hub.open_pull("proposal"))
    assert set(head.changes) == {"data/projects/omega.yaml", "data/projects/delta.yaml"}
    assert head.changes["data/projects/delta.yaml"] is None
    assert head.elsewhere == 2
    assert head.findings == ()


def test_edits_of_generated_files_fail_but_not_the_actions_own(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    write_month(clone.root, "2026-04", {"alpha": 9999.0})
    (clone.root / "report").mkdir()
    (clone.root / "report" / "README.md").write_text("mine", encoding="utf-8")
    propose(clone)
    _, head = read_head(repository, hub.open_pull("proposal"))
    assert [str(finding.path) for finding in head.findings] == [
        "data/metrics/opendigger/2026-04.csv",
        "report/README.md",
    ]
    assert {finding.code for finding in head.findings} == {"generated-edited"}
    own = hub.open_pull("proposal", login=BOT, head_repo=hub.full_name)
    assert read_head(repository, own)[1].findings == ()
    fork = hub.open_pull("proposal", login=BOT, head_repo="someone/fork")
    assert read_head(repository, fork)[1].findings != ()


def test_links_and_huge_files_become_findings_without_being_fetched(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    (clone.root / "data" / "projects" / "link.yaml").symlink_to("../../README.md")
    (clone.root / "data" / "projects" / "huge.yaml").write_bytes(b"x" * 5_000_000)
    propose(clone)
    _, head = read_head(repository, hub.open_pull("proposal"))
    assert head.changes == {}
    assert {finding.code for finding in head.findings} == {"symlink", "file-too-large"}
    assert not any("/git/blobs/" in request.path for request in hub.requests)


def test_stories_and_new_editions_are_read_and_published_editions_stay(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    old = clone.root / "data" / "editions" / "2025"
    old.mkdir(parents=True)
    (old / "edition.json").write_text("{}", encoding="utf-8")
    clone.commit("An edition")
    clone.push()
    (old / "edition.json").write_text('{"changed": true}', encoding="utf-8")
    new = clone.root / "data" / "editions" / "2026" / "metrics"
    new.mkdir(parents=True)
    (new / "2026-01.csv").write_text("project\n", encoding="utf-8")
    (clone.root / "data" / "stories").mkdir()
    (clone.root / "data" / "stories" / "race.md").write_text("# Race\n", encoding="utf-8")
    propose(clone)
    _, head = read_head(repository, hub.open_pull("proposal"))
    assert [(str(finding.path), finding.code) for finding in head.findings] == [
        ("data/editions/2025/edition.json", "generated-edited")
    ]
    assert head.changes["data/stories/race.md"] == b"# Race\n"
    assert head.changes["data/editions/2026/metrics/2026-01.csv"] == b"project\n"
    before = read_folder_files(clone.root)
    result = preview(before, head.apply(before), load_store(clone.root), TODAY)
    assert {str(finding.path) for finding in result.findings} >= {"data/stories/race.md"}


def test_hostile_names_come_through_and_are_judged(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    folder = clone.root / "data" / "projects"
    (folder / "deep").mkdir()
    for name in ("deep/er.yaml", "new\nline.yaml", "100%25.yaml", "wink ;) $(id).yaml"):
        (folder / name).write_text("name: X\n", encoding="utf-8")
    propose(clone)
    _, head = read_head(repository, hub.open_pull("proposal"))
    before = read_folder_files(clone.root)
    result = preview(
        before, head.apply(before), load_store(clone.root), TODAY, refused=head.findings
    )
    codes = {finding.code for finding in result.findings}
    assert {"outside-folder", "bad-file-name"} <= codes
    assert result.changes == ()


@pytest.mark.parametrize("count", [MOST_READ + 1, 10_000])
def test_too_many_files_do_not_pass_and_are_not_read(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone, count: int
) -> None:
    for number in range(count):
        path = clone.root / "data" / "projects" / f"p{number}.yaml"
        path.write_text("name: X\n", encoding="utf-8")
    propose(clone)
    _, head = read_head(repository, hub.open_pull("proposal"))
    assert [finding.code for finding in head.findings] == ["too-many-files"]
    assert head.changes == {}
    assert not any("/git/" in request.path for request in hub.requests)
    assert len(hub.requests) < 40


def answer(hub: GitHubApiStandIn, repository: Repository, clone: Clone, number: int) -> str:
    _, head = read_head(repository, number)
    before = read_folder_files(clone.root)
    result = preview(
        before, head.apply(before), load_store(clone.root), TODAY, refused=head.findings
    )
    return answer_pull_request(repository, number, head.sha, result)


def test_a_pull_request_gets_a_check_run_and_one_comment_that_follows_it(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    write_project(clone.root, "omega", domain="servin")
    propose(clone)
    number = hub.open_pull("proposal")
    assert answer(hub, repository, clone, number) == "check run written, comment created"
    (first,) = hub.state.check_runs.values()
    assert first["conclusion"] == "failure"
    assert first["annotations"][0]["path"] == "data/projects/omega.yaml"
    assert "did you mean serving?" in first["annotations"][0]["message"]
    run_git(clone.root, "checkout", "--quiet", "proposal")
    write_project(clone.root, "omega")
    clone.commit("Correct")
    run_git(clone.root, "push", "--quiet", "origin", "HEAD:proposal")
    run_git(clone.root, "checkout", "--quiet", "main")
    assert answer(hub, repository, clone, number) == "check run written, comment edited"
    assert [run["conclusion"] for run in hub.state.check_runs.values()] == ["failure", "success"]
    (comment,) = hub.list_comments(number)
    assert "Nothing stands in the way" in comment["body"]


def test_a_head_that_moves_meanwhile_leaves_the_comment_to_the_newer_run(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    write_project(clone.root, "omega")
    propose(clone)
    number = hub.open_pull("proposal")
    _, head = read_head(repository, number)
    before = read_folder_files(clone.root)
    result = preview(before, head.apply(before), load_store(clone.root), TODAY)
    run_git(clone.root, "checkout", "--quiet", "proposal")
    write_project(clone.root, "psi")
    clone.commit("More")
    run_git(clone.root, "push", "--quiet", "origin", "HEAD:proposal")
    said = answer_pull_request(repository, number, head.sha, result)
    assert "the head has moved" in said
    assert hub.list_comments(number) == []
    (run,) = hub.state.check_runs.values()
    assert run["head_sha"] == head.sha


# --- issue forms


def test_where_no_pull_request_may_be_opened_the_submitter_hears_of_it(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    hub.may_open_pulls = False
    number = hub.open_issue(make_form())
    version = inspect_version(clone.root, TODAY)
    assert version.taxonomy is not None
    submission = read_submission(make_form(), version.taxonomy, version.projects, schema=False)
    with pytest.raises(GitHubError):
        answer_submission(repository, number, submission, (), base="main")
    (comment,) = hub.list_comments(number)
    assert f"ready on the branch `landscape/submission-{number}`" in comment["body"]
    assert "Allow GitHub Actions to create and approve pull requests" in comment["body"]


def test_a_good_form_becomes_a_pull_request_that_closes_the_issue(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    number = hub.open_issue(make_form())
    version = inspect_version(clone.root, TODAY)
    assert version.taxonomy is not None
    submission = read_submission(make_form(), version.taxonomy, version.projects, schema=False)
    for _ in range(2):
        answered = answer_submission(repository, number, submission, (), base="main")
    (pull,) = hub.state.pulls.values()
    assert answered.pull_request == pull["number"]
    assert f"Closes #{number}" in pull["body"]
    branch = f"landscape/submission-{number}"
    assert clone.show("data/projects/omega.yaml", branch) == submission.text.strip()
    assert run_git(clone.remote, "rev-list", "--count", f"main..{branch}") == "1"
    (comment,) = hub.list_comments(number)
    assert f"#{pull['number']}" in comment["body"]


def test_a_form_with_gaps_gets_a_comment_and_no_branch(
    hub: GitHubApiStandIn, repository: Repository, clone: Clone
) -> None:
    form = make_form(Domain="_No response_")
    number = hub.open_issue(form)
    version = inspect_version(clone.root, TODAY)
    assert version.taxonomy is not None
    submission = read_submission(form, version.taxonomy, version.projects)
    assert answer_submission(repository, number, submission, (), base="main").pull_request == 0
    assert hub.state.pulls == {}
    (comment,) = hub.list_comments(number)
    assert "**Domain**: choose one" in comment["body"]
