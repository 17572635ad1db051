"""``landscape add`` as a process."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.cli.commands import run_landscape
from tests.publish.repositories import make_clone, write_landscape
from tests.publish.test_submission import make_form
from tests.standins.github_api import TOKEN, GitHubApiStandIn

PATH = "data/projects/omega.yaml"
OMEGA = {
    "full_name": "Omega-Org/Omega",
    "name": "Omega",
    "homepage": "https://omega.example.org",
    "description": "Best *ever*!\n\u202e<img src=x> # engine: yes",
    "archived": False,
    "fork": False,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_landscape(tmp_path / "landscape")


def add(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    offline = [] if environment else ["--offline"]
    return run_landscape("add", *arguments, *offline, folder=root, **environment)


def load(root: Path, path: str = PATH) -> dict[str, object]:
    content: dict[str, object] = yaml.safe_load((root / path).read_text(encoding="utf-8"))
    return content


def test_a_complete_file_is_written_and_passes(root: Path) -> None:
    run = add(root, "x/omega", "--domain", "serving", "--summary", "What it is.", "--tag", "gpu")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [f"wrote {PATH}", "no findings in 1 file"]
    assert (root / PATH).read_text(encoding="utf-8") == (
        "name: omega\nrepo: x/omega\ndomain: serving\ntags: [gpu]\nsummary:\n  en: What it is.\n"
    )


def test_an_address_is_as_good_as_a_name(root: Path) -> None:
    assert add(root, "https://github.com/x/omega/issues", "--domain", "serving").returncode == 1
    assert load(root)["repo"] == "x/omega"


def test_without_a_summary_the_file_is_written_with_a_finding(root: Path) -> None:
    run = add(root, "x/omega", "--domain", "serving")
    assert run.returncode == 1
    assert "error no-summary" in run.stdout
    assert load(root)["summary"] == {}


@pytest.mark.parametrize("repo", ["Beta/BETA", "https://github.com/beta/beta"])
def test_a_repository_that_is_there_is_refused(root: Path, repo: str) -> None:
    run = add(root, repo, "--domain", "serving")
    assert run.returncode == 2
    assert "is there already: it is its repository, in data/projects/beta.yaml" in run.stderr


def test_former_and_additional_repositories_are_refused_too(root: Path) -> None:
    with (root / "data/projects/beta.yaml").open("a") as file:
        file.write("former_repos: [old/beta]\nadditional_repos: [beta/docs]\n")
    assert "a former name" in add(root, "old/BETA", "--domain", "serving").stderr
    assert "additional" in add(root, "beta/docs", "--domain", "serving").stderr


def test_near_duplicates_are_a_warning(root: Path) -> None:
    run = add(root, "someone/beta", "--domain", "serving", "--summary", "A fork.")
    assert run.returncode == 0
    assert "warning: beta (beta/beta): its repository has the same name" in run.stderr
    assert "wrote data/projects/someone-beta.yaml" in run.stdout


def test_an_unknown_domain_gets_the_nearest_and_the_list(root: Path) -> None:
    run = add(root, "x/omega", "--domain", "servng")
    assert run.returncode == 2
    assert "did you mean serving? domains: serving, training" in run.stderr
    assert not (root / PATH).exists()


def test_an_unknown_subdomain_gets_the_list(root: Path) -> None:
    run = add(root, "x/omega", "--domain", "serving", "--subdomain", "engin")
    assert "did you mean engine? subdomains: engine" in run.stderr


def test_dry_run_shows_the_file_and_writes_none(root: Path) -> None:
    run = add(root, "x/omega", "--domain", "serving", "--dry-run")
    assert run.returncode == 0
    assert run.stdout.startswith("name: omega\n")
    assert not (root / PATH).exists()


def test_an_id_that_is_taken_or_none_is_refused(root: Path) -> None:
    assert add(root, "x/omega", "--domain", "serving", "--id", "beta").returncode == 2
    assert add(root, "x/omega", "--domain", "serving", "--id", "../x").returncode == 2
    assert list((root / "data" / "projects").glob("*x*")) == []


def test_what_is_no_repository_is_a_usage_error(root: Path) -> None:
    assert add(root, "nothing", "--domain", "serving").returncode == 2
    assert add(root, "x/omega").returncode == 2


def test_github_fills_in_what_it_knows_and_its_words_stay_a_comment(
    root: Path, tmp_path: Path
) -> None:
    clone = make_clone(tmp_path)
    with GitHubApiStandIn(clone.remote) as hub:
        hub.state.repositories["old-org/omega"] = OMEGA
        run = add(root, "old-org/omega", "--domain", "serving", GITHUB_API_URL=hub.url)
    assert run.returncode == 1
    assert "old-org/omega is called Omega-Org/Omega now" in run.stderr
    text = (root / PATH).read_text(encoding="utf-8")
    assert load(root) == {
        "name": "Omega",
        "repo": "Omega-Org/Omega",
        "former_repos": ["old-org/omega"],
        "domain": "serving",
        "homepage": "https://omega.example.org",
        "summary": {},
    }
    (comment,) = (line for line in text.splitlines() if line.startswith("# "))
    assert comment.endswith("GitHub's description: Best *ever*! <img src=x> # engine: yes")


def test_a_repository_that_github_does_not_have_is_refused(root: Path, tmp_path: Path) -> None:
    with GitHubApiStandIn(make_clone(tmp_path).remote) as hub:
        run = add(root, "x/omega", "--domain", "serving", GITHUB_API_URL=hub.url)
    assert run.returncode == 2
    assert "no public repository x/omega" in run.stderr


def test_an_unreachable_github_costs_nothing_but_what_it_knows(root: Path) -> None:
    run = add(
        root,
        "x/omega",
        "--domain",
        "serving",
        "--summary",
        "A.",
        GITHUB_API_URL="http://127.0.0.1:9",
    )
    assert run.returncode == 0
    assert "the file is written without what GitHub knows" in run.stderr


def test_an_issue_form_becomes_a_pull_request(tmp_path: Path) -> None:
    clone = make_clone(tmp_path)
    with GitHubApiStandIn(clone.remote) as hub:
        access = {
            "GITHUB_API_URL": hub.url,
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_REPOSITORY": hub.full_name,
        }
        good = hub.open_issue(make_form())
        bad = hub.open_issue(make_form(**{"Summary in English": "Look: <b>x</b> {{ y }}"}))
        run = add(clone.root, "--issue", str(good), **access)
        assert (run.returncode, run.stderr) == (0, "")
        assert f"holds issue #{good}" in run.stdout
        run = add(clone.root, "--issue", str(bad), **access)
        assert run.returncode == 1
        (comment,) = hub.list_comments(bad)
    assert "html-in-text" in comment["body"]
    assert "<b>" not in comment["body"]
    assert "name: Omega" in clone.show("data/projects/omega.yaml", f"landscape/submission-{good}")
