"""Pages as a test reads them, and one address of each kind."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

from django.conf import settings
from django.test import Client
from django.urls import reverse

from brands.models import Article, Brand, Program, Statistic


def addresses() -> dict[str, str]:
    """One address of each kind of page."""
    return {
        "home": reverse("brands:home"),
        "brand_list": reverse("brands:brand_list"),
        "brand": Brand.objects.get(name="吕梁山护工").get_absolute_url(),
        "region_list": reverse("brands:region_list"),
        "region": reverse("brands:region", args=["140000"]),
        "industry_list": reverse("brands:industry_list"),
        "industry": reverse("brands:industry", args=["care"]),
        "pay": reverse("brands:pay"),
        "destination_list": reverse("brands:destination_list"),
        "destination": reverse("brands:destination", args=["500000"]),
        "recognition_list": reverse("brands:recognition_list"),
        "recognition": reverse("brands:recognition", args=["420000", "provincial", "2023", "第二批"]),
        "program_list": reverse("brands:program_list"),
        "program": Program.objects.get(kind="policy").get_absolute_url(),
        "statistic_list": reverse("brands:statistic_list"),
        "statistic": Statistic.objects.filter(region="100000")[0].get_absolute_url(),
        "article_list": reverse("brands:article_list"),
        "article": Article.objects.get(title="护工走出大山").get_absolute_url(),
        "search": reverse("brands:search") + "?q=" + quote("护工"),
        "about": reverse("brands:about"),
        "data": reverse("brands:data"),
        "api_guide": reverse("brands:api_guide"),
    }


def page(client: Client, address: str, *, language: str = "zh-hans") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def text_of(html: str) -> str:
    """What a reader sees, with runs of space made one."""
    body = html.split("<main", 1)[-1].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", re.sub(r"</t[dh]>", " ", body)))


class Outline(HTMLParser):
    """The names, headings and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.links: list[str] = []
        self.styled: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        self.links += [given["href"] or ""] if tag == "a" else []
        script = tag == "script" and not given.get("src") and given.get("type") != "application/ld+json"  # data
        self.styled += [tag] if "style" in given or tag == "style" or script else []
        self.styled += [name for name in given if name.startswith("on")]
