"""Real git repositories for tests: a landscape in a clone, and its bare remote."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from landscape.publish.git import Git

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}
_WHO = {
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
}
SETTINGS = """\
title: {en: Tiny}
languages: [en]
inclusion: {metric: openrank, window: year-to-date, above: 10}
"""
TAXONOMY = """\
layers:
- id: infrastructure
  name: {en: Infrastructure}
  domains:
  - id: serving
    name: {en: Serving}
    maintainers: [octocat]
    subdomains:
    - {id: engine, name: {en: Engine}}
  - id: training
    name: {en: Training}
tags:
  gpu: {en: GPU}
"""
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
STRENGTHS = {"alpha": 40.0, "beta": 30.0, "gamma": 20.0, "delta": 5.0}
README = "# Tiny\n\n<!-- landscape:begin -->\n<!-- landscape:end -->\n\nHello.\n"


def run_git(folder: Path, *arguments: str) -> str:
    """Run git and return what it printed; a failure is the test's."""
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        env=ENVIRONMENT | _WHO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout.strip()


def write_project(root: Path, name: str, **extra: str) -> None:
    """Write a project's file in the domain serving, or as the extra keys say."""
    values = {
        "name": name.title(),
        "repo": f"{name}/{name}",
        "domain": "serving",
        "summary": f"{{en: What {name} is.}}",
    } | extra
    text = "".join(f"{key}: {value}\n" for key, value in values.items())
    (root / "data" / "projects").mkdir(parents=True, exist_ok=True)
    (root / "data" / "projects" / f"{name}.yaml").write_text(text, encoding="utf-8")


def write_month(root: Path, month: str, values: dict[str, float], vintage: str = "live") -> None:
    """Write one month's OpenRank."""
    folder = root / "data" / "metrics" / "opendigger"
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{name},{value:g},{vintage}\n" for name, value in sorted(values.items()))
    (folder / f"{month}.csv").write_text(f"project,openrank,vintage\n{rows}", encoding="utf-8")


def read_month(root: Path, month: str) -> dict[str, str]:
    """Return one month's OpenRank as the file has it."""
    path = root / "data" / "metrics" / "opendigger" / f"{month}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return {line.split(",")[0]: line.split(",")[1] for line in lines}


def write_landscape(root: Path) -> Path:
    """Write a landscape of four projects with four months."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "landscape.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "data").mkdir(exist_ok=True)
    (root / "data" / "taxonomy.yaml").write_text(TAXONOMY, encoding="utf-8")
    (root / "README.md").write_text(README, encoding="utf-8")
    for name in STRENGTHS:
        write_project(root, name)
    for month in MONTHS:
        write_month(root, month, STRENGTHS)
    return root


@dataclass(frozen=True)
class Clone:
    """A work tree with a landscape, and the bare repository that it was cloned from."""

    root: Path
    remote: Path

    @property
    def git(self) -> Git:
        """Git as the commands use it."""
        return Git.open(self.root, ENVIRONMENT)

    def commit(self, message: str = "Change") -> str:
        """Commit everything; return the commit."""
        run_git(self.root, "add", "--all")
        run_git(self.root, "commit", "--quiet", "-m", message)
        return run_git(self.root, "rev-parse", "HEAD")

    def clone_again(self, name: str = "other") -> Clone:
        """Return another clone of the same remote."""
        folder = self.root.parent / name
        run_git(self.root.parent, "clone", "--quiet", str(self.remote), str(folder))
        return Clone(folder, self.remote)

    def push(self) -> None:
        """Push the branch main."""
        run_git(self.root, "push", "--quiet", "origin", "HEAD:main")

    def show(self, path: str, commit: str = "main") -> str:
        """Return a file as the remote has it."""
        return run_git(self.remote, "show", f"{commit}:{path}")

    def log(self, branch: str = "main") -> list[str]:
        """Return the titles of the remote's commits, newest first."""
        return run_git(self.remote, "log", "--format=%s", branch).splitlines()

    def add_hook(self, name: str, script: str) -> None:
        """Install a hook in the remote."""
        path = self.remote / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)


def make_clone(folder: Path) -> Clone:
    """Return a clone whose remote has the landscape in one commit."""
    remote = folder / "remote.git"
    run_git(folder, "init", "--quiet", "--bare", str(remote))
    clone = Clone(folder / "work", remote)
    run_git(folder, "clone", "--quiet", str(remote), str(clone.root))
    write_landscape(clone.root)
    clone.commit("Begin")
    clone.push()
    return clone
