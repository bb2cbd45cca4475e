"""Reading an article fact by fact: the legend switches the marks, links lead from place to place."""

import re

import pytest
from django.test import Client

from brands.models import Article, Brand
from tests.brands.factories import article, bear_out, program, regions, statistic

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Article:
    """Three places: a brand, a number, a program."""
    regions()
    made = article("吕梁山护工走出大山，9万余名护工在外。当地办了护工技能大赛。", title="题")
    carer = Brand.objects.create(name="吕梁山护工", industry="care")
    bear_out(carer, made, "吕梁山护工")
    statistic(carer, 90000, source=made, phrase="9万余名")
    program("护工技能大赛", source=made)
    return made


def html(client: Client, source: Article, query: str = "") -> str:
    response = client.get(source.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def links(page: str) -> dict[str, str]:
    """The addresses of the switches and of the steps, by what they say."""
    legend = page.partition('<div class="legend"')[2].partition("</div>")[0]
    part = legend + page.partition('<nav class="walk"')[2].partition("</nav>")[0]
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', part)
    return {re.sub("<[^>]+>", "", said): url.replace("&amp;", "&") for url, said in found}


def test_the_legend_takes_the_marks_of_a_kind_away_and_gives_them_back(client: Client, source: Article) -> None:
    page = html(client, source)
    assert page.count('class="is-statistic"') == 1
    off = links(page)["不再标出：数字"]
    without = html(client, source, off)
    assert 'class="is-statistic"' not in without
    assert 'class="is-brand"' in without
    number = source.evidence.get(statistic__isnull=False)
    assert (
        f'<mark id="e{number.pk}" class="is-off">9万余名</mark>' in without
    )  # still there for who comes from elsewhere
    assert f'href="#e{number.pk}"' in without  # the margin lists every fact
    back = links(without)["标出：数字"]
    assert html(client, source, back) == html(client, source, "?")


def test_kinds_add_up(client: Client, source: Article) -> None:
    one = links(html(client, source))["不再标出：劳务品牌"]
    both = links(html(client, source, one))["不再标出：政策与活动"]
    assert both == "?hide=brand&hide=program"
    assert re.findall(r'<mark [^>]*class="is-(\w+)', html(client, source, both)) == ["off", "statistic", "off"]


def test_links_lead_from_the_first_place_to_the_last_and_back(client: Client, source: Article) -> None:
    places = list(source.evidence.order_by("start").values_list("pk", flat=True))
    page, walked = html(client, source), []
    assert "标出 3 处" in page
    step = links(page)["逐处查看"]
    while step:
        page = html(client, source, step.partition("#")[0])
        walked.append((step, re.findall(r'<mark id="e(\d+)" class="[^"]*is-at"', page)))
        step = links(page).get("下一处", "")
    assert walked == [(f"?at={place}#e{place}", [str(place)]) for place in places]
    assert "第 3 处，共 3 处" in page
    assert links(page)["上一处"] == f"?at={places[1]}#e{places[1]}"


def test_steps_pass_over_what_is_not_marked(client: Client, source: Article) -> None:
    number = source.evidence.get(statistic__isnull=False)
    page = html(client, source, "?hide=brand&hide=program")
    assert "标出 1 处" in page
    assert links(page)["逐处查看"] == f"?hide=brand&hide=program&at={number.pk}#e{number.pk}"


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("?hide=place", "参数 hide：没有“place”这一类标记。"),
        ("?at=0", "参数 at：文中没有标出“0”这一处。"),
        ("?at=9999999999999999999999", "参数 at：文中没有标出"),
        ("?at=<b>%00", "参数 at：文中没有标出“&lt;b&gt;"),
    ],
)
def test_what_the_address_says_wrong_is_told(client: Client, source: Article, query: str, complaint: str) -> None:
    page = html(client, source, query)
    assert complaint in page
    assert "标出 3 处" in page


def test_an_article_without_facts_has_nothing_to_walk(client: Client) -> None:
    assert '<nav class="walk"' not in html(client, article("没有什么。"))
