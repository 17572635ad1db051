"""What every drawing surface has: its margins and type sizes, a heading and a footnote.

How a surface puts ink on itself is its own matter: ``style`` by matplotlib, ``plate`` element by
element.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Literal

from landscape.charts.palette import Theme
from landscape.charts.text import balance_text

WIDTH_PX = 960.0
MARGIN_PX = 28.0
TITLE_PX = 21.0
SUBTITLE_PX = 14.0
LABEL_PX = 13.0
SMALL_PX = 12.0
"""The smallest text: GitHub shows a sheet about a tenth smaller, which leaves 11 pixels."""
HEADING_LINES = 3
FOOTNOTE_LINES = 8

Anchor = Literal["left", "center", "right"]
Point = tuple[float, float]


class Surface(ABC):
    """A surface in pixels, y downwards; its height is known when it is exported."""

    def __init__(self, theme: Theme, width: float) -> None:
        self.theme = theme
        self.width = width

    @property
    def left(self) -> float:
        """The left edge of what may be drawn on."""
        return MARGIN_PX

    @property
    def right(self) -> float:
        """The right edge of what may be drawn on."""
        return self.width - MARGIN_PX

    @abstractmethod
    def write(
        self,
        point: Point,
        text: str,
        *,
        size: float = LABEL_PX,
        color: str = "",
        bold: bool = False,
        anchor: Anchor = "left",
    ) -> object:
        """Write one line of text, its baseline at the point."""

    @abstractmethod
    def draw_line(self, points: Sequence[Point], *, color: str, width: float = 1.0) -> None:
        """Draw straight strokes through the points."""

    def write_heading(self, title: str, subtitle: str) -> float:
        """Write title and subtitle at the top, wrapped; return the y below them."""
        y = MARGIN_PX - 4
        for line in self._wrap(title, TITLE_PX, HEADING_LINES, bold=True):
            y += TITLE_PX * 1.22
            self.write((self.left, y - TITLE_PX * 0.22), line, size=TITLE_PX, bold=True)
        y += 4
        for line in self._wrap(subtitle, SUBTITLE_PX, HEADING_LINES):
            y += SUBTITLE_PX * 1.4
            self.write((self.left, y - 4), line, size=SUBTITLE_PX, color=self.theme.muted)
        return y

    def write_footnote(self, y: float, text: str) -> float:
        """Write the footnote below y, wrapped, over a thin rule; return the surface's height."""
        self.draw_line([(self.left, y + 10), (self.right, y + 10)], color=self.theme.grid)
        y += 14
        for line in self._wrap(text, SMALL_PX, FOOTNOTE_LINES):
            y += SMALL_PX * 1.45
            self.write((self.left, y), line, size=SMALL_PX, color=self.theme.muted)
        return y + 18

    def _wrap(self, text: str, size: float, max_lines: int, *, bold: bool = False) -> Sequence[str]:
        room = self.right - self.left
        return balance_text(text, room, size, bold=bold, max_lines=max_lines) if text else ()
