"""The contributed dataset in memory, after it was checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from landscape.base.languages import LocalizedText
from landscape.dataset.story_model import Comparison, Event, Story


@dataclass(frozen=True)
class Subdomain:
    """A lane inside a domain."""

    id: str
    name: LocalizedText


@dataclass(frozen=True)
class Domain:
    """A box of the map; ``group`` is empty where the layer has no groups."""

    id: str
    name: LocalizedText
    layer: str
    group: str = ""
    subdomains: tuple[Subdomain, ...] = ()
    maintainers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A frame around several domains."""

    id: str
    name: LocalizedText


@dataclass(frozen=True)
class Layer:
    """A band of the map."""

    id: str
    name: LocalizedText
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Taxonomy:
    """Layers, domains in their order of the file, and the vocabulary of tags."""

    layers: tuple[Layer, ...]
    domains: tuple[Domain, ...]
    tags: dict[str, LocalizedText] = field(default_factory=dict)

    def domain(self, domain_id: str) -> Domain:
        """Return the domain of this id; KeyError where there is none."""
        for domain in self.domains:
            if domain.id == domain_id:
                return domain
        raise KeyError(domain_id)


@dataclass(frozen=True)
class Retired:
    """A project that was declared over: since when, why, and who follows (a project id)."""

    date: dt.date
    reason: LocalizedText = field(default_factory=dict)
    successor: str = ""


@dataclass(frozen=True)
class Project:
    """One file of ``data/projects``; ``id`` is the file's name and survives renames upstream."""

    id: str
    name: str
    repo: str
    domain: str
    summary: LocalizedText
    subdomain: str = ""
    also_in: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    former_repos: tuple[str, ...] = ()
    additional_repos: tuple[str, ...] = ()
    origin: str = ""
    homepage: str = ""
    logo: str = ""
    retired: Retired | None = None
    added: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Inclusion:
    """The inclusion rule: the mean of a metric over a window lies above a threshold."""

    metric: str
    window: Literal["year-to-date", "trailing-12-months"]
    above: float


@dataclass(frozen=True)
class Guards:
    """Shares (0 to 1) above which a refresh or build refuses to publish."""

    unavailable_share: float = 0.10
    shrink_share: float = 0.20


@dataclass(frozen=True)
class Graveyard:
    """What counts as buried: created since, with so many stars, idle for so many months."""

    created_since: dt.date = dt.date(2022, 12, 1)
    stars: int = 9000
    idle_months: int = 4


@dataclass(frozen=True)
class Decisions:
    """What the standing issue lists: projects without values for so many days, or longer."""

    stale_days: int = 30


@dataclass(frozen=True)
class Discovery:
    """How candidates and common developers are found in event archives.

    An account is a bot by the end of its login, by its login, or because it was active in more
    than ``bot_repositories`` repositories of the window. ``coverage_share`` is the smallest share
    of the window's hours with events from which anything is stored.
    """

    base_url: str = "https://data.gharchive.org"
    window_months: int = 3
    event_types: tuple[str, ...] = (
        "IssueCommentEvent",
        "IssuesEvent",
        "PullRequestEvent",
        "PullRequestReviewCommentEvent",
        "PullRequestReviewEvent",
    )
    bot_endings: tuple[str, ...] = ("[bot]", "-bot", "_bot", "-robot")
    bots: tuple[str, ...] = ()
    bot_repositories: int = 300
    pair_developers: int = 20
    candidate_developers: int = 20
    candidates: int = 100
    margin: float = 0.1
    trending: int = 200
    coverage_share: float = 0.9
    memory_gb: float = 4.0
    cache_gb: float = 50.0


@dataclass(frozen=True)
class Rejected:
    """A repository that discovery must not propose again, and why."""

    repo: str
    reason: str
    date: dt.date
    repo_id: int | None = None


EDIT_BASE = "../../../../edit/main/"
"""From a project's page on GitHub to the editor of the same repository, whatever its name."""


@dataclass(frozen=True)
class Settings:
    """``landscape.yaml``."""

    title: LocalizedText
    languages: tuple[str, ...]
    inclusion: Inclusion
    guards: Guards = Guards()
    graveyard: Graveyard = Graveyard()
    decisions: Decisions = Decisions()
    opendigger_url: str = "https://oss.open-digger.cn"
    github_url: str = "https://api.github.com"
    opendigger_workers: int = 48
    github_workers: int = 4
    budget_seconds: float = 900.0
    discovery: Discovery = Discovery()
    edit_base: str = EDIT_BASE


@dataclass(frozen=True)
class Correction:
    """A declared override of one measured value, which holds while upstream says ``expected``.

    ``value`` None: treat it as unknown; ``expected`` None: upstream gives no value. ``number`` is
    the correction's place in ``data/corrections.yaml``, from 0.
    """

    number: int
    project: str
    source: str
    metric: str
    month: str
    value: float | None
    expected: float | None
    reason: str
    date: dt.date
    link: str = ""


@dataclass(frozen=True)
class Dataset:
    """Everything people contributed; projects by id, in order of id; stories in theirs."""

    root: Path
    settings: Settings
    taxonomy: Taxonomy
    projects: dict[str, Project]
    corrections: tuple[Correction, ...] = ()
    stories: tuple[Story, ...] = ()
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    rejected: tuple[Rejected, ...] = ()
