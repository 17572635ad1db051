"""The catalogue of findings: permanent codes, a page that tells them all, a case for each."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from landscape.dataset.catalogue import CATALOGUE
from landscape.dataset.catalogue.file_kinds import BAD_FILE_NAME
from landscape.dataset.catalogue.kind import MAX_SHOWN_CHARACTERS, shorten
from landscape.dataset.findings_page import render_findings_page
from tests.dataset.landscapes import EXPECTED, list_cases

PAGE = Path(__file__).parent.parent.parent / "docs" / "findings.md"

# These need a file that the tests' user must not read, a device, a flaw of our own schemas, or
# what a source says (tests/refresh has that one).
WITHOUT_CASE = {"not-a-file", "wrong-shape", "lapsed-correction"}


def test_codes_are_unique_and_of_one_form() -> None:
    codes = [kind.code for kind in CATALOGUE]
    assert len(codes) == len(set(codes)) > 50
    assert [code for code in codes if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


def test_every_kind_says_what_why_and_how_to_mend() -> None:
    for kind in CATALOGUE:
        assert kind.message
        assert kind.why.endswith(".")
        assert kind.remedy


def test_the_page_of_findings_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_findings_page()


def test_every_kind_has_a_case() -> None:
    expected = "\n".join((case / EXPECTED).read_text("utf-8") for case in list_cases("invalid"))
    seen = set(re.findall(r"^\S+ \w+ (\S+)", expected, re.MULTILINE))
    assert {kind.code for kind in CATALOGUE} - seen - WITHOUT_CASE == set()


def test_values_are_shown_short_and_without_what_a_terminal_obeys() -> None:
    assert len(shorten("x" * 1000)) == MAX_SHOWN_CHARACTERS
    assert shorten("a\x1b[31mb\nc\u202ed") == "a\\x1b[31mb\\nc\\u202ed"
    assert shorten("面向大模型") == "面向大模型"


def test_values_with_braces_are_shown_as_they_are() -> None:
    finding = BAD_FILE_NAME.at(PurePosixPath("x"), 0, value="{wanted}", wanted="{value}")
    assert finding.value == "{wanted}"
    assert "{value}" in finding.hint
