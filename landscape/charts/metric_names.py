"""What metrics are called in pictures and on pages, in each language."""

from __future__ import annotations

from landscape.base.languages import Messages, load_messages


def name_metric(metric: str, language: str) -> str:
    """Return the metric's name, as it stands within a sentence; its id in words if it has none."""
    catalogue = load_messages("charts", language).catalogue
    return catalogue.get(f"metric.{metric}", metric.replace("_", " "))


def load_metric_messages(room: str, language: str, metric: str) -> Messages:
    """Read a room's messages for a landscape that decides by the metric."""
    return load_messages(room, language).naming_metric(name_metric(metric, language))
