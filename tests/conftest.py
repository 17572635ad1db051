"""What tests of several rooms share: this repository's report, and a browser if there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.report.live import build_live_report

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the expected files anew; read the diff"
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Drive the system's browser headless; skip with a word where there is none."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no browser on this machine (looked for {', '.join(BROWSERS)})")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=60_000)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_report(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a folder with data/, report/ and the front pages, built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    return build_live_report((base if worker_id == "master" else base.parent) / "live")
