"""What a comparison of two editions answers: the shapes that pages and commands rely on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from landscape.dataset.model import Inclusion


class Change(StrEnum):
    """What became of a project between two editions.

    *Merged* and *split off* keep a project's identity: a merged one goes on inside another one, a
    split-off one was inside another one before, so neither has left or entered.
    """

    ENTERED = "entered"
    NEWLY_COVERED = "newly covered"
    SPLIT_OFF = "split off"
    LEFT = "left"
    MERGED = "merged"
    STAYED = "stayed"


class Reason(StrEnum):
    """Why a project is not on the later map: a verdict of the rule, or what else is recorded."""

    RETIRED = "retired"
    GONE = "gone"
    UNMEASURED = "unmeasured"
    NOT_COVERED = "not covered"
    TOO_NEW = "too new"
    NO_RECENT_DATA = "no recent data"
    BELOW = "below"
    LEFT_OUT = "left out"
    REMOVED = "removed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Side:
    """One of the two editions: what it is, and how many projects its map and its list have.

    rank_basis: what its ranks rest on: ``published``, ``mean`` (of its published means; equal
    means share a rank), ``latest months`` (mean of its own last three months) or ``none``;
    ranked: how many of its map have a rank.
    """

    name: str
    kind: str
    as_of: str
    inclusion: Inclusion | None
    taxonomy: str
    on_the_map: int
    listed: int
    rank_basis: str
    ranked: int


@dataclass(frozen=True)
class Comparison:
    """What the pair allows.

    rule: ``same``, ``different`` or ``unknown`` (one of the two published none).
    lists_only: the editions that published only what they listed, so that a project that is not
        in them may never have been looked at.
    one_taxonomy: whether a move between domains can be told.
    openrank_months: the two periods whose means are compared, earlier first; empty where no
        project has all of these months in one vintage of the later edition.
    openrank_compared: how many projects are.
    """

    rule: str
    lists_only: tuple[str, ...]
    one_taxonomy: bool
    openrank_months: tuple[tuple[str, ...], ...]
    openrank_compared: int


@dataclass(frozen=True)
class EditionDiff:
    """Two editions compared.

    changes: one row a project that is on either map; key project and change, ordered by change
        (in the order of ``Change``), then project. Columns: project (its id in the later edition,
        or in the earlier where it is in that only), change (Change), name, repo_before,
        repo_after, renamed, recreated, moved (bool), domain_before, domain_after (id, or the
        edition's own labels), reason (Reason, empty but for those that left), reason_date,
        successor, other (of a merged project the one that it went into, of a split-off one the
        one that it came from), openrank_mean (the later edition's, NaN unknown), rank_before,
        rank_after, rank_change (Int64, above 0: risen), openrank_before, openrank_after,
        openrank_change (float, NaN not compared). Text is empty where there is none.
    """

    before: Side
    after: Side
    comparison: Comparison
    changes: pd.DataFrame

    def count(self, change: Change) -> int:
        """Return how many projects changed so."""
        return int((self.changes["change"] == change).sum())

    def select(self, change: Change) -> pd.DataFrame:
        """Return the rows of the projects that changed so."""
        return self.changes[self.changes["change"] == change]
