"""Issue forms as hostile text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from landscape.dataset.discovery import is_id
from landscape.dataset.model import Domain, Project, Subdomain, Taxonomy
from landscape.publish.project_file import choose_id, parse_repo
from landscape.publish.step_files import append_summary
from landscape.publish.submission import FIELDS, Submission, read_answers, read_submission

TAXONOMY = Taxonomy(
    layers=(),
    domains=(
        Domain(
            "serving",
            {"en": "Model Serving", "zh": "模型服务"},
            "l",
            subdomains=(Subdomain("engine", {"en": "Engine"}),),
        ),
        Domain("training", {"en": "Training"}, "l"),
    ),
    tags={"gpu": {"en": "GPU"}, "edge": {"en": "Edge"}},
)
BETA = Project("beta", "Beta", "beta/beta", "serving", {"en": "B"}, former_repos=("old/beta",))
ANSWERS = {
    "Repository": "https://github.com/omega/omega",
    "Name": "Omega",
    "Domain": "serving",
    "Subdomain": "_No response_",
    "Tags": "_No response_",
    "Summary in English": "What omega is.",
    "Summary in Chinese": "_No response_",
}


def make_form(**answers: str) -> str:
    """Return a form's body; keyword arguments replace answers."""
    return "\n\n".join(f"### {key}\n\n{value}" for key, value in (ANSWERS | answers).items())


def read(**answers: str) -> Submission:
    return read_submission(make_form(**answers), TAXONOMY, {"beta": BETA}, schema=False)


def test_a_form_becomes_a_canonical_file() -> None:
    submission = read(Tags="gpu, edge", Subdomain="Engine")
    assert submission.missing == ()
    assert str(submission.path) == "data/projects/omega.yaml"
    assert submission.text == (
        "name: Omega\nrepo: omega/omega\ndomain: serving\nsubdomain: engine\n"
        "tags: [gpu, edge]\nsummary:\n  en: What omega is.\n"
    )


@pytest.mark.parametrize(
    "domain", ["serving", "Model Serving", "模型服务", "serving — Model Serving"]
)
def test_a_domain_is_known_by_id_and_by_name(domain: str) -> None:
    assert "domain: serving\n" in read(Domain=domain).text


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"Repository": "omega"}, "owner/name"),
        ({"Repository": "https://gitlab.com/omega/omega"}, "owner/name"),
        ({"Repository": "Beta/BETA"}, "is there already"),
        ({"Repository": "old/beta"}, "is there already"),
        ({"Domain": "servng"}, "did you mean `serving`?"),
        ({"Summary in English": "_No response_"}, "one sentence"),
        ({"Tags": "gpus"}, "vocabulary"),
        ({"Subdomain": "wheel"}, "choose one of: engine"),
    ],
)
def test_what_is_missing_is_named(answers: dict[str, str], problem: str) -> None:
    submission = read(**answers)
    assert submission.text == ""
    assert any(problem in line for line in submission.missing)


@pytest.mark.parametrize(
    "hostile",
    [
        "x\n### Domain\n\ntraining",
        "${{ secrets.GITHUB_TOKEN }}",
        '"\nrepo: evil/evil\nx: "',
        "--- !!python/object/apply:os.system [id]",
        "a: {b: [c",
        "\u202ereversed\u200b",
        "'; rm -rf / #",
        "x" * 100_000,
        "<!-- landscape:check -->",
        "\r\n\r\nname: 1\r\n",
    ],
)
def test_a_hostile_summary_stays_one_text_in_one_field(hostile: str) -> None:
    submission = read(**{"Summary in English": hostile})
    content = yaml.safe_load(submission.text)
    assert set(content) <= {"name", "repo", "domain", "summary"}
    assert content["repo"] == "omega/omega"
    assert content["domain"] == "serving"
    assert "\n" not in content["summary"]["en"]
    assert len(content["summary"]["en"]) <= 500


def test_names_that_yaml_would_read_as_something_else_stay_text() -> None:
    for name in ("360", "on", "null", "1.0", "*x", "- y", "2024-01-01", "a: b", "#x"):
        assert yaml.safe_load(read(Name=name).text)["name"] == name


def test_unknown_headings_belong_to_the_answer_before() -> None:
    assert read_answers("### Name\n\nA\n\n### Free\n\nB")["name"] == "A ### Free B"
    assert read_answers("") == {}
    assert set(read_answers(make_form())) <= set(FIELDS.values())


@pytest.mark.parametrize(
    ("text", "repo"),
    [
        ("vllm-project/vllm", "vllm-project/vllm"),
        ("https://github.com/vllm-project/vllm", "vllm-project/vllm"),
        ("http://www.github.com/a/b.git", "a/b"),
        ("git@github.com:a/b.git", "a/b"),
        ("github.com/a/b/tree/main?x#y", "a/b"),
        (" a/b ", "a/b"),
        ("a", ""),
        ("a/b/c", ""),
        ("../../etc/passwd", ""),
        ("-a/b", ""),
        ("a/..", ""),
        ("https://example.org/a/b", ""),
        ("a/b\nc", ""),
        ("", ""),
    ],
)
def test_a_repository_is_read_from_names_and_addresses(text: str, repo: str) -> None:
    assert parse_repo(text) == repo


def test_an_id_that_is_taken_gets_the_owners_name() -> None:
    assert choose_id("omega/Beta.js", []) == "beta-js"
    assert choose_id("omega/beta", ["beta"]) == "omega-beta"
    assert choose_id("omega/beta", ["beta", "omega-beta"]) == "omega-beta-2"


def test_the_longest_names_of_repositories_become_ids_that_pass_and_differ() -> None:
    taken: list[str] = []
    for _ in range(5):
        taken.append(choose_id(f"{'o' * 39}/{'long-' * 20}", taken))
    assert len(set(taken)) == 5
    assert all(is_id(name) for name in taken)


def test_a_summary_is_cut_where_github_would_drop_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    append_summary(path, "é" * 400_000)
    append_summary(path, "é" * 400_000)
    assert path.stat().st_size <= 1_000_000
    assert path.read_text(encoding="utf-8").endswith("...\n")
