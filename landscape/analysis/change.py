"""How projects moved: one comparison for the whole build (rule 9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from landscape.analysis.means import MEAN_DECIMALS, compute_means
from landscape.analysis.model import ChangeBasis, Window
from landscape.analysis.observations import Observations
from landscape.base.months import count_months, shift_month

QUARTER_MONTHS = 3
REACH_MONTHS = 24
ENOUGH_SHARE = 0.5

CHANGE_COLUMNS = (
    "change_current",
    "change_earlier",
    "change",
    "change_percent",
    "share_current",
    "share_earlier",
    "share_change",
)


def choose_basis(
    observations: Observations, published: Sequence[str], window: Window
) -> ChangeBasis:
    """Choose the comparison that makes more projects comparable; a tie goes to the first.

    The first compares the window's published months with the same months a year before. The
    second compares the newest three published months with an earlier three. Comparable is a
    project of which every month of both periods is known, all in one vintage.

    Our reading of "the earliest within 24 months": candidates are three calendar months in a row,
    all published, not overlapping the newest three, the first of them at most 24 months before
    the as-of month. Of these the earliest is taken for which at least half as many projects are
    comparable as for the best candidate, so that one stray old series does not drag the period
    back to where only it can be compared. Where nothing is comparable the kind is ``none``.
    """
    months = [month for month in published if month <= window.as_of]
    year_before = tuple(shift_month(month, -12) for month in window.published)
    first = _build_basis(observations, "year-before", window.published, year_before)
    newest = tuple(months[-QUARTER_MONTHS:])
    second = _choose_quarter(observations, months, newest)
    if second is not None and second.compared > first.compared:
        return second
    return first if first.compared else ChangeBasis("none", (), (), 0, 0.0, 0.0)


def compute_change(observations: Observations, basis: ChangeBasis) -> pd.DataFrame:
    """Return, by project, what moved between the two periods of the basis.

    Out: index project; change_current, change_earlier (mean OpenRank of the period), change
    (their difference), change_percent (percent of the earlier mean; NaN where that is 0),
    share_current, share_earlier (percent of the compared total), share_change (percentage
    points). All float, NaN for a project that is not comparable.
    """
    ids = observations.values.index
    columns: dict[str, pd.Series] = {}
    comparable = _find_comparable(observations, (*basis.current, *basis.earlier))
    for name, months in (("current", basis.current), ("earlier", basis.earlier)):
        means = compute_means(observations, months)["openrank_mean"].where(comparable)
        total = means.sum()
        columns[f"change_{name}"] = means
        columns[f"share_{name}"] = means / (total if total > 0 else np.nan) * 100
    table = pd.DataFrame(columns, index=ids)
    table["change"] = table["change_current"] - table["change_earlier"]
    earlier = table["change_earlier"].where(table["change_earlier"] > 0)
    table["change_percent"] = table["change"] / earlier * 100
    table["share_change"] = table["share_current"] - table["share_earlier"]
    return table[list(CHANGE_COLUMNS)].round(MEAN_DECIMALS)


def _choose_quarter(
    observations: Observations, months: Sequence[str], newest: tuple[str, ...]
) -> ChangeBasis | None:
    if len(newest) < QUARTER_MONTHS:
        return None
    bases = [
        _build_basis(observations, "quarter", newest, candidate)
        for candidate in _list_quarters(months, newest)
    ]
    best = max((basis.compared for basis in bases), default=0)
    if not best:
        return None
    return next(basis for basis in bases if basis.compared >= ENOUGH_SHARE * best)


def _list_quarters(months: Sequence[str], newest: Sequence[str]) -> Iterable[tuple[str, ...]]:
    known = set(months)
    for month in months:
        candidate = tuple(shift_month(month, step) for step in range(QUARTER_MONTHS))
        is_within_reach = count_months(month, newest[-1]) <= REACH_MONTHS
        if is_within_reach and candidate[-1] < newest[0] and known.issuperset(candidate):
            yield candidate


def _build_basis(
    observations: Observations, kind: str, current: tuple[str, ...], earlier: tuple[str, ...]
) -> ChangeBasis:
    comparable = _find_comparable(observations, (*current, *earlier))
    totals = [
        round(float(compute_means(observations, months)["openrank_mean"][comparable].sum()), 2)
        for months in (current, earlier)
    ]
    return ChangeBasis(kind, current, earlier, int(comparable.sum()), totals[0], totals[1])


def _find_comparable(observations: Observations, months: Sequence[str]) -> pd.Series:
    """Find the projects of which all months are known in one and the same vintage."""
    codes = observations.vintages.reindex(columns=list(months), fill_value=-1).to_numpy()
    if not len(months):
        return pd.Series(False, index=observations.vintages.index)
    same = (codes == codes[:, :1]).all(axis=1) & (codes[:, 0] >= 0)
    return pd.Series(same, index=observations.vintages.index)
