"""What readers come to ask, on a phone, from the home page to the answer: how many taps it takes, by hand and in a
browser."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from brands.listing.sync import gathered
from brands.models import Region
from brands.vocabulary.choices import DetailKind, Industry, Metric
from tests.brands.factories import article, brand, detail, statistic
from tests.browser.accessibility import violations

# Taps that an answer may take; a search is one of them.
MOST = 4


@pytest.fixture
def asked(catalogued: None, live_server: LiveServer) -> None:
    """The small catalogue with what the questions are about: pay of carers, nannies in a city, totals of provinces."""
    places = Region.objects.in_bulk()
    with gathered():
        for name, value in (("文水护工", 4000), ("离石护工", 5000), ("大同护工", 6500)):
            source = article(f"{name}一个月挣{value}元。")
            made = brand(name, source=source, region=places["141121"], industry=Industry.CARE)
            statistic(
                made, value, unit="元/月", metric=Metric.PER_CAPITA_INCOME, as_of="2025", source=source,
                phrase=f"{value}元",
            )  # fmt: skip
        source = article("天镇月嫂3000多人在重庆干活，联系电话天镇县妇联0352-6820000。")
        nanny = brand("天镇月嫂", source=source, region=places["140222"], industry=Industry.DOMESTIC_SERVICE)
        detail(nanny, DetailKind.DESTINATION, "重庆", source=source, region=places["500000"], people="3000多人")
        detail(nanny, DetailKind.CONTACT, "天镇县妇联0352-6820000", source=source)
        statistic(places["140000"], 800_000, as_of="2025")
        statistic(places["420000"], 1_900_000, as_of="2024")


class Taps:
    """Taps of a finger on a phone, counted."""

    def __init__(self, phone: Page) -> None:
        self.phone = phone
        self.count = 0

    def on(self, target: Locator) -> None:
        target.tap() if self.phone.evaluate("'ontouchstart' in window") else target.click()
        self.count += 1

    def link(self, name: str, *, within: str = "main") -> None:
        self.on(self.phone.locator(within).get_by_role("link", name=name).first)

    def search(self, words: str) -> None:
        """Words are typed and sent: one tap."""
        box = self.phone.get_by_role("combobox").first
        box.fill(words)
        box.press("Enter")
        self.count += 1


@contextmanager
def within(phone: Page, most: int = MOST) -> Iterator[Taps]:
    """From the home page, in so many taps, to a page on which nothing moves sideways and axe finds nothing."""
    phone.goto("/")
    taps = Taps(phone)
    yield taps
    assert taps.count <= most
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert violations(phone) == []


@pytest.mark.usefixtures("asked")
def test_what_carers_earn(phone: Page) -> None:
    with within(phone, 2) as taps:
        taps.link("养老护理")
        expect(phone.locator(".lead")).to_contain_text("个品牌：4000 至 6500 元/月，中位数 5000 元/月")
        assert phone.locator("svg.dots circle").count() == 3
        expect(phone.locator("blockquote").filter(has_text="离石护工一个月挣5000元").first).to_be_visible()
        taps.on(phone.locator("svg.dots a").nth(1))
        expect(phone.locator("h1")).to_contain_text("5000")
        expect(phone.locator("mark").first).to_have_text("5000元")


@pytest.mark.usefixtures("asked")
def test_who_sends_nannies_to_a_city_and_whom_to_ask(phone: Page) -> None:
    with within(phone) as taps:
        taps.link("去哪里干活")
        taps.on(phone.get_by_role("table").get_by_role("link", name="重庆", exact=True))
        taps.link("家政服务")
        item = phone.locator(".figures li").filter(has_text="天镇月嫂")
        expect(item).to_contain_text("重庆 3000多人")
        expect(item).to_contain_text("联系方式：天镇县妇联0352-6820000")
        expect(item.locator("mark").first).to_have_text("重庆")
        expect(phone.locator("main")).not_to_contain_text("吕梁山护工")


@pytest.mark.usefixtures("asked")
def test_provinces_are_compared_and_taken_along_for_excel(phone: Page) -> None:
    with within(phone) as taps:
        taps.link("各省对比")
        taps.link("就业人数")
        expect(phone.locator(".lead")).to_contain_text("湖北 190 万人（2024年）、山西 80 万人（2025年）")
        expect(phone.locator("tbody th").first).to_contain_text("湖北")
        with phone.expect_download() as waiting:
            taps.link("下载 Excel")
        sheet = load_workbook(io.BytesIO(waiting.value.path().read_bytes())).active
        assert sheet is not None
        lines = list(sheet.iter_rows(values_only=True))
        at = lines[0].index("报道：就业人数（人）")
        assert [(line[0], line[at]) for line in lines[1:3]] == [("湖北", 1_900_000), ("山西", 800_000)]


@pytest.mark.usefixtures("asked")
def test_the_national_count_by_year_with_its_sources(phone: Page) -> None:
    """On the home page itself: the newest first, each year with its paper, as a chart and a table."""
    with within(phone) as taps:
        panel = phone.locator(".national .panel").filter(has_text="劳务品牌数")
        expect(panel.locator(".figure")).to_contain_text("近 2500 个2025年11月")
        expect(panel.locator("svg.chart")).to_be_visible()
        rows = panel.get_by_role("row").all_inner_texts()
        assert [row.split("\t")[0] for row in rows[1:]] == ["2025年11月", "2024年11月", "2022年"]
        with phone.expect_download() as waiting:
            taps.on(panel.get_by_role("link", name="下载 CSV"))
        told = waiting.value.path().read_text(encoding="utf-8-sig")
        assert [row["数值"] for row in csv.DictReader(io.StringIO(told))] == ["2500", "2300", "2000"]
        taps.on(panel.get_by_role("link", name="近 2500 个").first)
        expect(phone.locator("mark").first).to_have_text("近2500个")


@pytest.mark.usefixtures("asked")
def test_the_brands_of_a_county_or_the_nearest(phone: Page) -> None:
    """永川 has none: its page says so in a line and leads to those near it."""
    with within(phone) as taps:
        taps.search("离石")
        taps.on(phone.locator("main").get_by_role("link", name="离石").first)
        expect(phone.locator("main")).to_contain_text("离石月嫂")
    with within(phone) as taps:
        phone.goto("/regions/500118/")
        expect(phone.locator(".lead")).to_contain_text("本库还没有收录这里的劳务品牌")
        expect(phone.locator(".nearest")).to_contain_text("重庆")
        taps.on(phone.locator(".nearest").get_by_role("link", name="重庆"))
        expect(phone.locator("h1")).to_have_text("重庆市")


@pytest.mark.usefixtures("asked")
def test_all_data_with_its_licence(phone: Page) -> None:
    """From the foot of any page."""
    with within(phone, 2) as taps:
        taps.link("开放数据", within="footer")
        expect(phone.locator("main")).to_contain_text("整理成的数据按此许可使用： CC BY 4.0")
        with phone.expect_download() as waiting:
            taps.link("劳务品牌 Excel")
        book = load_workbook(io.BytesIO(waiting.value.path().read_bytes()), read_only=True)
        assert book.sheetnames == ["劳务品牌", "原句", "列的含义"]


@pytest.mark.usefixtures("asked")
def test_a_brand_from_a_search_engine(phone: Page) -> None:
    """The engine has the address from the sitemap and shows title and description; the reader sees without scrolling
    what the brand is, how many people it has and whom to ask, and is one tap from the sentence."""
    maps = re.findall(r"<loc>([^<]+)</loc>", phone.request.get("/sitemap.xml").text())
    listed = [loc for one in maps for loc in re.findall(r"<loc>([^<]+)</loc>", phone.request.get(one).text())]
    (found,) = [loc for loc in listed if "lu-liang-shan-hu-gong" in loc]
    with within(phone, 1) as taps:
        phone.goto(found)
        assert phone.locator("meta[name=robots]").count() == 0
        assert phone.locator("link[rel=canonical]").get_attribute("href") == found
        expect(phone).to_have_title(re.compile("吕梁山护工"))
        told = phone.locator("meta[name=description]").get_attribute("content") or ""
        assert "吕梁山护工" in told
        assert "山西" in told
        for words in (".lead", ".answers dt", ".answers dd >> nth=-1"):
            expect(phone.locator(words).first).to_be_in_viewport()
        expect(phone.locator(".lead")).to_contain_text("超 9 万人从业")
        expect(phone.locator(".answers")).to_contain_text("12333")
        taps.link("看原文")
        expect(phone.locator("mark:target")).to_be_in_viewport()


@pytest.mark.usefixtures("asked")
def test_the_answers_as_a_screen_reader_hears_them(phone: Page) -> None:
    """The tree that Chromium hands to it: headings in order, tables and regions with names, links that say where."""
    phone.goto("/industries/care/")
    heard = phone.locator("body").aria_snapshot()
    for line in ('navigation "', 'heading "养老护理劳务品牌" [level=1]', "main:", "个品牌：4000 至 6500 元/月"):
        assert line in heard, line
    assert re.search(r'link "看原文 ?：[^"]+"', heard)
    phone.goto("/destinations/")
    heard = phone.locator("main").aria_snapshot()
    assert re.search(r'region "[^"]+":\s+- table "[^"]+":', heard), "the table and what scrolls it have a name"
    assert 'columnheader "重庆"' in heard
    assert 'rowheader "山西"' in heard
    phone.goto("/")
    heard = phone.locator("main").aria_snapshot()
    assert re.search(r'table "劳务品牌数":', heard)
    assert re.search(r'row "2025年11月 近 2500 个 \S+ ?：', heard)
    levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", heard)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
