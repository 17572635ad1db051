"""What act does not enforce, read from the files: rights, pins, and how inputs reach scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from landscape.cli.init import DEFAULT_ACTION
from landscape.cli.options import find_latest_date
from landscape.dataset.load import load_dataset
from landscape.publish.submission import FIELDS
from tests.house.modules import ROOT

WORKFLOWS = {path.stem: path for path in sorted(ROOT.glob(".github/workflows/*.yml"))}
STARTER = ROOT / "landscape" / "starter" / "github"
FILES = [*WORKFLOWS.values(), *sorted(STARTER.glob("workflows/*.yml")), ROOT / "action.yml"]
RIGHTS = {
    ("tests", "check"): {"contents": "read"},
    ("data-check", "check"): {"contents": "read", "pull-requests": "write", "checks": "write"},
    ("rebuild", "rebuild"): {"contents": "write", "pull-requests": "write"},
    ("refresh", "refresh"): {"contents": "write", "pull-requests": "write", "issues": "write"},
    ("discovery", "discover"): {"contents": "write", "pull-requests": "write"},
    ("submission", "submit"): {
        "contents": "write",
        "pull-requests": "write",
        "issues": "write",
        "checks": "write",
    },
    ("release", "move"): {"contents": "write"},
}
PUSHING = {"rebuild", "refresh", "discovery", "release"}
PULL_REQUEST_TEXT = re.compile(
    r"github\.(event\.(pull_request|issue|head_commit|comment)|head_ref)"
)
Json = dict[Any, Any]


def read(path: Path) -> Json:
    value: Json = yaml.safe_load(path.read_text(encoding="utf-8").replace("{= action =}", "./"))
    return value


def list_steps(workflow: Json) -> Iterator[Json]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def list_all_steps() -> Iterator[tuple[str, Json]]:
    for path in FILES:
        value = read(path)
        for step in value["runs"]["steps"] if "runs" in value else list_steps(value):
            yield path.name, step


def test_rights_are_exactly_these() -> None:
    found = {
        (name, job): content.get("permissions")
        for name, path in WORKFLOWS.items()
        for job, content in read(path)["jobs"].items()
    }
    assert found == RIGHTS


@pytest.mark.parametrize("path", FILES[:-1], ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_granted_to_a_whole_workflow(path: Path) -> None:
    assert read(path)["permissions"] == {}


def test_every_action_is_pinned_to_a_commit_with_its_version() -> None:
    for path in FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.search(r"uses: (\S+)", line)
            if found is None or found[1] == "./" or "{= action =}" in line:
                continue
            assert re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), (path, line)


def test_one_action_has_one_version_everywhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    pins: dict[str, set[tuple[str, str]]] = {}
    for name, sha, version in re.findall(r"uses: ([\w-]+/[\w-]+)\S*@(\w{40}) # (v\S+)", text):
        pins.setdefault(name, set()).add((sha, version))
    assert {name: len(found) for name, found in pins.items()} == dict.fromkeys(pins, 1)


def test_the_workflows_give_only_inputs_that_the_action_has_and_use_only_its_outputs() -> None:
    action = read(ROOT / "action.yml")
    for path in FILES[:-1]:
        for step in list_steps(read(path)):
            if step.get("uses") == "./":
                assert step["with"].keys() <= action["inputs"].keys(), path
        used = re.findall(r"steps\.form\.outputs\.([\w-]+)", path.read_text(encoding="utf-8"))
        assert set(used) <= action["outputs"].keys(), path


def test_guards_documents_and_what_init_writes_name_one_repository() -> None:
    own = DEFAULT_ACTION.partition("@")[0]
    guards = {
        name: re.findall(r"github\.repository == '([^']*)'", path.read_text(encoding="utf-8"))
        for name, path in WORKFLOWS.items()
    }
    assert {name for name, found in guards.items() if found} >= {"rebuild", "refresh"}
    assert {name for found in guards.values() for name in found} == {own}
    for name in ("README.md", "README.zh-CN.md", "docs/adopting.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = re.findall(r"uses: ([\w-]+/[\w.-]+)@v\d", text)
        named += re.findall(r"git clone https://github\.com/(\S+)", text)
        assert set(named) == {own}, name


def test_credentials_stay_only_where_something_is_pushed() -> None:
    for path in FILES[:-1]:
        for step in list_steps(read(path)):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is (path.stem in PUSHING), path


def test_no_workflow_of_the_base_fetches_the_head() -> None:
    for name in ("data-check", "submission"):
        for folder in (ROOT / ".github" / "workflows", STARTER / "workflows"):
            workflow = read(folder / f"{name}.yml")
            for step in list_steps(workflow):
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert not {"ref", "repository"} & step["with"].keys()
                assert "${{" not in step.get("run", "")
    privileged = {
        name
        for name, path in WORKFLOWS.items()
        if {"pull_request_target", "workflow_run"} & read(path)[True].keys()
    }
    assert privileged == {"data-check"}


def test_no_expression_stands_in_a_script() -> None:
    for name, step in list_all_steps():
        assert "${{" not in step.get("run", ""), (name, step)


def test_text_of_strangers_reaches_nothing_but_numbers() -> None:
    """Of a pull request or an issue the workflows hand on the number; all else is read as data."""
    allowed = {
        "${{ github.event.pull_request.number }}",
        "${{ github.event.issue.number }}",
        "data-check-${{ github.event.pull_request.number }}",
        "submission-${{ github.event.issue.number }}",
    }
    for path in FILES[:-1]:
        workflow = read(path)
        used = [workflow["concurrency"]["group"]]
        for step in list_steps(workflow):
            used += [
                str(value) for part in ("with", "env") for value in step.get(part, {}).values()
            ]
        assert {text for text in used if PULL_REQUEST_TEXT.search(text)} <= allowed, path


def test_secrets_are_named_by_the_scheduled_workflows_alone() -> None:
    named = {path for path in FILES if "secrets." in path.read_text(encoding="utf-8")}
    assert {path.stem for path in named} == {"refresh", "discovery"}
    for path in named:
        assert set(read(path)[True]) == {"schedule", "workflow_dispatch"}
    # The engine's address holds a password: it goes into our own step, and nowhere else.
    for path in (path for path in FILES if path.stem == "discovery"):
        for step in list_steps(read(path)):
            if step.get("with", {}).get("command") != "discover":
                assert "LANDSCAPE_ENGINE" not in str(step)


def test_refresh_and_rebuild_wait_for_their_turn_and_are_not_cut_off() -> None:
    for name in ("refresh", "rebuild", "discovery", "submission"):
        assert read(WORKFLOWS[name])["concurrency"]["cancel-in-progress"] is False
    names = ("refresh", "rebuild", "discovery")
    # GitHub keeps one waiting run a group: a rebuild must not push a refresh out.
    assert len({read(WORKFLOWS[name])["concurrency"]["group"] for name in names}) == 3


@pytest.mark.parametrize("name", ["refresh", "discovery"])
def test_the_schedule_is_off_the_hour(name: str) -> None:
    for folder in (ROOT / ".github" / "workflows", STARTER / "workflows"):
        (schedule,) = read(folder / f"{name}.yml")[True]["schedule"]
        minute = int(schedule["cron"].split()[0])
        assert minute % 15


def test_a_new_landscape_asks_the_archive_only_where_that_was_switched_on() -> None:
    (job,) = read(STARTER / "workflows" / "discovery.yml")["jobs"].values()
    assert "fork != true" in job["if"]
    assert "vars.LANDSCAPE_DISCOVERY == 'on'" in job["if"]


def test_the_action_describes_everything_and_has_no_default_that_an_empty_input_would_undo() -> (
    None
):
    action = read(ROOT / "action.yml")
    for group in ("inputs", "outputs"):
        assert all(item["description"] for item in action[group].values())
    assert {name for name, item in action["inputs"].items() if "default" in item} == {"token"}
    run = action["runs"]["steps"][-1]
    handed = {value for key, value in run["env"].items() if key.startswith("IN_")}
    expected = set(action["inputs"]) - {"token", "python-version"}
    assert {value.split()[1].removeprefix("inputs.") for value in handed} == expected


def test_what_is_asked_of_who_starts_a_workflow_by_hand_reaches_the_action() -> None:
    for path in FILES[:-1]:
        dispatch = (read(path)[True].get("workflow_dispatch") or {}).get("inputs", {})
        handed = [step["with"] for step in list_steps(read(path)) if step.get("uses") == "./"]
        for name in dispatch:
            assert any(f"inputs.{name}" in str(given.get(name)) for given in handed), (path, name)


def test_every_job_ends_by_itself() -> None:
    for path in FILES[:-1]:
        assert all("timeout-minutes" in job for job in read(path)["jobs"].values()), path


def test_the_forms_fields_are_those_that_are_read() -> None:
    form = read(ROOT / ".github" / "ISSUE_TEMPLATE" / "project.yml")
    starters = yaml.safe_load(
        (STARTER / "ISSUE_TEMPLATE" / "project.yml")
        .read_text("utf-8")
        .replace("{= domains =}", "[a]")
    )
    for fields in (form["body"], starters["body"]):
        assert {field["attributes"]["label"] for field in fields} == set(FIELDS)
    (dropdown,) = (field for field in form["body"] if field["type"] == "dropdown")
    taxonomy = load_dataset(ROOT, find_latest_date()).taxonomy
    assert dropdown["attributes"]["options"] == [domain.id for domain in taxonomy.domains]
