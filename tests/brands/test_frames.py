"""Charts in frames of other people's pages: what may be framed, what stands there, and the HTML that we hand out."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from brands.figures.pay import SPREAD
from brands.listing.sync import gathered
from brands.models import Brand
from tests.brands.factories import article, brand, regions, statistic

pytestmark = pytest.mark.django_db


@pytest.fixture
@gathered()
def carer() -> Brand:
    made = brand("吕梁山护工", region=regions()["141100"])
    for year in ("2021", "2023"):
        statistic(made, 50000, as_of=year)
    source = article("超过9万人。", publisher="省报")
    statistic(made, 90000, as_of="2025-11", source=source, phrase="9万")
    return made


@pytest.fixture
@gathered()
def paid() -> None:
    for number in range(SPREAD):
        statistic(brand(f"工匠{number}"), 5000 + number, metric="per_capita_income", unit="元/月")


def snippets(html: str) -> list[str]:
    """The addresses in the frames that the page hands out."""
    shown = [unescape(text) for text in re.findall(r"<pre[^>]*>(.*?)</pre>", html, re.DOTALL)]
    return [match[1] for text in shown if (match := re.fullmatch(r'<iframe src="([^"]+)"[^<]*></iframe>', text))]


def frames_of(html: str) -> list[str]:
    return [address for address in snippets(html) if "/frame/" in address]


def test_the_html_of_a_page_leads_to_its_chart(client: Client, carer: Brand) -> None:
    page = client.get(carer.get_absolute_url()).content.decode()
    (address,) = frames_of(page)
    assert address == f"http://testserver/statistics/frame/?metric=employment&of=brand:{carer.pk}"
    html = client.get(address).content.decode()
    assert "<svg" in html
    assert "吕梁山护工 · 就业人数" in html
    assert "来源：省报 2025年11月19日" in html
    assert re.search(r"20\d\d年\d+月\d+日</span>", html), "the day on which it was looked up"


@pytest.mark.usefixtures("paid")
def test_the_chart_of_pay(client: Client) -> None:
    page = client.get(reverse("brands:pay")).content.decode()
    (address,) = frames_of(page)
    assert address == "http://testserver/pay/frame/"
    html = client.get(address).content.decode()
    assert "<svg" in html
    assert "来源：" in html


@pytest.mark.usefixtures("paid")
def test_may_be_framed_and_the_pages_around_may_not(client: Client, carer: Brand) -> None:
    query = f"?metric=employment&of=brand:{carer.pk}"
    for address in (reverse("brands:chart_frame") + query, reverse("brands:pay_frame")):
        response = client.get(address)
        assert response.status_code == 200
        policy = response.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "X-Frame-Options" not in response.headers
        assert not response.cookies
        html = response.content.decode()
        assert '<base target="_blank">' in html, "links leave the frame: no page of ours may stand in it"
        for part in ("<script", "<form", "<nav", "<header"):
            assert part not in html, part
    for address in (reverse("brands:statistic_compare") + query, reverse("brands:pay")):
        assert "frame-ancestors 'none'" in client.get(address).headers["Content-Security-Policy"]


def test_what_makes_no_chart_says_why(client: Client, carer: Brand) -> None:
    for query, told in (("?metric=plumbing", "metric"), (f"?metric=training&of=brand:{carer.pk}", "画不成图")):
        response = client.get(reverse("brands:chart_frame") + query)
        assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert told in response.content.decode()
    assert client.get(reverse("brands:pay_frame")).status_code == 400


def test_its_address_is_that_of_the_site(client: Client, carer: Brand, settings: Settings) -> None:
    settings.SITE_URL = "https://site.example"
    (address,) = frames_of(client.get(carer.get_absolute_url()).content.decode())
    assert address.startswith("https://site.example/statistics/frame/?")
