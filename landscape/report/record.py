"""What a build tells of the past: editions, what changed since, survival, the map by month."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.appearances import list_appearances
from landscape.analysis.edition_diff import compare_editions
from landscape.analysis.edition_model import EditionDiff
from landscape.analysis.edition_table import compose_edition
from landscape.analysis.model import Landscape, Verdict
from landscape.analysis.replay import decide_maps, replay_months
from landscape.analysis.survival_cohorts import Survival, compute_survival
from landscape.dataset.model import Dataset
from landscape.dataset.tables import tabulate_projects
from landscape.metrics.editions import load_editions
from landscape.metrics.model import Edition, Store
from landscape.metrics.store import load_store


@dataclass(frozen=True)
class Record:
    """The past as it was published, and as it is known today.

    editions: those up to as-of, in order. since_last: the last of them against the current
        landscape, None without any. earlier: further comparisons, the newest first. survival: of
        ``compute_survival``. counts: of ``replay_months``. appearances: of ``list_appearances``.
        mapped: the projects that are or were on the map, in an edition or a published month.
    """

    editions: tuple[Edition, ...]
    since_last: EditionDiff | None
    earlier: tuple[EditionDiff, ...]
    survival: Survival
    counts: pd.DataFrame
    appearances: Mapping[str, list[dict[str, object]]]
    mapped: frozenset[str]


def load_record(dataset: Dataset, landscape: Landscape, store: Store | None = None) -> Record:
    """Read the editions below the root and compute what is told of the past.

    ``store`` is the one that the landscape was decided from; it is read where it is not given.
    """
    store = load_store(dataset.root) if store is None else store
    as_of = landscape.window.as_of
    editions = tuple(
        edition for edition in load_editions(dataset.root, dataset) if edition.as_of <= as_of
    )
    projects = tabulate_projects(dataset)
    current = compose_edition(
        landscape, dataset.projects, store.repositories, dataset.settings.title
    )
    appearances = list_appearances(editions, current.projects)
    inclusion = dataset.settings.inclusion
    diffs = [compare_editions(before, current, projects) for before in reversed(editions)]
    between = [
        compare_editions(before, after, projects) for before, after in itertools.pairwise(editions)
    ]
    identity = current.projects.set_index("project")
    former = identity["former_repos"].reindex(landscape.projects["project"]).to_numpy()
    return Record(
        editions=editions,
        since_last=diffs[0] if diffs else None,
        earlier=(*reversed(between), *(diffs[-1:] if len(diffs) > 1 else ())),
        survival=compute_survival(
            landscape.series,
            landscape.projects.assign(former_repos=former),
            editions,
            landscape.window.above,
            as_of,
        ),
        counts=replay_months(projects, store, inclusion, as_of),
        appearances=appearances,
        mapped=_find_mapped(landscape, appearances, decide_maps(projects, store, inclusion, as_of)),
    )


def _find_mapped(
    landscape: Landscape,
    appearances: Mapping[str, list[dict[str, object]]],
    maps: pd.DataFrame,
) -> frozenset[str]:
    table = landscape.projects
    now = set(table.loc[table["verdict"] == Verdict.ON_THE_MAP, "project"])
    by_month = set(maps.index[maps.any(axis=1)])
    published = {
        project
        for project, rows in appearances.items()
        if any(bool(row["on_the_map"]) for row in rows)
    }
    return frozenset((now | by_month | published) & set(table["project"]))
