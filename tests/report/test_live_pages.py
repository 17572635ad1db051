"""Every page of this repository's report, read as text: links, anchors, pictures, sizes."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.browser.rendering import render_fragment

LARGEST_PAGE_BYTES = 400_000
LARGEST_LINE_BYTES = 12_000


@pytest.fixture(scope="module")
def folder(live_report: Path) -> Path:
    return live_report


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, str]:
    """Every page of the report as GitHub shows it, by its path."""
    return {
        path.relative_to(folder).as_posix(): render_fragment(path.read_text(encoding="utf-8"))
        for path in sorted((folder / "report").rglob("*.md"))
    }


def list_targets(page: str, html: str) -> list[tuple[str, str]]:
    """Return path and fragment of everything inside the repository that a page points to."""
    found = []
    for link in re.findall(r'(?:href|src|srcset)="([^"]+)"', html):
        if not urlsplit(link).scheme:
            target = urlsplit(urljoin(f"/{page}", link.replace("&amp;", "&")))
            # GitHub opens its editor there: what is edited must be a file too.
            path = unquote(target.path).lstrip("/").removeprefix("edit/main/")
            found.append((path, target.fragment))
    return found


def test_there_are_pages_of_every_kind_in_both_languages(pages: dict[str, str]) -> None:
    for name in ("README", "changes", "movers", "survival", "method", "projects", "events"):
        assert {f"report/{name}.md", f"report/{name}.zh-CN.md"} <= pages.keys()
    for kind, fewest in (("projects", 400), ("domains", 38), ("stories", 16)):
        assert sum(page.startswith(f"report/{kind}/") for page in pages) >= fewest


def test_nothing_that_a_page_points_to_is_missing(folder: Path, pages: dict[str, str]) -> None:
    anchors = {
        page: set(re.findall(r'id="user-content-([^"]+)"', html)) for page, html in pages.items()
    }
    dead = {
        (page, path, fragment)
        for page, html in pages.items()
        for path, fragment in list_targets(page, html)
        if not (folder / path).is_file() or (fragment and fragment not in anchors.get(path, set()))
    }
    assert dead == set()


def test_every_picture_is_shown_or_linked_and_every_project_page_too(
    folder: Path, pages: dict[str, str]
) -> None:
    reached = {path for page, html in pages.items() for path, _ in list_targets(page, html)}
    made = {path.relative_to(folder).as_posix() for path in (folder / "report").rglob("*.*")}
    hidden = made - reached
    assert hidden <= {"report/README.md", "report/README.zh-CN.md"}


def test_every_picture_has_a_text_that_tells_numbers(pages: dict[str, str]) -> None:
    for page, html in pages.items():
        for text in re.findall(r"<img[^>]*>", html):
            found = re.search(r'alt="([^"]*)"', text)
            assert found, page
            assert re.search(r"\d", found[1]), (page, found[1])
            assert len(found[1]) > 20, (page, found[1])


def test_pages_and_pictures_keep_their_sizes(folder: Path) -> None:
    for path in (folder / "report").rglob("*.md"):
        assert path.stat().st_size <= LARGEST_PAGE_BYTES, path
    for path in (folder / "report" / "charts").rglob("*.svg"):
        limit = (
            LARGEST_LINE_BYTES
            if path.parent.name == "project"
            else 300_000
            if path.name.startswith("map.")
            else 60_000
        )
        assert path.stat().st_size <= limit, path


def test_every_picture_is_well_formed(folder: Path) -> None:
    for path in (folder / "report" / "charts").rglob("*.svg"):
        ET.parse(path)


def test_anchors_are_ascii_and_used_once(folder: Path, pages: dict[str, str]) -> None:
    for page in pages:
        anchors = re.findall(r'<a id="([^"]+)"', (folder / page).read_text(encoding="utf-8"))
        assert len(anchors) == len(set(anchors)), page
        assert all(anchor.isascii() for anchor in anchors), page


def test_every_project_can_be_found_on_the_main_page(folder: Path, pages: dict[str, str]) -> None:
    ids = {path.stem for path in (folder / "data" / "projects").glob("*.yaml")}
    for page in ("report/README.md", "report/README.zh-CN.md"):
        linked = {Path(path).name.split(".")[0] for path, _ in list_targets(page, pages[page])}
        anchored = {
            fragment.removeprefix("project-")
            for _, fragment in list_targets(page, pages[page])
            if fragment.startswith("project-")
        }
        assert ids <= linked | anchored
