"""Tracers of the exported tables: landscape.csv and landscape.json."""

from __future__ import annotations

from typing import Any

from tests.traceability.files import Row
from tests.traceability.recount import ON_THE_MAP, Recount

EXACT = (
    "name", "repo", "layer", "domain", "subdomain", "verdict", "reason", "months_known",
    "months_in_window", "change_basis", "rank", "rank_in_domain", "stars", "forks", "language",
    "license", "created_at", "last_commit_at", "archived", "origin",
)  # fmt: skip
ROUNDED = ("openrank_mean", "openrank_latest", "change", "change_percent", "participants")


def trace_csv(rows: list[Row], recount: Recount) -> list[str]:
    """Return what in the rows of landscape.csv is not what the records give."""
    wrong = []
    if [row["project"] for row in rows] != recount.ids:
        wrong.append("the rows are not the projects in order")
    for row in rows:
        expected = expect_row(row["project"], recount)
        if row.keys() != {"project", *EXACT, *ROUNDED}:
            wrong.append(f"columns without a tracer: {row.keys() ^ {'project', *EXACT, *ROUNDED}}")
        wrong += [
            f"{row['project']}.{name}: {row[name]!r}, not {expected[name]!r}"
            for name in EXACT
            if row[name] != expected[name]
        ]
        wrong += [
            f"{row['project']}.{name}: {row[name]!r}, not {expected[name]!r}"
            for name in ROUNDED
            if not is_rounded(row[name], expected[name])
        ]
    return wrong


def is_rounded(cell: str, value: float | None) -> bool:
    if value is None or not cell:
        return value is None and not cell
    digits = len(cell.partition(".")[2])
    return bool(abs(float(cell) - value) <= 0.5 * 10.0**-digits + 1e-6)


def expect_row(project: str, recount: Recount) -> dict[str, Any]:
    """Return a row as the description of the table defines it; rounded columns as numbers."""
    told = recount.records.projects[project]
    judged = recount.judged[project]
    domain = recount.records.domains[told["domain"]]
    place = recount.members[domain.id]
    compared = project in recount.moved
    facts = ("language", "license", "created_at", "last_commit_at", "archived")
    return {
        "name": told["name"],
        "repo": told["repo"],
        "layer": domain.layer,
        "domain": domain.id,
        "subdomain": told.get("subdomain", ""),
        "verdict": judged.verdict,
        "reason": explain(project, recount),
        "openrank_mean": judged.mean,
        "months_known": str(judged.known),
        "months_in_window": str(judged.months),
        "openrank_latest": recount.latest(project),
        "change": recount.change(project),
        "change_percent": recount.percent(project),
        "change_basis": recount.basis_label if compared else "",
        "rank": str(recount.rank.get(project, "")),
        "rank_in_domain": str(place.index(project) + 1) if project in place else "",
        "stars": write(recount.stars(project)),
        "forks": write(recount.forks(project)),
        "participants": recount.participants(project),
        **{name: recount.fact(project, name) for name in facts},
        "origin": told.get("origin", ""),
    }


def write(value: int | None) -> str:
    return "" if value is None else str(value)


def explain(project: str, recount: Recount) -> str:
    """Return the reason of a verdict, in English, as the table words it."""
    judged = recount.judged[project]
    mean = (
        f"mean {judged.mean:,.2f} over {judged.known} of {judged.months} months "
        f"({judged.first} to {judged.last})"
        if judged.mean is not None
        else "no month of the window is known"
    )
    above = f"{recount.above:g}"
    text = {
        "retired": f"retired on {recount.retired_on(project)}",
        "gone": f"the repository is gone since {recount.state(project, 'github', 'gone')}",
        "not covered": f"asked for and absent upstream; never had a value up to {recount.as_of}",
        "too new": f"created on {recount.fact(project, 'created_at')}, and no month published "
        f"since, as of {recount.as_of}",
        "unmeasured": f"no value up to {recount.as_of}, and never found absent",
        "no recent data": f"last value in {judged.last_known}, none in the last three "
        "published months",
        ON_THE_MAP: f"{mean}, above {above}",
        "below": f"{mean}, not above {above}",
    }[judged.verdict]
    if judged.mean is not None and len(judged.vintages) > 1:
        names = ["last refresh" if label == "live" else label for label in judged.vintages]
        text += f"; the mean spans the vintages {' and '.join(names)}"
    if recount.fact(project, "archived") == "true":
        text += "; archived upstream"
    if recount.stale_since(project):
        since, known = recount.stale_since(project), judged.last_known
        text += f"; not to be had since {since}, decided as of {known}"
    return text


def trace_json(told: dict[str, Any], rows: list[Row], recount: Recount) -> list[str]:
    """Return where landscape.json and the table, or the records, are apart."""
    verdicts = [judged.verdict for judged in recount.judged.values()]
    current, earlier = recount.basis if recount.moved else ([], [])
    basis = told["basis"]
    pairs = {
        "as_of": (told["as_of"], recount.as_of),
        "above": (told["rule"]["above"], recount.above),
        "window": (told["window"]["months"], recount.window(recount.as_of)),
        "published": (told["window"]["published"], recount.window_published),
        "current": (basis["current"], current),
        "earlier": (basis["earlier"], earlier),
        "compared": (basis["compared"], len(recount.moved)),
        "total": (basis["total_current"], round(recount.totals[1], 2)),
        "total before": (basis["total_earlier"], round(recount.totals[0], 2)),
        "facts": (told["facts_month"], max(recount.records.counts, default=None)),
        "projects": (told["projects_total"], len(recount.ids)),
        "verdicts": (told["verdicts"], {name: verdicts.count(name) for name in told["verdicts"]}),
        "all verdicts": (sum(told["verdicts"].values()), len(verdicts)),
    }
    wrong = [f"{name}: {one!r}, not {other!r}" for name, (one, other) in pairs.items()
             if one != other]  # fmt: skip
    for row, entry in zip(rows, told["projects"], strict=True):
        wrong += [
            f"{row['project']}.{name}: {entry[name]!r}, but {row[name]!r} in the table"
            for name in row
            if not is_same(row[name], entry[name])
        ]
    return wrong


def is_same(cell: str, value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return cell == {None: "", True: "true", False: "false"}[value]
    return float(cell) == value if isinstance(value, int | float) else cell == value
