"""What a refresh changed, as plain text: the first line is a commit's subject, the rest its body.

In English, for maintainers; pages do not show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from landscape.analysis.difference import Difference
from landscape.analysis.intake_corrections import LAPSED
from landscape.analysis.model import Verdict
from landscape.metrics.model import LIVE
from landscape.report.entries import Entry, list_entries
from landscape.report.reasons import explain_entry, name_verdict
from landscape.report.wording import load_wording

SHOWN = 20
"""Lines of one group, where no other limit is asked for."""
NAMES_A_LINE = 8
REVISED_MONTHS = 3
_STATE_TITLES = {
    "recovered": "recovered",
    "absent": "not covered: asked for, and never had a value",
    "gone": "gone: the repository is found neither by its name nor by its id",
    "private": "private: only this token still sees the repository",
    "unavailable": "unavailable from now on; stored values stay",
    "still unavailable": "still unavailable",
}


@dataclass(frozen=True)
class Group:
    """One kind of change: its title, of how many things it tells, and their lines."""

    title: str
    size: int
    lines: list[str]


def render_difference(
    difference: Difference, refused_renames: Mapping[str, str], shown: int = SHOWN
) -> str:
    """Return the text; groups without anything in them are left out.

    ``refused_renames``: project to the reason why its file was not edited. ``shown``: at most so
    many lines of a group, and a word on how many there are more.
    """
    lines = [render_subject(difference)]
    for group in _list_groups(difference, refused_renames):
        if group.size:
            lines += ["", f"{group.title} ({group.size})"]
            lines += [f"  {line}" for line in group.lines[:shown]]
            if len(group.lines) > shown:
                lines.append(f"  … and {len(group.lines) - shown} lines more")
    if difference.counted:
        lines += ["", f"stars, forks and watchers: {difference.counted} repositories counted"]
    if difference.years:
        lines += ["", f"technology domains: {difference.years} yearly figures"]
    return "\n".join(lines) + "\n"


def _list_groups(difference: Difference, refused: Mapping[str, str]) -> list[Group]:
    reasons = _explain_verdicts(difference)
    left = [f"{project}: {reasons.get(project, '')}" for project in difference.left["project"]]
    is_live = difference.revised["vintage"] == LIVE
    return [
        _list_entered(difference, "entered", reasons),
        _list_entered(difference, "newly covered", reasons),
        Group("left the map", len(left), left),
        _list_moved(difference),
        _list_months(difference),
        _list_revised("revised upstream", difference.revised[is_live]),
        _list_revised("published values replaced by live ones", difference.revised[~is_live]),
        _list_renames(difference, refused),
        _list_replaced(difference),
        _list_archived(difference, "archived upstream", archived=True),
        _list_archived(difference, "no longer archived", archived=False),
        *(_list_states(difference, change) for change in _STATE_TITLES),
        _list_corrections(difference),
        _list_facts(difference),
    ]


def render_subject(difference: Difference) -> str:
    """Return the first line: the month, and how much changed."""
    is_live = difference.revised["vintage"] == LIVE
    revised = difference.revised.loc[is_live, "project"].nunique()
    counts = [
        (len(difference.entered), "on the map anew"),
        (len(difference.left), "left it"),
        (revised, "revised upstream"),
        (len(difference.intake.renames), "renamed"),
        (int((difference.states["change"] == "unavailable").sum()), "unavailable"),
    ]
    news = ", ".join(f"{count} {what}" for count, what in counts if count)
    if not news:
        has_values = len(difference.months) or len(difference.revised) or difference.counted
        news = "new values" if has_values else "nothing new"
    as_of = f"data as of {difference.after.window.as_of}" if difference.after else "no data yet"
    return f"Refresh: {as_of}; {news}"


def _explain_verdicts(difference: Difference) -> dict[str, str]:
    landscape = difference.after
    if landscape is None:
        return {}
    wording = load_wording("en")
    wanted = {*difference.entered["project"], *difference.left["project"]}

    def explain(entry: Entry) -> str:
        verdict = name_verdict(entry.verdict, wording)
        return f"{verdict}: {explain_entry(entry, landscape.window, wording)}"

    return {e.project: explain(e) for e in list_entries(landscape) if e.project in wanted}


def _list_entered(difference: Difference, entry: str, reasons: Mapping[str, str]) -> Group:
    projects = difference.entered.loc[difference.entered["entry"] == entry, "project"]
    title = entry if entry == "entered" else f"{entry}: first values came into view"
    lines = [f"{project}: {reasons.get(project, '')}" for project in projects]
    return Group(title, len(lines), lines)


def _list_moved(difference: Difference) -> Group:
    """List the other changes of verdicts; projects of the same change share lines."""
    wording = load_wording("en")
    lines = []
    for (before, after), part in difference.moved.groupby(["before", "after"], sort=True):
        was, now = (name_verdict(Verdict(str(item)), wording) for item in (before, after))
        names = f"{was} -> {now}"
        lines += _split_names(f"{names}: ", list(part["project"]), "")
    return Group("another verdict", len(difference.moved), lines)


def _list_months(difference: Difference) -> Group:
    """List the new months; values of earlier months are summed up by metric."""
    table = difference.months
    published = set(difference.after.published) if difference.after else set()
    lines = []
    for row in _list_rows(table[table["is_new"].astype(bool)]):
        note = "published" if row.month in published else "not published yet"
        lines.append(f"{row.month} {row.metric}: {row.projects} projects, {note}")
    earlier = table[~table["is_new"].astype(bool)]
    for metric, part in earlier.groupby("metric", sort=False):
        first, last = part["month"].min(), part["month"].max()
        count = int(part["projects"].sum())
        lines.append(f"{first} to {last} {metric}: {count} values that were unknown")
    return Group("new values", int(table["projects"].sum()), lines)


def _list_revised(title: str, table: pd.DataFrame) -> Group:
    """List the totals of the newest months, then a line a project, the largest change first."""
    lines = []
    for metric, part in table.groupby("metric", sort=False):
        for month in sorted(set(part["month"]), reverse=True)[:REVISED_MONTHS]:
            rows = part[part["month"] == month]
            step = _format_step(rows["before"].sum(), rows["after"].sum())
            lines.append(f"{month} {metric}: total of {len(rows)} projects {step}")
    projects: list[tuple[float, str]] = []
    for (name, project), part in table.groupby(["metric", "project"], sort=False):
        newest = part.sort_values("month").iloc[-1]
        step = _format_step(newest["before"], newest["after"])
        size = float((part["after"].fillna(0) - part["before"]).abs().sum())
        lost = int(part["after"].isna().sum())
        more = f", {len(part)} months from {part['month'].min()}" if len(part) > 1 else ""
        gone = f", {lost} given no longer" if lost else ""
        projects.append((-size, f"{project} {newest['month']} {name}: {step}{more}{gone}"))
    return Group(title, len(table), [*lines, *(line for _, line in sorted(projects))])


def _format_step(before: Any, after: Any) -> str:
    if pd.isna(after):
        return f"{_show(before)} -> unknown"
    percent = f" ({(after - before) / before:+.1%})" if before else ""
    return f"{_show(before)} -> {_show(after)}{percent}"


def _list_renames(difference: Difference, refused: Mapping[str, str]) -> Group:
    lines = []
    for row in _list_rows(difference.intake.renames):
        notes = ["the old name belongs to another repository now"] if row.is_name_taken else []
        if row.project in refused:
            notes.append(f"its file was not edited: {refused[row.project]}")
        lines.append("; ".join([f"{row.project}: {row.old_name} -> {row.new_name}", *notes]))
    return Group("renamed", len(lines), lines)


def _list_replaced(difference: Difference) -> Group:
    lines = [
        f"{row.project}: {row.old_name} (id {row.old_id}) -> {row.new_name} (id {row.new_id})"
        for row in _list_rows(difference.intake.replaced)
    ]
    return Group("another repository than before, as its file says", len(lines), lines)


def _list_archived(difference: Difference, title: str, *, archived: bool) -> Group:
    table = difference.archived
    names = list(table.loc[table["archived"].astype(bool) == archived, "project"])
    return Group(title, len(names), _split_names("", names, ""))


def _list_states(difference: Difference, change: str) -> Group:
    """List the projects of one change, by source and cause: an outage has many and one cause."""
    rows = difference.states[difference.states["change"] == change]
    lines = []
    for (source, since, detail), part in rows.groupby(["source", "since", "detail"], sort=True):
        when = f" since {since}" if since and change.startswith("still") else ""
        why = f" ({detail})" if detail else ""
        lines += _split_names(f"{source}{when}: ", list(part["project"]), why)
    return Group(_STATE_TITLES[change], len(rows), lines)


def _split_names(prefix: str, names: list[str], suffix: str) -> list[str]:
    return [
        f"{prefix}{', '.join(names[start : start + NAMES_A_LINE])}{suffix}"
        for start in range(0, len(names), NAMES_A_LINE)
    ]


def _list_corrections(difference: Difference) -> Group:
    table = difference.intake.corrections
    lines = [
        f"data/corrections.yaml, number {row.number + 1}: upstream says {_show(row.found)} now"
        for row in _list_rows(table[table["status"] == LAPSED])
    ]
    return Group("corrections that have lapsed: remove or renew them", len(lines), lines)


def _list_facts(difference: Difference) -> Group:
    lines = [
        f"{row.project} {row.field}: {row.before} -> {row.after}"
        for row in _list_rows(difference.facts)
    ]
    return Group("other facts", len(lines), lines)


def _list_rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def _show(value: float) -> str:
    """Return a value as the store has it, without needless decimals."""
    return "nothing" if pd.isna(value) else f"{value:.2f}".rstrip("0").rstrip(".")
