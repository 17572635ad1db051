"""Monthly OpenRank for stories: of whole periods, in one vintage unless said otherwise."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.base.months import list_months
from landscape.base.periods import list_months_of
from landscape.report.stories.quantities import MissingValueError

SPAN = ".."
_SHOWN_MONTHS = 3
_MEAN_DECIMALS = 6


@dataclass(frozen=True)
class Stretch:
    """The values of one project over some months, all known, and the vintages they come from."""

    project: str
    period: str
    months: tuple[str, ...]
    values: tuple[float, ...]
    vintages: tuple[str, ...]

    @property
    def total(self) -> float:
        """The sum; hundredths are whole numbers, so the order of adding does not matter."""
        return sum(round(value * 100) for value in self.values) / 100

    @property
    def mean(self) -> float:
        """The mean of the months, rounded as the rules round theirs."""
        return round(self.total / len(self.values), _MEAN_DECIMALS)

    @property
    def peak(self) -> tuple[float, str]:
        """The largest value and its month, the first of equals."""
        return max(
            zip(self.values, self.months, strict=True), key=lambda pair: (pair[0], _turn(pair[1]))
        )

    @property
    def growth(self) -> float:
        """The mean month-over-month change in percent."""
        if len(self.values) < 2 or min(self.values[:-1]) <= 0:
            raise MissingValueError(f"{self.project} has no growth within {self.period}")
        changes = [after / before - 1 for before, after in itertools.pairwise(self.values)]
        return round(100 * sum(changes) / len(changes), _MEAN_DECIMALS)


def _turn(month: str) -> int:
    return -int(month.replace("-", ""))


@dataclass(frozen=True)
class History:
    """Known values by project and month: value and vintage."""

    values: dict[str, dict[str, tuple[float, str]]]

    def take(self, project: str, period: str, *, across_vintages: bool = False) -> Stretch:
        """Return the project's values over the period; over all known months where it is empty.

        Raises MissingValueError where a month is not known, or where vintages meet.
        """
        known = self.values.get(project, {})
        months = list_period_months(period) if period else tuple(sorted(known))
        missing = [month for month in months if month not in known]
        if missing or not months:
            shown = ", ".join(missing[:_SHOWN_MONTHS]) or "any month"
            more = " and later" if len(missing) > _SHOWN_MONTHS else ""
            raise MissingValueError(f"the OpenRank of {project} is not known in {shown}{more}")
        vintages = tuple(sorted({known[month][1] for month in months}))
        if len(vintages) > 1 and not across_vintages:
            raise MissingValueError(
                f"the OpenRank of {project} over {period or 'all months'} spans the vintages "
                f"{' and '.join(vintages)}; where that is meant, write across_vintages=True"
            )
        values = tuple(known[month][0] for month in months)
        return Stretch(
            project, period or f"{months[0]}{SPAN}{months[-1]}", months, values, vintages
        )


def list_period_months(period: str) -> tuple[str, ...]:
    """Return the months of a month, quarter, year or span of months."""
    if SPAN in period:
        first, last = period.split(SPAN)
        return list_months(first, last)
    return list_months_of(period)


def collect_history(series: pd.DataFrame) -> History:
    """Return the known values of the landscape's series (project, month, openrank, vintage)."""
    values: dict[str, dict[str, tuple[float, str]]] = {}
    columns: Sequence[list[object]] = [
        series[name].tolist() for name in ("project", "month", "openrank", "vintage")
    ]
    for project, month, value, vintage in zip(*columns, strict=True):
        values.setdefault(str(project), {})[str(month)] = (float(str(value)), str(vintage))
    return History(values)
