"""Filling in: what is published, what is left out and told of, and what no text can do."""

from __future__ import annotations

import re
import time

import pytest

from tests.browser.rendering import render_fragment
from tests.report.hostile import HOSTILE
from tests.report.landscapes import Sample, load_sample
from tests.report.stories import fill, make_values
from tests.report.test_markdown import Reading

ALLOWED = {
    "p", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "strong", "em", "code", "a", "table",
    "thead", "tbody", "tr", "th", "td", "blockquote", "hr", "br", "sup", "sub", "span", "del",
    "pre", "input",
}  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Sample:
    return load_sample()


def test_values_are_filled_in(sample: Sample) -> None:
    filled = fill("{{ name('alpha') }}: {{ count() }} of {{ count(verdict='any') }}", sample)
    assert filled.markdown == "[Alpha](../domains/serving.md): 2 of 5"
    assert filled.withheld == ()


def test_a_claim_that_holds_is_told(sample: Sample) -> None:
    filled = fill("One. {% claim rank('alpha') == 1 %}It leads.{% endclaim %} Two.", sample)
    assert filled.markdown == "One. It leads. Two."


def test_a_claim_that_holds_no_more_is_named_and_left_out(sample: Sample) -> None:
    text = "\n\nOne.\n{% claim rank('alpha') > 1 %}{{ name('alpha') }} lost.{% endclaim %} Two."
    filled = fill(text, sample, line=7)
    assert "lost" not in filled.markdown
    assert "Two." in filled.markdown
    (stale,) = filled.withheld
    assert stale.is_stale
    assert stale.line == 10
    assert stale.reason == "[Alpha](../domains/serving.md) lost."


def test_a_claim_on_what_is_not_known_leaves_out_its_sentence_only(sample: Sample) -> None:
    text = "One. {% claim openrank('alpha', '2019') > 1 %}It was.{% endclaim %} Two."
    filled = fill(text, sample)
    assert filled.markdown == "One.  Two."
    assert [item.is_stale for item in filled.withheld] == [False]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("First.\n\n{{ openrank('alpha', '2019') }} is gone.\n\nLast.", "First.\n\nLast."),
        ("- one\n- {{ peak('alpha', '2019') }}\n- three", "- one\n- three"),
        (
            "| a |\n|---|\n| 1 |\n| {{ peak('alpha', '2019') }} |\n| 3 |",
            "| a |\n|---|\n| 1 |\n| 3 |",
        ),
        ("## Head\n\n{{ peak('alpha', '2019') }}\n\n## Next\n\nText.", "## Next\n\nText."),
        ("## Head\n\n{{ peak('alpha', '2019') }}", ""),
    ],
)
def test_the_smallest_piece_is_left_out(sample: Sample, text: str, left: str) -> None:
    filled = fill(text, sample)
    assert filled.markdown == left
    assert len(filled.withheld) == 1


def test_the_line_of_a_missing_value_is_told(sample: Sample) -> None:
    text = "One,\ntwo,\n{{ peak('alpha',\n'2019') }}\nthree."
    assert [item.line for item in fill(text, sample, line=20).withheld] == [22]


def test_if_chooses_between_two_sentences(sample: Sample) -> None:
    text = "{% if verdict('alpha') == 'on the map' %}On.{% else %}Off.{% endif %}"
    assert fill(text, sample).markdown == "On."


def test_a_verdict_is_compared_in_english_and_printed_in_the_pages_language(
    sample: Sample,
) -> None:
    text = "{% claim verdict('alpha') == 'on the map' %}{{ verdict('alpha') }}{% endclaim %}"
    filled = fill(text, sample, "zh")
    assert filled.markdown
    assert "on the map" not in filled.markdown


def test_figures_stand_where_they_are_called(sample: Sample) -> None:
    filled = fill("One.\n{{ figure('pic') }}\nTwo.", sample)
    assert filled.markdown == "One.\n\n[pic]\n\nTwo."


PICTURE = "![a](https://example.org/track.png)"
"""A link is left of it."""

# Each would pass no check; should one ever, the sandbox is what it meets.
HOSTILE_TEMPLATES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ openrank.__globals__ }}",
    "{{ openrank.__func__.__globals__['os'].system('id') }}",
    "{{ name('alpha').shown.__class__ }}",
    "{{ name('alpha')['shown'] }}",
    "{{ claims.stash }} {{ claims.notes }}",
    "{{ self }} {{ self._TemplateReference__context }}",
    "{{ cycler.__init__ }} {{ lipsum() }} {{ namespace() }}",
    "{% for i in range(1000000000) %}x{% endfor %}",
    "{{ range(1000000000)|list }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 10 // 3 }} {{ 10 % 3 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%s'|format(1) }} {{ 'x'|attr('__class__') }} {{ 'a'|center(100000000) }}",
    "{% include 'front.md.j2' %}",
    "{% import 'os' as os %}",
    "{% extends 'front.md.j2' %}",
    "{% set x = openrank %}{{ x.__self__ }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ undefined }} {{ none }} {{ true }}",
    "{{ rank('alpha') > 0 }}",
    "{{ openrank }}",
    "{{ (((((" + "(" * 3000 + "1" + ")" * 3005 + " }}",
    "{{ 9" + "9" * 6000 + " }}",
    "{{ sum(1, 'a') }} {{ rank('nobody') }} {{ rank() }}",
    "{% call claims.hold(1) %}x{% endcall %}",
)


@pytest.mark.parametrize("text", HOSTILE_TEMPLATES)
def test_a_hostile_template_prints_nothing_and_is_told_of(sample: Sample, text: str) -> None:
    begun = time.monotonic()
    filled = fill(f"Before.\n\n{text}\n\nAfter.", sample)
    assert time.monotonic() - begun < 5
    assert filled.markdown == "Before.\n\nAfter."
    assert [item.line for item in filled.withheld] == [3]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_an_author_makes_only_what_markdown_may(sample: Sample, text: str) -> None:
    # Braces are a matter of templates, tested above.
    filled = fill(text.replace("{", "(").replace("}", ")"), sample)
    html = render_fragment(filled.markdown)
    reading = Reading(html)
    assert set(reading.tags) <= ALLOWED
    assert "@octocat" not in reading.text
    assert "javascript:" not in html


@pytest.mark.parametrize(
    "link",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert)",
        "[a](java&#115;cript:alert)",
        "[a](javascript\\:alert)",
        "[a](<javascript:alert>)",
        "[a]( javascript:alert )",
        "[a](data:text/html,x)",
        "[a](//example.org)",
        "[a](\\\\example.org)",
        "[a][b]\n\n[b]: javascript:alert",
        "[a]\n\n[a]: javascript:alert",
        "[a] \n\n[a] : https://example.org",
        "<javascript:alert>",
        PICTURE,
        "![a][b]\n\n[b]: https://example.org/track.png",
        "`x` [a](`https://example.org`)",
    ],
)
def test_no_other_links_and_no_pictures_come_of_a_text(sample: Sample, link: str) -> None:
    html = render_fragment(fill(link, sample).markdown)
    # An address that is written out is a link on GitHub, and may be one.
    assert set(re.findall(r'href="([^"]*)"', html)) <= {
        "https://example.org", "https://example.org/track.png",
    }  # fmt: skip
    assert ">a</a>" not in html or link == PICTURE
    assert "<img" not in html


def test_links_code_emphasis_and_tables_stay(sample: Sample) -> None:
    text = (
        "# Title\n\n**bold** *soft* `a < b & @c` [out](https://example.org/a_b?c=d) "
        "[in](../domains/serving.md#ranking)\n\n> quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    filled = fill(text, sample)
    html = render_fragment(filled.markdown)
    assert "<h2>Title</h2>" in html
    assert 'href="https://example.org/a_b?c=d"' in html
    assert 'href="../domains/serving.md#ranking"' in html
    assert {"strong", "em", "code", "blockquote", "table"} <= set(Reading(html).tags)
    assert "a < b & @" in Reading(html).text


def test_marks_of_the_house_cannot_be_forged(sample: Sample) -> None:
    filled = fill("\ue0000\ue001 {{ name('alpha') }} \ue0001\ue001", sample)
    assert filled.markdown == "0 [Alpha](../domains/serving.md) 1"


def test_a_note_is_numbered_once_and_told(sample: Sample) -> None:
    text = "{{ openrank('alpha', '2025', across_vintages=True) }} {{ openrank('gamma') }}"
    filled = fill(text, sample)
    for number, _ in enumerate(filled.notes, 1):
        assert f"[{number}](#note-{number})" in filled.markdown


def test_no_line_parts_a_month_or_a_day_at_its_hyphens(sample: Sample) -> None:
    text = "In {{ created('alpha') }}, 2025-05 and 2024-03-12; `2025-05`, [a](https://b.c/2025-05)."
    filled = fill(text, sample).markdown
    created = make_values(sample).created("alpha").replace("-", "-&#8288;")
    assert filled.startswith(f"In {created}, 2025-&#8288;05 and 2024-&#8288;03-&#8288;12;")
    assert "<code>2025-05</code>" in filled
    assert "(https://b.c/2025-05)" in filled


def test_a_sentence_that_is_left_out_is_told_with_plain_months(sample: Sample) -> None:
    (withheld,) = fill(
        "{% claim 1 > 2 %}In {{ as_of() }}, not 2025-05.{% endclaim %}", sample
    ).withheld
    assert withheld.reason == "In 2026-04, not 2025-05."
