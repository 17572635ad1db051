"""Stories for the tests: laid over the tiny landscape, or filled in by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from landscape.dataset.story_model import Section
from landscape.report.addresses import Addresses
from landscape.report.cells import Scribe
from landscape.report.entries import list_entries
from landscape.report.stories.desk import Desk
from landscape.report.stories.material import load_material
from landscape.report.stories.pages import set_up_desk
from landscape.report.stories.sections import FilledSection, fill_section
from landscape.report.stories.values import StoryValues
from landscape.report.wording import load_wording
from tests.report.landscapes import Sample

HEAD = """---
title: {{en: "{title}", zh: 标题}}
order: {order}
summary: {{en: One line., zh: 一行。}}
{figures}---
"""


def write_story(
    root: Path,
    story_id: str,
    english: str,
    chinese: str = "文字。",
    *,
    figures: Sequence[str] = (),
    order: int = 1,
) -> Path:
    """Write a story; ``figures`` are lines ``name: {...}``."""
    declared = "".join(f"  {line}\n" for line in figures)
    head = HEAD.format(
        title=f"Story {story_id}",
        order=order,
        figures=f"figures:\n{declared}" if declared else "",
    )
    path = root / "data" / "stories" / f"{story_id}.md"
    path.parent.mkdir(exist_ok=True)
    text = f"{head}<!-- en -->\n{english}\n<!-- zh -->\n{chinese}\n"
    path.write_text(text, encoding="utf-8")
    return path


def make_desk(sample: Sample, language: str = "en") -> Desk:
    """Return what figures and values of the landscape are made from."""
    addresses = Addresses(sample.dataset.settings.languages)
    scribe = Scribe(sample.dataset, addresses, load_wording(language), "../")
    entries = list_entries(sample.landscape)
    return set_up_desk(sample.landscape, entries, load_material(sample.dataset), scribe)


def make_values(sample: Sample, language: str = "en") -> StoryValues:
    """Return the functions of stories over the landscape."""
    desk = make_desk(sample, language)
    return StoryValues(desk.landscape, desk.entries, desk.material, desk.scribe, desk.messages)


def fill(text: str, sample: Sample, language: str = "en", line: int = 1) -> FilledSection:
    """Fill in a text as it is, whether the checks would let it pass or not."""
    values = make_values(sample, language)
    return fill_section(Section(language, text, line), values.functions, lambda name: f"[{name}]")
