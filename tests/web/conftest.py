"""A Chromium for each file of web tests, and halls served by the real program."""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from hall.catalog import Catalog
from tests.support.kiosks import sample_hall
from tests.support.served_hall import ServedHall, server_process

OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=document-user-activation-required",
]  # fmt: skip


expect.set_options(timeout=15_000)  # a limit for a busy machine, not a figure to hold
_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Gone with its file: while Playwright is there, no test of the same process can run a loop of its own."""
    path = shutil.which("chromium")
    assert path, "chromium is missing: see installer/setup/system-packages.txt"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """A page of 1920 × 1080 whose errors fail the test; its picture is kept when the test fails."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    opened = context.new_page()
    errors: list[str] = []
    foreign: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda asked: foreign.append(asked.url) if "127.0.0.1" not in asked.url else None)
    yield opened
    if request.node.stash.get(_FAILED, False):
        opened.screenshot(path=tmp_path / "page.png")
    context.close()
    assert errors == []
    assert [url for url in foreign if not url.startswith(("data:", "blob:"))] == []


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """What is served; a file of tests may say otherwise."""
    return sample_hall()


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Iterator[ServedHall]:
    """The sample hall, served by the real program."""
    with server_process(tmp_path_factory.mktemp("web") / "hall", catalog) as running:
        yield running
