"""The Action's own script: inputs through the environment, exit codes kept, what a step leaves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.modules import ROOT
from tests.publish.repositories import Clone, make_clone, write_project

pytestmark = pytest.mark.slow
INPUTS = (
    *("COMMAND", "ROOT", "MODE", "BRANCH", "DRY_RUN", "ACCEPT_SHRINK", "STANDING_ISSUE"),
    *("PULL_REQUEST", "ISSUE", "BASE", "BOT", "ARGUMENTS"),
    *("MONTH", "EVERY_HOURS", "MOST", "ENGINE", "TABLE"),
)


@dataclass(frozen=True)
class Step:
    """What a step of the Action left."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return make_clone(tmp_path)


def run_step(folder: Path, **inputs: str) -> Step:
    """Run the script as the runner does: an input that is not given is there, and empty."""
    files = {name: folder.parent / f"step-{name}" for name in ("output", "summary")}
    for path in files.values():
        path.write_text("", encoding="utf-8")
    given = {f"IN_{name}": inputs.get(name.lower(), "") for name in INPUTS}
    done = subprocess.run(
        [str(ROOT / "scripts" / "action")],
        cwd=folder,
        env={
            **given,
            "PATH": os.environ["PATH"],
            "HOME": str(folder.parent),
            "LANDSCAPE_PYTHON": sys.executable,
            "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_STEP_SUMMARY": str(files["summary"]),
            "GITHUB_TOKEN": "",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    text = files["output"].read_text(encoding="utf-8")
    outputs = dict(re.findall(r"^([\w-]+)<<(?:\w+)\n(.*)\n\w+$", text, flags=re.MULTILINE))
    return Step(done.returncode, done.stdout, outputs, files["summary"].read_text("utf-8"))


def test_empty_inputs_are_absent_ones(clone: Clone) -> None:
    step = run_step(clone.root, command="validate")
    assert step.code == 0, step.log
    assert step.outputs["exit-code"] == "0"
    assert step.outputs["result"] == "no findings in 6 files"
    assert "no findings in 6 files" in step.summary


def test_findings_are_annotations_errors_first_ten_shown_the_rest_counted(clone: Clone) -> None:
    for number in range(12):
        write_project(clone.root, f"p{number}", domain="nowhere")
    step = run_step(clone.root, command="validate")
    assert step.code == 1
    assert step.outputs["exit-code"] == "1"
    lines = step.log.splitlines()
    annotations = [line for line in lines if line.startswith("::error file=data/projects/p")]
    assert len(annotations) == 10
    assert "2 more errors without an annotation; run: landscape validate" in lines


@pytest.mark.parametrize(
    "inputs",
    [
        {"command": ""},
        {"command": "destroy"},
        {"command": "validate; touch stolen"},
        {"command": "build", "mode": "force"},
        {"command": "add"},
    ],
)
def test_a_wrong_input_is_a_usage_error_that_names_it(clone: Clone, inputs: dict[str, str]) -> None:
    step = run_step(clone.root, **inputs)
    assert step.code == 2
    assert "::error title=oss-landscape::the " in step.log
    assert not (clone.root / "stolen").exists()


def test_arguments_are_passed_one_a_line_and_nothing_in_them_is_run(clone: Clone) -> None:
    step = run_step(clone.root, command="build", mode="none", arguments="--out\n$(touch stolen) x")
    assert step.code == 0, step.log
    assert (clone.root / "$(touch stolen) x" / "README.md").is_file()
    assert not (clone.root / "stolen").exists()


def test_a_build_is_published_and_its_commit_told(clone: Clone) -> None:
    step = run_step(clone.root, command="build")
    assert step.code == 0, step.log
    assert clone.log() == ["Rebuild the report", "Begin"]
    assert step.outputs["commit"] == clone.git.resolve("HEAD")
    again = run_step(clone.root, command="build")
    assert again.outputs["commit"] == ""
    assert len(clone.log()) == 2


def test_a_refusal_ends_with_4_and_an_annotation(clone: Clone) -> None:
    assert run_step(clone.root, command="build").code == 0
    path = clone.root / "data/metrics/opendigger/2026-04.csv"
    for month in path.parent.iterdir():
        text = month.read_text(encoding="utf-8")
        month.write_text(re.sub(r",\d+,", ",1,", text), encoding="utf-8")
    before = clone.show("report/landscape.csv")
    step = run_step(clone.root, command="build")
    assert step.code == 4
    assert "::error title=landscape build ended with 4::error: 3 of 3 projects" in step.log
    assert "3 of 3 projects" in step.summary
    # What was measured is published all the same.
    assert "alpha,1" in clone.show("data/metrics/opendigger/2026-04.csv")
    assert clone.show("report/landscape.csv") == before


def test_what_strangers_wrote_commands_nothing(clone: Clone) -> None:
    """Between the two marks the runner obeys nobody, and the second is a secret of this run."""
    write_project(clone.root, "omega", subdomain='"::add-mask::a"', origin='"\\n::error::x"')
    step = run_step(clone.root, command="build", mode="none")
    assert step.code == 1
    first, *_ = step.log.splitlines()
    stop = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", first)
    assert stop is not None
    inside, _, after = step.log.partition(f"::{stop[1]}::\n")
    assert "omega" in inside
    assert not re.search(r"^\s*::(?!error title=landscape )", after, flags=re.MULTILINE)


def test_an_output_cannot_end_its_own_delimiter(tmp_path: Path) -> None:
    script = (ROOT / "scripts" / "action").read_text(encoding="utf-8")
    functions = re.findall(r"^(?:random|set_output)\(\) \{(?: .* \}|\n(?: .*\n)+\})$", script, re.M)
    output, value = tmp_path / "output", "a\nEOF\nevil=1"
    calls = 'set_output result "$VALUE"\n' * 2
    environment = {"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(output), "VALUE": value}
    subprocess.run(["bash", "-euc", "\n".join([*functions, calls])], env=environment, check=True)
    told = re.fullmatch(
        rf"(result<<([0-9a-f]{{32}})\n{value}\n\2\n)(result<<([0-9a-f]{{32}})\n{value}\n\4\n)",
        output.read_text(encoding="utf-8"),
    )
    assert told is not None
    assert told.group(2) != told.group(4)


def test_a_subfolder_and_a_dry_run(clone: Clone) -> None:
    inner = clone.root / "inner"
    inner.mkdir()
    for name in ("landscape.yaml", "data", "README.md"):
        (clone.root / name).rename(inner / name)
    clone.commit("Move")
    clone.push()
    step = run_step(clone.root, command="build", root="inner", dry_run="true")
    assert step.code == 0, step.log
    assert not (inner / "report").exists()
    assert clone.log()[0] == "Move"
    step = run_step(clone.root, command="build", root="inner")
    assert step.code == 0, step.log
    assert "alpha," in clone.show("inner/report/landscape.csv")


@pytest.mark.parametrize(
    ("command", "name"), [("refresh", "oss-landscape"), ("discover", "oss-landscape-discovery")]
)
def test_discovery_alone_has_an_environment_with_its_engine(
    tmp_path: Path, command: str, name: str
) -> None:
    # A Python that makes an environment of itself, and says what it was asked to install.
    python = tmp_path / "python"
    python.write_text(
        '#!/bin/sh\nif [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; '
        'else echo "$@"; fi\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    output = tmp_path / "output"
    environment = {
        "PATH": os.environ["PATH"],
        "COMMAND": command,
        "RUNNER_TEMP": str(tmp_path),
        "RUNNER_OS": "Linux",
        "PYTHON_VERSION": "3.12.1",
        "GITHUB_OUTPUT": str(output),
        "PYTHON": str(python),
        "FOLDER": str(tmp_path / name),
    }
    said = ""
    for step in ("name", "make"):
        said = subprocess.run(
            [str(ROOT / "scripts" / "action-environment"), step],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    folder, key = output.read_text(encoding="utf-8").splitlines()
    assert folder == f"folder={tmp_path / name}"
    assert re.fullmatch(rf"key={name}-Linux-any-3\.12\.1-[0-9a-f]{{40}}", key)
    lock = name.replace("oss-landscape", "requirements")
    assert "--require-hashes" in said
    assert said.rstrip().endswith(f"/{lock}.lock")


def test_an_engine_is_asked_for_the_last_month_and_nothing_is_downloaded(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra `discovery` is not installed")
    database = tmp_path / "secret-word.duckdb"
    with duckdb.connect(str(database)) as maker:
        maker.execute(
            "CREATE TABLE events AS SELECT 'IssuesEvent' AS type, 1 AS actor_id, 'a' AS "
            "actor_login, 2 AS repo_id, 'alpha/alpha' AS repo_name, created_at FROM "
            "(VALUES (TIMESTAMP '2025-12-31 23:30:00'), ('2026-01-01 00:00:00')) AS t(created_at)"
        )
    # It is January by the runner's clock.
    clock = tmp_path / "bin" / "date"
    clock.parent.mkdir()
    clock.write_text("#!/bin/sh\necho 2026-01\n", encoding="utf-8")
    clock.chmod(0o755)
    monkeypatch.setenv("PATH", f"{clock.parent}:{os.environ['PATH']}")
    step = run_step(
        clone.root,
        command="discover",
        engine=f"duckdb://{database}",
        table="events",
        every_hours="5",
        dry_run="true",
    )
    assert step.code == 0, step.log
    assert "1 events of 1 of 744 hours" in step.log
    assert "## Discovery, 2025-12\n" in step.summary
    assert "hours are in" not in step.log
    assert clone.log() == ["Begin"]
