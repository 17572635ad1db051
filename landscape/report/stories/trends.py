"""Trend lines of a story: OpenRank by month, quarter or year; other metrics by month."""

from __future__ import annotations

from functools import partial

import pandas as pd

from landscape.analysis.periods import aggregate_series
from landscape.analysis.trending import identify_stars
from landscape.base.periods import Period, count_periods, name_period
from landscape.charts.trend import draw_trend, find_seams
from landscape.charts.vintages import describe_source
from landscape.dataset.story_model import Figure
from landscape.metrics.archive import TRENDING
from landscape.metrics.model import ARCHIVE
from landscape.report.numbers import format_count, format_openrank
from landscape.report.stories.desk import Desk, Drawing, View
from landscape.report.stories.movements import describe_movements, list_movements

OPENRANK, STARS = "openrank", "stars"
_COUNTED = ("participants", "contributors", STARS)
"""Metrics that a figure may name beside OpenRank; they count people or stars."""
FEWEST_PERIODS = 2
_COLUMNS = ["project", "month", "openrank", "vintage"]


def view_trend(figure: Figure, desk: Desk, headline: str = "") -> View:
    """Return the lines; missing where no project has two periods with values.

    ``headline``: the title; where it is empty, the title says how the lines moved.
    """
    options = figure.options
    metric = options.get("metric", desk.landscape.window.metric)
    period = options.get("period", "month")
    names = {project: desk.names[project] for project in options["projects"]}
    since = name_period(options["since"], period) if "since" in options else ""
    series = select_series(desk, metric, period)
    series = series[series["project"].isin(list(names)) & (series["month"] >= since)]
    series = series[series["openrank"].notna()].reset_index(drop=True)
    named = metric if metric in (OPENRANK, *_COUNTED) else "deciding"
    unit = desk.messages(f"metric.{named}.{period}")
    absent = [name for project, name in names.items() if project not in set(series["project"])]
    if series["month"].nunique() < FEWEST_PERIODS:
        projects = desk.messages("list.separator").join(names.values())
        return View(missing=desk.messages("missing.trend", measure=unit, projects=projects))
    shown = {project: name for project, name in names.items() if name not in absent}
    latest = _list_latest(series, shown)
    movements = list_movements(series, shown)
    title = headline or describe_movements(movements, len(shown), unit, desk.messages)
    draw = partial(
        draw_trend,
        series,
        shown,
        places=desk.places,
        title=title,
        subtitle=desk.messages(
            "trend.subtitle", measure=unit, first=series["month"].min(), last=series["month"].max()
        ),
        footnote=_write_footnote(series, absent, period, desk),
    )
    newest = str(series["month"].max())
    alternative = desk.messages(
        "alt.trend",
        title=title,
        measure=unit,
        period=newest,
        values=desk.join_values(
            [
                (name, _tell_value(_format(value, metric), month, newest, desk))
                for name, month, value in latest
            ]
        ),
    )
    return View((Drawing(draw, alternative),))


def _tell_value(told: str, period: str, newest: str, desk: Desk) -> str:
    """Return the value, with its period where that is not the newest."""
    return told if period == newest else desk.messages("alt.earlier", value=told, period=period)


def select_series(desk: Desk, metric: str, period: Period) -> pd.DataFrame:
    """Return project, month (the period), openrank (the metric's value), vintage.

    Only OpenRank is summed over quarters and years; of another metric these are unknown, since
    upstream counts distinct people anew for them.
    """
    known = pd.DataFrame({name: pd.Series(dtype="object") for name in _COLUMNS})
    if metric != OPENRANK and period != "month":
        return known
    if metric == desk.landscape.window.metric:
        return aggregate_series(desk.landscape.series, period)
    table = desk.material.opendigger
    if metric in table:
        own = f"{metric}_vintage"
        vintage = table[own].fillna(table["vintage"]) if own in table else table["vintage"]
        known = table.assign(openrank=table[metric], vintage=vintage)
        known = known[(known["month"] <= desk.landscape.window.as_of)][_COLUMNS]
        known = aggregate_series(known, period)
    return _add_archive(known, desk) if metric == STARS else known


def _add_archive(known: pd.DataFrame, desk: Desk) -> pd.DataFrame:
    """Add the stars that discovery counted, for what OpenDigger does not know.

    Not those of a sample of a month's hours: a line would fall where only the sample begins.
    """
    counted = identify_stars(desk.material.trending, desk.project_names)
    counted = counted[counted["project"] != ""].drop_duplicates(["project", "month"])
    least = desk.dataset.settings.discovery.coverage_share
    spans = {month: desk.material.find_span(TRENDING, month) for month in set(counted["month"])}
    sampled = [month for month, span in spans.items() if span is not None and span.share < least]
    counted = counted[~counted["month"].isin(sampled)]
    counted = counted.assign(openrank=counted["stars"].astype("float64"))[_COLUMNS]
    told = known[known["openrank"].notna()]
    both = counted.merge(told[["project", "month"]], how="left", indicator=True)
    added = counted[(both["_merge"] == "left_only").to_numpy()]
    filled = [table for table in (told, added) if len(table)]
    if not filled:
        return known
    table = pd.concat(filled, ignore_index=True).astype({"openrank": "float64"})
    return table.sort_values(["project", "month"], kind="stable", ignore_index=True)


def _format(value: float, metric: str) -> str:
    """Return a count of people or stars whole, any other value with its decimal."""
    return format_count(round(value)) if metric in _COUNTED else format_openrank(value)


def _list_latest(series: pd.DataFrame, names: dict[str, str]) -> list[tuple[str, str, float]]:
    """Return name, period and newest value of every line, in their order."""
    latest = []
    for project, name in names.items():
        rows = series[series["project"] == project].sort_values("month", kind="stable")
        latest.append((name, str(rows["month"].iloc[-1]), float(rows["openrank"].iloc[-1])))
    return latest


def _list_partial_months(series: pd.DataFrame, desk: Desk) -> list[str]:
    """Return the plotted months that discovery counted without all of their hours."""
    counted = sorted(set(series.loc[series["vintage"] == ARCHIVE, "month"]))
    spans = {month: desk.material.find_span(TRENDING, month) for month in counted}
    return [month for month, span in spans.items() if span is not None and not span.is_whole]


def _write_footnote(series: pd.DataFrame, absent: list[str], period: Period, desk: Desk) -> str:
    parts = [describe_source(series["vintage"], desk.chart_messages)]
    breaks = ("seams" if find_seams(series) else "") + ("gaps" if _has_gaps(series) else "")
    if breaks:
        parts.append(desk.messages(f"trend.{breaks}"))
    if lacking := _list_partial_months(series, desk):
        months = desk.messages("list.separator").join(lacking)
        parts.append(desk.messages("trend.partial", months=months))
    if absent:
        names = desk.messages("list.separator").join(absent)
        parts.append(desk.messages(f"trend.absent.{period}", names=names))
    return desk.messages("sentence.separator").join(parts)


def _has_gaps(series: pd.DataFrame) -> bool:
    """Whether a period between two known ones of a project is unknown."""
    for _, rows in series.groupby("project", sort=True):
        if count_periods(rows["month"].min(), rows["month"].max()) >= rows["month"].nunique():
            return True
    return False
