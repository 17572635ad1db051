"""The frozen editions, loaded: what was published and how it came to be.

Writing an edition, and unpacking it to be drawn again, is ``landscape.metrics.edition_files``'.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.base.errors import LandscapeError
from landscape.dataset.edition_seal import (
    EDITIONS_FOLDER,
    MANIFEST,
    NAME_FORM,
    Manifest,
    check_edition,
    list_edition_names,
    parse_manifest,
)
from landscape.dataset.model import Dataset, Inclusion
from landscape.metrics.cells import format_table, parse_table
from landscape.metrics.columns import EDITION, OPENDIGGER, fill_projects, make_empty_table
from landscape.metrics.edition_series import parse_series
from landscape.metrics.model import Edition

PROJECTS = "projects.csv"
SERIES = "series.csv"
SERIES_COLUMNS = ["project", "month", "openrank", "vintage"]
KNOWN_SHARE = 0.5
"""An edition under another title is ours still if we know at least this share of its projects."""


def load_manifest(root: Path, name: str) -> Manifest:
    """Read an edition's manifest, after every file of it was held against its seal.

    Raises LandscapeError: no name of an edition, no such edition, a damaged or edited one.
    """
    known = list_edition_names(root)
    if NAME_FORM.fullmatch(name) is None or name not in known:
        listed = ", ".join(known) or "there is none yet"
        message = f"There is no edition {name!r}."
        raise LandscapeError(message, f"Editions: {listed}.")
    findings = list(check_edition(root, name))
    if findings:
        first = findings[0]
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        message = f"The edition {name} is damaged: {first.path}: {first.message}{more}"
        raise LandscapeError(message, first.hint)
    return parse_manifest((root / EDITIONS_FOLDER / name / MANIFEST).read_bytes())[0]


def load_edition(root: Path, name: str) -> Edition:
    """Load one edition. Raises LandscapeError where it is missing, damaged or malformed."""
    manifest = load_manifest(root, name)
    folder = root / EDITIONS_FOLDER / name
    path = f"{EDITIONS_FOLDER}/{name}/{PROJECTS}"
    projects = fill_projects(parse_table((folder / PROJECTS).read_bytes(), EDITION, path))
    rule = manifest.rule
    return Edition(
        name=name,
        kind=manifest.kind,
        title=manifest.landscape,
        as_of=manifest.as_of,
        inclusion=Inclusion(rule["metric"], rule["window"], rule["above"]) if rule else None,
        taxonomy=manifest.taxonomy,
        vintages=manifest.vintages,
        note=manifest.note,
        projects=projects,
        series=_load_series(folder, manifest),
    )


def load_editions(root: Path, dataset: Dataset) -> tuple[Edition, ...]:
    """Load every edition, in order of as-of month and name, each held to be of this landscape."""
    editions = [load_edition(root, name) for name in list_edition_names(root)]
    for edition in editions:
        check_belongs(edition, dataset)
    return tuple(sorted(editions, key=lambda edition: (edition.as_of, edition.name)))


def format_projects(projects: pd.DataFrame) -> bytes:
    """Return ``projects.csv``; a column that knows nothing of any project is left out."""
    return format_table(projects.replace({"": None}), EDITION)


def check_belongs(edition: Edition, dataset: Dataset) -> None:
    """Raise LandscapeError where the edition is one of another landscape.

    It is ours if it has our title in any language, or if at least half of its projects are ours:
    a landscape may be renamed, and its editions cannot be.
    """
    title = dataset.settings.title
    if any(title.get(language) == text for language, text in edition.title.items()):
        return
    known = edition.projects["project"].isin(list(dataset.projects)).sum()
    if not len(edition.projects) or known < KNOWN_SHARE * len(edition.projects):
        theirs = next(iter(edition.title.values()), "?")
        message = f"The edition {edition.name} is one of another landscape: {theirs}."
        hint = f"{known} of its {len(edition.projects)} projects are of this landscape."
        raise LandscapeError(message, f"{hint} Move its folder to its own landscape.")


def _load_series(folder: Path, manifest: Manifest) -> pd.DataFrame:
    """Return the values of the rule's metric up to as-of."""
    try:
        content = (folder / SERIES).read_bytes()
    except FileNotFoundError:
        return make_empty_table(OPENDIGGER, monthly=True)[SERIES_COLUMNS]
    table = parse_series(content, f"{EDITIONS_FOLDER}/{manifest.name}/{SERIES}")
    metric = manifest.rule["metric"] if manifest.rule else "openrank"
    chosen = table[table[metric].notna() & (table["month"] <= manifest.as_of)]
    return chosen.assign(openrank=chosen[metric])[SERIES_COLUMNS].reset_index(drop=True)
