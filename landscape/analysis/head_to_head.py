"""Two projects beside each other (F12)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.community import Community
from landscape.analysis.means import MEAN_DECIMALS
from landscape.analysis.model import Landscape
from landscape.base.errors import LandscapeError
from landscape.base.months import count_months
from landscape.metrics.model import ArchiveSpan

QUARTER_MONTHS = 3
DEVELOPING = ("developers", "main_developers")
COUNTED = ("participants", "contributors", "stars", "forks")
TOLD = ("created_at", "language", "license", "origin")
PLACES = "places"
COMMUNITY = (*DEVELOPING, "contributors", PLACES)
"""The rows of who develops: of these it is said where they are missing."""
SHOWN_PLACES = 3


@dataclass(frozen=True)
class HeadToHead:
    """Two projects, metric by metric.

    projects, names: of the first and of the second.
    quarter: the three months that mean and growth are of; empty where no three months in a row
        are known of both in one vintage.
    numbers: metric (``openrank_mean``, ``growth``, ``developers``, ``main_developers``,
        ``participants``, ``contributors``, ``stars``, ``forks``), a, b (float, NaN unknown;
        growth in percent). Metrics of which neither is known are left out.
    facts: metric (``created_at``, ``language``, ``license``, ``origin``, ``places``: where most
        developers come from, with their numbers), a, b (text, empty unknown); likewise.
    series: project, month, openrank, vintage of both, by project and month.
    facts_month: month of the counts of stars and forks; empty where none are known.
    missing: which of ``COMMUNITY`` are known of neither.
    placed: of how many developers of each the place is known.
    span: what the developers were counted from; None where they are not known.
    """

    projects: tuple[str, str]
    names: tuple[str, str]
    quarter: tuple[str, ...]
    numbers: pd.DataFrame
    facts: pd.DataFrame
    series: pd.DataFrame
    facts_month: str
    missing: tuple[str, ...] = ()
    placed: tuple[int, int] = (0, 0)
    span: ArchiveSpan | None = None


def compute_head_to_head(
    landscape: Landscape,
    first: str,
    second: str,
    quarter: Sequence[str] = (),
    communities: Mapping[str, Community] | None = None,
    span: ArchiveSpan | None = None,
) -> HeadToHead:
    """Compare two projects: over the quarter given, or the newest that is known of both.

    communities: who develops each project, where that is known; span: in which months.

    The mean is of the quarter's monthly OpenRank; growth is the mean month-over-month change
    within it (rule 9): of January to March, the mean of February's and March's. Neither is told
    where a month of the quarter is unknown or its vintages differ. Raises LandscapeError for a
    project that the landscape does not have.
    """
    table = landscape.projects.set_index("project")
    for project in (first, second):
        if project not in table.index:
            raise LandscapeError(
                f"There is no project {project!r}.", "Use the name of a file in data/projects."
            )
    pair = (first, second)
    series = landscape.series[landscape.series["project"].isin(pair)].reset_index(drop=True)
    months = tuple(quarter) or _find_quarter(series, pair)
    told = [_compute_growth(series, project, months) for project in pair]
    numbers: list[tuple[str, float, float]] = [
        ("openrank_mean", told[0][0], told[1][0]),
        ("growth", told[0][1], told[1][1]),
    ]
    own = [(communities or {}).get(project) for project in pair]
    for metric in DEVELOPING:
        numbers.append((metric, _count(own[0], metric), _count(own[1], metric)))
    for metric in COUNTED:
        a, b = table.loc[list(pair), metric].astype("float64")
        numbers.append((metric, float(a), float(b)))
    facts = [
        (metric, *(str(fact or "") for fact in table.loc[list(pair), metric])) for metric in TOLD
    ]
    facts.append((PLACES, *(_tell_places(each) for each in own)))
    numbers = [row for row in numbers if row[1] == row[1] or row[2] == row[2]]
    facts = [row for row in facts if row[1] or row[2]]
    told_of = {row[0] for row in (*numbers, *facts)}
    columns = ["metric", "a", "b"]
    return HeadToHead(
        projects=pair,
        names=(str(table.at[first, "name"]), str(table.at[second, "name"])),
        quarter=months,
        numbers=pd.DataFrame(numbers, columns=columns),
        facts=pd.DataFrame(facts, columns=columns),
        series=series,
        facts_month=landscape.facts_month,
        missing=tuple(metric for metric in COMMUNITY if metric not in told_of),
        placed=(_count_placed(own[0]), _count_placed(own[1])),
        span=span if "developers" in told_of else None,
    )


def _count(community: Community | None, metric: str) -> float:
    value = getattr(community, metric) if community is not None else None
    return float("nan") if value is None else float(value)


def _count_placed(community: Community | None) -> int:
    return community.placed if community is not None else 0


def _tell_places(community: Community | None) -> str:
    """Return the places that most come from, ``China 10, France 2``; empty where none is known."""
    places = community.places[:SHOWN_PLACES] if community is not None else ()
    return ", ".join(f"{place} {count}" for place, count in places)


def _find_quarter(series: pd.DataFrame, pair: tuple[str, str]) -> tuple[str, ...]:
    """Return the newest three months in a row that are known of both, each in one vintage."""
    known = [_read_months(series, project) for project in pair]
    shared = sorted(set(known[0]) & set(known[1]), reverse=True)
    for last in range(len(shared) - QUARTER_MONTHS + 1):
        months = tuple(reversed(shared[last : last + QUARTER_MONTHS]))
        in_a_row = count_months(months[0], months[-1]) == QUARTER_MONTHS - 1
        if in_a_row and all(len({own[month][1] for month in months}) == 1 for own in known):
            return months
    return ()


def _read_months(series: pd.DataFrame, project: str) -> dict[str, tuple[float, str]]:
    own = series[(series["project"] == project) & series["openrank"].notna()]
    return {
        month: (float(value), vintage)
        for month, value, vintage in zip(own["month"], own["openrank"], own["vintage"], strict=True)
    }


def _compute_growth(
    series: pd.DataFrame, project: str, months: Sequence[str]
) -> tuple[float, float]:
    """Return mean and growth (percent) over the months; NaN where they cannot be told."""
    known = _read_months(series, project)
    own = [known[month] for month in months if month in known]
    if not own or len(own) < len(months) or len({vintage for _, vintage in own}) > 1:
        return float("nan"), float("nan")
    values = [value for value, _ in own]
    mean = round(sum(values) / len(values), MEAN_DECIMALS)
    if len(values) < 2 or min(values[:-1]) <= 0:
        return mean, float("nan")
    changes = [after / before - 1 for before, after in itertools.pairwise(values)]
    return mean, round(100 * sum(changes) / len(changes), MEAN_DECIMALS)
