"""Every number of every page is that of the records; a digit that is not so is found."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.traceability.conftest import ROOT
from tests.traceability.frontpage import expect_block
from tests.traceability.pages import find_tracer, list_changed_lines, read_lines, trace_page
from tests.traceability.recount import Recount
from tests.traceability.tokens import Reader, compare

MUTATED = (
    "README.md", "changes.zh-CN.md", "events.md", "method.zh-CN.md", "movers.md",
    "projects.zh-CN.md", "survival.md", "domains/serving.md", "domains/agent-framework.zh-CN.md",
    "projects/vllm.md", "projects/cody.md", "projects/autoresearch.zh-CN.md",
    "stories/hackathon.md", "stories/model-serving.zh-CN.md", "stories/coding-assistants.md",
)  # fmt: skip
MUTATIONS = 300
"""At most so many digits of a page are changed, chosen by a fixed seed."""


def pick_reader(path: str, readers: Mapping[str, Reader]) -> Reader:
    return readers["zh" if path.endswith(".zh-CN.md") else "en"]


def test_every_number_of_every_page_is_counted_again(
    report: Path, recount: Recount, readers: Mapping[str, Reader]
) -> None:
    wrong = []
    for page in sorted(report.rglob("*.md")):
        path = page.relative_to(report).as_posix()
        text = page.read_text(encoding="utf-8")
        wrong += [
            f"{path}: {told}"
            for told in trace_page(path, text, recount, pick_reader(path, readers))
        ]
    assert wrong == []


@pytest.mark.parametrize("path", MUTATED)
def test_a_changed_digit_is_found(
    report: Path, recount: Recount, readers: Mapping[str, Reader], path: str
) -> None:
    reader, tracer = pick_reader(path, readers), find_tracer(path)
    assert tracer is not None
    expected = list(tracer(recount, reader))
    lines = read_lines((report / path).read_text(encoding="utf-8"), reader)
    changes = [
        (place, changed)
        for place, (line, tokens) in enumerate(lines)
        for changed in (list_changed_lines(line) if tokens else [])
    ]
    assert changes
    chosen = random.Random(7).sample(changes, min(MUTATIONS, len(changes)))
    unseen = [
        changed
        for place, changed in chosen
        if not compare(
            [*lines[:place], (changed, reader.read_line(changed)), *lines[place + 1 :]], expected
        )
    ]
    assert unseen == []


def test_the_block_in_the_repositorys_readme_says_the_same(
    report: Path, recount: Recount, readers: Mapping[str, Reader]
) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        block = text.split("<!-- landscape:begin -->")[1].split("<!-- landscape:end -->")[0]
        reader = pick_reader(name, readers)
        expected = list(expect_block(recount, reader.language))
        assert compare(read_lines(block, reader), expected) == []
        assert compare(read_lines(block.replace("8", "9"), reader), expected)


def test_a_new_sentence_with_a_number_is_found(
    report: Path, recount: Recount, readers: Mapping[str, Reader]
) -> None:
    text = (report / "README.md").read_text(encoding="utf-8")
    assert trace_page("README.md", text + "\nNobody counted these 7.\n", recount, readers["en"])


def test_a_page_of_a_new_kind_is_found(recount: Recount, readers: Mapping[str, Reader]) -> None:
    assert trace_page("forecasts/serving.md", "no number", recount, readers["en"])
    assert trace_page("forecasts.md", "no number", recount, readers["en"])
