"""Votes of neighbours, and which repository is whose: the parts that need no engine."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pandas as pd
import pytest

pytest.importorskip("ibis", reason="the extra `discovery` is not installed")

from landscape.analysis.discovery_candidates import (
    compose_candidates,
    select_proposals,
    vote_domain,
)
from landscape.analysis.discovery_community import tabulate_community
from landscape.analysis.discovery_roster import identify_projects, list_open_names
from landscape.dataset.load import load_dataset
from landscape.dataset.model import Project, Rejected
from landscape.metrics.collaboration import load_collaboration
from tests.cli.commands import CHECKOUT

DOMAINS = {"vllm": "serving", "sglang": "serving", "ray": "training", "torch": "training"}


def make_project(
    project_id: str, repo: str, former: tuple[str, ...] = (), additional: tuple[str, ...] = ()
) -> Project:
    return Project(
        id=project_id,
        name=project_id,
        repo=repo,
        domain="serving",
        summary={"en": "A project."},
        former_repos=former,
        additional_repos=additional,
    )


def make_repositories(**ids: int | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "project": list(ids),
            "repo_id": pd.Series(list(ids.values()), dtype="Int64"),
            "full_name": [None] * len(ids),
        }
    )


def make_names(*rows: tuple[int, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["repo_id", "repo_name", "last_at"])


def test_neighbours_vote_by_the_cosine_of_their_developers() -> None:
    # 20/sqrt(100) + 10/sqrt(25) = 4 for serving against 30/sqrt(900) = 1 for training.
    sizes = {"vllm": 100, "sglang": 25, "torch": 900}
    vote = vote_domain({"vllm": 20, "sglang": 10, "torch": 30}, sizes, DOMAINS)
    assert (vote.domain, round(vote.margin, 6)) == ("serving", 0.6)


def test_equal_votes_have_no_margin_and_the_first_domain() -> None:
    vote = vote_domain({"vllm": 4, "ray": 4}, {"vllm": 16, "ray": 16}, DOMAINS)
    assert (vote.domain, vote.margin) == ("serving", 0.0)


def test_without_neighbours_there_is_no_domain() -> None:
    assert vote_domain({}, {}, DOMAINS).domain == ""
    assert vote_domain({"foreign": 3}, {"foreign": 9}, DOMAINS).domain == ""


def test_only_sure_candidates_are_proposed() -> None:
    ranked = pd.DataFrame(
        [(1, "a/sure", 9, 9), (2, "b/unsure", 8, 8), (3, "c/sure", 7, 7), (4, "d/alone", 6, 6)],
        columns=["repo_id", "repo_name", "developers", "participants"],
    )
    ties = pd.DataFrame(
        [(1, "vllm", 9), (2, "ray", 4), (2, "vllm", 4), (3, "ray", 7)],
        columns=["repo_id", "project", "common_developers"],
    )
    sizes = pd.DataFrame([("ray", 16), ("vllm", 16)], columns=["project", "developers"])
    candidates = compose_candidates(ranked, ties, sizes, DOMAINS)
    assert [each.repo for each in candidates] == ["a/sure", "b/unsure", "c/sure", "d/alone"]
    assert [each.repo for each in select_proposals(candidates, 0.1, 5)] == ["a/sure", "c/sure"]
    assert [each.repo for each in select_proposals(candidates, 0.1, 1)] == ["a/sure"]


def test_a_stored_id_is_believed_before_any_name() -> None:
    projects = [make_project("vllm", "vllm-project/vllm")]
    stored = make_repositories(vllm=101)
    assert list_open_names(projects, stored) == ()
    found = identify_projects(projects, stored, make_names((999, "vllm-project/vllm", 5)))
    assert found.roster.projects == {101: "vllm"}


def test_without_an_id_the_last_bearer_of_the_name_is_the_project() -> None:
    projects = [make_project("a", "New/Name", former=("old/name",))]
    names = make_names((1, "new/name", 5), (2, "NEW/name", 9), (3, "old/name", 99))
    found = identify_projects(projects, make_repositories(a=None), names)
    assert found.roster.projects == {2: "a"}


def test_a_former_name_counts_only_where_nobody_has_the_present_one() -> None:
    projects = [make_project("a", "new/name", former=("old/name",)), make_project("b", "b/b")]
    found = identify_projects(projects, make_repositories(), make_names((3, "old/name", 9)))
    assert found.roster.projects == {3: "a"}
    assert found.unidentified == ("b",)


def test_every_name_of_the_dataset_and_every_rejected_one_is_left_out() -> None:
    projects = [make_project("a", "A/a", former=("b/b",), additional=("c/c",))]
    rejected = [Rejected("D/d", "No.", dt.date(2026, 5, 1), 7)]
    roster = identify_projects(projects, make_repositories(a=1), make_names(), rejected).roster
    assert roster.excluded_names == {"a/a", "b/b", "c/c", "d/d"}
    assert roster.excluded_ids == {7}


def test_developers_are_counted_by_place_where_a_profile_tells() -> None:
    participants = pd.DataFrame([("vllm", 3)], columns=["project", "developers"])
    members = pd.DataFrame(
        [("vllm", 1), ("vllm", 2), ("vllm", 3)], columns=["project", "developer"]
    )
    profiles = pd.DataFrame(
        [(1, "China"), (2, "China"), (9, "France")], columns=["actor_id", "place"]
    )
    main = pd.DataFrame([("vllm", 1)], columns=["project", "main_developers"])
    table = tabulate_community(participants, main, members, profiles)
    assert table.to_numpy().tolist() == [["vllm", "*", 3, 1], ["vllm", "China", 2, pd.NA]]


def test_votes_find_most_domains_of_the_published_network() -> None:
    # Each project of the first edition as if it were unknown; 19 domains, so chance is 1 in 19.
    dataset = load_dataset(CHECKOUT, dt.date(2100, 1, 1))
    pairs = load_collaboration(CHECKOUT, "2025-05")
    neighbours: dict[str, dict[str, int]] = defaultdict(dict)
    for first, second, common in zip(
        pairs["project_a"], pairs["project_b"], pairs["common_developers"], strict=True
    ):
        neighbours[first][second] = neighbours[second][first] = int(common)
    sizes = {project: sum(common.values()) for project, common in neighbours.items()}
    domains = {project.id: project.domain for project in dataset.projects.values()}
    votes = {
        project: vote_domain(common, sizes, domains)
        for project, common in neighbours.items()
        if project in domains
    }
    right = [votes[project].domain == domains[project] for project in votes]
    sure = [
        vote.domain == domains[project] for project, vote in votes.items() if vote.margin >= 0.1
    ]
    assert len(right) > 100
    assert sum(right) / len(right) > 0.55
    assert sum(sure) / len(sure) > 0.6
