"""What pages say of themselves: canonical addresses, linked data, references."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from brands.listing import BrandList
from brands.models import Article, Brand, Program, Statistic
from brands.seo.linked_data import MOST
from brands.text.highlight import linked_data
from tests.brands.factories import article, bear_out, brand, catalogue, regions, statistic

pytestmark = pytest.mark.django_db

SITE = "https://brands.example.org"


def html_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def meta(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', html))


def data_of(html: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    return data


@pytest.mark.parametrize("text", ["</script><script>alert(1)//", "<!--", "]]>", "&lt;", "\u2028\u2029", '"\\'])
def test_no_text_ends_the_element(text: str) -> None:
    encoded = linked_data({"name": text})
    assert json.loads(encoded) == {"name": text}
    assert not set(encoded) & set("<>&\u2028\u2029")


def test_a_hostile_title_stays_data(client: Client) -> None:
    source = article("文", title='</script><script src="//x">')
    html = html_of(client, source.get_absolute_url())
    assert data_of(html)["name"] == source.title
    assert '<script src="//x">' not in html


@pytest.mark.usefixtures("catalogued")
def test_pages_name_their_permanent_address(client: Client, settings: Any) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    paths = [
        carer.get_absolute_url(),
        Statistic.objects.all()[0].get_absolute_url(),
        Article.objects.all()[0].get_absolute_url(),
        Program.objects.all()[0].get_absolute_url(),
        "/regions/140000/",
        "/regions/",
        "/",
        "/about/",
    ]
    for path in paths:
        html = html_of(client, f"{path}?utm_source=x")
        assert f'<link rel="canonical" href="http://testserver{path}">' in html, path
        assert meta(html)["og:url"] == f"http://testserver{path}"
    settings.SITE_URL = SITE
    for path in [*paths, "/brands/"]:
        assert f'<link rel="canonical" href="{SITE}{path}">' in html_of(client, path), path


@pytest.mark.usefixtures("catalogued")
def test_a_brand(client: Client) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    html = html_of(client, carer.get_absolute_url())
    said = "吕梁山护工是山西吕梁的养老护理类劳务品牌。"
    told = "吕梁山护工：山西吕梁的养老护理劳务品牌，超 9 万人从业（2025年11月），去往重庆务工，国家级。"
    assert f'<meta name="description" content="{told}">' in html
    assert meta(html) | {"og:url": "", "og:image": ""} == {
        "og:type": "website",
        "og:title": "吕梁山护工 · 山西吕梁",
        "og:description": told,
        "og:url": "",
        "og:site_name": "劳务品牌库",
        "og:locale": "zh_CN",
        "og:image": "",
    }
    assert "<title>吕梁山护工 · 山西吕梁 - 劳务品牌库</title>" in html
    data = data_of(html)
    term = data["mainEntity"]
    assert (term["@type"], term["name"], term["alternateName"]) == ("DefinedTerm", "吕梁山护工", ["吕梁护工"])
    assert term["description"] == said
    assert term["inDefinedTermSet"]["@type"] == "DefinedTermSet"
    assert data["citation"] == [
        {
            "@type": "NewsArticle",
            "headline": "护工走出大山",
            "publisher": {"@type": "Organization", "name": "县报"},
            "datePublished": "2025-11-19",
            "inLanguage": "zh-Hans",
        }
    ]


def test_a_brand_in_many_papers_names_some(client: Client) -> None:
    made = brand("甲")
    for number in range(MOST + 2):
        bear_out(made, article("甲，甲。", title=f"报道{number}"), "甲")
    assert len(data_of(html_of(client, made.get_absolute_url()))["citation"]) == MOST


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_the_whole_is_a_dataset(client: Client, path: str) -> None:
    data = data_of(html_of(client, path))
    assert (data["@type"], data["url"], data["name"]) == ("Dataset", "http://testserver/", "劳务品牌库")
    assert 50 <= len(data["description"]) <= 5000, "what dataset searches ask for"
    assert "就业人数" in data["variableMeasured"]


@pytest.mark.usefixtures("catalogued")
def test_a_program_says_what_is_known_of_it(client: Client) -> None:
    contest = Program.objects.get(name="护工技能大赛")
    html = html_of(client, contest.get_absolute_url())
    assert meta(html)["og:description"] == "护工技能大赛：赛事评选，山西吕梁，2024年5月1日"
    assert data_of(html)["citation"][0]["@type"] == "NewsArticle"


def test_an_article_is_one_in_the_open_graph(client: Client) -> None:
    source = article("文", title="护工走出大山", url="https://paper.example/1")
    html = html_of(client, source.get_absolute_url())
    assert meta(html)["og:type"] == "article"
    assert meta(html)["og:description"].startswith("县报，2025年11月19日：")
    assert data_of(html)["citation"][0]["url"] == "https://paper.example/1"


class TestReferences:
    def forms(self, html: str) -> dict[str, str]:
        return dict(re.findall(r"<h3>([^<]+)</h3><pre[^>]*>(.*?)</pre>", html.split('class="take"')[1], re.DOTALL))

    def test_of_a_brand_name_the_newest_article_and_where_it_was_found(self, client: Client) -> None:
        catalogue()
        carer = Brand.objects.get(name="吕梁山护工")
        forms = self.forms(html_of(client, carer.get_absolute_url()))
        found_at = f"http://testserver{carer.get_absolute_url()}"
        assert re.fullmatch(
            rf"护工走出大山\[N/OL\]\. 县报，2025-11-19\[\d{{4}}-\d\d-\d\d\]\. {found_at}\.", forms["GB/T 7714—2025"]
        )
        assert forms["BibTeX"].startswith(f"@article{{laobrand-brand-{carer.pk},")
        assert found_at in forms["文中说明"]
        embedded = f"&lt;iframe src=&quot;http://testserver/brands/{carer.pk}/card/&quot;"
        assert embedded.replace("&quot;", '"') in forms["把卡片嵌入网页"]

    def test_of_a_number_name_the_paper_that_gives_it(self, client: Client) -> None:
        made = brand("甲", source=article("甲", title="别的报道"))
        number = statistic(made, 90, source=article("共90人。", title="数字报道"))
        assert self.forms(html_of(client, number.get_absolute_url()))["GB/T 7714—2025"].startswith("数字报道[N/OL]")

    def test_of_an_article(self, client: Client) -> None:
        source = article("文", title="护工走出大山")
        assert self.forms(html_of(client, source.get_absolute_url()))["GB/T 7714—2025"].startswith(
            "护工走出大山[N/OL]. 县报"
        )

    def test_of_a_region_name_the_paper_of_its_first_number_or_nobody(self, client: Client) -> None:
        places = regions()
        statistic(places["140000"], 12, source=article("有12人。", title="山西报道"))
        assert self.forms(html_of(client, "/regions/140000/"))["GB/T 7714—2025"].startswith("山西报道[N/OL]")
        alone = self.forms(html_of(client, "/regions/420000/"))["GB/T 7714—2025"]
        assert alone.startswith("湖北的劳务品牌[DB/OL]. 劳务品牌库[")


class TestTheCard:
    def test_may_be_framed_and_nothing_else_may(self, client: Client) -> None:
        catalogue()
        carer = Brand.objects.get(name="吕梁山护工")
        response = client.get(reverse("brands:card", args=[carer.pk]))
        assert "X-Frame-Options" not in response.headers
        policy = response.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        page = client.get(carer.get_absolute_url())
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]

    def test_says_what_it_is_and_who_says_so(self, client: Client) -> None:
        catalogue()
        carer = Brand.objects.get(name="吕梁山护工")
        response = client.get(reverse("brands:card", args=[carer.pk]))
        html = response.content.decode()
        assert "吕梁山护工是山西吕梁的养老护理类劳务品牌。就业人数 超 9 万人（2025年11月）。" in html
        assert "来源：县报" in html
        assert f'href="http://testserver{carer.get_absolute_url()}"' in html
        assert "<form" not in html
        assert not response.cookies

    def test_of_a_brand_without_numbers_names_the_paper_too(self, client: Client) -> None:
        made = brand("甲")
        assert "县报" in client.get(reverse("brands:card", args=[made.pk])).content.decode()

    def test_of_a_brand_that_is_gone_is_gone(self, client: Client) -> None:
        made = brand("甲", review="rejected")
        assert client.get(reverse("brands:card", args=[made.pk])).status_code == 410
        assert client.get(reverse("brands:card", args=[123456])).status_code == 404


class TestLists:
    @pytest.mark.parametrize(
        ("path", "name", "first"),
        [
            ("/brands/?region=141100", "吕梁 · 劳务品牌", "离石月嫂"),
            ("/programs/", "政策与活动", None),
            ("/statistics/?metric=employment", "就业人数 · 数据", None),
            ("/articles/", "报道", None),
            ("/regions/", "各省劳务品牌对比", "山西"),
        ],
    )
    def test_are_collections_of_what_they_show(self, client: Client, path: str, name: str, first: str | None) -> None:
        catalogue()
        html = html_of(client, path)
        data = data_of(html)
        assert (data["@type"], data["name"], data["url"]) == ("CollectionPage", name, f"http://testserver{path}")
        assert (data["isPartOf"]["@type"], data["mainEntity"]["@type"]) == ("Dataset", "ItemList")
        assert "@context" not in data["isPartOf"]
        items = data["mainEntity"]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert data["mainEntity"]["numberOfItems"] == len(items) > 0
        main = html.split("<main", maxsplit=1)[1]
        for item in items:
            assert item["@type"] == "ListItem"
            assert item["url"].startswith("http://testserver/")
            assert f'href="{item["url"].removeprefix("http://testserver")}"' in main, "what the page doesn't show"
        assert first in {None, items[0]["name"]}
        said = meta(html)
        assert (said["og:title"], said["og:url"], said["og:type"]) == (name, data["url"], "website")
        assert said["og:description"] == data["description"]
        assert f'<meta name="description" content="{data["description"]}">' in html

    def test_of_many_pages_go_on_counting(self, client: Client) -> None:
        size = BrandList.page_size
        for number in range(size + 2):
            brand(f"工匠{number}")
        first, second = (data_of(html_of(client, f"/brands/?page={page}"))["mainEntity"] for page in (1, 2))
        assert first["numberOfItems"] == second["numberOfItems"] == size + 2
        assert [item["position"] for item in second["itemListElement"]] == [size + 1, size + 2]

    def test_that_are_empty_are_lists_of_nothing(self, client: Client) -> None:
        data = data_of(html_of(client, "/programs/"))
        assert data["mainEntity"] == {"@type": "ItemList", "numberOfItems": 0, "itemListElement": []}
