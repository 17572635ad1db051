"""What a change of the contributed files would do: checked, decided, compared. Nothing is kept.

Both states may come as folders or as bytes, so that a pull request is judged without ever being
checked out. How a preview is told is the business of ``preview_text`` and ``preview_markdown``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from landscape.analysis.landscape import analyse
from landscape.analysis.model import Landscape, Window
from landscape.analysis.preview import compare_landscapes
from landscape.base.errors import LandscapeError
from landscape.base.findings import Finding, Level
from landscape.dataset.model import Dataset, Project, Settings, Taxonomy
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.model import Store
from landscape.publish.contributed_files import lay_out_files, read_folder_files
from landscape.publish.project_change import ProjectChange, Sides, list_project_changes
from landscape.publish.settings_change import describe_settings_change, describe_taxonomy_change
from landscape.publish.version import Version, inspect_version

Files = Path | Mapping[str, bytes]
"""A state of the contributed files: a landscape's folder, or content by path below it."""


@dataclass(frozen=True)
class Measured:
    """The store with what was fetched for the previewed projects, and a word on each fetch."""

    store: Store
    notes: Mapping[str, str] = field(default_factory=dict)


Measure = Callable[[Mapping[str, Project], Store], Measured]


def measure_nothing(projects: Mapping[str, Project], store: Store) -> Measured:
    """Fetch nothing: added projects are judged by what the store already has."""
    note = "its values were not fetched: the first refresh after the merge will"
    known = set(store.opendigger["project"])
    return Measured(store, {name: note for name in projects if name not in known})


@dataclass(frozen=True)
class Move:
    """A project that comes onto the map or leaves it: verdicts before and after."""

    project: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """What the change does.

    findings: those on changed files, and those that the change causes elsewhere. older_errors:
    errors that were there before, on files it does not touch. moves_in, moves_out: onto and off
    the map. verdicts_changed: projects of both states whose verdict differs. on_map: counts
    before and after; window: the months that decide, None where none is published (see notes).
    """

    changes: tuple[ProjectChange, ...]
    findings: tuple[Finding, ...]
    older_errors: int
    settings_changes: tuple[str, ...]
    taxonomy_changes: tuple[str, ...]
    moves_in: tuple[Move, ...]
    moves_out: tuple[Move, ...]
    verdicts_changed: int
    on_map: tuple[int, int]
    projects: tuple[int, int]
    window: Window | None
    recent_months: tuple[str, ...]
    notes: tuple[str, ...]
    files_checked: int

    @property
    def has_errors(self) -> bool:
        """Whether a finding is an error."""
        return any(finding.level is Level.ERROR for finding in self.findings)


def preview(
    before: Files,
    after: Files,
    store: Store,
    today: dt.date,
    *,
    measure: Measure = measure_nothing,
    refused: Sequence[Finding] = (),
) -> Preview:
    """Compare two states of the contributed files by what they make of the same store.

    ``refused`` are findings on files of the new state that whoever read it did not hand over.
    """
    with ExitStack() as stack:
        old = _open(before, today, stack)
        new = _open(after, today, stack)
    changed = _list_changed(old.files, new.files)
    new = replace(new, refused=(*new.refused, *refused))
    paths = {*changed, *(str(finding.path) for finding in new.refused)}
    datasets = _make_datasets(old.version, new.version)
    fresh = _list_unmeasured(datasets)
    measured = measure(fresh, store) if fresh else Measured(store)
    notes: list[str] = []
    silent: list[str] = []
    landscapes = [
        _analyse(dataset, measured.store, said) if dataset is not None else None
        for dataset, said in zip(datasets, (silent, notes), strict=True)
    ]
    if landscapes[1] is not None:
        # Verdicts are given below, so this is only why there is nothing to compare them with.
        notes += (f"before the change, {reason}" for reason in silent)
    findings = _select_findings(old.version, new, paths)
    sides = Sides(old.version, new.version, landscapes[0], landscapes[1])
    notes += _explain_fallbacks(new.version)
    moves_in, moves_out, verdicts_changed = _compare(landscapes[0], landscapes[1])
    latest = landscapes[1]
    return Preview(
        changes=list_project_changes(
            sides, changed, findings, _list_projects(datasets), measured.notes
        ),
        findings=findings,
        older_errors=_count_older_errors(old.version, new, paths),
        settings_changes=describe_settings_change(old.version.settings, new.version.settings),
        taxonomy_changes=describe_taxonomy_change(old.version.taxonomy, new.version.taxonomy),
        moves_in=moves_in,
        moves_out=moves_out,
        verdicts_changed=verdicts_changed,
        on_map=(_count_on_map(landscapes[0]), _count_on_map(landscapes[1])),
        projects=(len(old.version.project_ids), len(new.version.project_ids)),
        window=latest.window if latest is not None else None,
        recent_months=latest.published[-12:] if latest is not None else (),
        notes=tuple(dict.fromkeys(notes)),
        files_checked=len(paths),
    )


@dataclass(frozen=True)
class _Opened:
    """A state: its files, what was read of them, and names that were not even written down."""

    files: Mapping[str, bytes]
    version: Version
    refused: tuple[Finding, ...]


def _open(files: Files, today: dt.date, stack: ExitStack) -> _Opened:
    if isinstance(files, Path):
        return _Opened(read_folder_files(files), inspect_version(files, today), ())
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="landscape-")))
    refused = lay_out_files(files, folder)
    return _Opened(files, inspect_version(folder, today), tuple(refused))


def _list_changed(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[str, ...]:
    return tuple(sorted(path for path in {*old, *new} if old.get(path) != new.get(path)))


def _make_datasets(old: Version, new: Version) -> tuple[Dataset | None, Dataset | None]:
    """Return what the rules are applied to; what is broken now is taken from before."""
    settings = new.settings or old.settings
    taxonomy = new.taxonomy or old.taxonomy
    projects = dict(new.projects)
    for name, project in old.projects.items():
        # A file that an edit breaks is told of by its findings, not as if it had been removed.
        if name not in projects and name in new.project_ids:
            projects[name] = project
    return (
        _make_dataset(old.settings, old.taxonomy, old.projects),
        _make_dataset(settings, taxonomy, projects),
    )


def _make_dataset(
    settings: Settings | None, taxonomy: Taxonomy | None, projects: Mapping[str, Project]
) -> Dataset | None:
    if settings is None or taxonomy is None:
        return None
    known = {domain.id for domain in taxonomy.domains}
    placed = {name: item for name, item in sorted(projects.items()) if item.domain in known}
    return Dataset(Path(), settings, taxonomy, placed)


def _list_unmeasured(datasets: tuple[Dataset | None, Dataset | None]) -> dict[str, Project]:
    """Return the projects whose values the store cannot have: new ones, and other repositories."""
    old = datasets[0].projects if datasets[0] is not None else {}
    new = datasets[1].projects if datasets[1] is not None else {}
    return {
        name: project
        for name, project in new.items()
        if name not in old or old[name].repo.lower() != project.repo.lower()
    }


def _list_projects(datasets: tuple[Dataset | None, Dataset | None]) -> Mapping[str, Project]:
    return datasets[1].projects if datasets[1] is not None else {}


def _analyse(dataset: Dataset, store: Store, notes: list[str]) -> Landscape | None:
    if not dataset.projects:
        return None
    try:
        return analyse(tabulate_projects(dataset), store, dataset.settings.inclusion)
    except LandscapeError as error:
        notes.append(f"no verdict can be given: {error.message}")
        return None


def _select_findings(old: Version, new: _Opened, paths: set[str]) -> tuple[Finding, ...]:
    before = set(old.findings)
    chosen = [
        finding
        for finding in (*new.refused, *new.version.findings)
        if str(finding.path) in paths or finding not in before
    ]
    return tuple(sorted(dict.fromkeys(chosen), key=lambda finding: finding.sort_key))


def _count_older_errors(old: Version, new: _Opened, paths: set[str]) -> int:
    before = set(old.findings)
    return sum(
        finding.level is Level.ERROR and finding in before and str(finding.path) not in paths
        for finding in new.version.findings
    )


def _explain_fallbacks(new: Version) -> list[str]:
    return [
        f"{name} cannot be used as it is; the verdicts below follow the one before the change"
        for name, value in (("landscape.yaml", new.settings), ("data/taxonomy.yaml", new.taxonomy))
        if value is None
    ]


def _compare(
    before: Landscape | None, after: Landscape | None
) -> tuple[tuple[Move, ...], tuple[Move, ...], int]:
    if before is None or after is None:
        return (), (), 0
    names = dict(zip(before.projects["project"], before.projects["name"], strict=True))
    names |= dict(zip(after.projects["project"], after.projects["name"], strict=True))
    table = compare_landscapes(before, after)
    moves: dict[str, list[Move]] = {"enters": [], "leaves": []}
    for row in table.to_dict("records"):
        for way, listed in moves.items():
            if row[way]:
                move = Move(row["project"], "", row["verdict_before"], row["verdict_after"])
                listed.append(replace(move, name=str(names[row["project"]])))
    both = table[(table["verdict_before"] != "") & (table["verdict_after"] != "")]
    differing = int((both["verdict_before"] != both["verdict_after"]).sum())
    return tuple(moves["enters"]), tuple(moves["leaves"]), differing


def _count_on_map(landscape: Landscape | None) -> int:
    return int(landscape.projects["rank"].notna().sum()) if landscape is not None else 0
