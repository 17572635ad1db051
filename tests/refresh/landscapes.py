"""Small landscapes, stand-ins that know their projects, and the refresh command run upon them."""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from landscape.base.months import list_months
from landscape.cli.main import run
from tests.standins.github import TOKEN, GitHubStandIn, StandInRepository
from tests.standins.opendigger import OpenDiggerStandIn

SETTINGS = """\
title: {en: A landscape of the tests}
languages: [en]
inclusion: {metric: openrank, window: year-to-date, above: 10}
"""
TAXONOMY = """\
layers:
- id: layer
  name: {en: Layer}
  domains:
  - id: domain
    name: {en: Domain}
"""
MONTHS = list_months("2025-09", "2026-03")
"""The newest of them is complete; as of it the window has three months."""


@dataclass
class World:
    """A landscape's folder and the two stand-ins that a refresh of it asks."""

    root: Path
    opendigger: OpenDiggerStandIn
    github: GitHubStandIn
    urls: dict[str, str] = field(default_factory=dict)

    def refresh(self, *arguments: str, token: str = TOKEN, **environment: str) -> Result:
        """Run ``landscape refresh`` with the stand-ins' addresses in the environment."""
        values = {
            "LANDSCAPE_OPENDIGGER_URL": self.urls.get("opendigger", self.opendigger.url),
            "GITHUB_API_URL": self.urls.get("github", self.github.url),
            "GITHUB_TOKEN": token,
            "GITHUB_STEP_SUMMARY": "",
            **environment,
        }
        return run_command(["--root", str(self.root), "refresh", *arguments], values)

    def serve(self, project: str, months: Mapping[str, float], metric: str = "openrank") -> None:
        """Serve a project's series from now on."""
        self.opendigger.serve(name_repo(project), metric, months)


@dataclass(frozen=True)
class Result:
    """How a command ended and what it said."""

    code: int
    stdout: str
    stderr: str


def run_command(arguments: Sequence[str], environment: Mapping[str, str]) -> Result:
    """Run the command line in this process, as ``main`` does."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, environment),
        contextlib.redirect_stdout(stdout),
        contextlib.redirect_stderr(stderr),
    ):
        code = run(arguments)
    return Result(code, stdout.getvalue(), stderr.getvalue())


def name_repo(project: str) -> str:
    """Name the repository of a project of the tests."""
    return f"owner/{project}"


def make_series(value: float, months: Sequence[str] = MONTHS) -> dict[str, float]:
    """Return a series that moves a little from month to month, with two decimals."""
    return {month: round(value + 0.37 * place, 2) for place, month in enumerate(months)}


@contextlib.contextmanager
def open_world(
    root: Path,
    projects: Mapping[str, Mapping[str, float]],
    *,
    participants: bool = False,
    most_repositories_a_query: int | None = None,
    labels: Mapping[str, Mapping[str, float]] | None = None,
) -> Iterator[World]:
    """Write a landscape with an empty store, and serve its projects (id to OpenRank by month)."""
    write_landscape(root, list(projects))
    series = {(name_repo(name), "openrank"): values for name, values in projects.items() if values}
    if participants:
        series |= {
            (repo, "participants"): {month: float(round(value)) for month, value in values.items()}
            for (repo, _), values in list(series.items())
        }
    repositories = [
        StandInRepository(100 + number, name_repo(name), stars=1000 + number)
        for number, name in enumerate(projects)
    ]
    with (
        OpenDiggerStandIn(series, labels) as opendigger,
        GitHubStandIn(repositories, most_repositories_a_query=most_repositories_a_query) as github,
    ):
        yield World(root, opendigger, github)


def write_landscape(root: Path, projects: Sequence[str]) -> None:
    """Write settings, taxonomy and one file a project."""
    (root / "data" / "projects").mkdir(parents=True, exist_ok=True)
    (root / "landscape.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "data" / "taxonomy.yaml").write_text(TAXONOMY, encoding="utf-8")
    for name in projects:
        write_project(root, name)


def write_project(root: Path, name: str, repo: str = "", more: str = "") -> None:
    """Write a project's file."""
    (root / "data" / "projects" / f"{name}.yaml").write_text(
        f"# about {name}\nname: {name.title()}\nrepo: {repo or name_repo(name)}\n{more}"
        "domain: domain\nsummary: {en: A project of the tests.}\n",
        encoding="utf-8",
    )


def write_story(root: Path, figure: str) -> None:
    """Write a story that shows one figure."""
    folder = root / "data" / "stories"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "story.md").write_text(
        "---\ntitle: {en: A story}\norder: 1\nsummary: {en: A story of the tests.}\n"
        f"figures:\n  shown: {figure}\n---\n"
        "<!-- en -->\n## A figure\n\n{{ figure('shown') }}\n",
        encoding="utf-8",
    )


def read_values(root: Path, metric: str = "openrank") -> dict[tuple[str, str], tuple[str, str]]:
    """Read (project, month) to (value, vintage) from the files, as a stranger would."""
    found = {}
    for path in sorted((root / "data" / "metrics" / "opendigger").glob("[0-9]*.csv")):
        with path.open(newline="") as stream:
            for row in csv.DictReader(stream):
                if row.get(metric):
                    found[row["project"], path.stem] = (row[metric], row["vintage"])
    return found


def read_states(root: Path) -> dict[tuple[str, str], str]:
    """Read (project, source) to state."""
    path = root / "data" / "metrics" / "state.csv"
    if not path.exists():
        return {}
    with path.open(newline="") as stream:
        return {(row["project"], row["source"]): row["state"] for row in csv.DictReader(stream)}


def read_verdicts(root: Path) -> dict[str, str]:
    """Read the published verdicts."""
    with (root / "report" / "landscape.csv").open(newline="") as stream:
        return {row["project"]: row["verdict"] for row in csv.DictReader(stream)}


def read_tree(folder: Path, *, but: Sequence[str] = ()) -> dict[str, bytes]:
    """Read every file below a folder, but those that are named."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).as_posix() not in but
    }
