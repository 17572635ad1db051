"""Pages and exports of a tiny landscape, byte for byte.

After a meant change: ``scripts/test tests/report/test_golden.py --update-golden``, and read the
difference.
"""

from __future__ import annotations

import pytest

from tests.report.landscapes import TINY, load_sample

EXPECTED = TINY / "expected"


def test_pages_and_exports_of_a_tiny_landscape_are_as_expected(
    request: pytest.FixtureRequest,
) -> None:
    files = {
        path: text for path, text in load_sample().render().items() if not path.endswith(".svg")
    }
    if request.config.getoption("--update-golden"):
        for path, text in files.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_text(text, encoding="utf-8", newline="\n")
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes().decode()
        for path in EXPECTED.rglob("*")
        if path.is_file()
    }
    assert sorted(files) == sorted(expected)
    for path, text in files.items():
        assert text == expected[path], path


def test_nothing_generated_tells_when_or_where_it_was_made() -> None:
    for path, text in load_sample().render().items():
        assert "/tests/cases" not in text, path
        assert "\r" not in text, path
