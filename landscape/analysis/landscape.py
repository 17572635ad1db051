"""From the contributed projects and the store to every answer of one build.

The sequence only; each rule has its own module beside this one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from landscape.analysis.change import choose_basis, compute_change
from landscape.analysis.coverage import compute_coverage
from landscape.analysis.facts import choose_facts_month, collect_counts, collect_facts
from landscape.analysis.freshness import compute_freshness
from landscape.analysis.model import ChangeBasis, Landscape, Verdict, Window
from landscape.analysis.observations import Observations, tabulate_observations
from landscape.analysis.publication import find_published_months
from landscape.analysis.ranks import rank_projects
from landscape.analysis.states import select_states
from landscape.analysis.verdicts import decide_verdicts
from landscape.analysis.windows import resolve_window
from landscape.dataset.model import Inclusion
from landscape.metrics.columns import METRICS
from landscape.metrics.model import Store

PROJECT_COLUMNS = (
    "project", "name", "repo", "layer", "group", "domain", "subdomain", "also_in", "tags",
    "origin", "verdict", "openrank_mean", "openrank_latest", "months_known", "months_in_window",
    "window_first", "window_last", "vintages", "last_known_month", "stale_since", "archived",
    "retired_on", "gone_since", "absent_since", "rank", "rank_in_domain", "change_current",
    "change_earlier", "change", "change_percent", "share_current", "share_earlier",
    "share_change", "stars", "forks", "facts_month", "participants", "contributors", "language",
    "license", "created_at", "last_commit_at",
)  # fmt: skip


def analyse(
    projects: pd.DataFrame, store: Store, inclusion: Inclusion, as_of: str | None = None
) -> Landscape:
    """Apply the rules to the projects (of ``tabulate_projects``) and the store.

    ``as_of`` is a published month, by default the newest. Raises LandscapeError where it is not
    published, or no month is. The order of rows of the inputs does not matter.
    """
    projects = projects.sort_values("project", kind="stable", ignore_index=True)
    observations = tabulate_observations(store.opendigger, inclusion.metric, projects)
    published = find_published_months(observations.values, projects)
    window = resolve_window(inclusion, published, as_of)
    is_replay = window.as_of < published[-1]
    published = tuple(month for month in published if month <= window.as_of)
    past = observations.until(window.as_of)

    facts = collect_facts(store.repositories, past.values.index)
    states = select_states(store.states, window.as_of, is_replay=is_replay)
    verdicts = decide_verdicts(projects, past, published, window, states, facts["created_at"])
    facts_month = choose_facts_month(store.github["month"], window.as_of, is_replay=is_replay)
    table = (
        projects.drop(columns="retired_on")
        .merge(verdicts, on="project", how="left", validate="one_to_one")
        .join(facts, on="project")
        .join(collect_counts(store.github, facts_month), on="project")
    )
    table["facts_month"] = table["facts_month"].fillna("")
    for metric in ("participants", "contributors"):
        table[metric] = _pick_counts(store.opendigger, metric, projects, window.as_of)
    basis, changes = _compare_periods(past, published, window, table)
    table = rank_projects(table.join(changes, on="project"))
    metrics = [name for name in METRICS if name in store.opendigger.columns]
    return Landscape(
        window=window,
        basis=basis,
        projects=table[list(PROJECT_COLUMNS)],
        series=_list_series(past),
        published=published,
        facts_month=facts_month,
        coverage=compute_coverage(store.opendigger, metrics, table, published, window.as_of),
        freshness=compute_freshness(table, window.as_of),
    )


def _compare_periods(
    past: Observations, published: Sequence[str], window: Window, table: pd.DataFrame
) -> tuple[ChangeBasis, pd.DataFrame]:
    # A project that is over is no mover; it would only weigh on the compared total.
    is_over = table["verdict"].isin([Verdict.RETIRED, Verdict.GONE])
    ids = pd.Index(table.loc[~is_over, "project"])
    compared = Observations(past.values.loc[ids], past.vintages.loc[ids], past.labels)
    basis = choose_basis(compared, published, window)
    return basis, compute_change(compared, basis)


def _pick_counts(
    opendigger: pd.DataFrame, metric: str, projects: pd.DataFrame, as_of: str
) -> pd.Series:
    """Return a count of people in the as-of month, in the order of ``projects``."""
    rows = opendigger[opendigger["month"] == as_of].set_index("project")
    if metric not in rows:
        return pd.Series(pd.NA, index=projects.index, dtype="Int64")
    values = rows[metric].reindex(projects["project"])
    return values.round().astype("Int64").reset_index(drop=True)


def _list_series(past: Observations) -> pd.DataFrame:
    """List the known values: project, month, openrank, vintage, ordered by project and month."""
    rows, columns = np.nonzero(past.values.notna().to_numpy())
    labels = np.asarray(past.labels, dtype=object)
    return pd.DataFrame(
        {
            "project": past.values.index.to_numpy()[rows],
            "month": past.values.columns.to_numpy()[columns],
            "openrank": past.values.to_numpy()[rows, columns],
            "vintage": labels[past.vintages.to_numpy()[rows, columns]],
        }
    )
