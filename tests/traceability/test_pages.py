"""Every number of every page is that of the records; a digit that is not so is found."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.traceability.frontpage import expect_block
from tests.traceability.landscapes import Traced
from tests.traceability.pages import read_lines, trace_page
from tests.traceability.recount import Recount
from tests.traceability.tokens import Reader, compare

MUTATED = {
    "README.md": 1, "changes.zh-CN.md": 1, "events.md": 1, "method.zh-CN.md": 1, "movers.md": 1,
    "projects.zh-CN.md": 1, "survival.md": 1, "domains/*.md": 3, "projects/*.md": 6,
    "stories/*.md": 4,
}  # fmt: skip
"""Of how many pages of each kind digits are changed; which ones is chosen by a fixed seed."""
MUTATIONS = 300
"""At most so many digits of a page are changed, chosen by a fixed seed."""
CHANCE = 50
"""One change of so many may happen to be another true number: data alone must not fail a test.

In the planted landscape, whose data stand still, every single change is found.
"""


def test_every_number_of_every_page_is_counted_again(traced: Traced) -> None:
    assert traced.trace_pages() == []


@pytest.mark.parametrize("kind", MUTATED)
def test_a_changed_digit_is_found(traced: Traced, kind: str) -> None:
    pages = sorted(traced.report.glob(kind))
    picked = random.Random(3).sample(pages, min(MUTATED[kind], len(pages)))
    changed = unseen = 0
    for page in picked:
        path = page.relative_to(traced.report).as_posix()
        found = list(traced.change_page(path, MUTATIONS))
        changed += len(found)
        unseen += sum(not told for _, told in found)
    if not changed:
        pytest.skip(f"no number on the pages {kind}")
    assert unseen <= changed // CHANCE + 1


def test_the_block_in_the_repositorys_readme_says_the_same(traced: Traced) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (traced.root / name).read_text(encoding="utf-8")
        block = text.split("<!-- landscape:begin -->")[1].split("<!-- landscape:end -->")[0]
        reader = traced.pick_reader(name)
        expected = list(expect_block(traced.recount, reader.language))
        assert compare(read_lines(block, reader), expected) == []
        assert compare(read_lines(re.sub(r"\d", add_one, block), reader), expected)


def add_one(digit: re.Match[str]) -> str:
    return str((int(digit[0]) + 1) % 10)


def test_a_new_sentence_with_a_number_is_found(
    report: Path, recount: Recount, readers: Mapping[str, Reader]
) -> None:
    text = (report / "README.md").read_text(encoding="utf-8")
    assert trace_page("README.md", text + "\nNobody counted these 7.\n", recount, readers["en"])


def test_a_page_of_a_new_kind_is_found(recount: Recount, readers: Mapping[str, Reader]) -> None:
    assert trace_page("forecasts/serving.md", "no number", recount, readers["en"])
    assert trace_page("forecasts.md", "no number", recount, readers["en"])
