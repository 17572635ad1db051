"""Texts in several languages: what people wrote, and the catalogues of our own messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

import yaml

from landscape.base.chinese import fill_chinese
from landscape.base.english import fill_english

LocalizedText = Mapping[str, str]
"""Language code to text, for example ``{"en": "Serving", "zh": "模型服务"}``."""


def pick_text(text: LocalizedText, language: str) -> str:
    """Return the text in the language, or in the first one that it has; empty where it has none."""
    return text.get(language) or next((value for value in text.values() if value), "")


_METRIC = "OpenRank"
"""What most landscapes decide by; one with another rule says so with ``naming_metric``."""


@dataclass(frozen=True)
class Messages:
    """The messages of one room in one language, by key.

    ``metric`` is what ``{metric}`` in a message stands for, the metric of the inclusion rule;
    ``{Metric}`` is the same with a capital, where a sentence or a heading begins with it.
    """

    language: str
    catalogue: Mapping[str, str] = field(repr=False)
    metric: str = _METRIC

    def __call__(self, key: str, **values: object) -> str:
        """Return the message with its ``{placeholders}`` filled; an unknown key is a KeyError."""
        named = {"metric": self.metric, "Metric": self.metric[:1].upper() + self.metric[1:]}
        fill = fill_chinese if self.language.startswith("zh") else fill_english
        return fill(self.catalogue[key], **{**named, **values})

    def naming_metric(self, name: str) -> Messages:
        """Return the same messages for a landscape that decides by another metric."""
        return replace(self, metric=name)


@cache
def load_messages(room: str, language: str) -> Messages:
    """Read ``landscape/<room>/messages/<language>.yaml``: a flat mapping of key to text.

    A language without a catalogue of its own uses the English one.
    """
    folder = resources.files(f"landscape.{room}") / "messages"
    source = folder / f"{language}.yaml"
    if not source.is_file():
        source = folder / "en.yaml"
    catalogue = yaml.safe_load(source.read_text(encoding="utf-8"))
    return Messages(language, catalogue)
