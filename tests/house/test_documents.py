"""What the documents say is true of the tree: commands, options, links, names, examples."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

import landscape
from landscape.cli.main import SUBCOMMANDS
from landscape.cli.main import landscape as command_line
from tests.house.modules import ROOMS, ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), ROOT / "benchmarks" / "README.md"]
ENGLISH = "README.md"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def list_code(text: str) -> list[str]:
    """Everything in a Markdown text that is set as code: fenced blocks and spans."""
    fences = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return fences + re.findall(r"`([^`\n]+)`", prose)


def list_anchors(text: str) -> set[str]:
    """The anchors that GitHub makes of a text's headings, and those written out."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)"', text))


def find_command(name: str) -> click.Command:
    command = command_line.get_command(click.Context(command_line), name)
    assert command is not None
    return command


def list_options(command: click.Command) -> list[str]:
    return [
        name
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
        if name.startswith("--")
    ]


@pytest.mark.parametrize("name", list(SUBCOMMANDS))
def test_the_readme_tells_every_command_with_its_options(name: str) -> None:
    (row,) = (
        line for line in read(ENGLISH).splitlines() if line.startswith(f"| `landscape {name}")
    )
    assert [option for option in list_options(find_command(name)) if option not in row] == []


def test_the_readme_tells_the_options_before_the_command() -> None:
    assert [
        option for option in list_options(command_line) if f"`{option}" not in read(ENGLISH)
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_only_commands_that_exist(document: Path) -> None:
    named = {
        match
        for code in list_code(document.read_text(encoding="utf-8"))
        for match in re.findall(r"(?:^|[\s/])landscape (?:--root \S+ )?([a-z]+)\b", code)
    }
    assert named <= {*SUBCOMMANDS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_only_files_that_exist(document: Path) -> None:
    folders = r"scripts|schemas|benchmarks|tests|landscape|data|report|\.github"
    missing = [
        path
        for code in list_code(document.read_text(encoding="utf-8"))
        for path in re.findall(rf"(?:^|(?<=[\s(=]))((?:{folders})/[\w./-]*)(?=$|[\s),;:])", code)
        if not (ROOT / path).exists() and not list(ROOT.glob(f"{path.rstrip('/')}*"))
    ]
    allowed = {"data/projects/duckdb.yaml"}
    assert sorted(set(missing) - allowed) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_inside_the_repository_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(
        r'(?:href|src|srcset)="([^"]+)"', text
    )
    dead = []
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (document.parent / path).resolve() if path else document
        missing = not found.exists()
        if missing or (anchor and anchor not in list_anchors(found.read_text(encoding="utf-8"))):
            dead.append(target)
    assert dead == []


def test_names_of_the_code_in_the_documents_exist() -> None:
    named = {
        match
        for document in DOCUMENTS
        for code in list_code(document.read_text(encoding="utf-8"))
        for match in re.findall(rf"\blandscape(?:\.(?:{'|'.join(ROOMS)})\b)(?:\.\w+)+", code)
    }
    assert named, "ARCHITECTURE names the functions that a number passes through"
    for dotted in sorted(named):
        module, _, name = dotted.rpartition(".")
        try:
            importlib.import_module(dotted)
        except ModuleNotFoundError:
            assert hasattr(importlib.import_module(module), name), dotted


def test_the_architecture_tells_every_room_that_there_is() -> None:
    text = read("ARCHITECTURE.md")
    there = [room for room in ROOMS if (ROOT / "landscape" / room).is_dir()]
    assert [room for room in there if f"`{room}`" not in text] == []


def test_versions_agree() -> None:
    citation = yaml.safe_load(read("CITATION.cff"))
    released = re.findall(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), flags=re.MULTILINE)
    assert citation["version"] == landscape.__version__
    assert landscape.__version__ in released


def test_the_readme_begins_with_what_the_map_and_two_commands() -> None:
    text = read(ENGLISH)
    before, _, after = text.partition("<!-- landscape:begin -->")
    block, end, _ = after.partition("<!-- landscape:end -->")
    assert end
    assert "scripts/build" in before + block
    assert "scripts/test" in before + block
    assert "report/charts/map.en.light.svg" in block
    assert "report/charts/map.en.dark.svg" in block
    assert len(before.splitlines()) < 20


def test_the_readmes_own_landscape_validates_and_builds(tmp_path: Path) -> None:
    blocks = re.findall(
        r"^```(?:yaml|csv)\n# (\S+)\n(.*?)^```", read(ENGLISH), flags=re.DOTALL | re.MULTILINE
    )
    assert len(blocks) == 4
    for name, text in blocks:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for command in (["validate"], ["fmt", "--check"], ["build"]):
        finished = subprocess.run(
            [sys.executable, "-P", "-m", "landscape", "--root", str(tmp_path), *command],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert finished.returncode == 0, (command, finished.stdout, finished.stderr)
    assert "DuckDB" in (tmp_path / "report/README.md").read_text(encoding="utf-8")
