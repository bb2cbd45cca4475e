"""Pictures of the staff's pages for docs/curation.md: `python -m tests.browser.curation_pictures USER` asks for the
password, or takes it from standard input. The site must run with its worker (`make run`); what a picture needs is
uploaded, never brought in, and given up afterwards."""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import DESKTOP, FLAGS, executable
from tests.browser.screenshots import LANGUAGE_COOKIE, webp
from tests.variables import ROOT

SITE = "http://127.0.0.1:8000"
ARTICLE = ROOT / "ingest" / "samples" / "104_shanxi_bingzhou.txt"
HEIGHT = 900
BARE = "#nav-sidebar, #toggle-nav-sidebar { display: none } #header, nav[aria-label] { display: none }"
# The frame of the admin is left out of the pictures: what matters is the page.
STYLE = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.browser.curation_pictures", description=__doc__)
    parser.add_argument("user")
    parser.add_argument("--site", default=SITE, help=f"where the site runs (default: {SITE})")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs", help="where the pictures go (default: docs)")
    options = parser.parse_args(arguments)
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        context = browser.new_context(base_url=options.site, viewport={"width": DESKTOP, "height": HEIGHT})
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "zh-hans", "url": options.site}])
        page = context.new_page()
        log_in(page, options.user, password)
        for name, take in PICTURES.items():
            path = options.folder / f"curation-{name}.webp"
            take(page, path)
            print(path)
        browser.close()
    return 0


def log_in(page: Page, user: str, password: str) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", user)
    page.fill("#id_password", password)
    page.click("[type=submit]")


def preview(page: Page, path: Path) -> None:
    """The preview of a file, with the facts marked in the text."""
    page.goto("/admin/upload/")
    page.set_input_files("#id_chosen", ARTICLE)
    page.click(".intake button")
    page.wait_for_selector(".rows td a")
    job = page.url
    page.click(".rows td a")
    page.wait_for_selector(".preview")
    page.evaluate(STYLE, BARE)
    path.write_bytes(webp(page))
    page.goto(job)
    page.click(f"form[action='{urlsplit(job).path}cancel/'] button")


def review(page: Page, path: Path) -> None:
    """The second fact of the first article that waits, which is put down again."""
    page.goto("/admin/queue/")
    page.click(".staff tbody th a")
    page.wait_for_selector(".fact:focus")
    page.keyboard.press("j")
    page.evaluate(STYLE, BARE)
    path.write_bytes(webp(page))
    page.click("#leave button")


PICTURES: Mapping[str, Callable[[Page, Path], None]] = {"preview": preview, "review": review}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
