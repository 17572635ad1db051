"""The mean over the known published months of a window, and what it rests on (rules 5 and 7)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from landscape.analysis.observations import Observations

MEAN_DECIMALS = 6
"""Values have two decimals. Rounding takes away the noise of adding them in floating point, so
that a mean that is exactly the threshold is never above it, and equal means are ties."""


def compute_means(observations: Observations, months: Sequence[str]) -> pd.DataFrame:
    """Return, by project, the mean over those of the months that are known.

    Out: index project; openrank_mean (float, NaN where no month is known), months_known (int).
    """
    values = observations.values.reindex(columns=list(months)).to_numpy(dtype=float)
    known = ~np.isnan(values)
    counts = known.sum(axis=1)
    # Hundredths are whole numbers: their sum does not depend on the order of adding.
    sums = np.rint(np.where(known, values, 0.0) * 100).sum(axis=1) / 100
    means = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    return pd.DataFrame(
        {
            "openrank_mean": np.round(means, MEAN_DECIMALS),
            "months_known": counts.astype(np.int64),
        },
        index=observations.values.index,
    )


def list_vintages(observations: Observations, months: Sequence[str]) -> pd.Series:
    """Return, by project, the sorted tuple of the vintages of its values in the months."""
    codes = observations.vintages.reindex(columns=list(months), fill_value=-1).to_numpy()
    has = np.column_stack(
        [(codes == code).any(axis=1) for code in range(len(observations.labels))]
        or [np.zeros((len(codes), 0), dtype=bool)]
    )
    labels = np.asarray(observations.labels, dtype=object)
    return pd.Series(
        [tuple(labels[row]) for row in has], index=observations.values.index, dtype="object"
    )
