"""What a brand's page leads on to: brands tied to it, each with the tie, and the brands of a series."""

import re

import pytest
from django.test import Client

from brands.figures import related
from brands.listing.sync import gathered
from brands.models import Brand
from tests.brands.factories import article, bear_out, brand, program, regions
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db


def groups(client: Client, name: str) -> dict[str, list[str]]:
    """The names under each heading of the section, in order."""
    html = page(client, Brand.objects.get(name=name).get_absolute_url())
    section = html.partition('id="related"')[2].partition("</section>")[0]
    parts = re.findall(r"<h3>(.*?)</h3>\s*<ul(.*?)</ul>", section, re.DOTALL)
    return {
        re.sub(r"<[^>]+>", "", said).strip(): re.findall(r'class="chip"[^>]*>(?:<span[^>]*>)?(\S+?)(?: <|<)', rows)
        for said, rows in parts
    }


def links(client: Client, name: str) -> str:
    return page(client, Brand.objects.get(name=name).get_absolute_url()).partition('id="related"')[2]


@pytest.fixture
def places() -> None:
    with gathered():
        found = regions()
        for name, code, trade in (
            ("吕梁山护工", "141102", "care"),
            ("离石月嫂", "141102", "domestic_service"),
            ("文水厨师", "141121", "catering"),
            ("大同护理", "140200", "care"),
            ("文水护理", "141121", "care"),
            ("潜江护理", "429005", "care"),
            ("山西面匠", "140000", "catering"),
        ):
            brand(name, region=found[code], industry=trade)
        brand("无名工匠", industry="other")


@pytest.mark.usefixtures("places")
class TestPlaceAndTrade:
    def test_neighbours_are_those_of_the_prefecture_and_the_nearest_come_first(self, client: Client) -> None:
        assert groups(client, "吕梁山护工")["吕梁的其他品牌"] == ["离石月嫂", "文水厨师", "文水护理"]

    def test_of_the_same_county_alone_they_are_called_after_it(self, client: Client) -> None:
        Brand.objects.filter(region="141121").delete()
        assert groups(client, "吕梁山护工")["离石的其他品牌"] == ["离石月嫂"]

    def test_where_the_prefecture_has_no_other_those_of_the_province_stand(self, client: Client) -> None:
        found = groups(client, "大同护理")
        assert found["山西的其他品牌"] == ["离石月嫂", "吕梁山护工", "山西面匠", "文水厨师", "文水护理"]
        assert [said for said in found if said.endswith("的其他品牌")] == ["山西的其他品牌"]

    def test_a_province_has_all_that_lies_in_it(self, client: Client) -> None:
        assert "大同护理" in groups(client, "山西面匠")["山西的其他品牌"]

    def test_of_the_same_trade_the_nearest_come_first(self, client: Client) -> None:
        assert groups(client, "吕梁山护工")["其他养老护理品牌，由近及远"] == ["文水护理", "大同护理", "潜江护理"]

    def test_what_is_other_is_no_trade_and_nowhere_no_place(self, client: Client) -> None:
        assert groups(client, "无名工匠") == {}

    def test_what_is_not_public_is_not_shown(self, client: Client) -> None:
        with gathered():
            Brand.objects.get(name="文水护理").delete()
            hidden = Brand.objects.get(name="大同护理")
            hidden.review = "rejected"
            hidden.save()
        assert groups(client, "吕梁山护工")["其他养老护理品牌"] == ["潜江护理"]

    def test_there_is_an_end_and_a_way_to_all(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(related, "MOST", 2)
        monkeypatch.setattr("brands.views.brand.MOST", 2)
        assert groups(client, "吕梁山护工")["吕梁的其他品牌"] == ["离石月嫂", "文水厨师"]
        html = links(client, "吕梁山护工")
        assert 'href="/brands/?region=141100">全部' in html
        assert 'href="/brands/?industry=care">全部' in html


class TestNamedTogether:
    def test_in_an_article_with_the_way_to_it(self, client: Client) -> None:
        with gathered():
            source = article("甲工、乙工、丙工各有所长。", title="各有所长")
            for name in ("甲工", "乙工", "丙工"):
                brand(name, source=source, industry="other")
        assert groups(client, "甲工") == {"同见于 各有所长": ["丙工", "乙工"]}
        assert f'href="{source.get_absolute_url()}">各有所长' in links(client, "甲工")

    def test_once_and_in_the_newest_article(self, client: Client) -> None:
        with gathered():
            old = article("甲工和乙工。", title="旧闻", published_on="2020-01-01")
            new = article("乙工和甲工。", title="新闻", published_on="2025-01-01")
            first, second = (brand(name, source=old, industry="other") for name in ("甲工", "乙工"))
            for made in (first, second):
                bear_out(made, new, made.name)
        assert groups(client, "甲工") == {"同见于 新闻": ["乙工"]}

    def test_in_a_program(self, client: Client) -> None:
        with gathered():
            contest = program("护工大赛")
            contest.brands.add(brand("甲工", industry="other"), brand("乙工", industry="other"))
        assert groups(client, "甲工") == {"同见于 护工大赛": ["乙工"]}
        assert contest.get_absolute_url() in links(client, "甲工")


class TestSeries:
    def test_lists_its_brands_and_each_names_it_and_the_others(self, client: Client) -> None:
        with gathered():
            found = regions()
            head = brand("川字号", industry="other")
            for name in ("川妹子", "川厨师"):
                brand(name, series=head, region=found["420000"], industry="other")
        html = page(client, head.get_absolute_url())
        section = html.partition('id="members"')[2].partition("</section>")[0]
        assert re.findall(r'<a lang="zh-Hans"[^>]*>([^<]+)<', section) == ["川厨师", "川妹子"]
        assert "湖北" in section
        assert groups(client, "川妹子")["同一系列的品牌"] == ["川厨师"]
        assert "所属系列川字号" in text_of(page(client, Brand.objects.get(name="川妹子").get_absolute_url()))

    def test_a_long_one_leads_to_its_list(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(related, "MEMBERS", 1)
        monkeypatch.setattr("brands.views.brand.MEMBERS", 1)
        with gathered():
            head = brand("川字号")
            brand("川妹子", series=head)
            brand("川厨师", series=head)
        address = f"/brands/?series={head.pk}"
        assert address in page(client, head.get_absolute_url())
        assert "共 2 个品牌" in text_of(page(client, address))
