"""An edition's folder: what is frozen beside its table, written whole, and unpacked again.

A frozen edition keeps everything that its report was drawn from, in a few files: all project
files in one, the monthly values packed, and the other inputs as they were, under ``inputs``.
Unpacked, they are a landscape's folder like any other.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from landscape.base.errors import LandscapeError
from landscape.base.files import write_atomically
from landscape.dataset.discovery import PROJECTS_FOLDER, SETTINGS_PATH
from landscape.dataset.edition_seal import (
    EDITIONS_FOLDER,
    MANIFEST,
    NAME_FORM,
    Manifest,
    list_edition_names,
    render_manifest,
)
from landscape.metrics.columns import GITHUB, OPENDIGGER, REPOSITORIES, STATES, make_empty_table
from landscape.metrics.edition_series import format_series, parse_series
from landscape.metrics.editions import SERIES, load_manifest
from landscape.metrics.model import Store
from landscape.metrics.store import write_store

CURRENT = "current"
"""What comparisons call the landscape as it is now, so no edition can have that name."""
INPUTS = "inputs"
PROJECT_FILES = "projects.yaml"
_HEAD = re.compile(r"^--- # (?P<id>[a-z0-9-]+)\n", re.MULTILINE)
_PACKED = ("data/projects", "data/metrics/opendigger", "data/editions")
"""What is not kept as it is: packed into one file, or editions of their own."""


def collect_inputs(root: Path, store: Store) -> dict[str, bytes]:
    """Return what the landscape below the root is drawn from, by path in an edition's folder."""
    files = {
        PROJECT_FILES: _pack_projects(root),
        SERIES: format_series(store.opendigger),
    }
    for path in _list_verbatim(root):
        files[f"{INPUTS}/{path.relative_to(root).as_posix()}"] = path.read_bytes()
    return files


def check_new_name(root: Path, name: str) -> None:
    """Raise LandscapeError where the name is not of an edition's form, or is taken."""
    if NAME_FORM.fullmatch(name) is None or name == CURRENT:
        hint = "Use lower-case letters, digits, points and hyphens, for example 2026-09."
        raise LandscapeError(f"{name!r} cannot be the name of an edition.", hint)
    if name in list_edition_names(root):
        hint = "A frozen edition is never replaced; choose another name."
        raise LandscapeError(f"There is an edition {name} already.", hint)


def write_edition(root: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Path:
    """Write a new edition, sealed, its whole folder or nothing, and return the folder.

    Raises LandscapeError where the name is taken, also when somebody took it meanwhile.
    """
    check_new_name(root, manifest.name)
    parent = root / EDITIONS_FOLDER
    parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{manifest.name}."
    for leftover in parent.glob(f"{prefix}*.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)
    temporary = Path(tempfile.mkdtemp(prefix=prefix, suffix=".tmp", dir=parent))
    folder = parent / manifest.name
    try:
        for path, content in files.items():
            write_atomically(temporary / path, content)
        write_atomically(temporary / MANIFEST, render_manifest(manifest, files))
        temporary.chmod(0o755)
        # Fails where the folder exists: nobody's edition is replaced.
        temporary.rename(folder)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        if isinstance(error, OSError) and folder.exists():
            check_new_name(root, manifest.name)
        raise
    return folder


def unpack_edition(root: Path, name: str, target: Path) -> Manifest:
    """Lay a frozen edition out as a landscape's folder of its own, and return its manifest.

    Nothing but the edition and those that were there before it are read, so that whatever has
    changed since changes nothing. Raises LandscapeError where it is missing, damaged, or was
    imported, which means that only its table was published.
    """
    manifest = load_manifest(root, name)
    folder = root / EDITIONS_FOLDER / name
    if manifest.kind != "frozen":
        message = (
            f"The edition {name} was imported: it has its table, and not what it was drawn of."
        )
        raise LandscapeError(message, f"See it with: landscape edition show {name}")
    for earlier in manifest.earlier:
        load_manifest(root, earlier)
        shutil.copytree(root / EDITIONS_FOLDER / earlier, target / EDITIONS_FOLDER / earlier)
    lay_out_inputs({path: (folder / path).read_bytes() for path in manifest.files}, target)
    return manifest


def lay_out_inputs(files: Mapping[str, bytes], target: Path) -> None:
    """Write what ``collect_inputs`` returned as a landscape's folder again."""
    # The months first: writing a store empties what it does not have.
    series = parse_series(files[SERIES], SERIES)
    write_store(target, replace(_make_empty_store(), opendigger=series))
    for path, content in _unpack_projects(files[PROJECT_FILES]):
        write_atomically(target / path, content)
    for path, content in files.items():
        if path.startswith(f"{INPUTS}/"):
            write_atomically(target / path.removeprefix(f"{INPUTS}/"), content)


def _list_verbatim(root: Path) -> Iterator[Path]:
    """List the settings and every other file of ``data``, whatever the report draws from it."""
    yield root / SETTINGS_PATH
    packed = tuple(root / folder for folder in _PACKED)
    for path in sorted((root / "data").rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.is_file() and not hidden and not any(path.is_relative_to(p) for p in packed):
            yield path


def _pack_projects(root: Path) -> bytes:
    """Return all project files as one, each after a line with its id."""
    parts: list[bytes] = []
    for path in sorted((root / PROJECTS_FOLDER).glob("*.yaml")):
        content = path.read_bytes()
        if _HEAD.search(content.decode("utf-8")) or not content.endswith(b"\n"):
            message = f"{path.name} cannot be frozen: it would not be read back as it is."
            raise LandscapeError(message, "Run landscape fmt, and try again.")
        parts += [f"--- # {path.stem}\n".encode(), content]
    return b"".join(parts)


def _unpack_projects(content: bytes) -> Iterator[tuple[str, bytes]]:
    text = content.decode("utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        yield f"{PROJECTS_FOLDER}/{head['id']}.yaml", text[head.end() : end].encode()


def _make_empty_store() -> Store:
    return Store(
        opendigger=make_empty_table(OPENDIGGER, monthly=True),
        github=make_empty_table(GITHUB, monthly=True),
        repositories=make_empty_table(REPOSITORIES),
        states=make_empty_table(STATES),
    )
