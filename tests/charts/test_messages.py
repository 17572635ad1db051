from __future__ import annotations

import re

from landscape.base.languages import load_messages

EN, ZH = (load_messages("charts", language).catalogue for language in ("en", "zh"))


def test_both_languages_have_the_same_messages_with_the_same_placeholders() -> None:
    assert set(EN) == set(ZH)
    for key, text in EN.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", ZH[key])), key


def test_a_language_without_a_catalogue_gets_the_english_one() -> None:
    assert load_messages("charts", "fr").catalogue == EN
