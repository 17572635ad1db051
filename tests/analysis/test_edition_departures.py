"""What is told where later rules decide otherwise than an edition."""

from __future__ import annotations

import math

import pandas as pd

from landscape.analysis.edition_departures import find_departures


def make_table(rows: dict[str, tuple[str, float]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "project": list(rows),
            "verdict": [verdict for verdict, _ in rows.values()],
            "openrank_mean": [mean for _, mean in rows.values()],
        }
    )


def test_the_same_decisions_are_no_departure_whatever_lies_behind_two_decimals() -> None:
    frozen = make_table({"b": ("on the map", 12.34), "a": ("unmeasured", math.nan)})
    decided = make_table({"a": ("unmeasured", math.nan), "b": ("on the map", 12.3401)})
    assert find_departures(frozen, decided).empty


def test_another_verdict_another_mean_and_a_missing_project_are_departures() -> None:
    frozen = make_table(
        {
            "gone": ("below", 1.0),
            "mean": ("below", 2.0),
            "same": ("below", 3.0),
            "known": ("unmeasured", math.nan),
            "verdict": ("on the map", 11.0),
        }
    )
    decided = make_table(
        {
            "known": ("unmeasured", 4.0),
            "mean": ("below", 2.01),
            "same": ("below", 3.0),
            "new": ("below", 5.0),
            "verdict": ("below", 11.0),
        }
    )
    found = find_departures(frozen, decided).set_index("project")
    assert list(found.index) == ["gone", "known", "mean", "new", "verdict"]
    assert found.loc["verdict", "verdict_frozen"] == "on the map"
    assert found.loc["verdict", "verdict_decided"] == "below"
