"""What discovery counted from an archive of events: windows, developers, stars, and hours seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.traceability.files import Row, read_csv

COUNTED = "live"
"""The vintage of what was counted; a publication has a name of its own."""
EVERYBODY = "*"
LEAST_SHARE = 0.9


@dataclass(frozen=True)
class Span:
    """The months that a table counts, and of how many of their hours."""

    first: str
    last: str
    hours: int
    total: int

    @property
    def share(self) -> float:
        return self.hours / self.total if self.total else 0.0

    @property
    def months(self) -> list[str]:
        return [*dict.fromkeys((self.first, self.last))]


@dataclass(frozen=True)
class Counted:
    """The tables of discovery; of pairs and people the one window that is shown."""

    least: float
    spans: Mapping[tuple[str, str], Span]
    windows: Mapping[str, str]
    pairs: list[Row]
    people: list[Row]
    stars: Mapping[str, list[Row]]
    """Rows of each month, in the order of their place among all repositories."""

    def find_span(self, table: str) -> Span | None:
        return self.spans.get((table, self.windows[table]))

    def is_sampled(self, month: str) -> bool:
        """Whether too few of a month's hours were seen for its stars to stand in a line."""
        span = self.spans.get(("trending", month))
        return span is not None and span.share < self.least


def read_counted(root: Path, settings: Mapping[str, Any]) -> Counted:
    """Read the tables below a landscape's root; those that are not there are empty."""
    folder = root / "data" / "metrics"
    least = float(settings.get("discovery", {}).get("coverage_share", LEAST_SHARE))
    spans = {
        (row["table"], row["window"]): Span(
            row["first"], row["window"], int(row["hours"]), int(row["hours_total"])
        )
        for row in read_csv(folder / "archive.csv")
    }
    windows, rows = {}, {}
    for table in ("collaboration", "community"):
        listed = sorted(path.stem for path in (folder / table).glob("*.csv"))
        whole = [w for w in listed if (table, w) not in spans or spans[table, w].share >= least]
        windows[table] = max(whole, default="")
        rows[table] = read_csv(folder / table / f"{windows[table]}.csv")
    stars = {
        path.stem: [r for r in read_csv(path) if r["stars"] and r["place"]]
        for path in sorted((folder / "trending").glob("*.csv"))
    }
    for month in stars:
        stars[month].sort(key=lambda row: int(row["place"]))
    known = {month: own for month, own in stars.items() if own}
    return Counted(least, spans, windows, rows["collaboration"], rows["community"], known)


@dataclass(frozen=True)
class People:
    """Who develops a project."""

    developers: int
    main: int | None
    places: list[tuple[str, int]]
    """Where they come from, the most first, equal ones by name."""
    rows: list[Row]

    @property
    def placed(self) -> int:
        return sum(number for _, number in self.places)


def find_people(project: str, counted: Counted) -> People | None:
    rows = [row for row in counted.people if row["project"] == project]
    known = {row["place"]: row for row in rows if row["developers"]}
    if EVERYBODY not in known:
        return None
    whole = known.pop(EVERYBODY)
    places = [(place, int(row["developers"])) for place, row in known.items()]
    main = whole.get("main_developers")
    return People(
        developers=int(whole["developers"]),
        main=int(main) if main else None,
        places=sorted(places, key=lambda item: (-item[1], item[0])),
        rows=rows,
    )


def own_stars(
    month: str, counted: Counted, projects: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Row], list[Row]]:
    """Return the rows of a month that are a project's, by project, and those of nobody."""
    names = {
        repo.lower(): project
        for field in ("former_repos", "repo")
        for project, told in projects.items()
        for repo in ([told[field]] if field == "repo" else told.get(field, []))
    }
    ours: dict[str, Row] = {}
    others = []
    for row in counted.stars.get(month, []):
        # What was counted as a project that is none any more is found by its name, if at all.
        stored = row["project"] if row["project"] in projects else ""
        project = stored or names.get(row["repo"].lower(), "")
        if project:
            ours.setdefault(project, row)
        else:
            others.append(row)
    return ours, others
