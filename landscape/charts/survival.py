"""F17: the share of projects that is still above the threshold, month by month, in groups.

Step curves with their confidence bands, each named at its end; below, how many are still followed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.survival_cohorts import LEAST_SHOWN, Survival
from landscape.base.languages import Messages
from landscape.charts.labels import spread_labels
from landscape.charts.palette import Theme
from landscape.charts.scales import format_number
from landscape.charts.style import Sheet, blend_colors, open_sheet
from landscape.charts.surface import LABEL_PX, SMALL_PX, Point
from landscape.charts.text import measure_text, shorten_text
from landscape.charts.vintages import describe_source

PLOT_HEIGHT_PX = 260.0
NAME_WIDTH_PX = 230.0
LABEL_SPACING_PX = 19.0
ROW_PX = 19.0
LEADER_PX = 22.0
LINE_PX = 2.25
BAND_SHARE = 0.16
MOST_BANDS = 2
"""Bands of more curves would hide each other."""
MOST_TICKS = 13


@dataclass(frozen=True)
class Curve:
    """One group: its label, its colour, and its months as far as they are drawn."""

    name: str
    label: str
    color: str
    months: pd.DataFrame

    @property
    def last(self) -> tuple[int, float]:
        """The last month drawn and the share then."""
        row = self.months.iloc[-1]
        return int(row["month"]), float(row["survival"])

    @property
    def share(self) -> str:
        """The last share as a percentage."""
        return f"{format_number(round(self.last[1] * 100))}%"


@dataclass(frozen=True)
class Plot:
    """Where months and shares stand, in pixels."""

    months: int
    left: float
    right: float
    top: float

    @property
    def bottom(self) -> float:
        """The y of 0 %."""
        return self.top + PLOT_HEIGHT_PX

    def locate(self, month: float, share: float) -> Point:
        """Return the point of a month and a share (0 to 1)."""
        x = self.left + (self.right - self.left) * month / max(self.months, 1)
        return x, self.bottom - PLOT_HEIGHT_PX * share


def draw_survival(
    survival: Survival,
    theme: Theme,
    messages: Messages,
    *,
    kind: str = "edition",
    names: Mapping[str, str] | None = None,
    vintages: Sequence[str] = (),
) -> str | None:
    """Return the picture of one kind of groups; None where none of them has a curve.

    kind: ``edition``, ``created`` or ``domain``. names: domain to its name. vintages: those of
        the values that the curves rest on, for the source line.
    """
    curves = compose_curves(survival, kind, theme, messages, names or {})
    if not curves:
        return None
    title = _write_title(curves, survival, kind, messages)
    banded = "" if len(curves) <= MOST_BANDS else ".bare"
    subtitle = messages(f"survival.subtitle{banded}", above=format_number(survival.above))
    with open_sheet(theme) as sheet:
        top = sheet.write_heading(title, subtitle) + 20
        plot = _lay_out(sheet, curves, top)
        _draw_grid(sheet, plot)
        if len(curves) <= MOST_BANDS:
            for curve in curves:
                _draw_band(sheet, plot, curve)
        for curve in reversed(curves):
            _draw_curve(sheet, plot, curve)
        _write_labels(sheet, plot, curves)
        below = _write_followed(sheet, plot, curves, messages)
        note = _write_footnote(survival, kind, messages, vintages)
        height = sheet.write_footnote(below, note)
        return sheet.export(height, title)


def compose_curves(
    survival: Survival, kind: str, theme: Theme, messages: Messages, names: Mapping[str, str]
) -> list[Curve]:
    """Return the curves of a kind, in the order of the groups, each in its own colour."""
    curves: list[Curve] = []
    groups = survival.cohorts[survival.cohorts["kind"] == kind]
    for cohort in groups.loc[groups["has_curve"], "cohort"]:
        rows = survival.curves[
            (survival.curves["kind"] == kind) & (survival.curves["cohort"] == cohort)
        ]
        drawn = rows[rows["at_risk"] >= LEAST_SHOWN]
        label = shorten_text(
            _name_group(kind, str(cohort), messages, names), NAME_WIDTH_PX, LABEL_PX, bold=True
        )
        color = theme.series[len(curves) % len(theme.series)]
        curves.append(Curve(_write_name(str(cohort)), label, color, drawn))
    return curves


def _name_group(kind: str, cohort: str, messages: Messages, names: Mapping[str, str]) -> str:
    if kind == "domain":
        return names.get(cohort, cohort)
    return messages(f"survival.group.{kind}", name=_write_name(cohort))


def _write_name(cohort: str) -> str:
    """Return ``2025 H1`` for a half-year, other names as they are."""
    return cohort.replace("-H", " H")


def _write_title(curves: Sequence[Curve], survival: Survival, kind: str, messages: Messages) -> str:
    """Tell of the group that was followed longest; of domains, of the one that kept least."""
    longest = max(curve.last[0] for curve in curves)
    followed = [curve for curve in curves if curve.last[0] == longest]
    told = min(followed, key=lambda curve: curve.last[1]) if kind == "domain" else followed[0]
    return messages(
        f"survival.title.{kind}",
        group=told.label,
        name=told.name,
        share=told.share,
        above=format_number(survival.above),
        months=longest,
        count=len(followed),
    )


def _write_footnote(
    survival: Survival, kind: str, messages: Messages, vintages: Sequence[str]
) -> str:
    groups = survival.cohorts[survival.cohorts["kind"] == kind]
    few = int((~groups["has_curve"]).sum())
    parts = [describe_source(vintages, messages)] if vintages else []
    parts.append(messages("survival.censoring"))
    if kind == "created":
        parts.append(messages("survival.unseen", count=int(groups["unseen"].sum())))
    else:
        drawn = groups[groups["has_curve"]]
        left_out = int(drawn["unknown"].sum() + drawn["not_above"].sum())
        if left_out:
            parts.append(messages("survival.left_out", count=left_out))
    if few:
        parts.append(messages(f"survival.few.{kind}", count=few))
    if survival.seams:
        parts.append(messages("survival.seams"))
    text = parts[0]
    for part in parts[1:]:
        text = messages("sentences", first=text, second=part)
    return text


def _lay_out(sheet: Sheet, curves: Sequence[Curve], top: float) -> Plot:
    label_width = max(
        measure_text(f"{curve.label} {curve.share}", LABEL_PX, bold=True) for curve in curves
    )
    names = max(measure_text(curve.label, SMALL_PX) for curve in curves)
    return Plot(
        months=max(curve.last[0] for curve in curves),
        left=sheet.left + max(measure_text("100%", SMALL_PX) + 10, min(names, 150.0) + 30),
        right=sheet.right - label_width - LEADER_PX - 6,
        top=top,
    )


def list_month_ticks(months: int) -> list[int]:
    """Return the months to name: at most 13, a natural step apart, from 0."""
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60) if months // step < MOST_TICKS)
    return list(range(0, months + 1, step))


def _draw_grid(sheet: Sheet, plot: Plot) -> None:
    theme = sheet.theme
    for percent in (0, 25, 50, 75, 100):
        x, y = plot.locate(0, percent / 100)
        color = theme.muted if percent == 0 else theme.grid
        sheet.draw_line([(x, y), (plot.right, y)], color=color)
        label = f"{percent}%"
        sheet.write((x - 8, y + 4), label, size=SMALL_PX, color=theme.muted, anchor="right")
    for month in list_month_ticks(plot.months):
        x, _ = plot.locate(month, 0)
        sheet.draw_line([(x, plot.bottom), (x, plot.bottom + 5)], color=theme.muted)
        sheet.write(
            (x, plot.bottom + 19), str(month), size=SMALL_PX, color=theme.muted, anchor="center"
        )


def list_steps(months: Sequence[int], shares: Sequence[float]) -> list[tuple[int, float]]:
    """Return the corners of a step curve: a share holds until the month in which it changes."""
    corners: list[tuple[int, float]] = []
    for month, share in zip(months, shares, strict=True):
        if corners and corners[-1][1] != share:
            corners.append((month, corners[-1][1]))
        if not corners or corners[-1] != (month, share):
            corners.append((month, share))
    return corners


def _draw_curve(sheet: Sheet, plot: Plot, curve: Curve) -> None:
    corners = list_steps(curve.months["month"].tolist(), curve.months["survival"].tolist())
    points = [plot.locate(month, share) for month, share in corners]
    sheet.draw_line(points, color=curve.color, width=LINE_PX, name=f"curve-{curve.label}")
    sheet.draw_dots([points[-1]], radius=4.0, color=curve.color)


def _draw_band(sheet: Sheet, plot: Plot, curve: Curve) -> None:
    known = curve.months[curve.months["low"].notna()]
    if len(known) < 2:
        return
    months = known["month"].tolist()
    upper = list_steps(months, known["high"].tolist())
    lower = list_steps(months, known["low"].tolist())
    points = [plot.locate(month, share) for month, share in [*upper, *reversed(lower)]]
    color = blend_colors(curve.color, sheet.theme.background, BAND_SHARE)
    sheet.draw_area(points, color=color, name=f"band-{curve.label}")


def _write_labels(sheet: Sheet, plot: Plot, curves: Sequence[Curve]) -> None:
    ends = [plot.locate(*curve.last) for curve in curves]
    places = spread_labels([y for _, y in ends], LABEL_SPACING_PX, plot.top, plot.bottom - 4)
    x = plot.right + LEADER_PX
    for curve, (end_x, end_y), y in zip(curves, ends, places, strict=True):
        soft = blend_colors(curve.color, sheet.theme.background, 0.55)
        dashes = (1.0, 5.0) if end_x < plot.right - 1 else ()
        sheet.draw_line([(end_x + 6, end_y), (plot.right + 6, end_y)], color=soft, dashes=dashes)
        sheet.draw_line([(plot.right + 6, end_y), (x - 4, y)], color=soft)
        sheet.write((x, y + 4.5), f"{curve.label} {curve.share}", color=curve.color, bold=True)


def _write_followed(sheet: Sheet, plot: Plot, curves: Sequence[Curve], messages: Messages) -> float:
    """Write the numbers at risk below the months, a row a curve; return the y below them."""
    theme = sheet.theme
    y = plot.bottom + 40
    sheet.write((plot.left, y), messages("survival.followed"), size=SMALL_PX, color=theme.muted)
    for curve in curves:
        y += ROW_PX
        name = shorten_text(curve.label, plot.left - sheet.left - 24, SMALL_PX)
        sheet.write((plot.left - 24, y), name, size=SMALL_PX, color=curve.color, anchor="right")
        followed = dict(zip(curve.months["month"], curve.months["at_risk"], strict=True))
        for month in list_month_ticks(plot.months):
            if month in followed:
                text = format_number(float(followed[month]))
                x, _ = plot.locate(month, 0)
                sheet.write((x, y), text, size=SMALL_PX, color=theme.text, anchor="center")
    return y + 4
