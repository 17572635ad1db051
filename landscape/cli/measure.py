"""How the check of a change measures added projects: with the base's settings, within a budget."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from landscape.cli.options import find_latest_date
from landscape.dataset.discovery import ContributedFile, FileKind
from landscape.dataset.document import parse_document
from landscape.dataset.load import build_settings
from landscape.dataset.model import Project, Settings
from landscape.dataset.schemas import is_valid
from landscape.metrics.model import Store
from landscape.publish.measurement import measure_projects
from landscape.publish.preview import Measure, Measured, measure_nothing
from landscape.sources.budget import Budget


def make_measure(
    root: Path, settings_file: bytes, *, seconds: float, clock: Callable[[], float]
) -> Measure:
    """Return a measure that asks OpenDigger; one that asks nobody where settings are unusable."""
    settings = _read_settings(settings_file)
    if settings is None:
        return measure_nothing
    url = os.environ.get("LANDSCAPE_OPENDIGGER_URL") or settings.opendigger_url

    def measure(projects: Mapping[str, Project], store: Store) -> Measured:
        budget = Budget.start(seconds, clock=clock, sleep=time.sleep)
        return measure_projects(
            projects,
            store,
            base_url=url.rstrip("/"),
            budget=budget,
            metric=settings.inclusion.metric,
            today=find_latest_date().isoformat(),
            names=_list_names(store, root),
        )

    return measure


def _read_settings(content: bytes) -> Settings | None:
    from landscape.dataset.discovery import SETTINGS_PATH

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    document = parse_document(ContributedFile(SETTINGS_PATH, FileKind.SETTINGS), text)
    if not isinstance(document.value, dict) or not is_valid(FileKind.SETTINGS, document.value):
        return None
    try:
        return build_settings(document.value)
    except ValueError:
        return None


def _list_names(store: Store, root: Path) -> dict[str, str]:
    """Return the repositories of measured projects, as upstream spells them."""
    table = store.repositories
    named = {
        str(project): str(name)
        for project, name in zip(table["project"], table["full_name"], strict=True)
        if isinstance(name, str) and name
    }
    if named:
        return named
    from landscape.publish.version import inspect_version

    version = inspect_version(root, find_latest_date())
    return {project: item.repo for project, item in version.projects.items()}
