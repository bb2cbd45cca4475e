"""The first screen of a brand's page: its line, what employers and workers ask, and what only a list names."""

import re
from typing import Any

import pytest
from django.test import Client

from brands.models import Article, Brand
from brands.place_words import place_beside
from brands.seo.summary import office
from brands.vocabulary.choices import Metric
from tests.brands.factories import article, bear_out, brand, detail, regions, statistic
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db

SAID = "“天镇保姆”送出5300人，去北京、湖北潜江、日本和重庆，人均月收入6000元，2024年评为省级，电话0352-1234567。"


def shown(client: Client, row: Brand) -> str:
    return text_of(page(client, row.get_absolute_url())).replace(" ", "")


def sitemap(client: Client) -> str:
    return client.get("/sitemap-brands-1.xml").content.decode()


@pytest.fixture
def maid() -> Brand:
    regions()
    source = article(SAID)
    fields: dict[str, Any] = {
        "region_id": "140222",
        "industry": "domestic_service",
        "level": "provincial",
        "recognised_year": 2024,
    }
    made = brand("天镇保姆", source=source, **fields)
    statistic(made, 5300, metric=Metric.PLACEMENT, source=source, phrase="5300人")
    statistic(made, 6000, unit="元/月", metric=Metric.PER_CAPITA_INCOME, source=source, phrase="6000元", as_of="2024")
    bear_out(made, source, "省级", field="level")
    for words, place in (("大城市", ""), ("重庆", "500000"), ("潜江", "429005"), ("日本", "JP"), ("永川", "500118")):
        where: dict[str, Any] = {"country": place} if place == "JP" else {"region_id": place or None}
        detail(made, "destination", words, **where)
    detail(made, "contact", "0352-1234567", source=source)
    return made


class TestTheLine:
    def test_is_made_of_facts_that_lead_to_their_sentences(self, client: Client, maid: Brand) -> None:
        html = page(client, maid.get_absolute_url())
        line = (
            "山西大同天镇的家政服务劳务品牌，输送5300人，去往重庆、湖北潜江、日本等4地务工，"
            "人均收入6000元/月（2024年），2024年认定为省级。"
        )
        assert line in text_of(html).replace(" ", "")
        assert line in html.split('name="description"')[1].split(">")[0].replace(" ", "")
        lead = html.split('class="lead"')[1].split("</p>")[0]
        assert 'href="#m-placement"' in lead
        assert 'href="#m-per_capita_income"' in lead
        assert 'id="m-placement"' in html
        assert f'href="{maid.evidence.get(field="level").get_absolute_url()}"' in lead

    def test_says_no_level_that_a_rule_concluded(self, client: Client, maid: Brand) -> None:
        Brand.objects.update(inferred=["level"])
        assert "认定为省级" not in shown(client, maid)

    def test_says_first_how_many_work(self, client: Client, maid: Brand) -> None:
        statistic(maid, 20000, as_of="2020")
        assert "2万人从业（2020年），去往" in shown(client, maid)


class TestWhatIsAsked:
    def test_is_answered_as_far_as_papers_say(self, client: Client, maid: Brand) -> None:
        told = shown(client, maid)
        assert "人数输送5300人去哪里干活大城市、重庆、湖北潜江、日本、重庆永川人均收入6000元/月（2024年）" in told
        assert "联系方式0352-1234567" in told
        assert "12333" not in told

    def test_is_said_to_be_unknown_in_one_line_with_a_general_way_to_ask(self, client: Client) -> None:
        regions()
        told = shown(client, brand("甲", region_id="140222"))
        assert "联系方式未收录。通用办法：打人社服务热线12333，或问天镇县人社局。" in told
        assert "未收录：人数、去哪里干活、人均收入、类型" in told
        assert "通用办法：打人社服务热线12333。" in shown(client, brand("乙"))

    @pytest.mark.parametrize(
        ("adcode", "name"),
        [("140000", "山西省人社厅"), ("500000", "重庆市人社局"), ("141100", "吕梁市人社局"), ("100000", "")],
    )
    def test_the_office_is_that_of_the_place(self, adcode: str, name: str) -> None:
        assert office(regions()[adcode]) == name
        assert office(None) == ""

    def test_says_whether_an_editor_has_read_it(self, client: Client, maid: Brand) -> None:
        assert "编辑尚未核实" in shown(client, maid)
        Brand.objects.update(review="confirmed")
        assert "编辑已对照原文核实" in shown(client, maid)


class TestWhatAListAloneNames:
    @pytest.fixture
    def listed(self) -> Article:
        """A list of five."""
        regions()
        source = article("某省公布：甲工、乙工、丙工、丁工、戊工。", title="名单公布")
        for name in "甲乙丙丁戊":
            brand(f"{name}工", source=source, region_id="140000", level="provincial")
        return source

    def test_says_so_leads_to_the_list_and_is_not_for_search_engines(self, client: Client, listed: Article) -> None:
        row = Brand.objects.get(name="甲工")
        html = page(client, row.get_absolute_url())
        assert "目前只在一篇列出 5 个品牌的报道里见到这个名称" in text_of(html)
        assert f'href="{listed.get_absolute_url()}">名单公布</a>' in html
        assert '<meta name="robots" content="noindex, follow">' in html
        assert row.get_absolute_url() not in sitemap(client)

    def test_is_what_nothing_else_is_told_of(self, client: Client, listed: Article) -> None:
        number, honoured, reported, built, alone = Brand.objects.order_by("pk")
        statistic(number, 100, source=listed, phrase="甲工")
        detail(honoured, "honour", "乙工", source=listed)
        bear_out(reported, article("丙工又见报。"), "丙工")
        Brand.objects.filter(pk=built.pk).update(organisation="某县妇联")
        for row in (number, honoured, reported, built):
            assert "noindex" not in page(client, row.get_absolute_url()), row
            assert row.get_absolute_url() in sitemap(client)
        assert list(Brand.objects.only_listed()) == [alone]

    @pytest.mark.usefixtures("listed")
    def test_a_reprint_is_no_other_report(self) -> None:
        row = Brand.objects.get(name="甲工")
        first = Article.objects.get()
        bear_out(row, article("某省公布：甲工。", title="转载", reprint_of=first), "甲工")
        assert row in Brand.objects.only_listed()

    @pytest.mark.usefixtures("listed")
    def test_a_report_of_a_few_brands_is_no_list(self) -> None:
        Brand.objects.get(name="戊工").delete()
        assert not Brand.objects.only_listed().exists()


def test_those_recognised_with_it_are_one_tap_away(client: Client) -> None:
    regions()
    for name, year in (("甲工", 2024), ("乙工", 2024), ("丙工", 2023)):
        brand(name, region_id="140222", level="provincial", recognised_year=year)
    html = page(client, Brand.objects.get(name="甲工").get_absolute_url())
    address = html.split("同批品牌")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert address == "/recognitions/140000/provincial/2024/"
    assert [row.name.text for row in client.get(address).context["table"].rows] == ["甲工", "乙工"]


def test_a_name_that_is_only_a_trade_has_its_county_beside_it(client: Client) -> None:
    """On the pages that list names: the article that names it, and the list of numbers."""
    places = regions()
    source = article("天镇的“绣娘”有300人，“天镇保姆”有200人。")
    for name, phrase in (("绣娘", "300人"), ("天镇保姆", "200人")):
        made = brand(name, source=source, region_id="140222")
        statistic(made, phrase[:3], source=source, phrase=phrase)
    for address in (source.get_absolute_url(), "/statistics/"):
        told = re.sub(r"\s+", "", page(client, address).split("<main")[1])
        assert '绣娘</a><spanclass="muted">天镇</span>' in told
        assert '天镇保姆</a><spanclass="muted">' not in told
    assert place_beside("绣娘", places["100000"]) == place_beside("绣娘", None) == ""
