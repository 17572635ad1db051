"""What stands published: the last build's table and the rule that it was made by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from landscape.base.errors import LandscapeError
from landscape.base.months import is_month
from landscape.dataset.model import Inclusion
from landscape.report.addresses import DOCUMENT, TABLE
from landscape.report.stories.stale import Stale

_NEEDED = ["project", "verdict", "openrank_latest"]
_REMEDY = "restore it from git, or remove it to publish without comparing"


def load_published_table(folder: Path) -> pd.DataFrame | None:
    """Return project, verdict and openrank_latest (texts) of ``landscape.csv``; None without it.

    Raises LandscapeError where the file is damaged, since a guard must not pass by accident.
    """
    path = folder / TABLE
    if not path.exists():
        return None
    try:
        # Without index_col pandas takes the first cells of too long rows away, as an index.
        table = pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8", index_col=False
        )[_NEEDED]
    except (ValueError, KeyError) as error:
        raise LandscapeError(f"{path} is not a published table: {error}", _REMEDY) from error
    if table["project"].duplicated().any():
        raise LandscapeError(f"{path} is not a published table: a project occurs twice", _REMEDY)
    return table


def load_published_inclusion(folder: Path) -> Inclusion | None:
    """Return the rule of ``landscape.json``; None where it is not known."""
    try:
        rule = _load_document(folder)["rule"]
        return Inclusion(rule["metric"], rule["window"], float(rule["above"]))
    except (ValueError, KeyError, TypeError):
        return None


def load_published_as_of(folder: Path) -> str:
    """Return the month of ``landscape.json``; empty where it is not known."""
    month = _load_document(folder).get("as_of")
    return month if isinstance(month, str) and is_month(month) else ""


def load_published_stale(folder: Path) -> tuple[Stale, ...]:
    """Return the sentences that the last build left out, of ``landscape.json``; none without it."""
    listed = _load_document(folder).get("stale_sentences")
    try:
        return tuple(Stale(**sentence) for sentence in listed or ())
    except TypeError:
        return ()


def _load_document(folder: Path) -> dict[str, Any]:
    """Return ``landscape.json``; empty where there is none, or it holds something else."""
    try:
        document = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
