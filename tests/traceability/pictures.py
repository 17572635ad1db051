"""Which tracer reads which picture of the report; a picture without one is a failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.traceability.barpictures import (
    trace_coverage,
    trace_freshness,
    trace_growth,
    trace_movers,
    trace_strip,
)
from tests.traceability.drawings import Drawing
from tests.traceability.duelpictures import trace_duel
from tests.traceability.linepictures import (
    trace_domain_trend,
    trace_project,
    trace_story_trend,
    trace_technology,
)
from tests.traceability.nodepictures import (
    trace_map,
    trace_neighbourhood,
    trace_network,
    trace_quadrant,
    trace_timeline,
)
from tests.traceability.ranks import (
    trace_domain_race,
    trace_story_motion,
    trace_story_race,
    trace_survival,
)
from tests.traceability.records import Records
from tests.traceability.recount import Recount
from tests.traceability.tokens import Reader

Trace = Callable[[Drawing, Recount, Reader], list[str]]
OfFigure = Callable[[Drawing, dict[str, Any], Recount, Reader], list[str]]
Named = Callable[[Drawing, str, Recount, Reader], list[str]]

BY_FOLDER: dict[str, Named] = {
    "project": trace_project,
    "race": trace_domain_race,
    "trend": trace_domain_trend,
}
BY_NAME: dict[str, Named] = {
    "coverage": trace_coverage,
    "freshness": trace_freshness,
    "growth": trace_growth,
    "map": trace_map,
    "movers": trace_movers,
    "network": trace_network,
    "strip": trace_strip,
    "survival": trace_survival,
    "survival-created": trace_survival,
    "survival-domain": trace_survival,
    "technology": trace_technology,
}
OF_WHOLE: dict[str, Named] = {"domain-growth": trace_growth, "technology": trace_technology}
"""Pictures of the whole landscape that stories may show too."""
OF_STORIES: dict[str, OfFigure] = {
    "head-to-head": trace_duel,
    "network": trace_neighbourhood,
    "quadrant": trace_quadrant,
    "race": trace_story_race,
    "race--moving": trace_story_motion,
    "timeline": trace_timeline,
    "trend": trace_story_trend,
}


def find_language(path: str) -> str:
    return "zh" if ".zh." in path else "en"


def find_kind(path: str, records: Records) -> str:
    """Return what kind of picture stands at an address: a chapter's, a folder's, a story's."""
    folder, _, file = path.rpartition("/")
    stem = file.split(".")[0]
    moving = "--moving" if stem.endswith("--moving") else ""
    if folder != "story":
        return (folder or stem) + (moving if folder else "")
    story, _, rest = stem.partition("--")
    figure = records.stories[story].about["figures"][rest.partition("--")[0]]
    return f"story/{figure['kind']}{moving}"


def find_tracer(path: str, records: Records) -> Trace | None:
    """Return the tracer of a picture by its address within the folder of charts."""
    folder, _, file = path.rpartition("/")
    if not file.endswith(".svg"):
        return None
    stem = file.split(".")[0]
    if folder == "story":
        story, _, rest = stem.partition("--")
        figure = records.stories[story].about["figures"][rest.partition("--")[0]]
        kind = figure["kind"] + ("--moving" if rest.endswith("--moving") else "")
        if kind in OF_WHOLE:
            whole = OF_WHOLE[kind]
            return lambda d, recount, reader: whole(d, stem, recount, reader)
        trace = OF_STORIES.get(kind)
        return trace and (lambda d, recount, reader: trace(d, figure, recount, reader))
    named = BY_FOLDER.get(folder) if folder else BY_NAME.get(stem)
    return named and (lambda d, recount, reader: named(d, stem, recount, reader))
