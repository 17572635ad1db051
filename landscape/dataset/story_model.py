"""What people tell beyond the projects: stories, comparisons and dated events, after checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from landscape.base.languages import LocalizedText


@dataclass(frozen=True)
class Event:
    """Something that happened: ``date`` is a day or a month; ``projects`` are ids."""

    date: str
    text: LocalizedText
    link: str = ""
    projects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headline:
    """A figure's own title as it was written, values and claims unfilled; its line in the file."""

    text: str
    line: int


@dataclass(frozen=True)
class Figure:
    """A declared figure of a story.

    ``options`` are the keys of its declaration beside kind, title, caption and events; which a
    kind needs and takes is a table in ``landscape.dataset.story_figures``. ``headlines``: the
    declared title by language.
    """

    name: str
    kind: str
    options: Mapping[str, Any]
    caption: LocalizedText = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    headlines: Mapping[str, Headline] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """The text of a story in one language; ``line`` is where it begins in the file."""

    language: str
    text: str
    line: int

    @property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.rstrip("\n").split("\n")


@dataclass(frozen=True)
class Story:
    """One file of ``data/stories``; ``id`` is the file's name. Sections are in the file's order."""

    id: str
    title: LocalizedText
    order: int
    summary: LocalizedText
    figures: Mapping[str, Figure]
    sections: tuple[Section, ...]

    def choose_section(self, language: str) -> Section:
        """Return the section of the language, or the first."""
        return next(
            (section for section in self.sections if section.language == language),
            self.sections[0],
        )


@dataclass(frozen=True)
class Judgement:
    """Whether a project has a feature: yes, partly or no; why, where that can be seen, and when."""

    answer: Literal["yes", "partly", "no"]
    source: str
    as_of: str
    note: LocalizedText = field(default_factory=dict)


@dataclass(frozen=True)
class Feature:
    """A row of a table of features; ``cells`` by project id, a missing one is not judged."""

    id: str
    name: LocalizedText
    cells: Mapping[str, Judgement]


@dataclass(frozen=True)
class Axis:
    """The names of an axis' two ends, at -1 and at 1."""

    low: LocalizedText
    high: LocalizedText


@dataclass(frozen=True)
class Placement:
    """Where a project stands on the two axes (each from -1 to 1), and why."""

    project: str
    x: float
    y: float
    reason: LocalizedText
    source: str
    as_of: str


@dataclass(frozen=True)
class Comparison:
    """One file of ``data/comparisons``: a table of features, or a quadrant.

    Of a table: ``projects`` (its columns) and ``features``. Of a quadrant: ``x``, ``y`` and
    ``placements``.
    """

    id: str
    kind: Literal["features", "quadrant"]
    title: LocalizedText
    as_of: str
    note: LocalizedText = field(default_factory=dict)
    projects: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()
    x: Axis | None = None
    y: Axis | None = None
    placements: tuple[Placement, ...] = ()
