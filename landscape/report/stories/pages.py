"""Stories as pages of the report, with their pictures, and what had to be left out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from landscape.analysis.model import Landscape
from landscape.base.findings import Finding
from landscape.charts.metric_names import load_metric_messages
from landscape.charts.palette import THEMES
from landscape.dataset.story_model import Story
from landscape.report.cells import Scribe, render_switch
from landscape.report.entries import Entry
from landscape.report.markdown import Markdown, escape_text, join_markdown, render_link
from landscape.report.pictures import show_picture
from landscape.report.stories.desk import Desk, Drawing
from landscape.report.stories.figures import choose_places, view_figure
from landscape.report.stories.headlines import fill_headline
from landscape.report.stories.kinds import STALE_SENTENCE, VALUE_MISSING
from landscape.report.stories.material import Material
from landscape.report.stories.sandbox import Withheld
from landscape.report.stories.sections import FilledSection, fill_section
from landscape.report.stories.stale import Stale
from landscape.report.stories.values import StoryValues
from landscape.report.templating import render_template

ROOM = "report.stories"
FOLDER = PurePosixPath("data/stories")
UP = "../"


@dataclass
class StoryReport:
    """Pages and pictures by path in the report folder; findings on what was left out."""

    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)


def story_address(story_id: str, scribe: Scribe) -> str:
    """Return the path of a story's page in the report folder."""
    return f"stories/{story_id}{scribe.addresses.suffix(scribe.wording.language)}.md"


def picture_stem(story_id: str, drawing: str, language: str) -> str:
    """Return where a story's picture lies, without variant and ending."""
    # Two hyphens: an id has never two in a row, so no two names can be the same.
    return f"charts/story/{story_id}--{drawing}.{language}"


def set_up_desk(
    landscape: Landscape, entries: Sequence[Entry], material: Material, scribe: Scribe
) -> Desk:
    """Lay out what the figures of one language are made from; ``scribe`` is that of inner pages."""
    language, metric = scribe.wording.language, landscape.window.metric
    return Desk(
        landscape=landscape,
        entries=tuple(entries),
        material=material,
        scribe=scribe,
        messages=load_metric_messages(ROOM, language, metric),
        chart_messages=load_metric_messages("charts", language, metric),
    )


def render_stories(
    desk: Desk, report_progress: Callable[[str], None] = lambda _: None
) -> StoryReport:
    """Return every story in the language of the desk."""
    report = StoryReport()
    stories = desk.dataset.stories
    for position, story in enumerate(stories):
        _render_story(story, stories[:position], stories[position + 1 :], desk, report)
        report_progress(f"stories/{story.id}")
    return report


def list_stories(scribe: Scribe) -> list[tuple[Markdown, str]]:
    """Return each story's title as a link, and its summary, for the main page."""
    say = scribe.wording
    return [
        (
            render_link(say.pick(story.title), scribe.folder + story_address(story.id, scribe)),
            say.pick(story.summary),
        )
        for story in scribe.dataset.stories
    ]


def _render_story(
    story: Story,
    before: Sequence[Story],
    after: Sequence[Story],
    desk: Desk,
    report: StoryReport,
) -> None:
    scribe, language = desk.scribe, desk.scribe.wording.language
    say, own = scribe.wording, desk.messages
    values = StoryValues(desk.landscape, desk.entries, desk.material, scribe, own)
    section = story.choose_section(language)
    desk = replace(desk, places=choose_places(story.figures.values(), desk))
    filled = fill_section(
        section,
        values.functions,
        lambda name: _show_figure(story, name, values.functions, desk, report),
    )
    told_elsewhere = section.language != language
    if not told_elsewhere:
        _tell_withheld(story, section.language, filled.withheld, report)
    report.files[story_address(story.id, scribe)] = render_template(
        "story.md.j2",
        title=say.pick(story.title),
        summary=say.pick(story.summary),
        crumbs=render_link(say.pick(desk.dataset.settings.title), _front(scribe, "stories")),
        switch=render_switch(scribe, story.id),
        as_of=Markdown(own("story.as_of", as_of=desk.landscape.window.as_of)),
        body=Markdown(filled.markdown or own("story.empty")),
        notes=_list_notes(filled),
        withheld=own("story.withheld", count=len(filled.withheld)) if filled.withheld else "",
        navigation=_render_navigation(before, after, desk),
    )


def _list_notes(filled: FilledSection) -> list[Markdown]:
    return [
        Markdown(f'<a id="note-{number}"></a>{number}. {escape_text(note)}')
        for number, note in enumerate(filled.notes, 1)
    ]


def _show_figure(
    story: Story,
    name: str,
    functions: Mapping[str, Callable[..., object]],
    desk: Desk,
    report: StoryReport,
) -> str:
    """Draw a figure, keep its pictures, and return its Markdown."""
    figure, language = story.figures[name], desk.scribe.wording.language
    headline = fill_headline(figure, language, functions)
    _tell_withheld(story, language, headline.withheld, report)
    view = view_figure(figure, desk, headline.text)
    parts = [
        shown
        for drawing in view.drawings
        if (shown := _show_drawing(drawing, story, name, desk, report)) is not None
    ]
    if view.table:
        parts.append(view.table)
    if not parts:
        reason = escape_text(view.missing)
        return Markdown(f"*{desk.messages('missing.line', reason=reason)}*")
    caption = desk.scribe.wording.pick(figure.caption)
    told = [caption] if caption and figure.kind != "timeline" else []
    parts += [Markdown(f"<sub>{escape_text(line)}</sub>") for line in (*told, *headline.notes)]
    return f'<a id="{name}"></a>\n\n' + "\n\n".join(parts)


def _show_drawing(
    drawing: Drawing, story: Story, name: str, desk: Desk, report: StoryReport
) -> Markdown | None:
    """Draw both variants and return the picture, behind its line where it is folded."""
    stem = picture_stem(story.id, name + drawing.suffix, desk.scribe.wording.language)
    for theme in THEMES:
        svg = drawing.draw(theme=theme)
        if svg is not None:
            report.files[f"{stem}.{theme.name}.svg"] = svg.encode()
    shown = show_picture(report.files, stem, drawing.alternative, UP)
    if shown is None or not drawing.folded:
        return shown
    line = escape_text(drawing.folded)
    return Markdown(f"<details>\n<summary>{line}</summary>\n\n{shown}\n\n</details>")


def _tell_withheld(
    story: Story, language: str, withheld: Iterable[Withheld], report: StoryReport
) -> None:
    path = FOLDER / f"{story.id}.md"
    for item in withheld:
        kind = STALE_SENTENCE if item.is_stale else VALUE_MISSING
        report.findings.append(kind.at(path, item.line, value=item.reason, reason=item.reason))
        if item.is_stale:
            report.stale.append(Stale(story.id, language, str(path), item.line, item.reason))


def _front(scribe: Scribe, anchor: str) -> str:
    return f"{UP}{scribe.addresses.front(scribe.wording.language)}#{anchor}"


def _render_navigation(before: Sequence[Story], after: Sequence[Story], desk: Desk) -> Markdown:
    say, own, scribe = desk.scribe.wording, desk.messages, desk.scribe
    parts = [render_link(own("story.all"), _front(scribe, "stories"))]
    if before:
        title = own("story.before", title=say.pick(before[-1].title))
        parts.insert(0, render_link(title, UP + story_address(before[-1].id, scribe)))
    if after:
        title = own("story.after", title=say.pick(after[0].title))
        parts.append(render_link(title, UP + story_address(after[0].id, scribe)))
    return join_markdown(parts, " · ")
