"""How young the projects on the map are (F14)."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.model import Verdict
from landscape.base.months import list_months, shift_month

FRESH_MONTHS = 6


def compute_freshness(projects: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Count the projects on the map by when they were created.

    In: verdict, created_at (date text, empty unknown). Out, one row a count, in this order:
    measure (text), period (text), projects (int), share (float, percent of ``of``), of (int: the
    projects on the map whose creation is known).

    Measures: ``since-last-year`` (created since January of the year before as-of; period is that
    month), ``within-six-months`` (in the six months that end with as-of; period is their first),
    ``unknown`` (on the map, creation unknown; in neither share), then ``quarter`` for every
    quarter from the first creation to as-of (period ``2025-Q1``), those with 0 projects too.
    """
    on_the_map = projects[projects["verdict"] == Verdict.ON_THE_MAP]
    created = on_the_map.loc[on_the_map["created_at"] != "", "created_at"].str[:7]
    last_year = f"{int(as_of[:4]) - 1:04d}-01"
    fresh = shift_month(as_of, 1 - FRESH_MONTHS)
    rows = [
        ("since-last-year", last_year, int((created >= last_year).sum())),
        ("within-six-months", fresh, int((created >= fresh).sum())),
        ("unknown", "", len(on_the_map) - len(created)),
    ]
    if len(created):
        counts = created.map(_name_quarter).value_counts()
        months = list_months(created.min(), max(as_of, created.max()))
        quarters = dict.fromkeys(_name_quarter(month) for month in months)
        rows += [("quarter", quarter, int(counts.get(quarter, 0))) for quarter in quarters]
    table = pd.DataFrame(rows, columns=["measure", "period", "projects"])
    table["share"] = table["projects"] / (len(created) or float("nan")) * 100
    table.loc[table["measure"] == "unknown", "share"] = float("nan")
    return table.assign(of=len(created))


def _name_quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"
