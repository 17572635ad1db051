"""F17 in words: how long projects stayed, a row a group, also for groups without a curve."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from landscape.analysis.survival_cohorts import LEAST_FOLLOWED, LEAST_SHOWN, Survival
from landscape.base.languages import Messages
from landscape.report.editions.changes import Cell, Section
from landscape.report.numbers import format_plain, format_share


def explain_survival(survival: Survival, messages: Messages) -> str:
    """Return what survival means here, in one paragraph."""
    return messages("survival.intro", above=format_plain(survival.above))


def tabulate_survival(
    survival: Survival, kind: str, messages: Messages, names: Mapping[str, str] | None = None
) -> Section:
    """Return the groups of one kind (``edition``, ``created`` or ``domain``), a row each.

    ``names``: domain to its name. Where too few are followed, the last cell says so.
    """
    groups = survival.cohorts[survival.cohorts["kind"] == kind]
    header = tuple(
        messages(f"survival.column.{name}")
        for name in ("group", "projects", "followed", "ended", "survival")
    )
    rows = tuple(
        (
            Cell(_name_group(kind, str(row["cohort"]), messages, names or {})),
            Cell(str(row["projects"])),
            Cell(str(row["followed"])),
            Cell(str(row["ended"])),
            Cell(_state_result(survival, kind, row, messages)),
        )
        for row in groups.to_dict("records")
    )
    return Section("", header, rows)


def _name_group(kind: str, cohort: str, messages: Messages, names: Mapping[str, str]) -> str:
    if kind == "domain":
        return names.get(cohort, cohort)
    return messages(f"survival.{kind}", name=cohort.replace("-H", " H"))


def _state_result(
    survival: Survival, kind: str, row: Mapping[object, object], messages: Messages
) -> str:
    """Return the share after the last month that at least five reach, with its band."""
    if not row["has_curve"]:
        if row["at_risk"] and not row["followed"]:
            return messages("survival.too_early")
        return messages("survival.too_few", at_risk=row["followed"], least=LEAST_FOLLOWED)
    curves = survival.curves
    curve = curves[(curves["kind"] == kind) & (curves["cohort"] == row["cohort"])]
    last = curve[curve["at_risk"] >= LEAST_SHOWN].iloc[-1]
    if pd.isna(last["low"]):
        return messages("survival.result.all", at_risk=row["followed"], months=int(last["month"]))
    return messages(
        "survival.result",
        share=format_share(float(last["survival"])),
        months=int(last["month"]),
        low=format_share(float(last["low"])),
        high=format_share(float(last["high"])),
    )
