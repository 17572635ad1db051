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

    Out: index project; openrank_mean (float, NaN where no month is known), months_known (int),
    vintages (tuple of the labels of the values in the mean, sorted).
    """
    values = observations.values.reindex(columns=list(months)).to_numpy(dtype=float)
    codes = observations.vintages.reindex(columns=list(months), fill_value=-1).to_numpy()
    known = ~np.isnan(values)
    counts = known.sum(axis=1)
    # Hundredths are whole numbers: their sum does not depend on the order of adding.
    sums = np.rint(np.where(known, values, 0.0) * 100).sum(axis=1) / 100
    means = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    found = [(codes == code).any(axis=1) for code in range(len(observations.labels))]
    vintages = [
        tuple(label for label, has in zip(observations.labels, found, strict=True) if has[row])
        for row in range(len(sums))
    ]
    return pd.DataFrame(
        {
            "openrank_mean": np.round(means, MEAN_DECIMALS),
            "months_known": counts.astype(np.int64),
            "vintages": pd.Series(vintages, dtype="object", index=observations.values.index),
        },
        index=observations.values.index,
    )
