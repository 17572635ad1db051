"""The canonical form: order and layout change, values and comments never do."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.dataset.discovery import ContributedFile, FileKind
from landscape.dataset.document import parse_document
from landscape.dataset.formatting import format_file, format_text
from landscape.dataset.key_order import PROJECT_KEYS

CASES = Path(__file__).parent.parent / "cases" / "dataset" / "fmt"
PROJECT = ContributedFile(PurePosixPath("data/projects/vllm.yaml"), FileKind.PROJECT)
TAXONOMY = ContributedFile(PurePosixPath("data/taxonomy.yaml"), FileKind.TAXONOMY)
SEPARATOR = "# output\n"


def format_project(text: str) -> str:
    return format_text(PROJECT, text)


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_a_file_gets_its_canonical_form(case: Path) -> None:
    before, after = case.read_text(encoding="utf-8").split(SEPARATOR)
    assert format_project(before) == after
    assert format_project(after) == after


def test_line_ends_and_byte_order_mark_go() -> None:
    assert format_project("\ufeffname: a\r\nrepo: a/b\r\n") == "name: a\nrepo: a/b\n"
    assert format_project("name: a\rrepo: a/b") == "name: a\nrepo: a/b\n"


@pytest.mark.parametrize(
    "text",
    ['name: "never closed\n', "\tname: x\n", "name: a\nname: b\n", "a: *b\n", "name: !x y\n", ""],
)
def test_what_cannot_be_parsed_stays_byte_for_byte(text: str, tmp_path: Path) -> None:
    path = tmp_path / PROJECT.path
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    formatting = format_file(tmp_path, PROJECT)
    assert not formatting.is_changed
    assert formatting.findings
    assert format_project(text) == text


def test_settings_and_taxonomy_keep_the_order_of_their_keys() -> None:
    text = "tags:\n   b: {en: B}\n   a: {en: A}\nlayers: []\n"
    assert format_text(TAXONOMY, text) == "tags:\n  b: {en: B}\n  a: {en: A}\nlayers: []\n"


WORDS = st.text("abz: -#'\"é模\\{}[]&*!|>%@`,?0~\n\t", max_size=20)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(
    st.sampled_from([*PROJECT_KEYS, "unknown", "another"]), VALUES, min_size=1, max_size=6
)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, False, True]),
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "indent": st.sampled_from([2, 4, 7]),
        "width": st.sampled_from([20, 80, 1000]),
        "allow_unicode": st.booleans(),
    }
)
GAPS = st.lists(st.sampled_from(["", "# a comment", "#", "", "  "]), max_size=2)


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, STYLES, st.lists(GAPS, min_size=12, max_size=12))
def test_formatting_is_idempotent_and_changes_no_value_and_no_comment(
    value: dict[str, object], style: dict[str, object], gaps: list[list[str]]
) -> None:
    parts: list[str] = []
    for number, (key, inner) in enumerate(value.items()):
        parts += gaps[number]
        parts.append(yaml.safe_dump({key: inner}, **style).rstrip("\n"))  # type: ignore[call-overload]
    text = "\n".join(parts) + "\n"
    document = parse_document(PROJECT, text)
    formatted = format_project(text)
    assert format_project(formatted) == formatted
    if document.is_readable and not document.findings:
        assert parse_document(PROJECT, formatted).value == document.value
        assert formatted.count("# a comment") == text.count("# a comment")


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("abc:-[]{}#&*!|>'\"%@`\t\n\r ,?0129~\ufeff"), max_size=40))
def test_formatting_any_text_is_idempotent(text: str) -> None:
    formatted = format_project(text)
    assert format_project(formatted) == formatted


@settings(max_examples=100, deadline=None)
@given(st.permutations(PROJECT_KEYS))
def test_keys_end_in_canonical_order_whatever_theirs_was(keys: list[str]) -> None:
    formatted = format_project("".join(f"# about {key}\n{key}: x\n" for key in keys))
    assert [line[:-3] for line in formatted.splitlines()[1::2]] == list(PROJECT_KEYS)
    assert formatted.splitlines()[::2] == [f"# about {key}" for key in PROJECT_KEYS]
