"""A new project's file as text, in its canonical form, from single answers.

Whether the answers are right is for the dataset's checks to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml

from landscape.dataset.discovery import (
    LONGEST_ID,
    PROJECTS_FOLDER,
    ContributedFile,
    FileKind,
    is_id,
    suggest_id,
)
from landscape.dataset.formatting import format_text
from landscape.dataset.key_order import PROJECT_KEYS
from landscape.report.markdown import clean_text

SCHEMA_LINE = "# yaml-language-server: $schema=../../schemas/project.schema.json\n"
_REPO = re.compile(
    r"(?P<host>(?:https?://)?(?:www\.)?github\.com/|git@github\.com:)?"
    r"(?P<owner>[A-Za-z0-9][A-Za-z0-9-]{0,38})/(?P<name>[A-Za-z0-9._-]{1,100})(?P<rest>[/?#].*)?"
)
_LONGEST_COMMENT = 200


def parse_repo(text: str) -> str:
    """Return ``owner/name`` of a repository's name or address on GitHub; empty where it is none."""
    match = _REPO.fullmatch(text.strip())
    # Only an address has more behind the name.
    if match is None or (match["rest"] and not match["host"]):
        return ""
    name = match["name"].removesuffix(".git")
    return f"{match['owner']}/{name}" if name not in ("", ".", "..") else ""


def choose_id(repo: str, taken: Iterable[str]) -> str:
    """Return an id for a repository that no project has: its name, or its owner and name."""
    known = set(taken)
    owner, _, name = repo.partition("/")
    short, long = suggest_id(name), suggest_id(f"{owner}-{name}")
    stem = long[: LONGEST_ID - len("-99")].rstrip("-")
    candidates = [short, long, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(candidate for candidate in candidates if candidate not in known)


def locate_project(project_id: str) -> PurePosixPath:
    """Return the path of a project's file; ValueError where the id is none."""
    if not is_id(project_id):
        form = f"at most {LONGEST_ID} lower-case letters, digits, single hyphens"
        raise ValueError(f"{project_id!r} is no id: {form}")
    return PROJECTS_FOLDER / f"{project_id}.yaml"


def compose_project_file(
    path: PurePosixPath, values: Mapping[str, Any], *, comment: str = "", schema: bool = True
) -> str:
    """Return the file's text: known keys in order, those without a value left out.

    ``comment`` stands above the summary on one line; it may hold what upstream says of itself.
    """
    blocks = []
    for key in PROJECT_KEYS:
        value = values.get(key)
        if key == "summary" and comment:
            blocks.append(f"# {_shorten(clean_text(comment))}\n")
        if value or key == "summary":
            blocks.append(_dump(key, value if value else {}))
    text = (SCHEMA_LINE if schema else "") + "".join(blocks)
    return format_text(ContributedFile(path, FileKind.PROJECT), text)


def _dump(key: str, value: Any) -> str:
    # Lists stand on one line, mappings of texts a line a language.
    flow = None if isinstance(value, list) or not value else False
    dumped: str = yaml.safe_dump(
        {key: value}, allow_unicode=True, default_flow_style=flow, width=1_000_000, sort_keys=False
    )
    return dumped


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_COMMENT else text[: _LONGEST_COMMENT - 1] + "…"
