"""What a refresh asks for follows from what is shown."""

from __future__ import annotations

from landscape.dataset.model import Inclusion
from landscape.dataset.story_model import Figure
from landscape.metrics.usage import list_used_metrics

RULE = Inclusion("openrank", "year-to-date", 10)


def test_without_stories_the_deciding_metric_and_the_participants_are_asked_for() -> None:
    assert list_used_metrics(RULE) == ("openrank", "participants")
    assert list_used_metrics(Inclusion("participants", "year-to-date", 10)) == ("participants",)


def test_what_stories_show_is_asked_for_once_too() -> None:
    figures = [
        Figure("gained", "trend", {"projects": ("a",), "metric": "stars"}),
        Figure("again", "trend", {"projects": ("b",), "metric": "stars"}),
        Figure("lines", "trend", {"projects": ("a", "b")}),
        Figure("duel", "head-to-head", {"projects": ("a", "b")}),
        Figure("table", "ranking", {"domain": "serving"}),
    ]
    assert list_used_metrics(RULE, figures) == (
        "openrank", "participants", "stars", "contributors",
    )  # fmt: skip
