"""Both catalogues of the report say the same things with the same values."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
import yaml

import landscape.report

FOLDER = Path(landscape.report.__file__).parent
CATALOGUES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in (FOLDER / "messages").glob("*.yaml")
}


def list_fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_every_language_has_every_message_as_text(language: str) -> None:
    assert CATALOGUES[language].keys() == CATALOGUES["en"].keys()
    assert all(isinstance(text, str) and text for text in CATALOGUES[language].values())


@pytest.mark.parametrize("key", sorted(CATALOGUES["en"]))
def test_a_message_takes_the_same_values_in_every_language(key: str) -> None:
    fields = [list_fields(catalogue[key]) for catalogue in CATALOGUES.values()]
    assert all(each == fields[0] for each in fields)


def test_every_message_is_used() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for pattern in ("*.py", "templates/*.j2")
        for path in FOLDER.glob(pattern)
    )
    composed = (
        "verdict.", "meaning.", "reason.", "window.", "left.", "more.", "survival.by.",
        "method.limits.",
    )  # fmt: skip
    unused = [
        key
        for key in CATALOGUES["en"]
        if f'"{key}"' not in sources and not key.startswith(composed) and not key.endswith(".title")
    ]
    assert unused == []
