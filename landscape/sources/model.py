"""What a source is asked and what it answers: records. No project's failure is an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """The kinds of answers (rule 4 of the rules that keep the landscape true).

    ``MISSING`` is what the source literally said (404, an empty object, not found); whether that
    means absent, gone or unavailable depends on the rest of the run and is decided elsewhere.
    """

    OK = "ok"
    MISSING = "missing"
    UNAVAILABLE = "unavailable"


class FailureKind(StrEnum):
    """Why a source gave no answer."""

    NONE = ""
    RATE_LIMITED = "rate limited"
    TIMED_OUT = "timed out"
    CONNECTION = "connection failed"
    SERVER_ERROR = "server error"
    REFUSED = "refused"
    MALFORMED = "malformed answer"
    BUDGET = "time budget used up"
    NOT_ASKED = "not asked"


@dataclass(frozen=True)
class MetricRequest:
    """One metric file to ask for: the project's id, its ``owner/name`` and the metric's name."""

    project: str
    name: str
    metric: str


@dataclass(frozen=True)
class RepositoryRequest:
    """One repository to ask for; ``repo_id`` is the id that the name had before, where known."""

    project: str
    name: str
    repo_id: int | None = None


@dataclass(frozen=True)
class MetricAnswer:
    """One metric file of one project: months to values, known ones only.

    values: month ``YYYY-MM`` to value, never a zero that the source did not write. detail: one
    line for people (status, reason), without tokens. asked_name: the owner/name that was asked.
    """

    project: str
    metric: str
    outcome: Outcome
    values: Mapping[str, float] = field(default_factory=dict)
    failure: FailureKind = FailureKind.NONE
    detail: str = ""
    asked_name: str = ""


@dataclass(frozen=True)
class LabelAnswer:
    """One label's yearly series: year ``YYYY`` to value; the running year is a part of itself."""

    label: str
    outcome: Outcome
    values: Mapping[str, float] = field(default_factory=dict)
    failure: FailureKind = FailureKind.NONE
    detail: str = ""


@dataclass(frozen=True)
class RepositoryFacts:
    """What GitHub says of one repository; None is unknown."""

    repo_id: int
    full_name: str
    created_at: str
    """Day, ``YYYY-MM-DD``."""
    last_commit_at: str | None
    """Month of the newest commit on the default branch, ``YYYY-MM``."""
    language: str | None
    license: str | None
    """SPDX identifier."""
    archived: bool
    stars: int
    forks: int
    watchers: int
    private: bool = False
    """Only a token with access to it can tell; to all others a private repository is not found."""


@dataclass(frozen=True)
class RepositoryAnswer:
    """One project's repository; ``facts`` is set exactly where the outcome is ok.

    confirmed_gone: the repository's id was asked too and GitHub knows it no longer (deleted, or
    private to outsiders). A renamed repository is ok, and its ``facts.full_name`` differs from
    ``asked_name``; ``facts.repo_id`` is always the asked id where one was given. name_taken: the
    asked name belongs to another repository now.
    """

    project: str
    outcome: Outcome
    facts: RepositoryFacts | None = None
    failure: FailureKind = FailureKind.NONE
    detail: str = ""
    asked_name: str = ""
    confirmed_gone: bool = False
    name_taken: bool = False
