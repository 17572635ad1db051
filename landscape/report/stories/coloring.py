"""One colour a project through all pictures of a page that show few of them.

A race hands out its own colours, so they come first; other pictures follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from landscape.charts.race import COLORED


def assign_places(
    shown: Iterable[Sequence[str]], racers: Iterable[Sequence[str]], colors: int
) -> Mapping[str, int]:
    """Return project to its place in the palette.

    shown: of each picture its projects, in order. racers: of each race its projects, those that
    came highest first. colors: how many there are. No two projects of one picture share a place
    while colours last; a project that several pictures show keeps its own.
    """
    places: dict[str, int] = {}
    for race in racers:
        for place, project in enumerate(race[:COLORED]):
            places.setdefault(project, place)
    groups = [list(group) for group in shown]
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
    """Return the first place that nobody has, at least nobody in a picture with the project."""
    taken = {
        places[other] for group in groups if project in group for other in group if other in places
    }
    free = [place for place in range(colors) if place not in taken]
    unused = [place for place in free if place not in places.values()]
    return next(iter(unused or free), order % colors)
