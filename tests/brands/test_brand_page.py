"""A brand's own page: what it is, its figures with their sentences, its neighbours."""

import re
from typing import Any

import pytest
from django.test import Client

from brands.listing import read_model
from brands.models import Brand, Evidence
from tests.brands.factories import article, bear_out, brand, regions
from tests.brands.pages import addresses, page, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("catalogued")
def test_what_it_is(client: Client) -> None:
    html = page(client, addresses()["brand"])
    shown = text_of(html)
    assert "山西吕梁的养老护理劳务品牌，超9万人从业（2025年11月），去往重庆务工，国家级。" in shown.replace(" ", "")
    assert "也作 吕梁护工" in shown
    assert "级别国家级" in shown.replace(" ", "")
    assert "未收录：人均收入、类型、建设单位、认定年份、认定机关、认定文号" in shown.replace(" ", "")
    trail = html.split('class="wrap trail"')[1].split("</nav>")[0]
    assert re.findall(r">([^<\s]+)<", trail) == ["首页", "劳务品牌", "山西", "吕梁", "吕梁山护工"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"industry": "other"}, "劳务品牌，所在地未注明。"),
        ({"industry": "care"}, "养老护理劳务品牌，所在地未注明。"),
        ({"industry": "other", "region_id": "429005"}, "湖北潜江的劳务品牌。"),
        ({"industry": "craft", "region_id": "100000"}, "全国的手工技艺与非遗劳务品牌。"),
    ],
)
def test_one_sentence_of_known_facts_alone(client: Client, fields: dict[str, Any], sentence: str) -> None:
    regions()
    html = page(client, brand("甲", **fields).get_absolute_url())
    assert f'content="甲：{sentence}"' in html
    assert sentence in text_of(html)


@pytest.mark.usefixtures("catalogued")
def test_each_figure_has_its_quoted_sentence_with_the_phrase_marked(client: Client) -> None:
    html = page(client, addresses()["brand"])
    piece = Evidence.objects.get(statistic__value=90000)
    assert '超 9 万人</data></a> <span class="when">2025年11月</span>' in html
    assert "吕梁山护工走出大山，如今<mark>9万余名</mark>护工扎根20多个城市，年工资总收入超16亿元。" in html
    assert f'href="{piece.get_absolute_url()}"' in html
    assert "县报" in html
    assert "2025年11月19日" in html


@pytest.mark.usefixtures("catalogued")
def test_values_of_one_date_that_differ_stand_side_by_side(client: Client) -> None:
    shown = text_of(page(client, addresses()["brand"]))
    assert "各报道对同一时间的说法不一" in shown
    assert "近 6 万人 2023年" in shown
    assert "7 万人 2023年" in shown


@pytest.mark.usefixtures("catalogued")
def test_inferred_fields_are_told_from_reported_ones(client: Client) -> None:
    made = Brand.objects.get(name="离石月嫂")
    Brand.objects.filter(pk=made.pk).update(inferred=["industry"])
    piece = bear_out(made, article("县级劳务品牌"), "县级", field="level")
    html = page(client, made.get_absolute_url())
    assert re.search(r'家政服务</a> <span class="inferred"', html)
    assert re.search(rf'县级</a> <a class="source" href="[^"]*#e{piece.pk}">', html)


def test_an_inferred_series_is_marked(client: Client) -> None:
    member = brand("川妹子", series=brand("川字号"))
    Brand.objects.filter(pk=member.pk).update(inferred=["series"])
    assert re.search(r'川字号</a> <span class="inferred"', page(client, member.get_absolute_url()))


def test_a_series_is_named_while_it_is_public(client: Client) -> None:
    family = brand("川字号")
    member = brand("川妹子", series=family)
    link = f'href="{family.get_absolute_url()}" title="chuan zi hao">川字号</a>'
    assert link in page(client, member.get_absolute_url())
    Brand.objects.filter(pk=family.pk).update(review="rejected")
    read_model.refresh([family.pk])
    assert "川字号" not in page(client, member.get_absolute_url())


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize(("state", "status"), [({"review": "rejected"}, 410), ({"confidence": 0.1}, 404)])
def test_what_is_not_public_has_no_page(client: Client, state: dict[str, object], status: int) -> None:
    address = addresses()["brand"]
    article_address = addresses()["article"]
    changed = Brand.objects.filter(name="吕梁山护工")
    changed.update(**state)
    read_model.refresh([changed[0].pk])
    assert client.get(address).status_code == status
    assert "is-brand" in page(client, article_address), "the other brands stay"
    assert address not in page(client, article_address)
    assert "吕梁山护工" not in text_of(page(client, "/brands/"))


@pytest.mark.usefixtures("catalogued")
def test_the_name_with_its_pinyin_for_the_eye_alone(client: Client) -> None:
    html = page(client, addresses()["brand"])
    assert '<p class="reading" aria-hidden="true">lǚ liáng shān hù gōng</p>' in html
    assert '<h1 lang="zh-Hans">吕梁山护工</h1>' in html


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/brands/", "lü liang shan hu gong"),
        ("/statistics/?subject=brand", "lü liang shan hu gong"),
    ],
)
def test_lists_say_how_a_name_is_read_and_english_ones_show_it(client: Client, address: str, name: str) -> None:
    assert f'title="{name}"' in page(client, address)
    assert "zh-Latn" not in page(client, address)
    assert f'<span class="pinyin" lang="zh-Latn-pinyin">{name}</span>' in page(client, address, language="en")
