"""Tracer of a story's page: the source is filled in again, by our own evaluator.

What remains of numbers in the page is what the source declares as text: dates and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.traceability.recount import Recount
from tests.traceability.storyfigures import expect_figure
from tests.traceability.storytext import Filler
from tests.traceability.tokens import Prose, Reader, Wanted

FIGURE = re.compile(r"\{\{ *figure\('([\w-]+)'\) *\}\}$")


def expect_story(name: str, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    story = recount.records.stories[name]
    text = story.texts.get(reader.language) or next(iter(story.texts.values()))
    yield [recount.as_of]
    filler = Filler(recount, reader)
    for line in text.splitlines():
        figure = FIGURE.match(line.strip())
        if figure:
            yield from expect_figure(story.about["figures"][figure[1]], recount, reader)
        else:
            yield filler.expect_line(line)
    withheld = Prose((filler.withheld,), optional=True)
    if filler.withheld:
        yield withheld
    yield [token for number, note in enumerate(filler.listed, start=1) for token in (number, *note)]
    if filler.withheld:
        yield withheld
