"""The race on a domain's page: pictures that serve all languages, and their words on the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from landscape.charts.race import draw_race, is_race
from landscape.charts.race_animation import draw_race_animation
from landscape.report.book import UP, Book
from landscape.report.markdown import Markdown, escape_text
from landscape.report.pictures import race_stem, show_picture
from landscape.report.stories.desk import Drawing
from landscape.report.stories.races import MOVING, Race, describe_race
from landscape.report.tallies import DomainTally, find_leading
from landscape.report.views import draw_view, tell_missing

FEWEST_RACING = 3


@dataclass(frozen=True)
class RaceSection:
    """What stands below the heading; only ``picture`` where no race can be drawn."""

    picture: Markdown
    finding: Markdown | None = None
    note: Markdown | None = None
    moving: Markdown | None = None
    moving_note: Markdown | None = None


def render_race(tally: DomainTally, book: Book) -> RaceSection | None:
    """Return the race of the domain's projects; None where fewer than three have values."""
    if len(find_leading(tally, FEWEST_RACING)) < FEWEST_RACING:
        return None
    race = describe_race({"domain": tally.domain.id}, book.desk)
    if not is_race(race.rows):
        return RaceSection(tell_missing(book.desk.messages("missing.race"), book.desk))
    words, moving = race.tell(race.rows), race.tell_moving(race.rows)
    say = book.desk.chart_messages
    still, animation = _draw(race, race_stem(tally.domain.id), book)
    return RaceSection(
        picture=still or Markdown(""),
        finding=escape_text(words.title),
        note=escape_text(say("sentences", first=words.subtitle, second=words.footnote)),
        moving=animation,
        moving_note=escape_text(moving.breaks),
    )


def _draw(race: Race, stem: str, book: Book) -> tuple[Markdown | None, Markdown | None]:
    """Draw what another language has not drawn yet, and return both pictures."""
    names = book.desk.names
    drawings = (
        Drawing(partial(draw_race, race.rows, names), race.alternative),
        Drawing(partial(draw_race_animation, race.rows, names), race.alternative_moving, MOVING),
    )
    shown = []
    for drawing in drawings:
        path = stem + drawing.suffix
        picture = show_picture(book.files, path, drawing.alternative, UP)
        if picture is None:
            draw_view(drawing, path, book.files)
            picture = show_picture(book.files, path, drawing.alternative, UP)
        shown.append(picture)
    still, moving = shown
    return still, moving
