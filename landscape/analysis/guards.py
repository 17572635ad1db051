"""What must not be published without a human (rule 10).

Reading the published table and saying what to do is the callers' business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from landscape.analysis.limits import count_allowed
from landscape.analysis.model import Landscape, Verdict
from landscape.dataset.model import Guards, Inclusion

FIRST_MONTHS = 3
"""Up to March a year-to-date mean rests on few months, and strong months of the year before have
just left it: many projects drop at once although nothing is lost."""


@dataclass(frozen=True)
class Refusal:
    """A guard that refuses, with its arithmetic.

    guard: ``unavailable``, ``shrink`` or ``backward`` (the newest published month lies before
    the one that stands published: values that were there are gone, and whoever they would have
    shown to leave cannot be seen leaving). projects: the ids that count, sorted (for ``backward``
    none: it is the month that counts); total: what they are a share of; allowed: how many would
    have passed.
    """

    guard: Literal["unavailable", "shrink", "backward"]
    projects: tuple[str, ...]
    total: int
    allowed: int


def check_guards(
    landscape: Landscape,
    guards: Guards,
    published: pd.DataFrame | None,
    published_inclusion: Inclusion | None = None,
    published_as_of: str = "",
) -> tuple[Refusal, ...]:
    """Return the guards that refuse to publish the landscape; empty where all pass.

    ``published`` is the table that stands published: project, verdict, openrank_latest (number or
    its text); None or without rows where nothing is published. ``published_inclusion`` is the rule
    that it was made with; None where that is not known, which counts as the same rule.
    ``published_as_of`` is its month; empty where that is not known.
    """
    refusals = [
        _check_unavailable(landscape.projects, guards),
        _check_shrink(landscape, guards, published, published_inclusion),
        _check_backward(landscape, published_as_of),
    ]
    return tuple(refusal for refusal in refusals if refusal is not None)


def _check_unavailable(projects: pd.DataFrame, guards: Guards) -> Refusal | None:
    # Whoever is over answers no more, for ever: that is no outage.
    is_over = projects["verdict"].isin([Verdict.RETIRED, Verdict.GONE])
    with_values = projects[(projects["last_known_month"] != "") & ~is_over]
    unavailable = with_values.loc[with_values["stale_since"] != "", "project"]
    allowed = count_allowed(guards.unavailable_share, len(with_values))
    if len(unavailable) <= allowed:
        return None
    return Refusal("unavailable", tuple(sorted(unavailable)), len(with_values), allowed)


def _check_shrink(
    landscape: Landscape,
    guards: Guards,
    published: pd.DataFrame | None,
    published_inclusion: Inclusion | None,
) -> Refusal | None:
    if published is None or _is_changed(landscape, published_inclusion):
        return None
    on_the_map = published[published["verdict"] == Verdict.ON_THE_MAP].set_index("project")
    now = landscape.projects.set_index("project")["verdict"]
    stays = [Verdict.ON_THE_MAP, Verdict.RETIRED, Verdict.GONE]
    # Removed projects are in no row of ours, so they cannot be among those that leave.
    leaving = on_the_map.index.intersection(now[~now.isin(stays)].index)
    window = landscape.window
    if window.kind == "year-to-date" and len(window.months) <= FIRST_MONTHS:
        latest = pd.to_numeric(on_the_map.loc[leaving, "openrank_latest"], errors="coerce")
        # A latest value that is unknown counts: unknown is never a pass.
        leaving = leaving[(latest.isna() | (latest > window.above)).to_numpy()]
    allowed = count_allowed(guards.shrink_share, len(on_the_map))
    if len(leaving) <= allowed:
        return None
    return Refusal("shrink", tuple(sorted(leaving)), len(on_the_map), allowed)


def _check_backward(landscape: Landscape, published_as_of: str) -> Refusal | None:
    if landscape.window.as_of >= published_as_of:
        return None
    return Refusal("backward", (), len(landscape.projects), 0)


def _is_changed(landscape: Landscape, published_inclusion: Inclusion | None) -> bool:
    window = landscape.window
    return published_inclusion is not None and published_inclusion != Inclusion(
        metric=window.metric, window=window.kind, above=window.above
    )
