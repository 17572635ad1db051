"""Which keys each kind of figure needs and takes. How it is drawn is the report's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FigureKeys:
    """Keys of one kind beside kind and caption: one of ``needs`` is required, ``takes`` are not.

    ``projects`` says how few and how many projects make sense.
    """

    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    projects: tuple[int, int] = (1, 30)

    @property
    def known(self) -> tuple[str, ...]:
        """Every key that the kind has."""
        return (*self.needs, *self.takes)


FIGURE_KEYS: dict[str, FigureKeys] = {
    "trend": FigureKeys(("projects",), ("title", "metric", "period", "since"), (1, 8)),
    "race": FigureKeys(("projects", "domain"), ("subdomain", "since"), (2, 30)),
    "head-to-head": FigureKeys(("projects",), ("since",), (2, 2)),
    "ranking": FigureKeys(("domain", "projects"), ("subdomain", "top")),
    "network": FigureKeys((), ("project", "at_least")),
    "comparison": FigureKeys(("comparison",)),
    "quadrant": FigureKeys(("comparison",)),
    "timeline": FigureKeys((), ("events", "projects")),
    "graveyard": FigureKeys((), ("top", "domain")),
    "technology": FigureKeys(),
    "domain-growth": FigureKeys(),
}

COMPARISON_KINDS = {"comparison": "features", "quadrant": "quadrant"}
"""Which kind of comparison a kind of figure shows."""
