"""Stories, comparisons and events in memory, from documents that were checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from landscape.dataset.discovery import FileKind
from landscape.dataset.document import Document
from landscape.dataset.story_model import (
    Axis,
    Comparison,
    Event,
    Feature,
    Figure,
    Headline,
    Judgement,
    Placement,
    Story,
)
from landscape.dataset.story_text import split_story

_APART = frozenset({"kind", "title", "caption", "events"})


def build_stories(documents: Sequence[Document]) -> tuple[Story, ...]:
    """Return the stories in their order; equal places by id."""
    stories = [_build_story(item) for item in documents if item.kind is FileKind.STORY]
    return tuple(sorted(stories, key=lambda story: (story.order, story.id)))


def build_comparisons(documents: Sequence[Document]) -> dict[str, Comparison]:
    """Return the comparisons by id, in order of id."""
    found = [item for item in documents if item.kind is FileKind.COMPARISON]
    return {
        item.path.stem: _build_comparison(item.path.stem, item.value)
        for item in sorted(found, key=lambda item: item.path.stem)
        if isinstance(item.value, dict)
    }


def build_events(value: Sequence[Mapping[str, Any]]) -> tuple[Event, ...]:
    """Return the events, the newest first; of one day in the file's order."""
    events = [
        Event(item["date"], _trim(item["text"]), item.get("link", ""),
              tuple(item.get("projects", ())))
        for item in value
    ]  # fmt: skip
    return tuple(sorted(events, key=lambda event: event.date, reverse=True))


def _build_story(document: Document) -> Story:
    value: Any = document.value
    return Story(
        id=document.path.stem,
        title=_trim(value["title"]),
        order=int(value["order"]),
        summary=_trim(value["summary"]),
        figures={
            name: Figure(
                name=name,
                kind=figure["kind"],
                options={key: item for key, item in figure.items() if key not in _APART},
                caption=_trim(figure.get("caption", {})),
                events=build_events(figure.get("events", ())),
                headlines={
                    language: Headline(
                        text.strip(), document.line_of(("figures", name, "title", language))
                    )
                    for language, text in figure.get("title", {}).items()
                },
            )
            for name, figure in value.get("figures", {}).items()
        },
        sections=split_story(document.body).sections,
    )


def _build_comparison(comparison_id: str, value: Mapping[str, Any]) -> Comparison:
    as_of = value["as_of"]
    return Comparison(
        id=comparison_id,
        kind=value["kind"],
        title=_trim(value["title"]),
        as_of=as_of,
        note=_trim(value.get("note", {})),
        projects=tuple(value.get("projects", ())),
        features=tuple(
            Feature(
                item["id"],
                _trim(item["name"]),
                {project: _build_judgement(cell, as_of) for project, cell in item["cells"].items()},
            )
            for item in value.get("features", ())
        ),
        x=_build_axis(value.get("x")),
        y=_build_axis(value.get("y")),
        placements=tuple(
            Placement(
                project=item["project"],
                x=float(item["x"]),
                y=float(item["y"]),
                reason=_trim(item["reason"]),
                source=item["source"],
                as_of=item.get("as_of", as_of),
            )
            for item in value.get("placements", ())
        ),
    )


def _build_judgement(cell: Mapping[str, Any], as_of: str) -> Judgement:
    note = _trim(cell.get("note", {}))
    return Judgement(cell["answer"], cell["source"], cell.get("as_of", as_of), note)


def _build_axis(value: Mapping[str, Any] | None) -> Axis | None:
    return None if value is None else Axis(_trim(value["low"]), _trim(value["high"]))


def _trim(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items()}
