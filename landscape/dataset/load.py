"""The dataset in memory, from files that were checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from landscape.base.errors import InvalidDatasetError
from landscape.base.findings import Level
from landscape.base.languages import LocalizedText
from landscape.dataset.checks import find_document, inspect_dataset, list_project_entries
from landscape.dataset.discovery import FileKind
from landscape.dataset.model import (
    EDIT_BASE,
    Correction,
    Dataset,
    Decisions,
    Discovery,
    Domain,
    Graveyard,
    Group,
    Guards,
    Inclusion,
    Layer,
    Project,
    Rejected,
    Retired,
    Settings,
    Subdomain,
    Taxonomy,
)
from landscape.dataset.story_building import build_comparisons, build_events, build_stories
from landscape.dataset.surroundings import as_list, as_mapping


def load_dataset(root: Path, today: dt.date) -> Dataset:
    """Check and load the dataset below the root.

    Raises InvalidDatasetError with the findings where one of them is an error.
    """
    inspection = inspect_dataset(root, today)
    errors = tuple(item for item in inspection.findings if item.level is Level.ERROR)
    if errors:
        noun = "error" if len(errors) == 1 else "errors"
        raise InvalidDatasetError(
            f"the contributed files have {len(errors)} {noun}",
            "see all of them with: landscape validate",
            findings=errors,
        )
    settings = find_document(inspection.documents, FileKind.SETTINGS)
    taxonomy = find_document(inspection.documents, FileKind.TAXONOMY)
    corrections = find_document(inspection.documents, FileKind.CORRECTIONS)
    events = find_document(inspection.documents, FileKind.EVENTS)
    rejected = find_document(inspection.documents, FileKind.REJECTED)
    return Dataset(
        root=root,
        settings=build_settings(as_mapping(settings.value if settings else None)),
        taxonomy=build_taxonomy(as_mapping(taxonomy.value if taxonomy else None)),
        projects={
            entry.id: build_project(entry.id, entry.value)
            for entry in sorted(
                list_project_entries(inspection.documents), key=lambda entry: entry.id
            )
        },
        corrections=build_corrections(as_list(corrections.value if corrections else None)),
        stories=build_stories(inspection.documents),
        comparisons=build_comparisons(inspection.documents),
        events=build_events(as_list(events.value if events else None)),
        rejected=build_rejected(as_list(rejected.value if rejected else None)),
    )


def build_project(project_id: str, value: Mapping[str, Any]) -> Project:
    """Return the project that a checked mapping describes."""
    added = value.get("added")
    return Project(
        id=project_id,
        name=_trim(value["name"]),
        repo=value["repo"],
        domain=value["domain"],
        summary=_trim_all(value["summary"]),
        subdomain=value.get("subdomain", ""),
        also_in=tuple(value.get("also_in", ())),
        tags=tuple(value.get("tags", ())),
        former_repos=tuple(value.get("former_repos", ())),
        additional_repos=tuple(value.get("additional_repos", ())),
        origin=_trim(value.get("origin", "")),
        homepage=value.get("homepage", ""),
        logo=value.get("logo", ""),
        retired=_build_retired(value.get("retired")),
        added=dt.date.fromisoformat(added) if added is not None else None,
        note=_trim(value.get("note", "")),
    )


def build_settings(value: Mapping[str, Any]) -> Settings:
    """Return the settings that a checked mapping describes; defaults are those of the model."""
    inclusion = value["inclusion"]
    graveyard = dict(value.get("graveyard", {}))
    for key in ("stars", "idle_months"):
        if key in graveyard:
            graveyard[key] = int(graveyard[key])
    if "created_since" in graveyard:
        graveyard["created_since"] = dt.date.fromisoformat(graveyard["created_since"])
    guards = {key: float(share) for key, share in value.get("guards", {}).items()}
    decisions = {key: int(days) for key, days in value.get("decisions", {}).items()}
    return Settings(
        title=_trim_all(value["title"]),
        languages=tuple(value["languages"]),
        inclusion=Inclusion(inclusion["metric"], inclusion["window"], float(inclusion["above"])),
        guards=Guards(**guards),
        graveyard=Graveyard(**graveyard),
        decisions=Decisions(**decisions),
        edit_base=value.get("edit_base", EDIT_BASE),
        discovery=_build_discovery(value.get("discovery", {})),
        **_build_sources(value.get("sources", {})),
    )


def build_corrections(value: Sequence[Mapping[str, Any]]) -> tuple[Correction, ...]:
    """Return the corrections that a checked list describes, in its order."""
    return tuple(
        Correction(
            number=number,
            project=item["project"],
            source=item.get("source", "opendigger"),
            metric=item["metric"],
            month=item["month"],
            value=_read_number(item["value"]),
            expected=_read_number(item["expected"]),
            reason=_trim(item["reason"]),
            date=dt.date.fromisoformat(item["date"]),
            link=item.get("link", ""),
        )
        for number, item in enumerate(value)
    )


def build_rejected(value: Sequence[Mapping[str, Any]]) -> tuple[Rejected, ...]:
    """Return the rejected repositories that a checked list describes, in its order."""
    return tuple(
        Rejected(
            repo=item["repo"],
            reason=_trim(item["reason"]),
            date=dt.date.fromisoformat(item["date"]),
            repo_id=int(item["repo_id"]) if "repo_id" in item else None,
        )
        for item in value
    )


def build_taxonomy(value: Mapping[str, Any]) -> Taxonomy:
    """Return the taxonomy that a checked mapping describes, in the order of the file."""
    layers: list[Layer] = []
    domains: list[Domain] = []
    for layer in value["layers"]:
        layer_id = layer["id"]
        groups = []
        domains += (_build_domain(domain, layer_id, "") for domain in layer.get("domains", ()))
        for group in layer.get("groups", ()):
            groups.append(Group(group["id"], _trim_all(group["name"])))
            domains += (_build_domain(domain, layer_id, group["id"]) for domain in group["domains"])
        layers.append(Layer(layer_id, _trim_all(layer["name"]), tuple(groups)))
    tags: dict[str, LocalizedText] = {
        tag: _trim_all(name) for tag, name in value.get("tags", {}).items()
    }
    return Taxonomy(tuple(layers), tuple(domains), tags)


def _build_discovery(value: Mapping[str, Any]) -> Discovery:
    # A list becomes a tuple, a whole number a float: what the default is of.
    defaults: dict[str, Any] = vars(Discovery())
    found: dict[str, Any] = {key: type(defaults[key])(item) for key, item in value.items()}
    if "base_url" in found:
        found["base_url"] = found["base_url"].rstrip("/")
    return Discovery(**found)


def _build_sources(value: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "budget_seconds" in value:
        found["budget_seconds"] = float(value["budget_seconds"])
    for source in ("opendigger", "github"):
        settings = value.get(source, {})
        if "base_url" in settings:
            found[f"{source}_url"] = settings["base_url"].rstrip("/")
        if "workers" in settings:
            found[f"{source}_workers"] = int(settings["workers"])
    return found


def _read_number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _build_domain(value: Mapping[str, Any], layer: str, group: str) -> Domain:
    return Domain(
        id=value["id"],
        name=_trim_all(value["name"]),
        layer=layer,
        group=group,
        subdomains=tuple(
            Subdomain(item["id"], _trim_all(item["name"])) for item in value.get("subdomains", ())
        ),
        maintainers=tuple(value.get("maintainers", ())),
    )


def _build_retired(value: Mapping[str, Any] | None) -> Retired | None:
    if value is None:
        return None
    return Retired(
        date=dt.date.fromisoformat(value["date"]),
        reason=_trim_all(value.get("reason", {})),
        successor=value.get("successor", ""),
    )


def _trim(text: str) -> str:
    return text.strip()


def _trim_all(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items()}
