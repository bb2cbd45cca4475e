"""A real browser on the live site. Every page it opens is watched: a request to a foreign host, an error in the console
(a breach of the content security policy is one) or an exception in a script fails the test that caused it."""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.needs import missing

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = 1280
PHONE = 375
HEIGHT = 800
# Milliseconds that one step waits for what it looks for.
TIMEOUT = 10_000

Browse = Callable[..., Page]

expect.set_options(timeout=TIMEOUT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


def executable() -> str | None:
    """The browser that CHROMIUM names, or the first that the machine has under a usual name."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = executable()
    if path is None:
        missing("browser", "no Chromium: install Debian's chromium or set CHROMIUM to a browser's path")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's synchronous interface keeps an event loop running in this thread, where Django, which sees the
        # loop and can't know that nothing else runs in it, would refuse to talk to the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


class Pages:
    """Pages of one browser, each in a context of its own, with what was wrong in them. One that a test has done with is
    emptied and serves the next: a new one takes more processor time than most of what tests do in it."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._free: dict[bool, list[Page]] = {True: [], False: []}
        self.wrong: list[str] = []

    def take(self, *, javascript: bool) -> Page:
        if self._free[javascript]:
            return self._free[javascript].pop()
        context = self._browser.new_context(
            base_url=self._url,
            java_script_enabled=javascript,
            locale="en-US",  # the site is to speak Chinese all the same
        )
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        watch(page, host=urlsplit(self._url).netloc, wrong=self.wrong)
        return page

    def give_back(self, page: Page, *, javascript: bool) -> None:
        page.goto("/robots.txt")  # of the same origin, and without a script that could write again
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        # What the page still asks for, such as its icon, would come between two tests, when the server knows no host.
        page.goto("about:blank")
        page.emulate_media(media="null", color_scheme="null")
        page.context.clear_cookies()
        self._free[javascript].append(page)


@pytest.fixture(scope="session")
def pages(browser: Browser, live_server: LiveServer) -> Pages:
    return Pages(browser, live_server.url)


@pytest.fixture
def browse(pages: Pages, live_server: LiveServer) -> Iterator[Browse]:
    """Opens pages on the live site: `browse(width=375, javascript=False, language="en")`, all optional. Addresses given
    to `goto` are relative to the site."""
    taken: list[tuple[Page, bool]] = []
    pages.wrong.clear()

    def open_page(*, width: int = DESKTOP, javascript: bool = True, language: str = "") -> Page:
        page = pages.take(javascript=javascript)
        taken.append((page, javascript))
        resize(page, width)
        if language:
            cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    yield open_page
    for page, javascript in taken:
        pages.give_back(page, javascript=javascript)
    assert pages.wrong == []


@pytest.fixture
def page(browse: Browse) -> Page:
    """A page as wide as a desktop's window."""
    return browse()


@pytest.fixture
def phone(browse: Browse) -> Page:
    """A page as wide as a phone, the narrowest that the site is made for."""
    return browse(width=PHONE)


def resize(page: Page, width: int) -> None:
    """Make the window so wide: cheaper than to open the same page in another."""
    page.set_viewport_size({"width": width, "height": HEIGHT})


def watch(page: Page, *, host: str, wrong: list[str]) -> None:
    """Note in `wrong` what no page of the site may do."""

    def on_request(request: Request) -> None:
        if urlsplit(request.url).netloc not in {host, ""}:  # data: addresses have no host
            wrong.append(f"foreign host: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(f"console: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
