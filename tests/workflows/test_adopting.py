"""The adopter's guide is true: its commands run as they stand, its tables are the Action's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml

from tests.house.modules import ROOT
from tests.publish.repositories import ENVIRONMENT

GUIDE = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")
SHIM = '#!/bin/sh\nPYTHONPATH={root} exec {python} -P -m landscape "$@"\n'
WHO = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
WHO |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}


def list_blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE)


def test_its_commands_run_as_they_stand(tmp_path: Path) -> None:
    """But for the clone, for which this checkout stands, and without asking GitHub."""
    script = tmp_path / "oss-landscape" / "scripts" / "landscape"
    script.parent.mkdir(parents=True)
    script.write_text(SHIM.format(root=ROOT, python=sys.executable), encoding="utf-8")
    script.chmod(0o755)
    text = "".join(list_blocks("bash"))
    lines = [line for line in text.splitlines() if not line.startswith("git clone ")]
    assert len(lines) == len(text.splitlines()) - 1
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
        cwd=tmp_path,
        env=ENVIRONMENT | WHO | {"GITHUB_API_URL": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "my-landscape"
    assert (folder / ".github" / "workflows" / "refresh.yml").is_file()
    project = yaml.safe_load((folder / "data/projects/istio.yaml").read_text(encoding="utf-8"))
    assert project["domain"] == "mesh"
    settings = yaml.safe_load((folder / "landscape.yaml").read_text(encoding="utf-8"))
    assert settings["inclusion"]["above"] == 5


def test_it_tells_every_input_and_output_of_the_action() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    part = GUIDE.partition("## The Action")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `([\w-]+)` \|", part, flags=re.MULTILINE)
    assert told == list(action["inputs"])
    assert all(f"`{name}`" in part for name in action["outputs"])


def test_it_tells_every_workflow_of_a_new_landscape() -> None:
    folder = ROOT / "landscape" / "starter" / "github" / "workflows"
    told = re.findall(r"^\| `([\w-]+\.yml)` \|", GUIDE, flags=re.MULTILINE)
    assert sorted(told) == sorted(path.name for path in folder.iterdir())


def test_its_pins_are_ours() -> None:
    ours = (ROOT / ".github" / "workflows" / "refresh.yml").read_text(encoding="utf-8")
    pins = re.findall(r"uses: (\S+@[0-9a-f]{40} # v\S+)", GUIDE)
    assert pins
    assert all(pin in ours for pin in pins)
