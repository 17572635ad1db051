"""Pages of landscapes that are not ours: hostile, huge, in one language, without data."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from landscape.report.addresses import CHAPTERS
from landscape.report.record import load_record
from landscape.report.rendering import LARGEST_PAGE_BYTES
from tests.browser.rendering import render_fragment
from tests.report.hostile import HOSTILE
from tests.report.landscapes import Sample, load_sample, write_landscape
from tests.report.test_markdown import Reading

JOINER = "\u2060"


def list_pages(files: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if path.endswith(".md")}


def poison(sample: Sample, text: str) -> Sample:
    """Put the text wherever contributed or upstream text reaches a page."""
    texts = {"en": text, "zh": text}
    taxonomy = sample.dataset.taxonomy
    layers = tuple(
        replace(
            layer,
            name=texts,
            groups=tuple(replace(group, name=texts) for group in layer.groups),
        )
        for layer in taxonomy.layers
    )
    domains = tuple(
        replace(
            domain,
            name=texts,
            subdomains=tuple(replace(each, name=texts) for each in domain.subdomains),
        )
        for domain in taxonomy.domains
    )
    projects = {
        key: replace(
            project,
            name=text,
            summary=texts,
            origin=text,
            homepage=f"javascript:alert(1) {text}",
            tags=(text,),
        )
        for key, project in sample.dataset.projects.items()
    }
    dataset = replace(
        sample.dataset,
        settings=replace(sample.dataset.settings, title=texts),
        taxonomy=replace(taxonomy, layers=layers, domains=domains),
        projects=projects,
    )
    table = sample.landscape.projects.assign(
        name=text, origin=text, language=text, license=text, stale_since=text
    )
    table["tags"] = [(text,)] * len(table)
    return Sample(dataset, replace(sample.landscape, projects=table))


def list_elements(text: str) -> list[str]:
    tags = Reading(render_fragment(text)).tags
    return sorted(tag for tag in tags if tag not in {"span", "code"})


@pytest.fixture(scope="module")
def hostile() -> dict[str, str]:
    return poison(load_sample(), " ".join(HOSTILE)).render()


@pytest.fixture(scope="module")
def harmless() -> dict[str, str]:
    return poison(load_sample(), "harmless").render()


def test_hostile_text_adds_no_element_to_any_page(
    hostile: dict[str, str], harmless: dict[str, str]
) -> None:
    assert hostile.keys() == harmless.keys()
    for path, text in list_pages(hostile).items():
        assert list_elements(text) == list_elements(harmless[path]), path


def test_hostile_text_adds_no_address(hostile: dict[str, str], harmless: dict[str, str]) -> None:
    for path, text in list_pages(hostile).items():
        addresses = [
            re.findall(r'(?:href|src|srcset)="([^"]*)"', render_fragment(page))
            for page in (text, harmless[path])
        ]
        assert addresses[0] == addresses[1], path


def test_hostile_text_pings_nobody(hostile: dict[str, str]) -> None:
    for path, text in list_pages(hostile).items():
        # Within code nothing is a link or a mention, whatever it says.
        fragment = re.sub(r"<code>.*?</code>", "", render_fragment(text), flags=re.DOTALL)
        seen = Reading(fragment).text
        assert not re.search(r"@\w|#\d|\bGH-\d|https?://|\bwww\.", seen), path


def test_a_project_page_shows_hostile_text_as_text_and_links_no_script(
    hostile: dict[str, str],
) -> None:
    pages = [page for page in hostile if page.startswith("projects/")]
    assert pages
    for page in pages:
        html = render_fragment(hostile[page])
        assert "javascript:alert(1)" in Reading(html).text
        assert "alert(1)" not in "".join(re.findall(r'(?:href|src|srcset)="([^"]*)"', html))


def test_labels_of_an_edition_are_text_too() -> None:
    sample = poison(load_sample(), "harmless")
    record = load_record(sample.dataset, sample.landscape)
    row = {
        "edition": "2025-05", "as_of": "2025-04", "taxonomy": "other", "on_the_map": True,
        "status": "", "verdict": "", "openrank_mean": 12.0, "rank": 3, "stars": None,
        "domain": "", "labels": "@octocat | <img src=x> | [a](b)",
    }  # fmt: skip
    project = sorted(record.mapped)[0]
    poisoned = replace(record, appearances={project: [row]})
    html = render_fragment(sample.render(poisoned)[f"projects/{project}.md"])
    assert "<img src=x>" not in html
    assert "@octocat" not in Reading(html).text


def test_one_language_without_english_takes_the_main_pages(tmp_path: Path) -> None:
    root = write_landscape(
        tmp_path,
        projects=3,
        settings="title: {fr: Paysage}\nlanguages: [fr]\n"
        "inclusion: {metric: openrank, window: trailing-12-months, above: 1.5}\n",
    )
    files = load_sample(root).render()
    chapters = {f"{name}.md" for name in CHAPTERS}
    projects = {path for path in files if path.startswith("projects/")}
    assert set(list_pages(files)) - projects == {
        "README.md", "projects.md", "domains/things.md", *chapters,
    }  # fmt: skip
    assert projects
    assert "# Paysage" in files["README.md"]
    assert "above **1.5**" in files["README.md"]
    assert "2025-04 to 2026-03" in files["README.md"]
    assert "English" not in files["README.md"]
    assert "Choses" in files["domains/things.md"]


def test_thousands_of_projects_in_one_domain_keep_every_page_small(tmp_path: Path) -> None:
    root = write_landscape(
        tmp_path,
        projects=3000,
        settings="title: {fr: Beaucoup}\nlanguages: [fr]\n"
        "inclusion: {metric: openrank, window: year-to-date, above: 30}\n",
        summary="Does many things and says so at length. " * 3,
    )
    files = load_sample(root).render()
    pages = list_pages(files)
    assert max(len(text.encode()) for text in pages.values()) <= LARGEST_PAGE_BYTES
    assert "more projects do not fit on this page" in pages["domains/things.md"]
    parts = [text for path, text in pages.items() if path.startswith("projects")]
    assert len(parts) > 1
    for number in range(3000):
        assert sum(f"[Thing {number}](" in text for text in parts) == 1
    anchors = set(re.findall(r'<a id="([^"]+)"', pages["domains/things.md"]))
    linked = {
        anchor
        for text in pages.values()
        for anchor in re.findall(r"domains/things\.md#([\w-]+)", text)
    }
    assert linked
    assert linked <= anchors


def test_a_landscape_with_nobody_on_the_map_says_what_is_missing(tmp_path: Path) -> None:
    root = write_landscape(
        tmp_path,
        projects=2,
        settings="title: {fr: Nu}\nlanguages: [fr]\n"
        "inclusion: {metric: openrank, window: year-to-date, above: 1000}\n",
    )
    front = load_sample(root).render()["README.md"]
    assert "**0 of 2 projects**" in front
    assert "No project is on the map yet, so there is nothing to draw." in front
    assert "Nothing can be compared yet" in front
    assert "charts/map" not in front
    assert "*Not shown: no day of creation is known of a project on the map.*" in front
    assert "0 of 0" not in front
