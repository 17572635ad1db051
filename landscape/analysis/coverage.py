"""What the data know and do not know, by metric and month (F18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from landscape.analysis.observations import Observations, tabulate_observations
from landscape.base.months import list_months, shift_month

COVERAGE_MONTHS = 24
COUNTS = ("known", "zero", "not_covered", "not_created", "unavailable", "unknown")

BoolMatrix = npt.NDArray[np.bool_]


def compute_coverage(
    opendigger: pd.DataFrame,
    metrics: Sequence[str],
    projects: pd.DataFrame,
    published: Sequence[str],
    as_of: str,
) -> pd.DataFrame:
    """Count the projects by what is known of each metric, over 24 months up to as-of.

    In: the store's opendigger table; ``projects`` with project, created_at, absent_since,
    stale_since (text, empty where none) and last_known_month. Out, ordered by metric as given and
    month: metric, month, known (a value above 0, or any other but 0), zero, not_covered (asked,
    and never had a value), unavailable (unknown after its last value, and not to be had now),
    not_created (unknown, the month lies before the project's creation), unknown (the rest), all
    int, which add up to the number of projects; vintages (the labels in that month, joined by
    ``+``), published (bool).
    """
    months = list_months(shift_month(as_of, 1 - COVERAGE_MONTHS), as_of)
    reasons = _explain_unknown(projects.sort_values("project"), months)
    parts = []
    for metric in metrics:
        observations = tabulate_observations(opendigger, metric, projects).until(as_of)
        if observations.values.shape[1]:
            part = _count_months(observations, reasons, months)
            parts.append(part.assign(metric=metric))
    columns = ["metric", "month", *COUNTS, "vintages", "published"]
    if not parts:
        return pd.DataFrame(columns=columns)
    table = pd.concat(parts, ignore_index=True)
    return table.assign(published=table["month"].isin(list(published)))[columns]


def _explain_unknown(projects: pd.DataFrame, months: Sequence[str]) -> dict[str, BoolMatrix]:
    """Return, by reason, for which project and month it would explain an unknown value.

    The reasons are in the order in which they are tried; rows are ``projects``' order.
    """
    last_known = projects["last_known_month"].to_numpy(dtype=str)[:, None]
    created = projects["created_at"].str[:7].to_numpy(dtype=str)[:, None]
    is_absent = (projects["absent_since"] != "").to_numpy()[:, None] & (last_known == "")
    is_stale = (projects["stale_since"] != "").to_numpy()[:, None]
    names = np.array(months)[None, :]
    return {
        "not_covered": np.broadcast_to(is_absent, (len(projects), len(months))),
        "not_created": created > names,
        "unavailable": is_stale & (last_known < names),
    }


def _count_months(
    observations: Observations, reasons: Mapping[str, BoolMatrix], months: Sequence[str]
) -> pd.DataFrame:
    values = observations.values.reindex(columns=list(months)).to_numpy(dtype=float)
    codes = observations.vintages.reindex(columns=list(months), fill_value=-1).to_numpy()
    unexplained = np.isnan(values)
    counts = {
        "known": (~unexplained & (values != 0)).sum(axis=0),
        "zero": (values == 0).sum(axis=0),
    }
    for name, applies in reasons.items():
        counts[name] = (unexplained & applies).sum(axis=0)
        unexplained = unexplained & ~applies
    counts["unknown"] = unexplained.sum(axis=0)
    vintages = [
        "+".join(observations.labels[code] for code in np.unique(column) if code >= 0)
        for column in codes.T
    ]
    return pd.DataFrame({"month": list(months), **counts, "vintages": vintages})
