from __future__ import annotations

from landscape.base.languages import load_messages


def test_a_language_without_a_catalogue_gets_the_english_one() -> None:
    assert load_messages("charts", "fr").catalogue == load_messages("charts", "en").catalogue
