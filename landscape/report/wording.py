"""One language's voice: the room's messages as Markdown, with hostile values escaped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from landscape.base.languages import LocalizedText, Messages, pick_text
from landscape.charts.metric_names import load_metric_messages
from landscape.report.markdown import Markdown, escape_text


@dataclass(frozen=True)
class Wording:
    """What the pages say in one language."""

    messages: Messages

    @property
    def language(self) -> str:
        """The language's code."""
        return self.messages.language

    def __call__(self, key: str, **values: object) -> Markdown:
        """Return the message as Markdown; values that are not Markdown are escaped."""
        return Markdown(self.messages(key, **_escape_values(values)))

    def plain(self, key: str, **values: object) -> str:
        """Return the message as plain text, for attributes and exports, where nothing is read."""
        return self.messages(key, **values)

    def pick(self, text: LocalizedText) -> str:
        """Return the text in this language, or in the first that it has."""
        return pick_text(text, self.language)

    def join_list(self, parts: list[Markdown]) -> Markdown:
        """Return the parts as an enumeration."""
        return Markdown(self.messages("list.separator").join(parts))

    def join_sentences(self, parts: list[Markdown]) -> Markdown:
        """Return whole sentences one after the other, as the language sets them."""
        if not parts:
            return Markdown("")
        return reduce(lambda first, second: self("sentences", first=first, second=second), parts)


def load_wording(language: str, metric: str = "openrank") -> Wording:
    """Read the report's messages in the language, for a landscape that decides by the metric.

    Verdicts and reasons name no metric: who needs only these need not know it.
    """
    return Wording(load_metric_messages("report", language, metric))


def _escape_values(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: escape_text(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
