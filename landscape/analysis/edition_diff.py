"""What changed between two editions (F16): who entered, who left and why, what moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from landscape.analysis.edition_model import Change, Comparison, EditionDiff, Reason, Side
from landscape.analysis.edition_strength import compare_openrank, list_latest_months, rank_edition
from landscape.analysis.identity import Identities, match_projects
from landscape.base.errors import LandscapeError
from landscape.base.months import shift_month
from landscape.metrics.model import Edition

COLUMNS = (
    "project", "change", "name", "repo_before", "repo_after", "renamed", "recreated", "moved",
    "domain_before", "domain_after", "reason", "reason_date", "successor", "other",
    "openrank_mean", "rank_before", "rank_after", "rank_change", "openrank_before",
    "openrank_after", "openrank_change",
)  # fmt: skip
_DATES = {
    Reason.RETIRED: "retired_on",
    Reason.GONE: "gone_since",
    Reason.NOT_COVERED: "absent_since",
}
_ORDER = {change: position for position, change in enumerate(Change)}

Row = Mapping[str, Any]


def compare_editions(before: Edition, after: Edition, contributed: pd.DataFrame) -> EditionDiff:
    """Compare two editions of a landscape.

    ``contributed`` (of ``tabulate_projects``): project, name, retired_on; it names a project that
    neither edition named, and tells of one that was declared over. Raises LandscapeError where the
    later one is not later.
    """
    if (after.as_of, after.name) <= (before.as_of, before.name) and after.name:
        message = f"The edition {after.name} is not later than {before.name}."
        raise LandscapeError(message, f"Compare {after.name} with {before.name}, in this order.")
    identities = match_projects(before.projects, after.projects)
    rows = [*_list_earlier(before, after, identities, contributed)]
    rows += _list_later(before, after, identities)
    table = pd.DataFrame(rows, columns=list(COLUMNS[:15])).astype({"openrank_mean": "float64"})
    ranks = [rank_edition(edition) for edition in (before, after)]
    openrank = compare_openrank(before, after)
    table = _add_strength(table, identities, ranks[0][0], ranks[1][0], openrank)
    table["name"] = _pick_names(table, contributed)
    order = table["change"].map(_ORDER)
    table = table.assign(order=order).sort_values(["order", "project"], ignore_index=True)
    sides = [
        _describe_side(edition, basis, int(rank.notna().sum()))
        for edition, (rank, basis) in zip((before, after), ranks, strict=True)
    ]
    compared = int(table["openrank_change"].notna().sum())
    comparison = _describe_comparison(before, after, compared)
    return EditionDiff(sides[0], sides[1], comparison, table[list(COLUMNS)])


def _list_earlier(
    before: Edition, after: Edition, identities: Identities, contributed: pd.DataFrame
) -> list[dict[str, object]]:
    """List what became of everything on the earlier map."""
    later = _index(after)
    on_later_map = {name for name, row in later.items() if row["on_the_map"]}
    retired = dict(zip(contributed["project"], contributed["retired_on"], strict=True))
    rows = []
    for name, row in _index(before).items():
        if not row["on_the_map"]:
            continue
        to = identities.continued.get(name, "")
        now = later.get(to)
        facts = _join_facts(row, now, before.taxonomy == after.taxonomy)
        facts |= {"project": to or name, "recreated": to in identities.recreated}
        if name in identities.merged:
            facts |= {"project": name, "change": Change.MERGED, "other": to}
            facts |= {"renamed": False, "recreated": False, "moved": False}
        elif to in on_later_map:
            facts |= {"change": Change.STAYED}
        else:
            facts |= {"change": Change.LEFT}
            facts |= _explain_leaving(now, after, retired.get(to or name, ""))
        rows.append(facts)
    return rows


def _list_later(before: Edition, after: Edition, identities: Identities) -> list[dict[str, object]]:
    """List what is on the later map and was not on the earlier one."""
    earlier = _index(before)
    origins = {
        to: name for name, to in identities.continued.items() if name not in identities.merged
    }
    known = set(before.series["project"]) | {
        name for name, row in earlier.items() if pd.notna(row["openrank_mean"])
    }
    start = shift_month(before.as_of, 1)
    rows = []
    for name, row in _index(after).items():
        origin = origins.get(name, "")
        if not row["on_the_map"] or (origin and earlier[origin]["on_the_map"]):
            continue
        facts = _join_facts(earlier.get(origin), row, before.taxonomy == after.taxonomy)
        facts |= {"project": name, "recreated": name in identities.recreated}
        if name in identities.split:
            facts |= {"change": Change.SPLIT_OFF, "other": identities.split[name]}
        elif origin in known or row["created_at"][:7] >= start:
            facts["change"] = Change.ENTERED
        else:
            facts["change"] = Change.NEWLY_COVERED
        rows.append(facts)
    return rows


def _join_facts(row: Row | None, now: Row | None, one_taxonomy: bool) -> dict[str, object]:
    repos = [item["repo"] if item is not None else "" for item in (row, now)]
    domains = [_name_domain(item) if item is not None else "" for item in (row, now)]
    return {
        "name": (now["name"] if now is not None else "")
        or (row["name"] if row is not None else ""),
        "repo_before": repos[0],
        "repo_after": repos[1],
        "renamed": bool(all(repos)) and repos[0].lower() != repos[1].lower(),
        "domain_before": domains[0],
        "domain_after": domains[1],
        "moved": bool(one_taxonomy and all(domains)) and domains[0] != domains[1],
        "openrank_mean": now["openrank_mean"] if now is not None else float("nan"),
        **dict.fromkeys(("reason", "reason_date", "successor", "other"), ""),
    }


def _name_domain(row: Row) -> str:
    return str(row["domain"] or row["labels"])


def _explain_leaving(now: Row | None, after: Edition, retired_on: str) -> dict[str, object]:
    """Say why a project is not on the later map, by what the later edition and its file say."""
    if now is not None and now["verdict"]:
        reason = Reason(now["verdict"])
        date = now[_DATES[reason]] if reason in _DATES else ""
        return {"reason": reason, "reason_date": date, "successor": now["successor"]}
    if retired_on and retired_on[:7] <= after.as_of:
        return {"reason": Reason.RETIRED, "reason_date": retired_on}
    if now is not None:
        return {"reason": Reason.LEFT_OUT}
    if after.kind == "imported":
        return {"reason": Reason.UNKNOWN}
    return {"reason": Reason.REMOVED}


def _add_strength(
    table: pd.DataFrame,
    identities: Identities,
    rank_before: pd.Series,
    rank_after: pd.Series,
    openrank: pd.DataFrame,
) -> pd.DataFrame:
    # A merged project has its own row, under its earlier id.
    origins = {
        to: name for name, to in identities.continued.items() if name not in identities.merged
    }
    earlier = table["project"].map(lambda project: origins.get(project, project))
    is_merged = table["change"] == Change.MERGED
    later = table["project"].where(~is_merged)
    before = pd.Series(rank_before.reindex(earlier).array, index=table.index, dtype="Int64")
    after = pd.Series(rank_after.reindex(later).array, index=table.index, dtype="Int64")
    joined = openrank.reindex(later).set_axis(table.index)
    stayed = table["change"] == Change.STAYED
    return table.assign(
        rank_before=before,
        rank_after=after,
        rank_change=(before - after).where(stayed),
        **{name: joined[name].where(stayed) for name in joined.columns},
    )


def _pick_names(table: pd.DataFrame, contributed: pd.DataFrame) -> pd.Series:
    names = dict(zip(contributed["project"], contributed["name"], strict=True))
    chosen = table["name"].where(table["name"] != "", table["project"].map(names))
    repo = table["repo_after"].where(table["repo_after"] != "", table["repo_before"])
    return chosen.where(chosen.notna() & (chosen != ""), repo)


def _describe_side(edition: Edition, rank_basis: str, ranked: int) -> Side:
    return Side(
        name=edition.name,
        kind=edition.kind,
        as_of=edition.as_of,
        inclusion=edition.inclusion,
        taxonomy=edition.taxonomy,
        on_the_map=int(edition.projects["on_the_map"].sum()),
        listed=len(edition.projects),
        rank_basis=rank_basis,
        ranked=ranked,
    )


def _describe_comparison(before: Edition, after: Edition, compared: int) -> Comparison:
    if before.inclusion is None or after.inclusion is None:
        rule = "unknown"
    else:
        rule = "same" if before.inclusion == after.inclusion else "different"
    periods = (list_latest_months(before.as_of), list_latest_months(after.as_of))
    return Comparison(
        rule=rule,
        lists_only=tuple(e.name for e in (before, after) if e.kind == "imported"),
        one_taxonomy=before.taxonomy == after.taxonomy,
        openrank_months=periods if compared else (),
        openrank_compared=compared,
    )


def _index(edition: Edition) -> dict[str, dict[str, Any]]:
    rows = edition.projects.to_dict("records")
    return {str(row["project"]): {str(key): row[key] for key in row} for row in rows}
