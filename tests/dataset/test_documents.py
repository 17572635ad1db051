"""Reading files: hostile and broken ones become findings, and values keep their places."""

from __future__ import annotations

import random
from pathlib import Path, PurePosixPath

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from landscape.dataset.discovery import ContributedFile, FileKind
from landscape.dataset.document import Document, parse_document, read_document
from landscape.dataset.yaml_places import find_place

FILE = ContributedFile(PurePosixPath("data/projects/vllm.yaml"), FileKind.PROJECT)

PLAIN = st.recursive(
    st.none() | st.integers(-1000, 1000) | st.text("abc: -#'\"é模\n", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcdef", min_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


def read_text(text: str) -> Document:
    return parse_document(FILE, text)


@given(st.dictionaries(st.text("abcdef", min_size=2), PLAIN, min_size=1, max_size=4))
def test_values_are_those_that_a_safe_loader_reads(value: object) -> None:
    document = read_text(yaml.safe_dump(value, allow_unicode=True))
    assert document.findings == ()
    assert document.value == value


def test_dates_stay_text() -> None:
    assert read_text("added: 2025-03-11\n").value == {"added": "2025-03-11"}


@pytest.mark.parametrize("number", ["0x1f", "1:30:00", ".inf", "-.INF", ".nan", "9" * 5000])
def test_fancy_numbers_never_crash(number: str) -> None:
    document = read_text(f"name: {number}\n")
    assert document.is_readable


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_nesting_of_any_depth_ends_in_a_finding(opening: str) -> None:
    document = read_text("tags: \n " + opening * 10_000)
    assert not document.is_readable
    assert [finding.code for finding in document.findings] == ["too-deep"]


def test_random_bytes_end_in_findings(tmp_path: Path) -> None:
    source = random.Random(7)
    path = tmp_path / FILE.path
    path.parent.mkdir(parents=True)
    for _ in range(300):
        path.write_bytes(source.randbytes(source.randrange(1, 60)))
        document = read_document(tmp_path, FILE)
        assert document.findings or document.is_readable


@given(st.text(st.sampled_from("abc:-[]{}#&*!|>'\"%@`\t\n ,?0129~\u2028\ufffe"), max_size=60))
def test_any_text_is_read_or_has_a_finding(text: str) -> None:
    document = read_text(text)
    assert document.findings or document.is_readable


def test_a_file_that_vanished_is_a_finding(tmp_path: Path) -> None:
    assert [finding.code for finding in read_document(tmp_path, FILE).findings] == ["not-a-file"]


def test_a_folder_in_a_files_place_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / FILE.path).mkdir(parents=True)
    assert [finding.code for finding in read_document(tmp_path, FILE).findings] == ["not-a-file"]


def test_places_are_found_by_keys() -> None:
    text = "name: vLLM\ntags:\n- gpu\n-   rag\nsummary: {en: x,\n  zh: y}\nnote:\n\nlogo: z\n"
    assert find_place(text, ("name",)).line == 1
    assert find_place(text, ("tags", 1)).line == 4
    assert find_place(text, ("summary", "zh")).line == 6
    assert find_place(text, ("tags",), on_key=True).line == 2
    assert find_place(text, ("note",)).line == 7
    assert find_place(text, ("nothing", "here")).line == 1
    assert find_place("0: [", ("x",)).line == 0
