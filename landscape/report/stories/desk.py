"""What every figure of a story is made from, in one language; and what a figure is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from landscape.analysis.community import Community, collect_communities
from landscape.analysis.model import Landscape
from landscape.base.languages import Messages
from landscape.dataset.model import Dataset
from landscape.report.cells import Scribe
from landscape.report.entries import Entry, sort_by_strength
from landscape.report.markdown import Markdown
from landscape.report.stories.material import Material

Draw = Callable[..., str | None]
"""Takes ``theme=``; returns SVG text, or None where there is nothing to draw."""


@dataclass(frozen=True)
class Drawing:
    """A picture to draw: what its file's name adds to the figure's, and its alternative text.

    ``folded``: the line behind which a page keeps the picture, where it is not shown at once.
    """

    draw: Draw
    alternative: str
    suffix: str = ""
    folded: str = ""


@dataclass(frozen=True)
class View:
    """A figure as a page shows it: pictures, then a table; ``missing`` where there is neither."""

    drawings: tuple[Drawing, ...] = ()
    table: Markdown = field(default_factory=lambda: Markdown(""))
    missing: str = ""


@dataclass(frozen=True)
class Desk:
    """The answers of a build, the tables, and the voices of pages and pictures.

    ``places``: of the projects in a story's figures, the place of their colour in the palette.
    """

    landscape: Landscape
    entries: tuple[Entry, ...]
    material: Material
    scribe: Scribe
    messages: Messages
    chart_messages: Messages
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def dataset(self) -> Dataset:
        """What people contributed."""
        return self.scribe.dataset

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The projects by id."""
        return {entry.project: entry for entry in self.entries}

    @cached_property
    def names(self) -> dict[str, str]:
        """Project to name."""
        return {entry.project: entry.name for entry in self.entries}

    @cached_property
    def project_names(self) -> dict[str, str]:
        """Repository, in lower case, to the project; former names too, where none has them now."""
        projects = self.dataset.projects.values()
        former = {name.lower(): item.id for item in projects for name in item.former_repos}
        return former | {item.repo.lower(): item.id for item in projects}

    @cached_property
    def communities(self) -> Mapping[str, Community]:
        """Project to who develops it."""
        return collect_communities(self.material.community)

    @property
    def window(self) -> str:
        """The window's months, as text."""
        months = self.landscape.window.months
        return f"{months[0]} – {months[-1]}"

    def join_values(self, values: list[tuple[str, object]]) -> str:
        """Return names with their values as an enumeration, for alternative texts."""
        return self.messages("list.separator").join(f"{name} {value}" for name, value in values)

    def pick_members(self, domain: str, subdomain: str = "") -> list[Entry]:
        """Return the domain's projects, strongest first."""
        return sort_by_strength(
            [
                entry
                for entry in self.entries
                if entry.domain == domain and (not subdomain or entry.subdomain == subdomain)
            ]
        )
