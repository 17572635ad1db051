"""Declared overrides of values that are known to be wrong upstream, while upstream gives them."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.intake_model import GITHUB_SOURCE, OK, OPENDIGGER_SOURCE
from landscape.analysis.intake_series import DECIMALS

APPLIED = "applied"
LAPSED = "lapsed"
NOT_ASKED = "not asked"
COUNTS = ("stars", "forks", "watchers")

_KEY = ["project", "metric", "month"]


def correct_values(
    values: pd.DataFrame, files: pd.DataFrame, corrections: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the values as corrected, and what became of each correction of this source.

    In: ``values`` (project, metric, month, value) of ``files`` (project, metric) that were read;
    ``corrections`` of ``tabulate_corrections``. A correction applies where upstream gives just the
    value that it expects (none, where it expects none), and has lapsed where it gives another.
    Out: values; number, status, found, ordered by number.
    """
    own = corrections[corrections["source"] == OPENDIGGER_SOURCE]
    if not len(own):
        return values, pd.DataFrame({"number": [], "status": [], "found": []})
    judged = own.merge(files.assign(is_read=True), on=["project", "metric"], how="left")
    judged = judged.merge(
        values.rename(columns={"value": "found"}), on=_KEY, how="left", validate="m:1"
    )
    outcome = _judge(judged, judged["is_read"].notna())
    applied = judged[(outcome["status"] == APPLIED).to_numpy()].drop_duplicates(_KEY)
    if not len(applied):
        return values, outcome
    is_overridden = pd.MultiIndex.from_frame(values[_KEY]).isin(
        pd.MultiIndex.from_frame(applied[_KEY])
    )
    new = applied.loc[applied["value"].notna(), [*_KEY, "value"]]
    return pd.concat([values[~is_overridden], new], ignore_index=True), outcome


def correct_counts(
    counts: pd.DataFrame, corrections: pd.DataFrame, month: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return this month's counts as corrected, and what became of GitHub's corrections.

    In: ``counts``: project, outcome, stars, forks, watchers (Int64); only ok ones are judged. A
    correction of another month is never asked again. Out: counts; number, status, found.
    """
    own = corrections[corrections["source"] == GITHUB_SOURCE]
    long = counts[counts["outcome"] == OK].melt("project", list(COUNTS), "metric", "found")
    judged = own.merge(long.assign(month=month, is_read=True), on=_KEY, how="left", validate="m:1")
    judged["found"] = judged["found"].astype("float64")
    outcome = _judge(judged, judged["is_read"].notna())
    new = counts.copy()
    applied = judged[(outcome["status"] == APPLIED).to_numpy()]
    for project, metric, value in zip(
        applied["project"], applied["metric"], applied["value"], strict=True
    ):
        new.loc[new["project"] == project, metric] = pd.NA if pd.isna(value) else round(value)
    return new, outcome


def _judge(judged: pd.DataFrame, is_read: pd.Series) -> pd.DataFrame:
    found = judged["found"].round(DECIMALS)
    expected = judged["expected"].round(DECIMALS)
    is_as_expected = (found == expected) | (found.isna() & expected.isna())
    status = is_as_expected.map({True: APPLIED, False: LAPSED}).astype("object")
    status = status.where(is_read.to_numpy(), NOT_ASKED)
    table = pd.DataFrame({"number": judged["number"], "status": status, "found": judged["found"]})
    return table.reset_index(drop=True)
