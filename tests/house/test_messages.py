"""The catalogues of all rooms say the same in every language, and only what is asked for."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

import landscape

ROOT = Path(landscape.__file__).parent
ROOMS = sorted(
    path.parent.parent.relative_to(ROOT).as_posix() for path in ROOT.rglob("messages/en.yaml")
)


def read_catalogues(room: str) -> dict[str, dict[str, str]]:
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in (ROOT / room / "messages").glob("*.yaml")
    }


def list_fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_all_rooms_with_words_are_checked() -> None:
    assert {"charts", "report"} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_every_language_has_every_message_with_the_same_values(room: str) -> None:
    catalogues = read_catalogues(room)
    for catalogue in catalogues.values():
        assert catalogue.keys() == catalogues["en"].keys()
        assert all(isinstance(text, str) for text in catalogue.values())
        assert all(text or key.endswith(".separator") for key, text in catalogue.items())
        fields = {key: list_fields(text) for key, text in catalogue.items()}
        assert fields == {key: list_fields(text) for key, text in catalogues["en"].items()}


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_is_used(room: str) -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in ROOT.rglob("*")
        if path.suffix in {".py", ".j2"}
    )
    composed = tuple(sorted(set(re.findall(r"""f["']([a-z_]+\.[a-z_.]*)\{""", sources))))
    unused = [
        key
        for key in read_catalogues(room)["en"]
        if not re.search(rf"""["']{re.escape(key)}["']""", sources) and not key.startswith(composed)
    ]
    assert unused == []
