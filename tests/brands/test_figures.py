"""Figures by metric, with their quotes, and the series that they make."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from brands.figures.figures import (
    Figure,
    FigureGroup,
    abreast,
    counted_words,
    dated_words,
    figure_groups,
    figure_words,
    quotes_by,
    series,
)
from brands.models import Brand, Statistic
from brands.templatetags.laobrand import quoted
from brands.vocabulary.choices import Metric, Qualifier, Scope
from tests.brands.factories import article, bear_out, brand, regions, statistic
from tests.brands.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def carer() -> Brand:
    return brand("护工", region=regions()["140000"])


def figures(*statistics: Statistic) -> list[Figure]:
    return [Figure(one, list(one.evidence.select_related("article"))) for one in statistics]


def labels(*statistics: Statistic) -> list[str] | None:
    chart = series(figures(*statistics))
    return None if chart is None else [f"{column.point.when} {column.point.short}" for column in chart.columns]


def test_groups_stand_in_the_order_of_metrics_and_figures_by_date(carer: Brand) -> None:
    statistic(carer, 5, metric=Metric.OTHER)
    statistic(carer, 1, as_of="2020")
    statistic(carer, 2)
    statistic(carer, 3, as_of="2021-06", source=article("县报：3人。"))
    statistic(carer, 4, as_of="2021-06", source=article("省报：4人。"))
    groups = figure_groups(Statistic.objects.published())
    assert [group.metric for group in groups] == ["employment", "other"]
    assert [int(figure.statistic.value) for figure in groups[0].figures] == [4, 3, 1, 2]
    assert groups[0].differing
    assert not groups[1].differing


def test_two_statements_whatever_there_is(carer: Brand, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for year in range(2000, 2020):
        statistic(carer, year, as_of=str(year))
    with django_assert_num_queries(2):
        groups = figure_groups(Statistic.objects.published())
    assert all(figure.quotes[0].words for group in groups for figure in group.figures)  # type: ignore[attr-defined]


def test_a_series_takes_three_dates_and_one_unit(carer: Brand) -> None:
    early, late, undated = statistic(carer, 1, as_of="2020"), statistic(carer, 2, as_of="2021"), statistic(carer, 3)
    last, times = statistic(carer, 4, as_of="2022"), statistic(carer, 4, unit="人次", as_of="2023")
    assert labels(late, undated, last, early) == ["2020年 1", "2021年 2", "2022年 4"]
    assert labels(early, late, undated) is None
    assert labels(early, late) is None
    assert labels(early, late, last, times) is None


def test_columns_stand_as_far_apart_as_their_dates(carer: Brand) -> None:
    chart = series(figures(*(statistic(carer, year, as_of=str(year)) for year in (2010, 2014, 2022))))
    assert chart is not None
    first, second, third = (column.middle for column in chart.columns)
    assert abs((third - second) - 2 * (second - first)) <= 2
    close = [statistic(carer, 1, as_of=when) for when in ("2000", "2000-02", "2022")]
    assert series(figures(*close)) is None


def test_of_several_values_of_a_date_the_most_reported_is_drawn(carer: Brand) -> None:
    others = statistic(carer, 1, as_of="2020"), statistic(carer, 5, as_of="2022")
    small, large = statistic(carer, 20, as_of="2021"), statistic(carer, 30, as_of="2021")
    assert labels(*others, small, large) == ["2020年 1", "2021年 30", "2022年 5"]
    bear_out(small, article("又是20人。"), "20人")
    assert labels(*others, small, large) == ["2020年 1", "2021年 20", "2022年 5"]


def test_one_source_an_article(carer: Brand) -> None:
    source = article("共20人，20人都在。")
    twice = statistic(carer, 20, source=source)
    bear_out(twice, source, "20人都")
    assert len(figures(twice)[0].sources) == 1


def test_a_paper_is_named_once_and_an_article_without_one_by_itself(carer: Brand) -> None:
    papers = ("县报", "省报", "县报", "", "")
    number = statistic(carer, 20, source=article("共20人。", publisher="县报"))
    for paper in papers[1:]:
        bear_out(number, article("还是20人。", publisher=paper), "20人")
    (one,) = figures(number)
    assert sorted(quote.article.publisher for quote in one.papers) == ["", "", "县报", "省报"]
    assert len(one.sources) == 5


def test_hedges_show_in_the_chart(carer: Brand) -> None:
    over = statistic(carer, 1000, as_of="2020", qualifier=Qualifier.OVER)
    several = statistic(carer, 1000, as_of="2021", qualifier=Qualifier.SEVERAL)
    most = statistic(carer, 1000, as_of="2022", qualifier=Qualifier.AT_MOST)
    chart = series(figures(over, several, most))
    assert chart is not None
    hedges = [(column.point.open, column.point.vague) for column in chart.columns]
    assert hedges == [(True, False), (False, True), (False, True)]
    assert [column.point.short for column in chart.columns] == ["超 1000", "数千", "至多 1000"]


def test_a_whole_stands_with_its_parts(carer: Brand) -> None:
    paper = article("共39个：省级13个，市级9个。")
    whole = statistic(carer, 39, unit="个", metric=Metric.BRANDS, source=paper)
    parts = [
        statistic(carer, value, unit="个", metric=Metric.BRANDS, source=paper, scope="part", part_of=words, whole=whole)
        for value, words in ((9, "市级"), (13, "省级"))
    ]
    (group,) = figure_groups(Statistic.objects.published())
    assert [figure.statistic.pk for figure in group.figures] == [whole.pk]
    assert [part.statistic.pk for part in group.figures[0].parts] == [parts[1].pk, parts[0].pk]
    assert not group.differing
    assert [figure_words(one) for one in parts] == ["其中市级 9 个", "其中省级 13 个"]


def test_a_part_of_a_whole_that_is_not_shown_stands_by_itself(carer: Brand) -> None:
    whole = statistic(carer, 39, review="rejected")
    statistic(carer, 9, scope="part", part_of="女性", whole=whole)
    (group,) = figure_groups(Statistic.objects.published())
    assert (group.key, len(group.figures)) == ("employment-part", 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scope": "new"}, "新增 8 人"),
        ({"scope": "rise"}, "增加 8 人"),
        ({"scope": "each", "per": "household"}, "每户 8 人"),
        ({"scope": "each"}, "单项 8 人"),
        ({"scope": "shown"}, "参展参评 8 人"),
        ({"per": "week"}, "每周 8 人"),
        ({"part_of": "省级"}, "省级 8 人"),
        ({"scope": "part"}, "其中 8 人"),
        ({"scope": "part", "part_of": "在北京做家政"}, "其中“在北京做家政” 8 人"),
        ({"scope": "part", "part_of": "考上“金牌护工”的"}, "其中“考上‘金牌护工’的” 8 人"),
        ({"scope": "new", "qualifier": "over"}, "新增超 8 人"),
        ({"scope": "part", "part_of": "女性", "qualifier": "nearly"}, "其中女性近 8 人"),
        ({"scope": "part", "part_of": "在北京做家政", "qualifier": "over"}, "其中“在北京做家政”超 8 人"),
        ({"per": "year", "qualifier": "about"}, "每年约 8 人"),
        ({"metric": Metric.LABOUR_INCOME, "unit": "元", "period": "一年", "qualifier": "over"}, "每年超 8 元"),
        ({"metric": Metric.LABOUR_INCOME, "unit": "元", "period": "全年"}, "每年 8 元"),
        ({"metric": Metric.LABOUR_INCOME, "unit": "元", "period": "年", "scope": "rise"}, "每年增加 8 元"),
        (
            {"metric": Metric.OUTPUT_VALUE, "unit": "元", "period": "一年", "scope": "part", "part_of": "镇上"},
            "其中镇上每年 8 元",
        ),
        ({"metric": Metric.OUTPUT_VALUE, "unit": "元", "period": "2024年"}, "8 元"),
        ({"metric": Metric.OUTPUT_VALUE, "unit": "元", "period": "累计"}, "8 元"),
        ({"metric": Metric.FUNDING, "unit": "元", "scope": "each"}, "单笔 8 元"),
        ({"metric": Metric.LABOUR_INCOME, "unit": "元", "period": "一年", "scope": "new"}, "新增 8 元"),
        ({"scope": "rise", "metric": Metric.GROWTH, "unit": "%"}, "8%"),
        ({}, "8 人"),
    ],
)
def test_a_number_says_what_it_measures(carer: Brand, fields: dict[str, Any], words: str) -> None:
    assert figure_words(statistic(carer, 8, **fields)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"phrase": "3名省级传承人"}, "“3名省级传承人”"),
        ({"scope": "part", "phrase": "占80%", "part_of": "大专以上学历"}, "大专以上学历：“占80%”"),
        ({"scope": "part", "phrase": "占劳动力的36%", "part_of": "劳动力"}, "“占劳动力的36%”"),
        ({"scope": "part", "phrase": "名匠3人", "part_of": "省级名匠"}, "省级名匠：“3人”"),
        ({"phrase": "2名“名师”"}, "“2名‘名师’”"),
    ],
)
def test_what_no_metric_names_is_told_in_the_papers_words(carer: Brand, fields: dict[str, Any], words: str) -> None:
    one = statistic(carer, 3, metric=Metric.OTHER, **fields)
    assert (figure_words(one), counted_words(one)) == (words, words)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"metric": Metric.FACILITIES, "unit": "个", "phrase": "非遗工坊8个"}, "非遗工坊 8 个"),
        ({"metric": Metric.FACILITIES, "unit": "处", "phrase": "8处劳务品牌就业之家"}, "劳务品牌就业之家 8 处"),
        ({"metric": Metric.ORGANISATIONS, "unit": "家", "phrase": "加盟店达8家", "qualifier": "over"}, "加盟店超 8 家"),
        ({"metric": Metric.COVERAGE, "unit": "个", "phrase": "8多个县", "qualifier": "over"}, "县超 8 个"),
        (
            {"metric": Metric.ORGANISATIONS, "unit": "家", "phrase": "企业有8家", "scope": "part", "part_of": "西团镇"},
            "其中西团镇企业 8 家",
        ),
        (
            {"metric": Metric.ORGANISATIONS, "unit": "家", "phrase": "店8家", "scope": "part", "part_of": "连锁店"},
            "其中连锁店 8 家",
        ),
        ({"metric": Metric.STANDARDS, "unit": "项", "phrase": "8项"}, "8 项"),
        ({"metric": Metric.FACILITIES, "unit": "个", "phrase": "“小屋”8个"}, "8 个"),
        ({"metric": Metric.EMPLOYMENT, "phrase": "8人就业"}, "8 人"),
    ],
)
def test_a_count_of_several_kinds_says_which_kind(carer: Brand, fields: dict[str, Any], words: str) -> None:
    one = statistic(carer, 8, **fields)
    assert figure_words(one) == words
    with translation.override("en"):
        assert not re.search("工坊|之家|加盟店|企业", figure_words(one))


def test_what_no_metric_names_is_one_group(carer: Brand) -> None:
    for scope in ("total", "part", "shown"):
        statistic(carer, 3, metric=Metric.OTHER, scope=scope, phrase="三成")
    (group,) = figure_groups(Statistic.objects.published())
    assert (group.label, len(group.figures), group.chart) == ("其他数字", 3, None)


def test_only_wholes_are_taken_along(carer: Brand, client: Client) -> None:
    """A page offers no table that would be empty, and one table for a metric once."""
    statistic(carer, 3, scope="new")
    statistic(carer, 4, metric=Metric.TRAINING, per="year")
    statistic(carer, 5, metric=Metric.PLACEMENT)
    last = statistic(carer, 6, metric=Metric.PLACEMENT, scope="shown")
    for url in (carer.get_absolute_url(), last.get_absolute_url()):
        found = re.findall(r'href="(/statistics/chart[.]csv[?][^"]+)"', client.get(url).content.decode())
        assert [address.split("&")[0] for address in found] == ["/statistics/chart.csv?metric=placement"]
        assert client.get(html.unescape(found[0])).status_code == 200


def test_the_list_shows_the_sentence_of_what_no_metric_names(carer: Brand, client: Client) -> None:
    statistic(carer, 3, metric=Metric.OTHER, phrase="3人", source=article("全县评出名师3人。"))
    statistic(carer, 9, source=article("全县有护工9人。"), phrase="9人")
    told = client.get("/statistics/").content.decode()
    assert "全县评出名师<mark>3人</mark>" in told
    assert "全县有护工" not in told


def test_feeds_tell_what_is_measured_and_dates_that_only_papers_give(carer: Brand, client: Client) -> None:
    statistic(carer, 3, scope="new", qualifier="over", as_of="2025-11", as_of_basis="published")
    told = client.get("/statistics/feed/?scope=new").content.decode()
    assert "护工 就业人数 新增超 3 人" in told
    assert "据2025年11月报道" in told
    assert "<entry>" not in client.get("/statistics/feed/?scope=part").content.decode()


def test_only_papers_that_say_when_disagree(carer: Brand) -> None:
    def groups() -> list[FigureGroup]:
        return figure_groups(Statistic.objects.published())

    statistic(carer, 3, as_of="2021", source=article("县报：3人。"), as_of_basis="stated")
    other = statistic(carer, 4, as_of="2021", source=article("省报：4人。"), as_of_basis="stated")
    assert groups()[0].differing
    Statistic.objects.filter(pk=other.pk).update(as_of_basis="published")
    assert not groups()[0].differing
    Statistic.objects.filter(pk=other.pk).update(as_of_basis="stated", scope="new")
    assert not any(group.differing for group in groups())


def test_numbers_of_one_article_never_disagree(carer: Brand) -> None:
    paper = article("3人，4人，5人。")
    for value in (3, 4, 5):
        statistic(carer, value, as_of="2021", source=paper, as_of_basis="stated")
    assert not figure_groups(Statistic.objects.published())[0].differing


def test_a_date_of_the_paper_says_so(carer: Brand) -> None:
    told = statistic(carer, 3, as_of="2024-11", as_of_basis="published")
    assert dated_words(told) == "3 人（据2024年11月报道）"


def test_what_fell_is_no_series_of_columns(carer: Brand) -> None:
    rose, fell, last = (
        statistic(carer, value, metric=Metric.GROWTH, unit="%", as_of=year)
        for value, year in ((12, "2020"), (-3, "2021"), (4, "2022"))
    )
    assert series(figures(rose, fell, last)) is None
    assert abreast([("甲", figures(rose)[0]), ("乙", figures(fell)[0])]) is None


def test_words_for_the_scope_are_marked_apart_from_the_number(client: Client) -> None:
    text = "县报：全县今年新增就业500人。"
    source = article(text)
    carer = brand("护工甲")
    row = statistic(carer, 500, source=source, phrase="500人", scope=Scope.NEW)
    words = bear_out(row, source, "新增", field="scope")
    shown = page(client, row.get_absolute_url())
    assert '<mark class="is-scope">新增</mark>' in shown
    assert "<mark>500人</mark>" in shown
    assert "点线" in shown
    read = page(client, source.get_absolute_url())
    assert f'<mark id="e{words.pk}" class="is-scope">' in read
    plain = statistic(carer, 600, source=article("县报：共有600人。"), phrase="600人")
    assert "is-scope" not in page(client, plain.get_absolute_url())


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_long_sentence_is_cut_around_the_number_and_keeps_marks_in_sight(place: str) -> None:
    filler = "，师傅们走南闯北" * 60
    text = f"新增{filler}带动500人" if place == "first" else f"带动500人{filler}新增"
    row = statistic(brand("护工乙"), 500, source=article(text), phrase="500人", scope=Scope.NEW)
    bear_out(row, row.evidence.get().article, "新增", field="scope")
    (quote,) = quotes_by([row])[row.pk]
    assert quote.scope_words == ["新增"]
    shown = quoted(quote)
    assert "<mark>500人</mark>" in shown
    assert "is-scope" not in shown
