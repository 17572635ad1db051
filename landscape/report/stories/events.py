"""The page of dated events, newest first, by year."""

from __future__ import annotations

import itertools

from landscape.dataset.story_model import Event
from landscape.report.cells import Scribe, render_switch
from landscape.report.markdown import Markdown, escape_text, render_link
from landscape.report.stories.desk import Desk
from landscape.report.templating import render_template

_YEAR_CHARACTERS = 4
NAME = "events"


def events_address(scribe: Scribe) -> str:
    """Return the path of the page in the report folder."""
    return f"{NAME}{scribe.addresses.suffix(scribe.wording.language)}.md"


def render_events(desk: Desk) -> dict[str, bytes]:
    """Return the page by its path; none without events. The desk's scribe is the main page's."""
    events = desk.dataset.events
    if not events:
        return {}
    scribe, say = desk.scribe, desk.scribe.wording
    years = [
        (year, [_describe_event(event, desk) for event in group])
        for year, group in itertools.groupby(events, lambda event: event.date[:_YEAR_CHARACTERS])
    ]
    page = render_template(
        "events.md.j2",
        title=desk.messages("events.title"),
        intro=Markdown(desk.messages("events.intro")),
        crumbs=render_link(
            say.pick(desk.dataset.settings.title), f"{scribe.addresses.front(say.language)}#stories"
        ),
        switch=render_switch(scribe, NAME),
        years=years,
    )
    return {events_address(scribe): page}


def _describe_event(event: Event, desk: Desk) -> Markdown:
    """Return date, text, source and projects on one line."""
    say = desk.scribe.wording
    told = escape_text(say.pick(event.text))
    if event.link:
        link = render_link(desk.messages("events.link"), event.link)
        told = Markdown(desk.messages("events.sourced", told=told, link=link))
    named = [
        desk.scribe.link_project(desk.by_id[project])
        for project in event.projects
        if project in desk.by_id
    ]
    line = Markdown(f"**{escape_text(event.date)}** {told}")
    return Markdown(f"{line} · {say.join_list(named)}" if named else line)
