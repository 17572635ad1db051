"""The marks of the map: a logo or monogram with the project's name, larger with OpenRank."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from landscape.charts.logos import Logo, load_logo
from landscape.charts.map_layout import Item
from landscape.charts.text import measure_text, wrap_text

ICON_PX = (17.0, 46.0)
FONT_PX = (11.5, 18.0)
ICON_GAP = 5.0
LINE_HEIGHT = 1.18
MAX_NAME_PX = 140.0
RISER_COUNT = 10


@dataclass(frozen=True)
class SizeScale:
    """Sizes by the square root of the value, from the threshold to the largest on the map.

    The root keeps the strongest about three times as tall as the weakest while the many in
    between stay apart; a linear scale would leave one giant among equals.
    """

    lowest: float
    highest: float

    def fraction(self, value: float) -> float:
        """Return where the value lies between the smallest (0) and the largest mark (1)."""
        low, high = math.sqrt(max(self.lowest, 0.0)), math.sqrt(max(self.highest, 0.0))
        if high <= low:
            return 0.4
        return min(max((math.sqrt(max(value, 0.0)) - low) / (high - low), 0.0), 1.0)

    def icon_px(self, value: float) -> float:
        """Return the logo's edge in pixels."""
        return ICON_PX[0] + (ICON_PX[1] - ICON_PX[0]) * self.fraction(value)

    def font_px(self, value: float) -> float:
        """Return the name's font size in pixels."""
        return round(FONT_PX[0] + (FONT_PX[1] - FONT_PX[0]) * self.fraction(value), 1)


@dataclass(frozen=True)
class Mark:
    """One project as it is drawn: sizes in pixels, the name in lines."""

    project: str
    name: str
    repo: str
    value: float
    rank: int
    lines: tuple[str, ...]
    icon_px: float
    font_px: float
    logo: Logo | None
    is_new: bool
    is_riser: bool

    @property
    def width(self) -> float:
        """The mark's width: logo and name."""
        text = max(measure_text(line, self.font_px) for line in self.lines)
        return math.ceil(self.icon_px + ICON_GAP + text)

    @property
    def height(self) -> float:
        """The mark's height: logo or lines, whichever is higher."""
        return math.ceil(max(self.icon_px, self.font_px * LINE_HEIGHT * len(self.lines))) + 1

    def to_item(self) -> Item:
        """Return the mark as something that the layout can place."""
        return Item(self.width, self.height, self.project)


def create_marks(
    projects: pd.DataFrame, logos: dict[str, str], threshold: float, new_since: str
) -> tuple[list[Mark], SizeScale]:
    """Make a mark of each project on the map, strongest first.

    projects: the rows on the map of ``Landscape.projects``. logos: project id to Simple Icons
    slug. new_since: month; a project created in it or later is new. The ten largest gains
    of the comparison are risers.
    """
    ordered = projects.sort_values(["rank"], kind="stable")
    values = ordered["openrank_mean"]
    scale = SizeScale(threshold, float(values.max()) if len(values) else threshold)
    gains = ordered.loc[ordered["change"] > 0].nlargest(RISER_COUNT, "change")["project"]
    risers = set(gains)
    marks = []
    for row in ordered.to_dict("records"):
        value = float(row["openrank_mean"])
        font_px = scale.font_px(value)
        created = row["created_at"] if isinstance(row["created_at"], str) else ""
        marks.append(
            Mark(
                project=row["project"],
                name=row["name"],
                repo=row["repo"],
                value=value,
                rank=int(row["rank"]),
                lines=tuple(wrap_text(row["name"], MAX_NAME_PX, font_px, max_lines=2)),
                icon_px=round(scale.icon_px(value), 1),
                font_px=font_px,
                logo=load_logo(logos.get(row["project"], "")),
                is_new=created[:7] >= new_since,
                is_riser=row["project"] in risers,
            )
        )
    return marks, scale
