"""What the rules are given, and what they answer: the shapes that pictures and pages rely on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import pandas as pd


class Verdict(StrEnum):
    """The inclusion rule's answer, in rule 8's order.

    One case is tried earlier than it stands here, see ``decide_verdicts``: *too new* comes before
    *unmeasured* and *not covered*.
    """

    RETIRED = "retired"
    GONE = "gone"
    UNMEASURED = "unmeasured"
    NOT_COVERED = "not covered"
    TOO_NEW = "too new"
    NO_RECENT_DATA = "no recent data"
    ON_THE_MAP = "on the map"
    BELOW = "below"


@dataclass(frozen=True)
class Window:
    """The months whose mean decides.

    ``months`` are all calendar months of the window up to as-of, ``published`` those of them
    that are published (the mean is over the known ones among these).
    """

    metric: str
    kind: Literal["year-to-date", "trailing-12-months"]
    above: float
    months: tuple[str, ...]
    published: tuple[str, ...]

    @property
    def as_of(self) -> str:
        """The last month of the window."""
        return self.months[-1]


@dataclass(frozen=True)
class ChangeBasis:
    """The one comparison of the whole build (rule 9).

    kind: ``year-before`` (the window's months against the same a year before), ``quarter``
    (newest three published months against an earlier three) or ``none`` (nothing comparable).
    compared: number of comparable projects; totals: the sums of their mean values.
    """

    kind: str
    current: tuple[str, ...]
    earlier: tuple[str, ...]
    compared: int
    total_current: float
    total_earlier: float

    @property
    def label(self) -> str:
        """For exports: ``2026-02..2026-04 vs 2025-05..2025-07``; empty where nothing compares."""
        if self.kind == "none":
            return ""
        return f"{self.current[0]}..{self.current[-1]} vs {self.earlier[0]}..{self.earlier[-1]}"


@dataclass(frozen=True)
class Landscape:
    """All answers of one build.

    projects: one row a project, ordered by project id, index 0, 1, ... Text columns are empty
        where nothing is known or nothing applies. Columns: project, name, repo, layer, group,
        domain, subdomain (ids), also_in (tuple of domain ids), tags (tuple), origin, verdict
        (Verdict), openrank_mean, openrank_latest (float, NaN unknown; latest = as-of month),
        months_known (int: known published months in the project's window), months_in_window (int:
        all calendar months of it), window_first, window_last (months: that window; it ends before
        as-of for a project that is stale, or that knows recent months but none of the window's),
        vintages (tuple of the vintages that the mean spans), last_known_month, stale_since (date:
        unavailable since), archived (boolean, NA unknown), retired_on, gone_since, absent_since
        (dates), rank, rank_in_domain (Int64; only on the map), change_current, change_earlier
        (float: the compared means), change (their difference), change_percent (float: percent),
        share_current, share_earlier, share_change (float: percent and percentage points of the
        compared total), stars, forks (Int64, NA unknown), facts_month (month of this project's
        counts), participants, contributors (Int64, as-of month), language, license, created_at
        (``YYYY-MM-DD``), last_commit_at (``YYYY-MM``).
    series: project, month, openrank, vintage of all known values up to as-of; key
        project+month, in that order.
    published: every published month up to as-of.
    facts_month: month of the counts that are shown (newest; in a replay the nearest); a project
        that is not in that file has its own nearest; empty where there is none.
    coverage: one row a metric and month (newest 24 months): metric, month, then int counts of
        projects that add up to all of them: known (other than 0), zero, not_covered, unavailable,
        not_created, unknown; vintages (text, joined by ``+``), published (bool). See
        ``compute_coverage``.
    freshness: measure, period, projects, share, of. See ``compute_freshness``.
    """

    window: Window
    basis: ChangeBasis
    projects: pd.DataFrame
    series: pd.DataFrame
    published: tuple[str, ...]
    facts_month: str
    coverage: pd.DataFrame
    freshness: pd.DataFrame
