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

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
READ_PAGE = """async scheme => {
  // After a change of scheme pictures are exchanged a little later; one that is not stays wrong.
  const isOther = image => !image.currentSrc.endsWith(`.${scheme}.svg`);
  for (let turn = 0; turn < 200 && [...document.images].some(isOther); turn++)
    await new Promise(done => setTimeout(done, 5));
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
def site(live_report: Path) -> Iterator[Site]:
    with serve_folder(live_report) as address:
        yield Site(live_report, address)


@pytest.fixture(scope="module")
def visits(browser: Browser, site: Site) -> Iterator[dict[str, dict[Scheme, dict[str, Any]]]]:
    """What the browser found on each page in each scheme, and every request until then.

    Each page is loaded once; the reader's scheme changes while it is open.
    """
    context = browser.new_context(viewport={"width": 1012, "height": 900})
    try:
        tab = context.new_page()
        yield {page: visit_page(tab, f"{site.address}/{page}") for page in site.pages}
    finally:
        context.close()


@pytest.fixture(scope="module", params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(scope="module")
def seen(
    visits: dict[str, dict[Scheme, dict[str, Any]]], scheme: Scheme
) -> dict[str, dict[str, Any]]:
    """What the browser found on each page in one scheme."""
    return {page: found[scheme] for page, found in visits.items()}


def visit_page(tab: Page, address: str) -> dict[Scheme, dict[str, Any]]:
    requests: list[str] = []
    failures: list[str] = []

    def note_request(request: Request) -> None:
        requests.append(request.url)

    def note_answer(answer: Response) -> None:
        if answer.status >= 400:
            failures.append(answer.url)

    tab.on("request", note_request)
    tab.on("response", note_answer)
    tab.emulate_media(color_scheme=SCHEMES[0])
    tab.goto(address, wait_until="load")
    found: dict[Scheme, dict[str, Any]] = {}
    for scheme in SCHEMES:
        tab.emulate_media(color_scheme=scheme)
        read = tab.evaluate(READ_PAGE, scheme)
        found[scheme] = {**read, "requests": list(requests), "failures": list(failures)}
    tab.remove_listener("request", note_request)
    tab.remove_listener("response", note_answer)
    return found


def test_there_is_a_page_for_every_domain_in_every_language(site: Site) -> None:
    domains = re.findall(
        r"(?m)^\s*- \{?id: ([\w-]+)", (site.folder / "data" / "taxonomy.yaml").read_text("utf-8")
    )
    pages = [page for page in site.pages if page.startswith("report/domains/")]
    assert len(pages) >= 38
    assert {Path(page).name.split(".")[0] for page in pages} <= set(domains)
    assert {"report/README.md", "report/README.zh-CN.md"} <= set(site.pages)


def test_every_image_loads_and_has_size(seen: dict[str, dict[str, Any]]) -> None:
    for page, found in seen.items():
        assert found["failures"] == [], page
        for image in found["images"]:
            assert min(image["width"], image["height"], image["shown"]) > 20, (page, image)
            assert len(image["alternative"]) > 20, (page, image)


def test_pages_show_their_pictures(seen: dict[str, dict[str, Any]]) -> None:
    for page, found in seen.items():
        count = len(found["images"])
        if page.startswith("report/README"):
            assert count == 9, page
        elif page.startswith("report/domains/"):
            # The lines alone, or with the race at rest and in motion.
            assert count in {1, 3}, page
        elif page.startswith("report/survival"):
            assert count >= 2, page
        elif page.startswith("report/projects/"):
            assert count <= 1, page


def test_pictures_follow_the_colour_scheme(seen: dict[str, dict[str, Any]], scheme: Scheme) -> None:
    for page, found in seen.items():
        for image in found["images"]:
            assert image["source"].endswith(f".{scheme}.svg"), page


def test_no_page_asks_anybody_else(seen: dict[str, dict[str, Any]], site: Site) -> None:
    for page, found in seen.items():
        foreign = [url for url in found["requests"] if not url.startswith((site.address, "data:"))]
        assert foreign == [], page


def test_no_page_is_wider_than_the_window(seen: dict[str, dict[str, Any]]) -> None:
    assert {page: found["overflow"] for page, found in seen.items() if found["overflow"]} == {}


def test_links_to_the_outside_are_whole(seen: dict[str, dict[str, Any]]) -> None:
    for page, found in seen.items():
        for link in found["links"]:
            if urlsplit(link).scheme:
                assert re.fullmatch(r"https://[\x21-\x7e]+", link), (page, link)
