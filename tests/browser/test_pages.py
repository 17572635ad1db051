"""Every page of this repository's report as a reader on GitHub sees it, light and dark."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.rendering import render_fragment
from tests.browser.serving import serve_folder
from tests.cli.commands import CHECKOUT, run_landscape

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
        """Every page, the repository's own front pages included."""
        return sorted(
            path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.md")
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(CHECKOUT / "data", folder / "data")
    for name in ("landscape.yaml", "README.md", "README.zh-CN.md"):
        shutil.copy(CHECKOUT / name, folder / name)
    result = run_landscape("build", folder=folder)
    assert result.returncode == 0, result.stderr
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
        yield {page: visit_page(context, f"{site.address}/{page}") for page in site.pages}
    finally:
        context.close()


def visit_page(context: BrowserContext, address: str) -> dict[str, Any]:
    page = context.new_page()
    requests: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on(
        "response",
        lambda answer: failures.append(answer.url) if answer.status >= 400 else None,
    )
    page.goto(address, wait_until="load")
    found: dict[str, Any] = page.evaluate(READ_PAGE)
    page.close()
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


def test_the_main_pages_and_every_domain_show_pictures(visits: dict[str, dict[str, Any]]) -> None:
    for page, found in visits.items():
        if page.startswith("report/README"):
            assert len(found["images"]) == 4, page
        elif not page.startswith("report/projects"):
            assert len(found["images"]) == 1, page


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


def test_no_link_inside_the_report_is_dead(visits: dict[str, dict[str, Any]], site: Site) -> None:
    anchors = {
        page: set(
            re.findall(
                r'id="user-content-([^"]+)"',
                render_fragment((site.folder / page).read_text(encoding="utf-8")),
            )
        )
        for page in site.pages
    }
    dead = []
    for page, found in visits.items():
        if not page.startswith("report/"):
            continue  # The repository's own pages are tested with its documents.
        for link in found["links"]:
            if urlsplit(link).scheme:
                continue
            target = urlsplit(urljoin(f"/{page}", link))
            path = unquote(target.path).lstrip("/")
            if not (site.folder / path).is_file() or (
                target.fragment and target.fragment not in anchors.get(path, set())
            ):
                dead.append((page, link))
    assert dead == []


def test_links_to_the_outside_are_whole(visits: dict[str, dict[str, Any]]) -> None:
    for page, found in visits.items():
        for link in found["links"]:
            if urlsplit(link).scheme:
                assert re.fullmatch(r"https://[\x21-\x7e]+", link), (page, link)


def test_anchors_are_ascii_and_used_once(site: Site) -> None:
    for page in site.pages:
        anchors = re.findall(r'<a id="([^"]+)"', (site.folder / page).read_text(encoding="utf-8"))
        assert len(anchors) == len(set(anchors)), page
        assert all(anchor.isascii() for anchor in anchors), page
