"""An evaluator of our own for what stories ask: the functions of docs/stories.md, by recount."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from statistics import fmean
from typing import Any

from tests.traceability.records import Series, list_months
from tests.traceability.recount import ON_THE_MAP, Recount


class MissingError(Exception):
    """A value does not exist: what needs it is left out."""


class Number(float):
    """A number with how it is printed; arithmetic makes a plain one of it."""

    signed = False
    percent = False

    @classmethod
    def of(cls, value: float | None, *, signed: bool = False, percent: bool = False) -> Number:
        if value is None:
            raise MissingError
        number = cls(value)
        number.signed, number.percent = signed, percent
        return number


class Link(str):
    """A project's name, printed as a link to its page."""

    project = ""


class StoryValues:
    """What each function of a story returns."""

    def __init__(self, recount: Recount, language: str) -> None:
        self.recount = recount
        self.language = language
        self.notes: list[tuple[str, list[Any]]] = []
        """The project and the numbers of each footnote, in the order in which they come up."""

    @cached_property
    def functions(self) -> dict[str, Callable[..., Any]]:
        names = [name for name in dir(self) if name.startswith("tell_")]
        return {name.removeprefix("tell_"): getattr(self, name) for name in names}

    def evaluate(self, expression: str) -> Any:
        """Evaluate an expression with its filters; an unknown function is a ValueError."""
        body, *filters = expression.split("|")
        tree = ast.parse(body.strip(), mode="eval")
        called = {node.func.id for node in ast.walk(tree)
                  if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
        if called - self.functions.keys():
            raise ValueError(f"no recount of the function {sorted(called - self.functions.keys())}")
        value = eval(compile(tree, "story", "eval"), {"__builtins__": {}}, self.functions)
        if "abs" in {name.strip() for name in filters}:
            return Number.of(abs(value), percent=getattr(value, "percent", False))
        return value

    # A period of one project

    def take(self, project: str, period: str | int, across_vintages: bool = False) -> Series:
        series = self.recount.series(project)
        months = list_period(str(period)) if period else sorted(series)
        if not months or not all(m in series for m in months):
            raise MissingError
        labels = {self.recount.records.vintages[project][m] for m in months}
        if len(labels) > 1:
            if not across_vintages:
                raise MissingError
            self.notes.append((project, [months[0], months[-1], *sorted(labels)]))
        return {m: series[m] for m in months}

    def tell_openrank(
        self, project: str, period: str | int = "", across_vintages: bool = False
    ) -> Number:
        if period:
            return Number.of(fmean(self.take(project, period, across_vintages).values()))
        judged = self.recount.judged[project]
        if judged.mean is not None:
            self._note_window(project)
        return Number.of(judged.mean)

    def _note_window(self, project: str) -> None:
        judged = self.recount.judged[project]
        if len(judged.vintages) > 1:
            self.notes.append((project, [judged.first, judged.last, *judged.vintages]))
        if 0 < judged.known < len(self.recount.window_published):
            counts = [judged.known, judged.months]
            self.notes.append((project, counts[::-1] if self.language == "zh" else counts))

    def tell_openrank_sum(
        self, project: str, period: str | int, across_vintages: bool = False
    ) -> Number:
        return Number.of(sum(self.take(project, period, across_vintages).values()))

    def tell_peak(
        self, project: str, period: str | int = "", across_vintages: bool = False
    ) -> Number:
        return Number.of(max(self.take(project, period, across_vintages).values()))

    def tell_peak_month(
        self, project: str, period: str | int = "", across_vintages: bool = False
    ) -> str:
        taken = self.take(project, period, across_vintages)
        return max(sorted(taken), key=lambda m: taken[m])

    def tell_monthly_growth(self, project: str, period: str | int) -> Number:
        values = list(self.take(project, period).values())
        steps = [100 * (after / before - 1) for before, after in pairwise(values)]
        return Number.of(fmean(steps) if steps else None, signed=True, percent=True)

    # A project

    def tell_change(self, project: str) -> Number:
        return Number.of(self.recount.percent(project), signed=True, percent=True)

    def tell_share(self, project: str) -> Number:
        pair = self.recount.moved.get(project)
        value = None if pair is None else 100 * pair[1] / self.recount.totals[1]
        return Number.of(value, percent=True)

    def tell_share_change(self, project: str) -> Number:
        if project not in self.recount.moved:
            raise MissingError
        return Number.of(self.recount.share_change(project), signed=True)

    def tell_rank(self, project: str) -> Number:
        return Number.of(self.recount.rank.get(project))

    def tell_rank_in_domain(self, project: str) -> Number:
        members = self.recount.members[self.recount.domain(project)]
        return Number.of(members.index(project) + 1 if project in members else None)

    def tell_stars(self, project: str) -> Number:
        return Number.of(self.recount.stars(project))

    def tell_forks(self, project: str) -> Number:
        return Number.of(self.recount.forks(project))

    def tell_participants(self, project: str) -> Number:
        return Number.of(self.recount.participants(project))

    def tell_verdict(self, project: str) -> str:
        return self.recount.judged[project].verdict

    def tell_name(self, project: str) -> Link:
        link = Link(self.recount.records.projects[project]["name"])
        link.project = project
        return link

    def tell_created(self, project: str) -> str:
        return need(self.recount.fact(project, "created_at")[:7])

    def tell_last_month(self, project: str) -> str:
        return need(self.recount.judged[project].last_known)

    def tell_last_commit(self, project: str) -> str:
        return need(self.recount.fact(project, "last_commit_at")[:7])

    def tell_common_developers(self, project: str, other: str) -> Number:
        return Number.of(self.recount.records.pairs.get(frozenset((project, other))))

    # Domains and the whole

    def tell_count(self, domain: str = "", verdict: str = ON_THE_MAP) -> Number:
        return Number.of(
            sum(
                (not domain or self.recount.domain(p) == domain)
                and verdict in ("any", judged.verdict)
                for p, judged in self.recount.judged.items()
            )
        )

    def tell_domain_openrank(self, domain: str) -> Number:
        return Number.of(self.recount.mean_sum(self.recount.members[domain]))

    def tell_domain_share(self, domain: str) -> Number:
        whole = self.recount.mean_sum(self.recount.ranked)
        return Number.of(100 * float(self.tell_domain_openrank(domain)) / whole, percent=True)

    def tell_domain_growth(self, domain: str) -> Number:
        found = self.recount.growth.get(domain)
        return Number.of(found and found[0], signed=True, percent=True)

    def tell_leader(self, domain: str, place: int = 1) -> Link:
        members = self.recount.members[domain]
        if place > len(members):
            raise MissingError
        return self.tell_name(members[place - 1])

    def tell_total_change(self) -> Number:
        if not self.recount.moved:
            raise MissingError
        return Number.of(self.recount.total_percent(), signed=True, percent=True)

    def tell_compared(self) -> Number:
        return Number.of(len(self.recount.moved))

    def tell_buried(self) -> Number:
        return Number.of(len(self.recount.buried))

    def tell_as_of(self) -> str:
        return self.recount.as_of

    def tell_window_first(self) -> str:
        return self.recount.window(self.recount.as_of)[0]

    def tell_basis_current(self) -> str:
        return " – ".join(self.recount.periods[:2])

    def tell_basis_earlier(self) -> str:
        return " – ".join(self.recount.periods[2:])

    # Arithmetic

    def tell_sum(self, *values: float) -> Number:
        shares = all(getattr(value, "percent", False) for value in values)
        return Number.of(sum(map(float, values)), percent=shares)

    def tell_ratio(self, a: float, b: float) -> Number:
        return Number.of(float(a) / float(b) if b else None)

    def tell_percent(self, a: float, b: float) -> Number:
        return Number.of(100 * (float(a) / float(b) - 1) if b else None, signed=True, percent=True)


def need(text: str) -> str:
    if not text:
        raise MissingError
    return text


def list_period(period: str) -> list[str]:
    if ".." in period:
        first, last = period.split("..")
        return list_months(first, last)
    if "Q" in period:
        year, quarter = period.split("-Q")
        return [f"{year}-{3 * int(quarter) + step:02d}" for step in (-2, -1, 0)]
    return list_months(f"{period}-01", f"{period}-12") if len(period) == 4 else [period]
