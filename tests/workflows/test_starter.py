"""From an empty folder to a built report and a green check, with no file edited by hand."""

from __future__ import annotations

import subprocess
import sysconfig
import time
from pathlib import Path

import pytest
import yaml

from tests.cli.commands import run_landscape
from tests.house.modules import ROOT
from tests.publish.repositories import Clone, run_git
from tests.standins.github import StandInRepository
from tests.standins.opendigger import OpenDiggerStandIn
from tests.workflows.act import GitHubWholeStandIn, World, write_code

pytestmark = pytest.mark.slow
ACTION = "oss-landscape/oss-landscape@v1"
REPOSITORY = "cloud/landscape"
MONTHS = ("2026-01", "2026-02", "2026-03")
LIMIT_SECONDS = 120
CHOICES = {
    "as it comes": [],
    "cloud-native projects": [
        *("--title", "Cloud Native Landscape", "--language", "en", "--above", "5"),
        *("--window", "year-to-date", "--domain", "runtime=Runtimes"),
        *("--domain", "scheduling=Scheduling and Orchestration", "--domain", "Service Mesh"),
    ],
}
STRENGTHS = {"git/git": 7.0, "curl/curl": 30.0, "istio/istio": 55.0}


def lint(program: str, *arguments: str, folder: Path) -> None:
    """Run a linter of the dev extra; any finding fails."""
    path = Path(sysconfig.get_path("scripts")) / program
    done = subprocess.run(
        [str(path), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("choices", CHOICES.values(), ids=CHOICES)
def test_from_nothing_to_a_report_and_a_green_check(tmp_path: Path, choices: list[str]) -> None:
    write_code(tmp_path / "action")
    remote = tmp_path / "remote.git"
    started = time.monotonic()
    made = run_landscape("init", tmp_path / "work", *choices, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    run_git(tmp_path, "init", "--quiet", "--bare", str(remote))
    clone = Clone(tmp_path / "work", remote)
    run_git(clone.root, "init", "--quiet")
    run_git(clone.root, "remote", "add", "origin", str(remote))
    clone.commit("Begin")
    clone.push()
    series = {(name, "openrank"): dict.fromkeys(MONTHS, v) for name, v in STRENGTHS.items()}
    hub = GitHubWholeStandIn(remote, REPOSITORY, ())
    for number, name in enumerate(STRENGTHS, 1):
        hub.facts.create(StandInRepository(number, name))
    with hub, OpenDiggerStandIn(series) as digger:
        world = World(tmp_path, clone, hub, digger, (ACTION, tmp_path / "action"))
        assert not world.run("rebuild.yml", "push").failed
        assert clone.log() == ["Begin"]
        assert not world.run("refresh.yml", "workflow_dispatch").failed
        threshold = yaml.safe_load(clone.show("landscape.yaml"))["inclusion"]["above"]
        table = clone.show("report/landscape.csv")
        assert table.count("on the map") == sum(
            STRENGTHS[n] > threshold for n in list(STRENGTHS)[:2]
        )
        assert "landscape:begin -->\n<a href" in clone.show("README.md")
        propose(clone, "istio")
        number = hub.open_pull("change")
        event = {"pull_request": {"number": number, "base": {"ref": "main"}}}
        assert not world.run("data-check.yml", "pull_request_target", event).failed
        (run,) = hub.state.check_runs.values()
        assert run["conclusion"] == "success"
    seconds = time.monotonic() - started
    print(f"from init to report and green check: {seconds:.0f} s")
    assert seconds < LIMIT_SECONDS


def propose(clone: Clone, name: str) -> None:
    """Push a branch with one more project, written by the command."""
    run_git(clone.root, "pull", "--quiet", "origin", "main")
    run_git(clone.root, "checkout", "--quiet", "-b", "change")
    taxonomy = yaml.safe_load((clone.root / "data/taxonomy.yaml").read_text(encoding="utf-8"))
    domain = taxonomy["layers"][0]["domains"][-1]["id"]
    options = ["--domain", domain, "--summary", "A service mesh.", "--offline"]
    added = run_landscape("add", f"{name}/{name}", *options, folder=clone.root)
    assert added.returncode == 0, added.stdout + added.stderr
    clone.commit("Add")
    run_git(clone.root, "push", "--quiet", "origin", "change")


def test_its_workflows_pass_the_linters_however_it_was_made(tmp_path: Path) -> None:
    domains = [part for n in range(40) for part in ("--domain", f"domain-number-{n}=Name {n}")]
    arguments = ["--title", 'A "quoted": title', *domains, "--domain", "yes=Yes"]
    made = run_landscape("init", tmp_path / "work", *arguments, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "work"
    run_git(folder, "init", "--quiet")
    workflows = sorted(str(path) for path in folder.glob(".github/workflows/*.yml"))
    assert len(workflows) >= 4
    lint("zizmor", "--offline", "--quiet", ".github", folder=folder)
    lint("actionlint", folder=folder)
    schema = ("--builtin-schema", "vendor.github-workflows")
    lint("check-jsonschema", *schema, *workflows, folder=folder)
    for kind, name in (("forms", "project"), ("config", "config")):
        schema = ("--builtin-schema", f"vendor.github-issue-{kind}")
        path = f".github/ISSUE_TEMPLATE/{name}.yml"
        lint("check-jsonschema", *schema, path, folder=folder)
    form = yaml.safe_load((folder / ".github/ISSUE_TEMPLATE/project.yml").read_text("utf-8"))
    (dropdown,) = (field for field in form["body"] if field["type"] == "dropdown")
    assert dropdown["attributes"]["options"][-1] == "yes"
    assert len(dropdown["attributes"]["options"]) == 41


def test_its_workflows_are_ours_but_for_where_the_action_is() -> None:
    """The same steps with the same pins and inputs: what is mended in one is mended in both."""
    for name in ("data-check", "rebuild", "refresh", "discovery", "submission"):
        ours, theirs = (
            yaml.safe_load(
                (folder / f"{name}.yml").read_text("utf-8").replace("{= action =}", "./")
            )
            for folder in (ROOT / ".github/workflows", ROOT / "landscape/starter/github/workflows")
        )
        for workflow in (ours, theirs):
            # How forks are told, the hour, and what a rebuild looks at differ on purpose.
            workflow.pop(True)
            for job in workflow["jobs"].values():
                job["if"] = "github.repository" in job.get("if", "") or job.get("if", "")
        if name in ("rebuild", "refresh", "discovery"):
            for workflow in (ours, theirs):
                (job,) = workflow["jobs"].values()
                job.pop("if")
        assert theirs == ours, name
