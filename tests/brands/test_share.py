"""The pictures of pages for those who link to them: what they say, that it fits, and where pages name them."""

import itertools
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as site
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from brands.graphics.lettering import width
from brands.graphics.posters import HEIGHT, MARGIN, ROOM, RULE, WIDTH, Poster, laid_out
from brands.models import Article, Brand, Program, Statistic
from brands.views.share import POSTERS
from brands.vocabulary.choices import Metric, ProgramKind, Qualifier
from tests.brands.factories import article, brand, catalogue, program, regions, statistic
from tests.brands.pixels import size_of, with_fonts

SVG = "{http://www.w3.org/2000/svg}"


def poster(**told: str) -> Poster:
    plain = dict.fromkeys(("kind", "name", "about", "counted", "figure", "source", "site"), "字")
    return Poster(**(plain | told))


def image_of(html: str) -> str:
    found = re.search(r'<meta property="og:image" content="([^"]+)">', html)
    return found[1] if found else ""


@pytest.mark.django_db
class TestWhatItSays:
    def test_of_a_brand(self) -> None:
        catalogue()
        carer = Brand.objects.get(name="吕梁山护工")
        said = POSTERS["brands"](str(carer.pk))
        assert said == Poster(
            kind="劳务品牌",
            name="吕梁山护工",
            about="山西吕梁 · 养老护理 · 国家级",
            counted="就业人数 · 2025年11月",
            figure="超 9 万人",
            source="来源：县报 2025年11月19日",
            site="劳务品牌库",
        )

    def test_of_a_brand_without_numbers_is_the_newest_paper(self) -> None:
        made = brand("甲", source=article("甲来了。", publisher="省报", published_on=date(2024, 5, 1)))
        said = POSTERS["brands"](str(made.pk))
        assert (said.figure, said.counted, said.source) == ("", "", "来源：省报 2024年5月1日")

    def test_what_counts_something_else_is_no_headline(self) -> None:
        made = brand("甲")
        statistic(made, 5, metric=Metric.OTHER, unit="头")
        assert POSTERS["brands"](str(made.pk)).figure == ""

    def test_of_a_region(self) -> None:
        places = regions()
        brand("天镇保姆", region=places["140222"])
        statistic(places["140000"], 122, unit="个", metric=Metric.BRANDS, as_of="2025")
        said = POSTERS["regions"]("140000")
        assert (said.name, said.about) == ("山西的劳务品牌", "本库收录了山西的 1 个劳务品牌。")
        assert (said.counted, said.figure) == ("劳务品牌数 · 2025年", "122 个")
        assert POSTERS["regions"]("141100").kind == "山西"
        assert POSTERS["regions"]("140000").kind == "地区"

    def test_of_a_program(self) -> None:
        held = program(
            "护工技能大赛", kind=ProgramKind.CONTEST, issuer="省人社厅", held_on=date(2024, 5, 1), held_precision="day"
        )
        said = POSTERS["programs"](str(held.pk))
        assert (said.kind, said.name, said.about) == ("赛事评选", "护工技能大赛", "省人社厅 · 2024年5月1日")

    def test_of_an_article_with_whose_figure_it_is(self) -> None:
        source = article("共90人，招9人。", title="护工走出大山")
        made = brand("甲")
        statistic(made, 9, metric=Metric.VACANCIES, source=source, phrase="9人")
        statistic(made, 90, qualifier=Qualifier.NEARLY, source=source, phrase="90人")
        said = POSTERS["articles"](str(source.pk))
        assert (said.name, said.about) == ("护工走出大山", "县报 · 2025年11月19日")
        assert (said.counted, said.figure) == ("甲 · 就业人数", "近 90 人")

    @pytest.mark.parametrize("kind", ["brands", "regions", "programs", "articles"])
    def test_of_what_readers_may_not_see_there_is_none(self, kind: str) -> None:
        with pytest.raises(Http404):
            POSTERS[kind]("123456")


@pytest.mark.django_db
class TestTheAddress:
    def test_stands_in_the_head_in_full_and_gives_a_picture(self, client: Client, settings: Any) -> None:
        with_fonts()
        catalogue()
        carer = Brand.objects.get(name="吕梁山护工")
        number = Statistic.objects.filter(brand=carer)[0]
        source = Article.objects.get(title="护工走出大山")
        contest = Program.objects.get(name="护工技能大赛")
        settings.SITE_URL = "https://brands.example.org"
        expected = {
            carer.get_absolute_url(): f"/brands/{carer.pk}/share.png",
            number.get_absolute_url(): f"/brands/{carer.pk}/share.png",
            source.get_absolute_url(): f"/articles/{source.pk}/share.png",
            contest.get_absolute_url(): f"/programs/{contest.pk}/share.png",
            "/regions/140000/": "/regions/140000/share.png",
            "/": "/share.png",
            "/about/": "/share.png",
        }
        for path, picture in expected.items():
            html = client.get(path).content.decode()
            assert image_of(html) == f"https://brands.example.org{picture}"
            assert '<meta name="twitter:card" content="summary_large_image">' in html
            assert f'<meta property="og:image:width" content="{WIDTH}">' in html
            assert f'<meta property="og:image:height" content="{HEIGHT}">' in html
        for picture in {*expected.values()}:
            response = client.get(picture)
            assert response.headers["Content-Type"] == "image/png"
            assert size_of(response.content) == (WIDTH, HEIGHT)
            assert len(response.content) < 100_000

    def test_says_the_language_as_who_fetches_it_has_no_cookie(self, client: Client) -> None:
        with_fonts()
        catalogue()
        carer = Brand.objects.get(name="吕梁山护工")
        chinese = client.get(f"/brands/{carer.pk}/share.png").content
        english = client.get(f"/brands/{carer.pk}/share-en.png").content
        assert chinese != english
        client.cookies[site.LANGUAGE_COOKIE_NAME] = "en"
        html = client.get(carer.get_absolute_url()).content.decode()
        assert image_of(html) == f"http://testserver/brands/{carer.pk}/share-en.png"
        assert client.get(f"/brands/{carer.pk}/share.png").content == chinese
        assert client.get(f"/brands/{carer.pk}/share-en.png").content == english

    def test_is_not_given_without_fonts(self, client: Client, settings: Any, tmp_path: Path) -> None:
        settings.FONTS_DIR = tmp_path
        html = client.get("/").content.decode()
        assert "og:image" not in html
        assert '<meta name="twitter:card" content="summary">' in html
        response = client.get("/share.png")
        assert (response.status_code, response.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")

    @pytest.mark.parametrize("path", ["/brands/0/share.png", "/brands/1234567890/share.png", "/share-fr.png"])
    def test_of_nothing_is_missing(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404


NAME = st.text("吕梁山护工，。“”AWmi19 龘🏮", min_size=1, max_size=120)


@trials(max_examples=40, deadline=None)
@given(NAME, NAME, NAME)
def test_all_lies_inside_the_picture_and_nothing_on_another_line(name: str, figure: str, other: str) -> None:
    at = laid_out(poster(name=name, figure=figure, about=other, counted=other, source=other))
    for line in [*at.name, at.figure, *at.small]:
        assert width(line.text) * line.size <= ROOM
    kind, about, counted, source = at.small
    lines = [kind, *at.name, about, counted, at.figure]
    assert all(above.y <= below.y - below.size * 0.8 for above, below in itertools.pairwise(lines))
    assert at.figure.y < RULE < source.y < HEIGHT - MARGIN / 2
    assert width(source.text) * source.size + width(at.site.text) * at.site.size + at.seal < ROOM


def test_a_short_name_is_set_large_and_a_long_one_whole() -> None:
    assert [line.text for line in laid_out(poster(name="吕梁山护工")).name] == ["吕梁山护工"]
    long = "关于进一步推动拉面等特色劳务品牌发展稳定和扩大就业创业的实施方案"
    lines = laid_out(poster(name=long)).name
    assert "".join(line.text for line in lines) == long
    assert lines[0].size < laid_out(poster(name="吕梁山护工")).name[0].size


def test_markup_in_a_name_stays_text() -> None:
    svg = ET.fromstring(render_to_string("brands/share.svg", {"at": laid_out(poster(name="<b>&工"))}))
    assert "<b>&工" in [node.text for node in svg.iter(f"{SVG}text")]


@pytest.mark.django_db
def test_a_picture_says_what_its_number_measures_and_who_dates_it() -> None:
    place = regions()["140000"]
    statistic(place, 9, scope="part", part_of="女性", as_of="2025")
    assert POSTERS["regions"](place.pk).figure == ""
    statistic(place, 50, unit="个", metric=Metric.BRANDS, scope="new", as_of="2023-10", as_of_basis="published")
    told = POSTERS["regions"](place.pk)
    assert (told.figure, told.counted) == ("新增 50 个", "劳务品牌数 · 据2023年10月报道")
    statistic(place, 7, metric=Metric.TRAINING, as_of="2020")
    assert POSTERS["regions"](place.pk).figure == "7 人"
