"""One colour a project through all pictures of a story that show few of them.

A race hands out its own colours, so they come first; other pictures follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from landscape.charts.race import COLORED
from landscape.dataset.story_model import Figure

_KINDS = ("trend", "head-to-head")


def assign_places(
    figures: Iterable[Figure], racers: Iterable[list[str]], colors: int
) -> Mapping[str, int]:
    """Return project to its place in the palette.

    racers: of each race its projects, those that came highest first. colors: how many there are.
    No two projects of one figure share a place while colours last; a project that several
    figures show keeps its own.
    """
    places: dict[str, int] = {}
    for race in racers:
        for place, project in enumerate(race[:COLORED]):
            places.setdefault(project, place)
    groups = [list(figure.options["projects"]) for figure in figures if figure.kind in _KINDS]
    for group in groups:
        for order, project in enumerate(group):
            if project not in places:
                places[project] = _choose_place(project, order, groups, places, colors)
    return places


def _choose_place(
    project: str,
    order: int,
    groups: list[list[str]],
    places: Mapping[str, int],
    colors: int,
) -> int:
    """Return the first place that nobody has who stands in a figure with the project."""
    taken = {
        places[other] for group in groups if project in group for other in group if other in places
    }
    free = [place for place in range(colors) if place not in taken]
    return free[0] if free else order % colors
