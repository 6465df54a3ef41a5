"""Windows for several people at once onto one running site, whose data the test reads beside them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

PHONE, TABLE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PATIENCE = 20_000
"""Milliseconds until what has not come is missing."""


@pytest.fixture(params=["phone", "table"])
def window(request, chromium, live_server, settings) -> Iterator[Callable[[], BrowserContext]]:
    """Opens a window of its own for each person: of a phone without JavaScript, or of a screen at a table with it."""
    yield from _windows(chromium, live_server, settings, is_phone=request.param == "phone")


@pytest.fixture
def phone(chromium, live_server, settings) -> Iterator[Callable[[], BrowserContext]]:
    """Opens windows of phones without JavaScript."""
    yield from _windows(chromium, live_server, settings, is_phone=True)


@pytest.fixture
def table(chromium, live_server, settings) -> Iterator[Callable[[], BrowserContext]]:
    """Opens windows of a screen at a table, with JavaScript."""
    yield from _windows(chromium, live_server, settings, is_phone=False)


def _windows(chromium: Browser, live_server, settings, *, is_phone: bool) -> Iterator[Callable[[], BrowserContext]]:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False  # the site is served without TLS here
    size = PHONE if is_phone else TABLE
    opened: list[BrowserContext] = []

    def open_window() -> BrowserContext:
        opened.append(chromium.new_context(base_url=live_server.url, viewport=size, java_script_enabled=not is_phone))
        opened[-1].set_default_timeout(PATIENCE)
        return opened[-1]

    yield open_window
    for each in opened:
        each.close()
