"""Every page of this repository's report as a reader on GitHub sees it, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Response

from tests.browser.serving import serve_folder
from tests.report.live import build_live_report

pytestmark = pytest.mark.browser

READ_PAGE = """async () => {
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
  return {
    images: [...document.images].map(image => ({
      source: image.currentSrc, width: image.naturalWidth, height: image.naturalHeight,
      shown: image.getBoundingClientRect().width, alternative: image.alt})),
    links: [...document.links].map(link => link.getAttribute('href')),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""


@dataclass(frozen=True)
class Site:
    """The report, built anew from the committed data and served."""

    folder: Path
    address: str

    @property
    def pages(self) -> list[str]:
        """Every page, the repository's own front pages included; not those of the data."""
        found = [*self.folder.glob("*.md"), *(self.folder / "report").rglob("*.md")]
        return sorted(path.relative_to(self.folder).as_posix() for path in found)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    folder = build_live_report()
    with serve_folder(folder) as address:
        yield Site(folder, address)


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(scope="module")
def visits(
    browser: Browser, site: Site, scheme: Literal["light", "dark"]
) -> Iterator[dict[str, dict[str, Any]]]:
    """What the browser found on each page, and every request that it made."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1012, "height": 900})
    try:
        tab = context.new_page()
        yield {page: visit_page(tab, f"{site.address}/{page}") for page in site.pages}
    finally:
        context.close()


def visit_page(tab: Page, address: str) -> dict[str, Any]:
    requests: list[str] = []
    failures: list[str] = []

    def note_request(request: Request) -> None:
        requests.append(request.url)

    def note_answer(answer: Response) -> None:
        if answer.status >= 400:
            failures.append(answer.url)

    tab.on("request", note_request)
    tab.on("response", note_answer)
    tab.goto(address, wait_until="load")
    found: dict[str, Any] = tab.evaluate(READ_PAGE)
    tab.remove_listener("request", note_request)
    tab.remove_listener("response", note_answer)
    return {**found, "requests": requests, "failures": failures}


def test_there_is_a_page_for_every_domain_in_every_language(site: Site) -> None:
    domains = re.findall(
        r"(?m)^\s*- \{?id: ([\w-]+)", (site.folder / "data" / "taxonomy.yaml").read_text("utf-8")
    )
    pages = [page for page in site.pages if page.startswith("report/domains/")]
    assert len(pages) >= 38
    assert {Path(page).name.split(".")[0] for page in pages} <= set(domains)
    assert {"report/README.md", "report/README.zh-CN.md"} <= set(site.pages)


def test_every_image_loads_and_has_size(visits: dict[str, dict[str, Any]]) -> None:
    for page, found in visits.items():
        assert found["failures"] == [], page
        for image in found["images"]:
            assert min(image["width"], image["height"], image["shown"]) > 20, (page, image)
            assert len(image["alternative"]) > 20, (page, image)


def test_pages_show_their_pictures(visits: dict[str, dict[str, Any]]) -> None:
    for page, found in visits.items():
        count = len(found["images"])
        if page.startswith("report/README"):
            assert count == 9, page
        elif page.startswith("report/domains/"):
            assert count in {1, 2}, page
        elif page.startswith("report/survival"):
            assert count >= 2, page
        elif page.startswith("report/projects/"):
            assert count <= 1, page


def test_pictures_follow_the_colour_scheme(
    visits: dict[str, dict[str, Any]], scheme: Literal["light", "dark"]
) -> None:
    for page, found in visits.items():
        for image in found["images"]:
            assert image["source"].endswith(f".{scheme}.svg"), page


def test_no_page_asks_anybody_else(visits: dict[str, dict[str, Any]], site: Site) -> None:
    for page, found in visits.items():
        foreign = [url for url in found["requests"] if not url.startswith((site.address, "data:"))]
        assert foreign == [], page


def test_no_page_is_wider_than_the_window(visits: dict[str, dict[str, Any]]) -> None:
    assert {page: found["overflow"] for page, found in visits.items() if found["overflow"]} == {}


def test_links_to_the_outside_are_whole(visits: dict[str, dict[str, Any]]) -> None:
    for page, found in visits.items():
        for link in found["links"]:
            if urlsplit(link).scheme:
                assert re.fullmatch(r"https://[\x21-\x7e]+", link), (page, link)
