"""What the data know and do not know, by metric and month (F18)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landscape.analysis.observations import Observations, tabulate_observations
from landscape.base.months import list_months, shift_month

COVERAGE_MONTHS = 24


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
    facts = projects.set_index("project")
    rows = []
    for metric in metrics:
        observations = tabulate_observations(opendigger, metric, projects)
        if not observations.until(as_of).values.shape[1]:
            continue
        for month in months:
            counts = _count_month(observations, facts.reindex(observations.values.index), month)
            rows.append(
                {"metric": metric, "month": month, **counts, "published": month in published}
            )
    names = ["known", "zero", "not_covered", "unavailable", "not_created", "unknown"]
    columns = ["metric", "month", *names, "vintages", "published"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(names, "int64") | {"published": "bool"})


def _count_month(observations: Observations, facts: pd.DataFrame, month: str) -> dict[str, object]:
    values = observations.values.reindex(columns=[month])[month]
    codes = observations.vintages.reindex(columns=[month], fill_value=-1)[month]
    open_ = values.isna()
    counts: dict[str, object] = {
        "known": int((values.notna() & (values != 0)).sum()),
        "zero": int((values == 0).sum()),
    }
    for name, condition in (
        ("not_covered", (facts["absent_since"] != "") & (facts["last_known_month"] == "")),
        ("not_created", facts["created_at"].str[:7] > month),
        ("unavailable", (facts["stale_since"] != "") & (facts["last_known_month"] < month)),
    ):
        counts[name] = int((open_ & condition).sum())
        open_ = open_ & ~condition
    labels = sorted({observations.labels[code] for code in codes if code >= 0})
    return {**counts, "unknown": int(open_.sum()), "vintages": "+".join(labels)}
