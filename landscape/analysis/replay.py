"""The map of every published month, decided again from what is known today (counts by month).

The same rule as ``decide_verdicts``, for all months at once, because asking that for each of them
would take longer than the rest of a build. A test holds the two together, month by month.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from landscape.analysis.facts import collect_facts
from landscape.analysis.means import MEAN_DECIMALS
from landscape.analysis.observations import tabulate_observations
from landscape.analysis.publication import find_published_months
from landscape.analysis.verdicts import RECENT_MONTHS
from landscape.analysis.windows import list_window_months, resolve_window
from landscape.base.months import count_months, shift_month
from landscape.dataset.model import Inclusion
from landscape.metrics.model import Store

COUNTS = ("entered", "newly_covered", "left")
NEVER = "9999-12"

BoolMatrix = npt.NDArray[np.bool_]
FloatMatrix = npt.NDArray[np.float64]


def replay_months(
    projects: pd.DataFrame, store: Store, inclusion: Inclusion, as_of: str | None = None
) -> pd.DataFrame:
    """Count, for every published month up to as-of, who is on the map and who came and went.

    In: ``tabulate_projects``, the store and the rule, as for ``analyse``, which gives the same map
    for each of these months. Out, one row a month in order: month, on_the_map (int), entered,
    newly_covered, left (Int64, against the published month before; NA for the first), months_since
    (Int64: how many months lie between, 1 where none is missing). *Entered* and *newly covered* as
    in rule 14. Raises LandscapeError where no month is published, or as-of is not.
    """
    maps = decide_maps(projects, store, inclusion, as_of)
    observations = tabulate_observations(store.opendigger, inclusion.metric, projects)
    known = observations.values.notna()
    first_known = known.idxmax(axis=1).where(known.any(axis=1), NEVER).to_numpy(dtype=str)
    created = _find_created(store, maps.index, empty=NEVER)
    months = [str(month) for month in maps.columns]
    on_the_map = maps.to_numpy(dtype=bool)
    rows: list[dict[str, object]] = []
    for position, month in enumerate(months):
        now = on_the_map[:, position]
        row: dict[str, object] = {"month": month, "on_the_map": int(now.sum())}
        if position:
            last, before = months[position - 1], on_the_map[:, position - 1]
            is_created = (created >= shift_month(last, 1)) & (created != NEVER)
            entered = (first_known <= last) | is_created
            row["entered"] = int((now & ~before & entered).sum())
            row["newly_covered"] = int((now & ~before & ~entered).sum())
            row["left"] = int((before & ~now).sum())
            row["months_since"] = count_months(last, month)
        rows.append(row)
    table = pd.DataFrame(rows, columns=["month", "on_the_map", *COUNTS, "months_since"])
    return table.astype(dict.fromkeys((*COUNTS, "months_since"), "Int64"))


def decide_maps(
    projects: pd.DataFrame, store: Store, inclusion: Inclusion, as_of: str | None = None
) -> pd.DataFrame:
    """Return who is on the map: index project (by id), a column a published month, bool."""
    observations = tabulate_observations(store.opendigger, inclusion.metric, projects)
    published = find_published_months(observations.values, projects)
    newest = resolve_window(inclusion, published, as_of).as_of
    values = observations.values.reindex(columns=list(published)).to_numpy(dtype=float)
    known = ~np.isnan(values)
    steps = np.arange(len(published))
    names = np.array(published)
    means = _compute_all_means(values, inclusion, published)
    last = np.maximum.accumulate(np.where(known, steps, -1), axis=1)
    recent = (last >= 0) & (steps - last < RECENT_MONTHS)
    in_window = ~np.isnan(means)
    ever_known = _find_ever_known(observations.values, published)
    stale = _find_began(store, "opendigger", "unavailable", observations.values.index, names)
    stale = _count_now(stale, published, store, observations.values.index) & ever_known
    ends_earlier = (stale | (recent & ~in_window)) & (last >= 0)
    own_end = np.where(ends_earlier, last, steps)
    own = np.take_along_axis(means, own_end, axis=1)
    over = _find_over(projects, store, observations.values.index, names)
    exists = ~(_find_created(store, observations.values.index, empty="")[:, None] > names)
    is_judged = recent | (stale & ~np.isnan(own))
    with np.errstate(invalid="ignore"):
        maps = ~over & exists & is_judged & (own > inclusion.above)
    table = pd.DataFrame(maps, index=observations.values.index, columns=list(published))
    return table[[month for month in published if month <= newest]]


def _compute_all_means(
    values: FloatMatrix, inclusion: Inclusion, published: tuple[str, ...]
) -> FloatMatrix:
    """Return the mean of the window that ends at each published month, NaN where none is known."""
    known = ~np.isnan(values)
    hundredths = np.rint(np.where(known, values, 0.0) * 100)
    sums = np.concatenate([np.zeros((len(values), 1)), hundredths.cumsum(axis=1)], axis=1)
    counts = np.concatenate([np.zeros((len(values), 1)), known.cumsum(axis=1)], axis=1)
    starts = np.searchsorted(
        np.array(published),
        [list_window_months(inclusion.window, month)[0] for month in published],
    )
    total = (sums[:, 1:] - sums[:, starts]) / 100
    number = counts[:, 1:] - counts[:, starts]
    means = np.divide(total, number, out=np.full(values.shape, np.nan), where=number > 0)
    return np.asarray(np.round(means, MEAN_DECIMALS), dtype=np.float64)


def _find_ever_known(values: pd.DataFrame, published: tuple[str, ...]) -> BoolMatrix:
    """Return whether any month up to each published one is known, unpublished ones too."""
    ever = values.notna().T.cummax().T
    return ever.reindex(columns=list(published)).to_numpy(dtype=bool)


def _find_began(
    store: Store, source: str, state: str, ids: pd.Index, months: npt.NDArray[np.str_]
) -> BoolMatrix:
    states = store.states
    rows = states[(states["source"] == source) & (states["state"] == state)]
    began = rows.set_index("project")["since"].fillna("").str[:7].reindex(ids)
    texts = began.fillna("").to_numpy(dtype=str)[:, None]
    return np.asarray((texts != "") & (texts <= months), dtype=np.bool_)


def _count_now(
    stale: BoolMatrix, published: tuple[str, ...], store: Store, ids: pd.Index
) -> BoolMatrix:
    """Let what is unavailable now count at the newest published month, whenever it began."""
    states = store.states
    is_now = (states["source"] == "opendigger") & (states["state"] == "unavailable")
    stale[:, len(published) - 1] |= ids.isin(states.loc[is_now, "project"])
    return stale


def _find_over(
    projects: pd.DataFrame, store: Store, ids: pd.Index, months: npt.NDArray[np.str_]
) -> BoolMatrix:
    retired = projects.set_index("project")["retired_on"].reindex(ids).str[:7]
    dates = retired.to_numpy(dtype=str)[:, None]
    is_retired = (dates != "") & (dates <= months)
    return np.asarray(is_retired | _find_began(store, "github", "gone", ids, months), dtype=bool)


def _find_created(store: Store, ids: pd.Index, *, empty: str) -> npt.NDArray[np.str_]:
    created = collect_facts(store.repositories, ids)["created_at"].str[:7]
    return created.where(created != "", empty).to_numpy(dtype=str)
