"""``landscape check`` as a process: the work tree, and a pull request read through GitHub."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import make_environment, run_landscape
from tests.publish.repositories import Clone, make_clone, run_git, write_landscape, write_project
from tests.standins.failure import Failure
from tests.standins.github_api import TOKEN, GitHubApiStandIn
from tests.standins.opendigger import EVERYTHING, OpenDiggerStandIn

SERIES = {"2026-01": 50.0, "2026-02": 50.0, "2026-03": 50.0, "2026-04": 50.0}


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return make_clone(tmp_path)


def check(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_landscape("check", *arguments, folder=root, **environment)


def test_a_work_tree_without_changes_says_so(clone: Clone) -> None:
    run = check(clone.root, "--offline")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == (
        "no findings in 0 files; no project changes; "
        "3 of 4 projects would be on the map (3 of 4 before)"
    )


def test_uncommitted_and_committed_changes_count_alike(clone: Clone) -> None:
    write_project(clone.root, "beta", domain="training")
    clone.commit()
    write_project(clone.root, "omega")
    run = check(clone.root, "--offline")
    assert run.returncode == 0
    assert "retagged beta" in run.stdout
    assert "added omega" in run.stdout


def test_what_others_did_on_the_base_meanwhile_is_not_told(clone: Clone) -> None:
    other = clone.clone_again()
    write_project(other.root, "psi")
    other.commit()
    other.push()
    run_git(clone.root, "fetch", "--quiet")
    write_project(clone.root, "omega")
    run = check(clone.root, "--offline")
    assert "psi" not in run.stdout


def test_an_error_ends_with_1_and_names_file_and_line(clone: Clone) -> None:
    write_project(clone.root, "omega", domain="servng")
    run = check(clone.root, "--offline")
    assert run.returncode == 1
    assert "data/projects/omega.yaml:3: error unknown-domain" in run.stdout


def test_the_forms_for_machines(clone: Clone) -> None:
    write_project(clone.root, "omega", domain="servng")
    content = json.loads(check(clone.root, "--offline", "--format", "json").stdout)
    assert content["findings"][0]["code"] == "unknown-domain"
    assert content["changes"][0]["project"] == "omega"
    run = check(clone.root, "--offline", "--format", "github")
    assert run.stdout.startswith("::error file=data/projects/omega.yaml,")


def test_the_summary_is_added_as_markdown(clone: Clone, tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    check(clone.root, "--offline", "--summary", str(path))
    assert path.read_text(encoding="utf-8").startswith("before\n✅ **Nothing stands in the way.**")


def test_a_base_can_be_named_and_must_exist(clone: Clone) -> None:
    write_project(clone.root, "omega")
    clone.commit()
    assert "added omega" not in check(clone.root, "--offline", "--base", "HEAD").stdout
    assert "added omega" in check(clone.root, "--offline", "--base", "HEAD~1").stdout
    run = check(clone.root, "--offline", "--base", "--upload-pack=touch x")
    assert run.returncode == 2
    assert "to compare with" in run.stderr


def test_outside_of_git_is_a_usage_error(tmp_path: Path) -> None:
    root = write_landscape(tmp_path / "landscape")
    run = check(root, "--offline", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert run.returncode == 2
    assert "in no git repository" in run.stderr


def test_an_added_project_is_measured_and_ranked(clone: Clone) -> None:
    write_project(clone.root, "omega")
    with OpenDiggerStandIn({("omega/omega", "openrank"): SERIES}) as upstream:
        run = check(clone.root, LANDSCAPE_OPENDIGGER_URL=upstream.url)
    assert "on the map: mean 50.00 over 4 of 4 months" in run.stdout
    assert "would have rank 1 on the map, 1 of 4 in serving" in run.stdout


def test_absent_upstream_is_told_from_an_outage(clone: Clone) -> None:
    write_project(clone.root, "omega")
    with OpenDiggerStandIn({("alpha/alpha", "openrank"): SERIES}) as upstream:
        run = check(clone.root, LANDSCAPE_OPENDIGGER_URL=upstream.url)
        assert "not covered" in run.stdout
        upstream.fail(EVERYTHING, Failure.NOT_FOUND)
        run = check(clone.root, LANDSCAPE_OPENDIGGER_URL=upstream.url)
        assert "unmeasured" in run.stdout
        assert "gave no answer just now" in run.stdout
        assert run.returncode == 0


def test_a_settings_file_of_the_change_directs_no_request(clone: Clone) -> None:
    write_project(clone.root, "omega")
    with OpenDiggerStandIn({("omega/omega", "openrank"): SERIES}) as trap:
        with (clone.root / "landscape.yaml").open("a") as file:
            file.write(f"sources: {{opendigger: {{base_url: {trap.url}}}}}\n")
        with OpenDiggerStandIn() as upstream:
            base = f"sources: {{opendigger: {{base_url: {upstream.url}}}}}\n"
            head = (clone.root / "landscape.yaml").read_text(encoding="utf-8")
            before = run_git(clone.root, "show", "HEAD:landscape.yaml")
            (clone.root / "landscape.yaml").write_text(f"{before}\n{base}", encoding="utf-8")
            run_git(clone.root, "add", "landscape.yaml")
            run_git(clone.root, "commit", "--quiet", "-m", "Base", "landscape.yaml")
            (clone.root / "landscape.yaml").write_text(head, encoding="utf-8")
            check(clone.root, "--base", "HEAD")
            assert upstream.requests != []
    assert trap.requests == []


def test_a_pull_request_is_answered_without_a_checkout_of_it(clone: Clone) -> None:
    run_git(clone.root, "checkout", "--quiet", "-b", "proposal")
    write_project(clone.root, "omega", domain="servng")
    (clone.root / "landscape").mkdir()
    (clone.root / "landscape" / "__init__.py").write_text("raise SystemExit(99)", encoding="utf-8")
    clone.commit("Propose")
    run_git(clone.root, "push", "--quiet", "origin", "HEAD:proposal")
    run_git(clone.root, "checkout", "--quiet", "main")
    with GitHubApiStandIn(clone.remote) as hub:
        access = {
            "GITHUB_API_URL": hub.url,
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_REPOSITORY": hub.full_name,
        }
        number = hub.open_pull("proposal")
        run = check(clone.root, "--offline", "--pull-request", str(number), **access)
        assert run.returncode == 1, run.stderr
        assert "comment created" in run.stderr
        (done,) = hub.state.check_runs.values()
        assert done["conclusion"] == "failure"
        dry = check(clone.root, "--offline", "--dry-run", "--pull-request", str(number), **access)
        assert dry.returncode == 1
        assert len(hub.state.check_runs) == 1
    assert not (clone.root / "data" / "projects" / "omega.yaml").exists()


def test_a_pull_request_needs_a_token(clone: Clone) -> None:
    run = check(clone.root, "--pull-request", "1", "--repository", "a/b")
    assert run.returncode == 2
    assert "GITHUB_TOKEN" in run.stderr


def test_a_check_loads_no_library_that_draws(clone: Clone) -> None:
    """People wait for it: importing the charts would add a third."""
    script = (
        "import sys\nfrom landscape.cli.main import run\n"
        "code = run(['check', '--offline', '--format', 'markdown'])\n"
        "sys.exit(code or 'matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=clone.root,
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
