"""How domains grew (F5): the ratio of sums over the projects that can be compared (rule 9)."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.means import MEAN_DECIMALS

FEWEST_COMPARED = 3
"""Fewer projects say nothing about a domain."""
LEADERS = 3


def compute_domain_growth(projects: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each domain with projects, the largest growth first.

    All comparable projects count, on the map or not: looking only at those on the map now would
    leave out whoever fell off it, and call a shrinking domain a growing one. Those that are over
    are never compared, but count among the domain's projects, as they do wherever these are told.

    In: the landscape's projects: project, name, domain, change_current, change_earlier,
    change_percent. Out: domain (id), projects (int: all of the domain), compared (int: those not
    over and known in every month of both periods, in one vintage), current, earlier
    (float: sums of their mean monthly OpenRank), growth (float, percent: current over earlier
    less 1; NaN where fewer than ``FEWEST_COMPARED`` are compared or earlier is 0), leaders (tuple
    of (name, percent) of the compared projects that are largest now; percent NaN where the
    project came from 0). Without growth come last; equal ones are ordered by domain.
    """
    rows = []
    for domain, members in projects.groupby("domain", sort=True):
        compared = members[members["change_current"].notna()].sort_values(
            ["change_current", "project"], ascending=[False, True], kind="stable"
        )
        current, earlier = (
            round(float(compared[name].sum()), MEAN_DECIMALS)
            for name in ("change_current", "change_earlier")
        )
        told = len(compared) >= FEWEST_COMPARED and earlier > 0
        growth = round((current / earlier - 1) * 100, MEAN_DECIMALS) if told else float("nan")
        leaders = tuple(
            (str(name), float(percent))
            for name, percent in zip(compared["name"], compared["change_percent"], strict=True)
        )[:LEADERS]
        rows.append((domain, len(members), len(compared), current, earlier, growth, leaders))
    columns = ["domain", "projects", "compared", "current", "earlier", "growth", "leaders"]
    table = pd.DataFrame(rows, columns=columns).astype({"growth": "float64"})
    return table.sort_values(
        ["growth", "domain"], ascending=[False, True], kind="stable", ignore_index=True
    )
