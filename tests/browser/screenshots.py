"""Pictures of a running site: `python -m tests.browser.screenshots [--site URL] [--folder docs] [--survey]`.

Without `--survey` the pictures of the README and the about page; with it every kind of page on a phone and a desktop,
light and dark, to be looked at before a change of the style sheet is done.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import DESKTOP, FLAGS, HEIGHT, PHONE, executable

LANGUAGE_COOKIE = "django_language"
"""As Django's settings name it; this script runs outside of Django."""

SITE = "http://127.0.0.1:8000/"
SHOWN = ("home", "list", "brand", "article", "statistics")
"""The kinds that README.md and the about page show."""

TALL = 1180
"""Pixels: the first screen of the home page with the whole map."""

Scheme = Literal["light", "dark"]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.browser.screenshots", description=__doc__)
    parser.add_argument("--site", default=SITE, help=f"where the site runs (default: {SITE})")
    parser.add_argument("--folder", type=Path, default=Path("docs"), help="where the pictures go (default: docs)")
    parser.add_argument("--survey", action="store_true", help="every kind of page, narrow and wide, light and dark")
    parser.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"])
    options = parser.parse_args(arguments)
    path = executable()
    if path is None:
        print("no Chromium: install Debian's chromium or set CHROMIUM to a browser's path", file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        shoot = survey if options.survey else present
        for picture in shoot(browser, options.site, options.folder, options.language):
            print(picture)
        browser.close()
    return 0


def present(browser: Browser, site: str, folder: Path, language: str) -> Iterator[Path]:
    """One picture a kind, the top of a desktop's page in light colours."""
    addresses = kinds(browser, site, language)
    page = _page(browser, site, DESKTOP, "light", language)
    page.set_viewport_size({"width": DESKTOP, "height": TALL})
    for kind in SHOWN:
        page.goto(addresses[kind])
        page.screenshot(path=folder / f"{kind}.png")
        yield folder / f"{kind}.png"


def survey(browser: Browser, site: str, folder: Path, language: str) -> Iterator[Path]:
    """Every kind of page as a whole."""
    addresses = kinds(browser, site, language)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for width in (PHONE, DESKTOP):
        for scheme in schemes:
            page = _page(browser, site, width, scheme, language)
            for kind, address in addresses.items():
                page.goto(address)
                path = folder / f"{kind}-{width}-{scheme}.png"
                page.screenshot(path=path, full_page=True)
                yield path


def kinds(browser: Browser, site: str, language: str) -> dict[str, str]:
    """An address of each kind of page, found by following links as a reader does: the brand is the one that most
    reports name, the article the newest."""
    page = _page(browser, site, DESKTOP, "light", language)
    fixed = {
        "home": "",
        "list": "brands/",
        "regions": "regions/",
        "country": "regions/100000/",
        "programs": "programs/",
        "statistics": "statistics/",
        "articles": "articles/",
        "search": "search/?q=师傅",
        "nothing": "search/?q=没有的词",
        "complaint": "brands/?level=x&colour=red",
        "about": "about/",
        "missing": "brands/0/",
    }
    found = {kind: urljoin(site, path) for kind, path in fixed.items()}
    found["brand"] = _first(page, urljoin(site, "brands/?sort=reports"), ".card h2 a")
    found["region"] = _last(page, found["brand"], ".trail li a")
    found["province"] = _first(page, found["home"], ".step-5")
    found["filtered"] = _first(page, found["list"], ".facet li a")
    found["program"] = _first(page, found["programs"], ".rows .headline")
    found["statistic"] = _first(page, found["statistics"], ".rows td a")
    found["article"] = _first(page, found["articles"], ".rows .headline")
    return found


def _first(page: Page, address: str, selector: str) -> str:
    return _links(page, address, selector)[0]


def _last(page: Page, address: str, selector: str) -> str:
    return _links(page, address, selector)[-1]


def _links(page: Page, address: str, selector: str) -> list[str]:
    page.goto(address)
    links = [urljoin(address, link.get_attribute("href") or "") for link in page.locator(selector).all()]
    if not links:
        raise SystemExit(f"{address} shows no {selector}: pictures need a site with the sample articles (make run)")
    return links


def _page(browser: Browser, site: str, width: int, scheme: Scheme, language: str) -> Page:
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": site}])
    return context.new_page()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
