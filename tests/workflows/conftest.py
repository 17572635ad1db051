"""A world for each test: copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publish.repositories import MONTHS, STRENGTHS, Clone, run_git
from tests.standins.opendigger import OpenDiggerStandIn
from tests.workflows.act import REPOSITORY, GitHubWholeStandIn, World, make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def world(template: Path, tmp_path: Path) -> Iterator[World]:
    remote, root = tmp_path / "remote.git", tmp_path / "work"
    shutil.copytree(template / "remote.git", remote)
    run_git(tmp_path, "clone", "--quiet", str(remote), "work")
    series = {
        (f"{name}/{name}", "openrank"): dict.fromkeys(MONTHS, value)
        for name, value in STRENGTHS.items()
    }
    hub = GitHubWholeStandIn(remote, REPOSITORY, STRENGTHS)
    with hub, OpenDiggerStandIn(series) as digger:
        yield World(tmp_path, Clone(root, remote), hub, digger)
