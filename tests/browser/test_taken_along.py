"""What readers report, cite and take along, in a real browser: a breach of the policy fails the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from brands.models import Article, Brand, Correction, Statistic
from tests.browser.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, Browse, resize
from tests.browser.test_site import sideways, small_targets

pytestmark = pytest.mark.usefixtures("catalogued")


def paths() -> dict[str, str]:
    return {
        "brand": Brand.objects.get(name="吕梁山护工").get_absolute_url(),
        "statistic": Statistic.objects.filter(region="100000")[0].get_absolute_url(),
        "article": Article.objects.get(title="护工走出大山").get_absolute_url(),
        "region": "/regions/140000/",
        "home": "/",
        "about": "/about/",
    }


def test_linked_data_breaches_no_policy_and_is_there(browse: Browse, live_server: LiveServer) -> None:
    page = browse()
    kinds = {}
    for kind, path in paths().items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        text = page.locator('script[type="application/ld+json"]').text_content() or ""
        kinds[kind] = page.evaluate("text => JSON.parse(text)['@type']", text)
    assert kinds == dict.fromkeys(("brand", "statistic", "article", "region"), "WebPage") | dict.fromkeys(
        ("home", "about"), "Dataset"
    )


def test_reporting_an_error_without_a_script(browse: Browse, live_server: LiveServer) -> None:
    page = browse(width=PHONE, javascript=False)
    path = paths()["brand"]
    page.goto(path)
    page.locator(".sheet-head").get_by_role("link", name="纠错").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("纠错")
    expect(page.locator(".facts")).to_contain_text("吕梁山护工")
    page.get_by_label("哪一项").select_option(label="行业：养老护理")
    expect(page.get_by_label("请留空")).to_be_hidden()
    assert sideways(page) == 0
    assert list(small_targets(page)) == []
    page.get_by_label("哪里不对").fill("不是养老护理")
    page.get_by_label("应该是什么").fill("家政服务")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到，谢谢")
    assert Correction.objects.get().right == "家政服务"
    page.get_by_role("link", name="回到“吕梁山护工 · 行业”").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("吕梁山护工")
    assert page.url.endswith(path)


def test_references_unfold_without_a_script_and_fit_a_phone(browse: Browse, live_server: LiveServer) -> None:
    found = paths()
    page = browse(javascript=False)
    for kind in ("brand", "statistic", "article", "region"):
        page.goto(found[kind])
        expect(page.locator(".take pre").first).to_be_hidden()
        page.get_by_text("引用这一页").click()
        expect(page.locator(".take pre").first).to_contain_text("/OL]. ")
        for width in (DESKTOP, PHONE):
            resize(page, width)
            assert sideways(page) == 0, (kind, width)


@contextmanager
def another_site(folder: Path, html: str) -> Iterator[str]:
    """A server of its own with one page; a made-up host would be one that the browser lets frame no local address."""
    (folder / "index.html").write_text(html, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_card_in_another_sites_page(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    number = paths()["brand"].split("/")[2].split("-")[0]
    address = f"{live_server.url}/brands/{number}/card/"
    frame = f'<!doctype html><iframe src="{address}" width="360" height="240" title="card"></iframe>'
    with another_site(tmp_path, frame) as site, browser.new_context() as context:
        page = context.new_page()
        page.goto(site)
        card = page.frame_locator("iframe")
        expect(card.get_by_role("heading", name="吕梁山护工")).to_be_visible()
        height = page.frames[-1].evaluate("document.documentElement.scrollHeight")
        assert height <= 240, "it fits the frame that we suggest"
        with context.expect_page() as opened:
            card.get_by_role("link", name="吕梁山护工").click()
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("吕梁山护工")


def test_a_chart_in_another_sites_page(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    """Without scripts, at a phone's width, light and dark: all of it fits the frame, and links leave it."""
    address = f"{live_server.url}/statistics/frame/?metric=brands&of=region:100000&of=region:140000"
    frame = f'<!doctype html><iframe src="{address}" width="320" height="460" title="chart"></iframe>'
    with another_site(tmp_path, frame) as site:
        for scheme in ("light", "dark"):
            with browser.new_context(java_script_enabled=False, color_scheme=scheme) as context:
                page = context.new_page()
                page.goto(site)
                chart = page.frame_locator("iframe")
                expect(chart.locator("svg.chart")).to_be_visible()
                expect(chart.get_by_text("来源：")).to_be_visible()
                expect(chart.locator("nav, header, form")).to_have_count(0)
                box, room = chart.locator("main").bounding_box(), page.locator("iframe").bounding_box()
                assert box is not None
                assert room is not None
                assert box["y"] + box["height"] <= room["y"] + room["height"]
                assert box["x"] + box["width"] <= room["x"] + room["width"]
                page.screenshot(path=tmp_path / f"{scheme}.png")
                with context.expect_page() as opened:
                    chart.get_by_role("link", name="劳务品牌库").click()
                expect(opened.value.get_by_role("heading", level=1)).to_have_text("对比")
    assert (tmp_path / "light.png").read_bytes() != (tmp_path / "dark.png").read_bytes()


def test_everybody_can_use_them(page: Page, live_server: LiveServer) -> None:
    brand = paths()["brand"]
    number = brand.split("/")[2].split("-")[0]
    for path in (
        f"/corrections/new/?about=brand:{number}.level",
        "/corrections/thanks/",
        f"/brands/{number}/card/",
        brand,
    ):
        page.goto(path)
        if path == brand:
            page.get_by_text("引用这一页").click()
        for width in (DESKTOP, PHONE):
            resize(page, width)
            assert violations(page) == [], (path, width)
