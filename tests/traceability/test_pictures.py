"""Every number and every plotted place of every picture is that of the records."""

from __future__ import annotations

import re

import pytest

from tests.traceability.drawings import hide_look, read_drawing
from tests.traceability.landscapes import Traced
from tests.traceability.pictures import find_tracer
from tests.traceability.records import Records

MUTATED = [
    "coverage", "freshness", "growth", "map", "movers", "network", "strip", "survival",
    "survival-domain", "technology", "project", "race", "race--moving", "trend",
    "story/head-to-head", "story/race", "story/trend", "story/timeline", "story/quadrant",
    "story/network",
]  # fmt: skip
"""Kinds of pictures; the first of each is changed."""
CHANCE = 10
"""One change of so many may happen to be another true number: data alone must not fail a test.

In the planted landscape, whose data stand still, every single change is found.
"""


def test_every_picture_tells_and_plots_what_is_recorded(traced: Traced) -> None:
    assert traced.trace_pictures() == []


def test_dark_pictures_differ_from_light_ones_in_colours_only(traced: Traced) -> None:
    dark = [(name, path) for name, path in traced.list_pictures() if ".dark." in name]
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
    assert hide_look(re.sub(r">\d", ">x", source)) != hide_look(source)


@pytest.mark.parametrize("kind", MUTATED)
def test_a_changed_digit_or_a_moved_place_is_found(traced: Traced, kind: str) -> None:
    found = next((name for name, _ in traced.list_pictures() if traced.is_first(name, kind)), None)
    if found is None:
        pytest.skip(f"no picture of the kind {kind}")
    changes = list(traced.change_picture(found))
    unseen = [what for what, told in changes if not told]
    assert changes
    assert len(unseen) <= len(changes) // CHANCE, unseen


def test_a_title_that_names_another_project_is_found(traced: Traced) -> None:
    name = "movers.en.light.svg"
    if not traced.recount.moved:
        pytest.skip("nothing can be compared, so that no picture of movers is drawn")
    source = (traced.report / "charts" / name).read_text(encoding="utf-8")
    title = re.search(r"<title>(.*?)</title>", source)
    assert title
    second = traced.readers["en"].projects[traced.recount.gains[1]]
    other = source.replace(title[0], f"<title>{second} gained the most OpenRank</title>")
    assert traced.trace_picture(read_drawing(other), name)


def test_a_picture_of_a_new_kind_is_found(records: Records) -> None:
    assert find_tracer("forecast.en.light.svg", records) is None
    assert find_tracer("forecast/serving.light.svg", records) is None
    assert find_tracer("race/serving.en.gif", records) is None
