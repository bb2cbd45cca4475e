"""The search page and the suggestions' address: what is shown of an answer, and what an address may say."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from brands.listing.pages import PAGE_SIZE
from brands.listing.sync import gathered
from brands.models import Article, Brand, DocumentKind
from brands.search.hits import PER_GROUP
from brands.search.query import MAX_QUERY
from brands.views.search import FURTHEST, NAMED, SHOWN
from tests.brands.factories import article, brand, regions, statistic
from tests.brands.pages import Outline, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogued")]


QUESTIONS = (
    "护工一个月多少钱",
    "哪里有护工",
    "潜江的护工",
    "山西劳务品牌有哪些",
    "怎么联系天镇保姆",
    "护工培训多少钱",
    "月薪过万",
)


def address(q: str, **more: str) -> str:
    return f"{reverse('brands:search')}?{urlencode({'q': q, **more})}"


def item(html: str, name: str) -> str:
    """The list item of the hit whose name, without its marks, is `name`."""
    ends = r'<li class="item">|</ul>(?!</details>)'
    items: list[str] = re.findall(rf'<li class="item">.*?</li>(?={ends})', html, re.DOTALL)
    return next(found for found in items if name in re.sub(r"</?mark>", "", found.split("</a>")[0]))


class TestAnswer:
    def test_groups_with_counts_links_and_marks(self, client: Client) -> None:
        html = page(client, address("护工"))
        assert "吕梁山<mark>护工</mark>" in html
        assert "<mark>护工</mark>技能大赛" in html
        for kind in ("brand", "program", "article"):
            assert f'<a href="#{kind}">{DocumentKind(kind).label} <span class="count">' in html
            assert f'<h2 id="{kind}">{DocumentKind(kind).label} <span class="count">' in html

    @pytest.mark.parametrize(
        ("typed", "name", "why"),
        [
            ("山西", "吕梁山护工", "地区"),
            ("lvliangshan", "吕梁山护工", "拼音"),
            ("呂梁山護工", "吕梁山护工", "繁简"),
        ],
    )
    def test_a_hit_says_why_it_is_there(self, client: Client, typed: str, name: str, why: str) -> None:
        assert f'<span class="why">{why}</span>' in item(page(client, address(typed)), name)

    def test_the_plain_match_of_a_name_needs_no_reason(self, client: Client) -> None:
        assert 'class="why"' not in item(page(client, address("吕梁山护工")), "吕梁山护工")

    def test_another_name_that_matched_is_shown(self, client: Client) -> None:
        brand("绿豆师傅", aliases=("青豆师傅",))
        shown = item(page(client, address("青豆师傅")), "绿豆师傅")
        assert '<span class="why">别名</span>' in shown
        assert '<span class="aka">也作</span> <mark>青豆师傅</mark>' in shown

    def test_reprints_are_one_hit_that_opens(self, client: Client) -> None:
        first = article("稻田公园的新闻稿。", title="稻田公园开园", publisher="省报")
        for paper in ("市报", "县报"):
            article("稻田公园的新闻稿。", title="稻田公园开园", publisher=paper, reprint_of=first)
        html = page(client, address("稻田公园"))
        assert html.count('<li class="item">') == 1
        assert "另有 2 家刊发" in html
        assert all(found.get_absolute_url() in html for found in Article.objects.filter(title="稻田公园开园"))

    def test_recognised_filters_are_chips_that_can_be_removed(self, client: Client) -> None:
        html = page(client, address("山西 护工"))
        chips = re.findall(r'<a class="chip" href="([^"]*)">(.*?)</a>', html)
        assert re.sub(r"<[^>]+>|\s", "", chips[0][1]) == "移除地区：山西省×"
        assert chips[0][0] == address("护工")

    def test_what_was_added_is_told_with_a_link_to_the_very_words(self, client: Client) -> None:
        html = page(client, address("月嫂"))
        told = text_of(html)
        assert "“月嫂”同时搜索：" in told
        assert told.count("、") <= NAMED + 3
        assert f'href="{address("月嫂", exact="1").replace("&", "&amp;")}"' in html
        exact = page(client, address("月嫂", exact="1"))
        assert "仅匹配原文" in exact
        assert "同时搜索" not in exact
        assert f'href="{address("月嫂")}"' in exact

    def test_a_slip_is_corrected_and_told(self, client: Client) -> None:
        html = page(client, address("吕粱山护工"))
        assert "已为您显示“吕梁山护工”的结果" in text_of(html)
        assert '<span class="why">近音</span>' in item(html, "吕梁山护工")

    def test_a_question_is_answered_before_the_hits(self, client: Client) -> None:
        carer = Brand.objects.get(name="吕梁山护工")
        statistic(carer, 7000, unit="元/月", metric="per_capita_income", phrase="月薪7000元")
        html = page(client, address("护工一个月多少钱"))
        lead = html[html.index('id="answer"') : html.index('id="brand"')]
        assert carer.get_absolute_url() in lead
        assert "<mark>月薪7000元</mark>" in lead
        assert "据介绍" in lead
        assert "没有" in text_of(page(client, address("天镇保姆产值多少")))

    def test_the_places_of_what_is_asked_for_lead_to_its_lists(self, client: Client) -> None:
        html = page(client, address("哪里有护工"))
        listed = f"{reverse('brands:brand_list')}?{urlencode({'q': '哪里有护工', 'region': '140000'})}"
        assert f'<a href="{listed.replace("&", "&amp;")}">山西</a> 1' in html
        assert "共 1 个品牌" in text_of(page(client, listed))

    def test_what_only_a_sentence_says_is_folded_and_last(self, client: Client) -> None:
        brand("大同磨刀匠", source=article("大同磨刀匠和护工都来参会。"), industry="craft")
        html = page(client, address("护工"))
        beside = html[html.index('<h2 id="beside">') :]
        assert html.index('<h2 id="beside">') > html.index('<h2 id="article">')
        assert '<details class="rest">' in beside
        assert "大同磨刀匠" in beside
        assert "大同磨刀匠" not in html[html.index('<h2 id="brand">') : html.index('<h2 id="program">')]

    def test_where_a_place_has_none_others_are_told(self, client: Client) -> None:
        html = page(client, address("潜江的护工"))
        assert "暂未收录“潜江”的此类品牌" in text_of(html)
        assert "吕梁山<mark>护工</mark>" in html[html.index('id="elsewhere"') :]

    def test_nothing_found_helps_further(self, client: Client) -> None:
        html = page(client, address("<b>", exact="1"))
        assert "没有找到“&lt;b&gt;”" in html
        assert reverse("brands:region_list") in html
        assert f'href="{address("<b>")}"' in html

    def test_no_query_explains(self, client: Client) -> None:
        html = page(client, reverse("brands:search"))
        assert "多个词用空格隔开" in html
        assert "noindex" not in html
        assert 'class="item"' not in html

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_pages_are_well_made(self, client: Client, language: str) -> None:
        for typed in ("护工", "lvliang", "山西 月嫂", "吕粱山护工", "没有的", "", *QUESTIONS):
            outline = Outline(page(client, address(typed), language=language))
            assert len(outline.ids) == len(set(outline.ids)), typed
            assert outline.headings.count("h1") == 1
            assert outline.styled == []


class TestPages:
    @pytest.fixture(autouse=True)
    def _many(self) -> None:
        with gathered():
            for number in range(PAGE_SIZE + 3):
                brand(f"第{number:02}号工匠", region=regions()["500000"])

    def test_a_group_is_cut_and_leads_to_its_pages(self, client: Client) -> None:
        html = page(client, address("号工匠"))
        assert html.count("号<mark>") + html.count("<mark>号工匠</mark></a>") >= PER_GROUP
        assert f'href="{address("号工匠", kind="brand").replace("&", "&amp;")}"' in html

    def test_found_brands_can_be_filtered_in_their_list(self, client: Client) -> None:
        listed = f"{reverse('brands:brand_list')}?{urlencode({'q': '号工匠'})}"
        assert f'href="{listed}"' in page(client, address("号工匠"))
        assert f"共 {PAGE_SIZE + 3} 个品牌" in text_of(page(client, listed))
        assert listed not in page(client, address("号工匠", exact="1"))

    def test_pages_of_a_kind_hold_each_hit_once(self, client: Client) -> None:
        seen = []
        for number in ("1", "2"):
            html = page(client, address("号工匠", kind="brand", page=number))
            seen += re.findall(r"第\d\d<mark>号工匠</mark></a>", html)
            assert f"第 {number} 页，共 2 页" in html
        assert len(seen) == len(set(seen)) == PAGE_SIZE + 3

    def test_a_page_too_far_is_the_last(self, client: Client) -> None:
        html = page(client, address("号工匠", kind="brand", page=str(FURTHEST * 100)))
        assert "第 2 页，共 2 页" in html


class TestAddress:
    @pytest.mark.parametrize(
        ("parameters", "told"),
        [
            ({"colour": "red"}, "无法识别参数“colour”，已忽略。"),
            ({"x" * 500: "1"}, f"无法识别参数“{'x' * SHOWN}…”，已忽略。"),
            ({"kind": "person"}, "参数“kind”没有“person”这个值，已忽略。"),
            ({"exact": "yes"}, "参数“exact”没有“yes”这个值，已忽略。"),
            ({"page": "0x7"}, "参数“page”没有“0x7”这个值，已忽略。"),
            ({"page": "9" * 20, "kind": "brand"}, f"参数“page”没有“{'9' * 20}”这个值，已忽略。"),
        ],
    )
    def test_what_cannot_be_followed_is_told(self, client: Client, parameters: dict[str, str], told: str) -> None:
        html = page(client, address("护工", **parameters))
        assert told in html
        assert "吕梁山<mark>护工</mark>" in html

    def test_the_canonical_address_is_short_and_results_are_not_indexed(self, client: Client) -> None:
        html = page(client, address(" 护工  吕梁 ", colour="red", exact=""))
        canonical = re.search(r'<link rel="canonical" href="([^"]*)">', html)
        assert canonical
        assert canonical[1] == f"http://testserver{address('护工 吕梁')}"
        assert '<meta name="robots" content="noindex, follow">' in html
        assert "<title>“护工 吕梁”的搜索结果" in html

    def test_a_query_that_is_too_long_is_told_and_kept(self, client: Client) -> None:
        html = page(client, address("护" * 700))
        assert f"最多 {MAX_QUERY} 个字" in html
        assert f'value="{"护" * 700}"' in html

    @pytest.mark.parametrize(
        ("unseen", "read"),
        [("\0", "护 工"), ("\r\n", "护 工"), ("\x1b", "护 工"), ("\u202e", "护工"), ("\ufe0f", "护工")],
    )
    def test_characters_that_nobody_sees_are_not_sent_back(self, client: Client, unseen: str, read: str) -> None:
        html = page(client, address(f"护{unseen}工"))
        assert f"护{unseen}工" not in html
        assert f'value="{read}"' in html

    def test_the_box_takes_as_much_as_is_read(self, client: Client) -> None:
        assert f'maxlength="{MAX_QUERY * 10}"' in page(client, reverse("brands:search"))


class TestSuggestions:
    def test_htmx_gets_the_list_alone(self, client: Client) -> None:
        response = client.get(reverse("brands:suggest"), {"q": "护"}, headers={"HX-Request": "true"})
        html = response.content.decode()
        assert "<html" not in html
        assert html.count('role="option"') == 2
        assert 'data-told="2 条建议' in html
        assert response["Vary"] == "HX-Request, Cookie"

    def test_opened_plainly_it_is_a_page(self, client: Client) -> None:
        html = page(client, f"{reverse('brands:suggest')}?q=护")
        assert "吕梁山<mark>护</mark>工" in html
        assert 'role="option"' not in html
        assert "noindex" in html

    def test_nothing_to_suggest_is_told(self, client: Client) -> None:
        for typed in ("没有的", "", "字" * 2000):
            response = client.get(reverse("brands:suggest"), {"q": typed}, headers={"HX-Request": "true"})
            assert 'data-told="没有建议"' in response.content.decode()

    def test_names_are_escaped(self, client: Client) -> None:
        brand("<b>粗体</b>师傅")
        for headers in ({"HX-Request": "true"}, {}):
            html = client.get(reverse("brands:suggest"), {"q": "粗体"}, headers=headers).content.decode()
            assert "&lt;b&gt;<mark>粗体</mark>&lt;/b&gt;师傅" in html
