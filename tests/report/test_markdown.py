"""Contributed and upstream text stays text, wherever a page shows it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.report.markdown import (
    Markdown,
    clean_text,
    escape_attribute,
    escape_text,
    render_link,
    render_repo_link,
)
from landscape.report.tables import render_table
from tests.browser.rendering import render_fragment
from tests.report.hostile import HOSTILE

JOINER = "\u2060"
ALPHABET = "ab1 |`*_<>&@#$:/.-+=~[](){}!\\\"'^%中wgh\n"


class Reading(HTMLParser):
    """What a reader sees, and which elements there are."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read_in_paragraph(text: str) -> Reading:
    return Reading(render_fragment(f"{escape_text(text)}\n"))


def read_in_cell(text: str) -> Reading:
    return Reading(render_fragment(render_table([("a", "left"), ("b", "left")], [[text, "end"]])))


def is_plain(tags: list[str]) -> bool:
    # Only the way out of mathematics is an element.
    return set(tags) <= {"p", "span"}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_reads_as_it_was_written_in_a_paragraph(text: str) -> None:
    reading = read_in_paragraph(text)
    assert reading.text.strip().replace(JOINER, "") == clean_text(text)
    assert is_plain(reading.tags)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_reads_as_it_was_written_in_a_table(text: str) -> None:
    reading = read_in_cell(text)
    cells = reading.text.replace(JOINER, "").split("\n")
    assert [cell for cell in cells if cell] == ["a", "b", clean_text(text), "end"]
    assert set(reading.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "span"}


@given(st.text(alphabet=ALPHABET, max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_text_reads_as_it_was_written(text: str) -> None:
    reading = read_in_paragraph(text)
    assert reading.text.strip().replace(JOINER, "") == clean_text(text)
    assert is_plain(reading.tags)


@pytest.mark.parametrize(
    "text", ["@octocat", "me@example.com", "#123", "a/b#1", "GH-12", "https://a.b", ":tada:"]
)
def test_nothing_is_left_that_github_would_link_or_replace(text: str) -> None:
    shown = read_in_paragraph(text).text
    assert text not in shown
    assert text in shown.replace(JOINER, "")


def test_markdown_of_our_own_is_not_escaped_again() -> None:
    once = escape_text("a*b")
    assert escape_text(once) == once == Markdown("a\\*b")


@pytest.mark.parametrize("text", HOSTILE)
def test_an_attribute_keeps_its_text_and_ends_where_it_should(text: str) -> None:
    html = render_fragment(f'<img src="a.svg" alt="{escape_attribute(text)}">\n')
    reading = Reading(html)
    assert [tag for tag in reading.tags if tag != "p"] == ["img"]
    assert reading.text.strip() == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_link_has_the_text_and_only_our_address(text: str) -> None:
    html = render_fragment(f"{render_link(text, 'domains/a.md#b')}\n")
    reading = Reading(html)
    assert reading.text.strip().replace(JOINER, "") == clean_text(text)
    assert html.count("<a ") == html.count('href="domains/a.md#b"') == 1


def test_an_address_is_quoted() -> None:
    assert render_repo_link("x", "a/b) [c](d") == "[x](https://github.com/a/b%29%20%5Bc%5D%28d)"
