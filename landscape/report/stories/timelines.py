"""Timelines of a story: dated events as a picture, with links to where each can be read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from landscape.base.languages import pick_text
from landscape.charts.timeline import draw_timeline
from landscape.dataset.story_model import Event, Figure
from landscape.report.markdown import Markdown, join_markdown, render_link
from landscape.report.stories.desk import Desk, Drawing, View

_MONTH_CHARACTERS = 7


def view_timeline(figure: Figure, desk: Desk) -> View:
    """Return the figure's own events, or those of the events file that name one of its projects."""
    events = figure.events or _pick_events(figure.options.get("projects", ()), desk)
    language = desk.scribe.wording.language
    told = [(event.date[:_MONTH_CHARACTERS], pick_text(event.text, language)) for event in events]
    listed = desk.messages("list.clauses").join(
        f"{month} {text.rstrip('.。')}" for month, text in sorted(told)
    )
    alternative = desk.messages("alt.timeline", count=len(told), events=listed)
    draw = partial(
        draw_timeline,
        told,
        messages=desk.chart_messages,
        title=pick_text(figure.caption, language) or desk.messages("figure.timeline"),
        footnote=_write_footnote(events, desk),
    )
    return View(
        (Drawing(draw, alternative),),
        table=_link_sources(events, desk),
        missing=desk.messages("missing.timeline"),
    )


def _pick_events(projects: tuple[str, ...], desk: Desk) -> tuple[Event, ...]:
    wanted = set(projects)
    return tuple(
        event for event in desk.dataset.events if not wanted or wanted & set(event.projects)
    )


def _write_footnote(events: Sequence[Event], desk: Desk) -> str:
    """Say where the dates come from; and of how many nothing says so."""
    bare = sum(not event.link for event in events)
    if bare:
        return desk.messages("figure.timeline_unsourced", count=bare, total=len(events))
    return desk.messages("figure.timeline_source")


def _link_sources(events: Sequence[Event], desk: Desk) -> Markdown:
    """Return a line of dates, the earliest first, each linked to its source; empty without any."""
    links = [
        render_link(event.date, event.link)
        for event in sorted(events, key=lambda event: event.date)
        if event.link
    ]
    if not links:
        return Markdown("")
    return Markdown(
        f"<sub>{desk.messages('figure.timeline_links')}{join_markdown(links, ' · ')}</sub>"
    )
