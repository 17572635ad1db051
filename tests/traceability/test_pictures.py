"""Every number and every plotted place of every picture is that of the records."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.traceability.drawings import Drawing, hide_look, read_drawing, read_file
from tests.traceability.pictures import find_language, find_tracer
from tests.traceability.records import Records
from tests.traceability.recount import Recount
from tests.traceability.sheets import is_data
from tests.traceability.tokens import Reader

MOVED_PIXELS = 4.0
CHANGED_DIGITS = 40
MOVED_PLACES = 12

MUTATED = [
    "coverage", "freshness", "growth", "map", "movers", "network", "strip", "survival",
    "survival-domain", "technology", "project/vllm", "race/ai-compiler",
    "race/ai-compiler--moving", "trend/serving", "story/hackathon--duel",
    "story/hackathon--copies", "story/protocols--dates", "story/coding-assistants--places",
    "story/data-governance--neighbours", "story/training-around-pytorch--decade",
]  # fmt: skip

WITH_LINES = {
    "technology", "project/vllm", "trend/serving", "story/hackathon--copies",
    "story/hackathon--duel", "story/training-around-pytorch--decade",
}  # fmt: skip

Tracing = Callable[[Drawing, str], list[str]]


@pytest.fixture
def trace(records: Records, recount: Recount, readers: Mapping[str, Reader]) -> Tracing:
    """Trace a picture as the one of an address."""

    def run(drawing: Drawing, path: str) -> list[str]:
        tracer = find_tracer(path, records)
        if tracer is None:
            return ["no tracer reads this kind of picture"]
        return tracer(drawing, recount, readers[find_language(path)])

    return run


def list_pictures(report: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((report / "charts").rglob("*")):
        if path.is_file():
            yield path.relative_to(report / "charts").as_posix(), path


def find_picture(report: Path, stem: str) -> Path:
    """Return the light picture of a stem, in English where there are two."""
    names = (f"{stem}.en.light.svg", f"{stem}.light.svg", f"{stem}.svg")
    return next(p for name in names if (p := report / "charts" / name).exists())


def test_every_picture_tells_and_plots_what_is_recorded(report: Path, trace: Tracing) -> None:
    wrong = [
        f"{name}: {told}"
        for name, path in list_pictures(report)
        if ".dark." not in name
        for told in trace(read_file(path), name)
    ]
    assert wrong == []


def test_dark_pictures_differ_from_light_ones_in_colours_only(report: Path) -> None:
    dark = [(name, path) for name, path in list_pictures(report) if ".dark." in name]
    assert dark
    apart = [
        name
        for name, path in dark
        if hide_look(path.read_text(encoding="utf-8"))
        != hide_look(
            path.with_name(path.name.replace(".dark.", ".light.")).read_text(encoding="utf-8")
        )
    ]
    assert apart == []
    source = dark[0][1].read_text(encoding="utf-8")
    assert hide_look(source.replace(">2", ">3")) != hide_look(source)


@pytest.mark.parametrize("stem", MUTATED)
def test_a_changed_digit_or_a_moved_place_is_found(report: Path, trace: Tracing, stem: str) -> None:
    path = find_picture(report, stem)
    name = path.relative_to(report / "charts").as_posix()
    drawing = read_file(path)
    assert trace(drawing, name) == []
    chance = random.Random(11)
    digits, places = list(change_digits(drawing)), list(move_places(drawing, stem))
    assert digits or places
    changed = chance.sample(digits, min(CHANGED_DIGITS, len(digits)))
    changed += chance.sample(places, min(MOVED_PLACES, len(places)))
    assert [what for what, other in changed if not trace(other, name)] == []


def change_digits(drawing: Drawing) -> Iterator[tuple[str, Drawing]]:
    """Yield the picture with one digit of a text changed, for every digit."""
    for place, text in enumerate(drawing.texts):
        for digit in re.finditer(r"\d", text.text):
            other = str((int(digit[0]) + 4) % 10)
            changed = text.text[: digit.start()] + other + text.text[digit.end() :]
            texts = [*drawing.texts]
            texts[place] = replace(text, text=changed)
            yield f"{text.text} as {changed}", replace(drawing, texts=texts)


def move_places(drawing: Drawing, stem: str) -> Iterator[tuple[str, Drawing]]:
    """Yield the picture with one plotted place moved: a point of a line, a column, a mark."""
    if stem == "map" or "--moving" in stem:
        return
    for place, line in enumerate(drawing.lines):
        named = re.search(r"/(curve|known|unknown|map|quarter|edges)[^/]*$", line.group)
        if named or (stem in WITH_LINES and is_data(line)):
            points = [*line.points]
            points[0] = (points[0][0], points[0][1] - MOVED_PIXELS)
            lines = [*drawing.lines]
            lines[place] = replace(line, points=tuple(points))
            yield f"line {line.group} {line.points[0]}", replace(drawing, lines=lines)
    for place, mark in enumerate(drawing.marks):
        if "/marks" in mark.group and "places" not in stem:
            moved = replace(mark, x=mark.x + MOVED_PIXELS, y=mark.y + MOVED_PIXELS)
            marks = [*drawing.marks]
            marks[place] = moved
            yield f"mark {mark}", replace(drawing, marks=marks)
        if "/bar-" in mark.group:
            marks = [*drawing.marks]
            marks[place] = replace(mark, width=mark.width + 4 * MOVED_PIXELS)
            yield f"bar {mark}", replace(drawing, marks=marks)


def test_a_title_that_names_another_project_is_found(report: Path, trace: Tracing) -> None:
    path = find_picture(report, "movers")
    source = path.read_text(encoding="utf-8")
    name = path.relative_to(report / "charts").as_posix()
    title = re.search(r"<title>(.*?)</title>", source)
    assert title
    other = source.replace(title[0], "<title>Aider gained the most OpenRank</title>")
    assert trace(read_drawing(other), name)


def test_a_picture_of_a_new_kind_is_found(records: Records) -> None:
    assert find_tracer("forecast.en.light.svg", records) is None
    assert find_tracer("forecast/serving.light.svg", records) is None
    assert find_tracer("race/serving.en.gif", records) is None
