"""The verdict of every project (rule 8), with the arithmetic that it rests on (rule 7)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from landscape.analysis.means import compute_means, list_vintages
from landscape.analysis.model import Verdict, Window
from landscape.analysis.observations import Observations
from landscape.analysis.windows import list_window_months

RECENT_MONTHS = 3


def decide_verdicts(
    projects: pd.DataFrame,
    observations: Observations,
    published: Sequence[str],
    window: Window,
    states: pd.DataFrame,
    created: pd.Series,
) -> pd.DataFrame:
    """Return one row a project, ordered by id.

    In: ``projects`` (project, retired_on); ``observations`` and ``published`` of the whole store;
    ``states`` from ``select_states``; ``created`` (index project, date text, empty unknown).

    Out: project, verdict (Verdict), openrank_mean, openrank_latest (float, NaN unknown),
    months_known, months_in_window (int), window_first, window_last (months: the window that was
    computed for this project), vintages (tuple), last_known_month, stale_since, absent_since,
    retired_on, gone_since (text, empty where none).

    Cases are tried in rule 8's order, with two readings. A project created after as-of is *too
    new* before it could be called *unmeasured*: in a replay it did not exist yet. A project that
    is unavailable now, or that knows recent months but none in the window (a January that came
    late for it), is judged as of its last known month, because a late month demotes nobody.
    """
    past = observations.until(window.as_of)
    months = [month for month in published if month <= window.as_of]
    table = _collect_facts(projects, past, window, states, created)
    last_published = _find_last_known(past.values.reindex(columns=months))
    recent = _has_known(past.values, months[-RECENT_MONTHS:])
    own = _compute_own_windows(table, past, months, window, last_published, recent)
    table = table.join(own)
    is_stale = table["stale_since"] != ""
    cases = [
        (Verdict.RETIRED, table["retired_on"] != ""),
        (Verdict.GONE, table["gone_since"] != ""),
        (Verdict.TOO_NEW, table["created_at"].str[:7] > months[-1]),
        (Verdict.UNMEASURED, (table["last_known_month"] == "") & (table["absent_since"] == "")),
        (Verdict.NOT_COVERED, table["last_known_month"] == ""),
        (Verdict.NO_RECENT_DATA, ~(recent | (is_stale & table["openrank_mean"].notna()))),
        (Verdict.ON_THE_MAP, table["openrank_mean"] > window.above),
    ]
    numbers = np.select(
        [condition.to_numpy(dtype=bool) for _, condition in cases],
        range(len(cases)),
        default=len(cases),
    )
    verdicts = [*(verdict for verdict, _ in cases), Verdict.BELOW]
    table["verdict"] = pd.Series(
        [verdicts[number] for number in numbers], index=table.index, dtype="object"
    )
    return table.drop(columns="created_at").reset_index()


def _collect_facts(
    projects: pd.DataFrame,
    past: Observations,
    window: Window,
    states: pd.DataFrame,
    created: pd.Series,
) -> pd.DataFrame:
    ids = past.values.index
    retired = projects.set_index("project")["retired_on"].reindex(ids)
    dated = states.reindex(ids)
    last_known = _find_last_known(past.values)
    latest = past.values.reindex(columns=[window.as_of])[window.as_of]
    return pd.DataFrame(
        {
            "openrank_latest": latest,
            "last_known_month": last_known,
            "retired_on": retired.where(retired.str[:7] <= window.as_of, ""),
            "gone_since": dated["gone_since"].fillna(""),
            "absent_since": dated["absent_since"].fillna(""),
            # Without any value there is nothing that could be stale.
            "stale_since": dated["unavailable_since"].fillna("").where(last_known != "", ""),
            "created_at": created.reindex(ids).fillna(""),
        },
        index=ids,
    )


def _compute_own_windows(
    table: pd.DataFrame,
    past: Observations,
    published: Sequence[str],
    window: Window,
    last_published: pd.Series,
    recent: pd.Series,
) -> pd.DataFrame:
    """Compute each project's mean in its own window: the common one, or one that ends earlier."""
    in_window = _has_known(past.values, window.published)
    ends_earlier = (table["stale_since"] != "") | (recent & ~in_window)
    ends = last_published.where(ends_earlier & (last_published != ""), window.as_of)
    parts = []
    for end, members in ends.groupby(ends, sort=True):
        months = list_window_months(window.kind, str(end))
        chosen = [month for month in published if months[0] <= month <= months[-1]]
        subset = Observations(
            past.values.loc[members.index], past.vintages.loc[members.index], past.labels
        )
        part = compute_means(subset, chosen)
        parts.append(
            part.assign(
                vintages=list_vintages(subset, chosen),
                months_in_window=len(months),
                window_first=months[0],
                window_last=months[-1],
            )
        )
    return pd.concat(parts).reindex(table.index)


def _has_known(values: pd.DataFrame, months: Sequence[str]) -> pd.Series:
    return values.reindex(columns=list(months)).notna().any(axis=1)


def _find_last_known(values: pd.DataFrame) -> pd.Series:
    """Return each project's last month with a value, empty where it has none."""
    known = values.notna().to_numpy()
    if not known.shape[1]:
        return pd.Series("", index=values.index, dtype="object")
    last = known.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    names = np.asarray(values.columns, dtype=object)[last]
    return pd.Series(np.where(known.any(axis=1), names, ""), index=values.index, dtype="object")
