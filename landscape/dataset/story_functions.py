"""The functions that a story's text may call: their parameters and what they return.

What they compute is the report's (``landscape.report.stories.values``); a test holds both together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["number", "text", "truth", "figure"]
Takes = Literal["project", "domain", "period", "place", "verdict", "number", "flag", "figure"]


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, what it takes, and whether it may be left out."""

    name: str
    takes: Takes
    is_optional: bool = False


@dataclass(frozen=True)
class Function:
    """One function; ``is_variadic``: the last parameter may be given again and again."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Sort
    is_variadic: bool = False


_PROJECT = Parameter("project", "project")
_DOMAIN = Parameter("domain", "domain")
_PERIOD = Parameter("period", "period")
_MAYBE_PERIOD = Parameter("period", "period", is_optional=True)
_SPANNING = Parameter("across_vintages", "flag", is_optional=True)
_A, _B = Parameter("a", "number"), Parameter("b", "number")


def _list_functions() -> tuple[Function, ...]:
    of_project: dict[str, Sort] = {
        "change": "number", "share": "number", "share_change": "number", "rank": "number",
        "rank_in_domain": "number", "stars": "number", "forks": "number",
        "participants": "number", "verdict": "text", "name": "text", "created": "text",
        "last_month": "text", "last_commit": "text",
    }  # fmt: skip
    of_domain: dict[str, Sort] = {
        "domain_openrank": "number", "domain_share": "number", "domain_growth": "number",
    }  # fmt: skip
    plain: dict[str, Sort] = {
        "total_change": "number", "compared": "number", "buried": "number", "as_of": "text",
        "window_first": "text", "basis_current": "text", "basis_earlier": "text",
    }  # fmt: skip
    place = Parameter("place", "place", is_optional=True)
    return (
        Function("openrank", (_PROJECT, _MAYBE_PERIOD, _SPANNING), "number"),
        Function("openrank_sum", (_PROJECT, _PERIOD, _SPANNING), "number"),
        Function("peak", (_PROJECT, _MAYBE_PERIOD, _SPANNING), "number"),
        Function("peak_month", (_PROJECT, _MAYBE_PERIOD, _SPANNING), "text"),
        Function("monthly_growth", (_PROJECT, _PERIOD), "number"),
        *(Function(name, (_PROJECT,), sort) for name, sort in of_project.items()),
        *(Function(name, (_DOMAIN,), sort) for name, sort in of_domain.items()),
        *(Function(name, (), sort) for name, sort in plain.items()),
        Function(
            "count",
            (
                Parameter("domain", "domain", is_optional=True),
                Parameter("verdict", "verdict", is_optional=True),
            ),
            "number",
        ),
        Function("leader", (_DOMAIN, place), "text"),
        Function("common_developers", (_PROJECT, Parameter("other", "project")), "number"),
        Function("sum", (_A,), "number", is_variadic=True),
        Function("ratio", (_A, _B), "number"),
        Function("percent", (_A, _B), "number"),
        Function("figure", (Parameter("name", "figure"),), "figure"),
    )


FUNCTIONS: dict[str, Function] = {function.name: function for function in _list_functions()}
FILTERS: dict[str, bool] = {"round": True, "abs": False}
"""The filters, and whether they take a number of decimals."""

VERDICTS = (
    "any", "retired", "gone", "unmeasured", "not covered", "too new", "no recent data",
    "on the map", "below",
)  # fmt: skip
