"""What the browser tests share: one Chromium, and one served demonstration, for each test worker.

They run on SQLite only: what a page looks like does not depend on the database. Where there is no Chromium they are not run, and bin/test says so.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import browsers, serving
from tests.browser.every_page import Walked, walked_once
from tests.browser.serving import Site

HERE = Path(__file__).parent
NOT_RUN = "not run: no Chromium here that can be driven (Debian's package chromium is one; a snap is none)"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Once is enough: the run on the other database leaves them out."""
    if not config.getoption("--database-tests-only"):
        return
    here = [item for item in items if HERE in item.path.parents]
    config.hook.pytest_deselected(items=here)
    items[:] = [item for item in items if HERE not in item.path.parents]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = browsers.find_chromium()
    if path is None:
        (pytest.fail if browsers.is_required() else pytest.skip)(NOT_RUN)
    # Playwright keeps a loop in this thread, which Django would take for asynchronous code of ours.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def demo_database(shared_folder: Path) -> Path:
    """The demonstration's data, made once in a run. Never open this one: serve a copy."""
    return serving.made_once(shared_folder)


@pytest.fixture(scope="session")
def empty_database(shared_folder: Path) -> Path:
    """All tables and nobody in them."""
    return serving.made_once(shared_folder, "empty", ["migrate", "-v", "0"])


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """serve(database, **environment): a server over a copy of that database, until the tests end."""
    with ExitStack() as servers:

        def begin(database: Path, **environ: str) -> Site:
            return servers.enter_context(serving.serving(database, tmp_path_factory.mktemp("site"), **environ))

        yield begin


@pytest.fixture(scope="session")
def demo(chromium: Browser, demo_database: Path, serve: Callable[..., Site]) -> Site:
    """The served demonstration, for tests that only look. Whoever writes takes `own_demo`."""
    return serve(demo_database)


@pytest.fixture(scope="session")
def walked(shared_folder: Path, demo_database: Path) -> Walked:
    """What everybody finds by following links from home. Needs no browser."""
    return walked_once(shared_folder, demo_database)


@pytest.fixture(scope="session")
def walked_site(chromium: Browser, walked: Walked, serve: Callable[..., Site]) -> Site:
    """The demonstration as the walk left it, for tests that only look; the walk's cookies are good here."""
    return serve(walked.database, LIGHTPOST_FILES=str(walked.files))


@pytest.fixture
def own_demo(chromium: Browser, demo_database: Path, tmp_path: Path) -> Iterator[Site]:
    """A served demonstration for this test alone, to be written to."""
    with serving.serving(demo_database, tmp_path / "own-site") as site:
        yield site


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """window(width=…, height=…, **options): a new browser context of that size, closed after the test."""
    with ExitStack() as windows:

        def begin(width: int = 360, height: int = 780, **options: object) -> BrowserContext:
            context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB", **options)
            windows.callback(context.close)
            return context

        yield begin


@pytest.fixture(scope="session")
def sign_in() -> Callable[..., None]:
    """sign_in(page, site, name): through the form, as a person does."""

    def begin(page, site: Site, name: str, password: str = serving.PASSWORD) -> None:
        page.goto(f"{site.address}/sign-in/")
        page.fill("#name", name)
        page.fill("#password", password)
        page.click("main button.primary")
        page.wait_for_url(f"{site.address}/")

    return begin
