"""Pictures of the site: `python -m tests.browser.screenshots [--site URL] [--folder FOLDER] [--survey]`.

Without `--survey` those that README.md and the about page show; with it every kind of page on a phone and a desktop,
light and dark, to be looked at before a change of the style sheet is done. Without `--site` the sample site is made and
served for the purpose.
"""

import argparse
import base64
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from tests.audit.site import sample_site
from tests.browser.conftest import DESKTOP, FLAGS, HEIGHT, PHONE, executable
from tests.variables import ROOT

# As Django's settings name it; this script runs outside of Django.
LANGUAGE_COOKIE = "django_language"

# Where both README.md and the about page find them.
FOLDER = ROOT / "static" / "pictures"

# The kinds that both show, as a desktop does.
SHOWN = ("home", "list", "brand", "article", "statistics")

ON_A_PHONE = ("home", "brand")

# Pixels of a picture's height, by its width: 4 to 3, and a phone's screen.
TALL = {DESKTOP: 960, PHONE: 812}

# Of 100: letters stay sharp, and no picture is larger than `HEAVIEST`.
QUALITY = 80

HEAVIEST = 150 * 1024

Scheme = Literal["light", "dark"]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.browser.screenshots", description=__doc__)
    parser.add_argument("--site", help="where a site runs, such as http://127.0.0.1:8000 (default: the samples)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"where the pictures go (default: {FOLDER})")
    parser.add_argument("--survey", action="store_true", help="every kind of page, narrow and wide, light and dark")
    parser.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"])
    options = parser.parse_args(arguments)
    path = executable()
    if path is None:
        print("no Chromium: install Debian's chromium or set CHROMIUM to a browser's path", file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    with nullcontext(options.site) if options.site else sample_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        shoot = survey if options.survey else present
        for picture in shoot(browser, site, options.folder, options.language):
            print(picture)
        browser.close()
    return 0


def present(browser: Browser, site: str, folder: Path, language: str) -> Iterator[Path]:
    """One picture a kind, the top of the page in light colours."""
    addresses = kinds(browser, site, language)
    for width, shown in ((DESKTOP, SHOWN), (PHONE, ON_A_PHONE)):
        page = _page(browser, site, width, "light", language)
        page.set_viewport_size({"width": width, "height": TALL[width]})
        for kind in shown:
            page.goto(addresses[kind], wait_until="networkidle")
            path = folder / (f"{kind}.webp" if width == DESKTOP else f"{kind}-phone.webp")
            path.write_bytes(webp(page))
            if path.stat().st_size > HEAVIEST:
                raise SystemExit(f"{path} is larger than {HEAVIEST} bytes")
            yield path


def webp(page: Page) -> bytes:
    """What the window shows. Chromium encodes it: a third of a PNG's bytes."""
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    return base64.b64decode(shot["data"])


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
    found["brand"] = _first(page, urljoin(site, "brands/?sort=reports"), ".rows tbody a")
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
