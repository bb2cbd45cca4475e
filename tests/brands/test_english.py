"""The English site: no Chinese but quotes and names, each said to be Chinese, and places by their official names."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TypeVar

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from brands.models import Article, Brand, Program, Region, Statistic
from brands.place_words import place_words, region_title
from brands.vocabulary.english_papers import english_paper
from brands.vocabulary.english_places import english_name
from tests.audit.kinds import unlinked
from tests.brands.pages import page

HAN = re.compile("[\u3400-\u9fff\uff01-\uff5e\u3001-\u3011]")

# Attributes that are read out or shown.
SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-label", "data-told")

VOID = {"br", "hr", "img", "input", "link", "meta", "rect", "path", "line", "source"}


class Unmarked(HTMLParser):
    """The Chinese of a page's body outside of elements that are said to be Chinese."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.languages = ["en"]
        self.found: list[str] = []
        self.feed(html[html.index("<body") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1]
        if tag not in VOID:
            self.languages.append(language)
        if language == "en":
            self.found += [str(given[name]) for name in SPOKEN if HAN.search(given.get(name) or "")]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.languages[-1] == "en" and HAN.search(data):
            self.found.append(data.strip())


Found = TypeVar("Found")


def with_english(read: Callable[[], Found]) -> Found:
    with override("en"):
        return read()


@pytest.mark.django_db
@pytest.mark.usefixtures("samples")
class TestEveryKindOfPage:
    def addresses(self) -> dict[str, str]:
        care = Brand.objects.published().get(name="吕梁山护工")
        chosen = {
            "brand": care.get_absolute_url(),
            "article": Article.objects.published()[0].get_absolute_url(),
            "program": Program.objects.published()[0].get_absolute_url(),
            "region": reverse("brands:region", args=["140000"]),
            "country": reverse("brands:region", args=["100000"]),
            "county": reverse("brands:region", args=["130533"]),
            "about": reverse("brands:about"),
            "api": reverse("brands:correction"),
        }
        chosen |= {f"figure {row.pk}": row.get_absolute_url() for row in Statistic.objects.published()[:40]}
        lists = ("home", "brand_list", "region_list", "program_list", "statistic_list", "article_list")
        chosen |= {name: reverse(f"brands:{name}") for name in lists}
        return chosen | {kind: at for kind, at in unlinked(chosen).items() if kind not in {"missing", "design"}}

    def test_shows_no_chinese_that_is_not_said_to_be_chinese(self, client: Client) -> None:
        found = {
            kind: unmarked
            for kind, address in self.addresses().items()
            if (unmarked := Unmarked(page(client, address, language="en")).found)
        }
        assert found == {}

    @pytest.mark.parametrize("asked", ["nurse", "carer", "Lvliang nurse"])
    def test_is_searched_in_english(self, client: Client, asked: str) -> None:
        care = Brand.objects.published().get(name="吕梁山护工")
        assert care.get_absolute_url() in page(client, f"{reverse('brands:search')}?q={asked}", language="en")


@pytest.mark.django_db
@pytest.mark.usefixtures("divisions")
class TestPlaces:
    @pytest.mark.parametrize(
        ("adcode", "words"),
        [
            ("610000", "Shaanxi"),
            ("140000", "Shanxi"),
            ("150000", "Inner Mongolia"),
            ("540000", "Xizang"),
            ("810000", "Hong Kong"),
            ("610100", "Xi'an, Shaanxi"),
            ("141100", "Lüliang, Shanxi"),
            ("150100", "Hohhot, Inner Mongolia"),
            ("130533", "Wei County, Xingtai, Hebei"),
            ("220200", "Jilin City, Jilin"),
            ("513300", "Garzê, Sichuan"),
            ("429006", "Tianmen, Hubei"),
            ("110105", "Chaoyang, Beijing"),
        ],
    )
    def test_have_their_official_names(self, adcode: str, words: str) -> None:
        assert with_english(lambda: place_words(adcode, "")) == words

    @pytest.mark.parametrize(
        ("adcode", "title"),
        [
            ("140000", "Shanxi Province"),
            ("422800", "Enshi Tujia and Miao Autonomous Prefecture"),
            ("632700", "Yushu Tibetan Autonomous Prefecture"),
            ("130826", "Fengning Manchu Autonomous County"),
            ("410304", "Chanhe Hui District"),
            ("150000", "Inner Mongolia Autonomous Region"),
            ("450000", "Guangxi Zhuang Autonomous Region"),
            ("152200", "Hinggan League"),
            ("530925", "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"),
        ],
    )
    def test_are_called_in_full_on_their_pages(self, client: Client, adcode: str, title: str) -> None:
        assert with_english(lambda: region_title(Region.objects.get(pk=adcode))) == title
        assert f"<h1>{title}</h1>" in page(client, reverse("brands:region", args=[adcode]), language="en")

    def test_no_division_has_chinese_in_its_english_name(self) -> None:
        titles = with_english(lambda: [region_title(region) for region in Region.objects.exclude(pk="100000")])
        assert [title for title in titles if HAN.search(title) or not title[0].isupper()] == []


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("新华社", "Xinhua News Agency"),
        ("湖北日报", "Hubei Daily"),
        ("陕西日报", "Shaanxi Daily"),
        ("甘肃经济日报", "Gansu Economic Daily"),
        ("中国甘肃在线", "China Gansu Online"),
        ("常州市人力资源和社会保障局", "Changzhou Human Resources and Social Security Bureau"),
        ("达州之心通川", ""),
        ("一二三四五六七日报", ""),
    ],
)
def test_papers_have_english_names(name: str, english: str) -> None:
    assert english_paper(name) == english


@pytest.mark.parametrize(
    ("name", "common", "pinyin", "english"),
    [
        ("岗巴县", "岗巴", "gang ba", "Gamba"),
        ("贡觉县", "贡觉", "gong jue", "Konjo"),
        ("多伦县", "多伦", "duo lun", "Duolun"),
        ("奎屯市", "奎屯", "kui tun", "Kuytun"),
        ("舟曲县", "舟曲", "zhou qu", "Zhugqu"),
    ],
)
def test_places_have_the_letters_of_the_standard(name: str, common: str, pinyin: str, english: str) -> None:
    assert english_name(name, common, pinyin) == english
