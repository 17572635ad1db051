"""The manifest of a frozen edition and its seal: what tells that nobody has edited it since.

An edition is a folder of ``data/editions`` with ``edition.json``: name, kind, what it is an
edition of, and the SHA-256 of every other file. The manifest's own ``seal`` is the SHA-256 of
the rest of it. What the files hold is ``landscape.metrics.editions``'.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from landscape.base.findings import Finding
from landscape.base.languages import LocalizedText
from landscape.base.months import is_month
from landscape.dataset.catalogue import edition_kinds as kinds

EDITIONS_FOLDER = PurePosixPath("data/editions")
MANIFEST = "edition.json"
NAME_FORM = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What an edition says of itself.

    kind: ``frozen`` (by us, with all that is needed to draw it again) or ``imported`` (as
        somebody published it; what was not published is unknown).
    landscape: the title of the landscape that it is an edition of, by language.
    as_of: the last month of its data. rule: the inclusion rule as metric, window and above; None
        where none was published. taxonomy: the name of the scheme of its domains; only editions
        of one scheme can tell that a project moved.
    earlier: the editions that there were when it was frozen. files: path to SHA-256.
    """

    name: str
    kind: Literal["frozen", "imported"]
    landscape: LocalizedText
    as_of: str
    rule: Mapping[str, Any] | None
    taxonomy: str
    projects: int
    on_the_map: int
    vintages: tuple[str, ...]
    note: str = ""
    earlier: tuple[str, ...] = ()
    made_with: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


def list_edition_names(root: Path) -> tuple[str, ...]:
    """Return the names of the folders of editions, sorted; a half-written one has none."""
    try:
        with os.scandir(root / EDITIONS_FOLDER) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(sorted(names))


def render_manifest(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """Return ``edition.json`` for the manifest over these files, sealed."""
    digests = {path: _digest(files[path]) for path in sorted(files)}
    document = asdict(replace(manifest, files=digests))
    document["seal"] = _compute_seal(document)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse_manifest(content: bytes) -> tuple[Manifest, bool]:
    """Return the manifest, and whether its seal is whole. Raises ValueError where it is none."""
    document = json.loads(content.decode("utf-8"))
    if not isinstance(document, dict):
        raise ValueError("it is no mapping")
    seal = document.pop("seal", "")
    if document.get("format") != FORMAT:
        raise ValueError(f"its format is {document.get('format')!r}, not {FORMAT}")
    is_whole = seal == _compute_seal(document)
    try:
        manifest = Manifest(**document)
    except TypeError as error:
        raise ValueError(str(error).split("__init__() ")[-1]) from error
    texts = (manifest.name, manifest.as_of, manifest.taxonomy)
    mappings = (manifest.files, manifest.landscape)
    if not all(isinstance(text, str) for text in texts) or not is_month(manifest.as_of):
        raise ValueError("name, as_of or taxonomy is not of its form")
    if not all(isinstance(mapping, dict) for mapping in mappings):
        raise ValueError("files or landscape is no mapping")
    # JSON has no tuples.
    vintages, earlier = tuple(manifest.vintages), tuple(manifest.earlier)
    return replace(manifest, vintages=vintages, earlier=earlier), is_whole


def check_editions(root: Path) -> tuple[Finding, ...]:
    """Return the findings on every edition below the root: edited, incomplete, not an edition."""
    return tuple(
        finding for name in list_edition_names(root) for finding in check_edition(root, name)
    )


def check_edition(root: Path, name: str) -> Iterator[Finding]:
    """Return the findings on one edition's folder."""
    folder = EDITIONS_FOLDER / name
    try:
        manifest, is_whole = parse_manifest((root / folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        yield kinds.EDITION_UNREADABLE.at(folder / MANIFEST, 0, reason=reason)
        return
    if not is_whole:
        yield kinds.EDITION_EDITED.at(folder / MANIFEST, 0)
    if manifest.name != name:
        yield kinds.EDITION_MISNAMED.at(folder / MANIFEST, 0, value=manifest.name)
    present = set(_list_files(root / folder))
    for path in sorted(present | set(manifest.files)):
        if path not in manifest.files:
            yield kinds.EDITION_FILE_ADDED.at(folder / path, 0)
        elif path not in present:
            yield kinds.EDITION_FILE_MISSING.at(folder / path, 0)
        elif _digest((root / folder / path).read_bytes()) != manifest.files[path]:
            yield kinds.EDITION_EDITED.at(folder / path, 0)


def _list_files(folder: Path) -> Iterator[str]:
    """List the files of an edition but its manifest, by path in it; links are files too."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = (Path(parent) / name).relative_to(folder).as_posix()
            if path != MANIFEST and not name.startswith("."):
                yield path


def _compute_seal(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _digest(text.encode("utf-8"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
