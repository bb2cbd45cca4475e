"""Query strings become choices, rows and words; what isn't understood is told."""

import pytest
from django.http import QueryDict

from brands.listing import (
    MAX_VALUES,
    SHOWN,
    ArticleList,
    BrandList,
    ProgramList,
    StatisticList,
    read_model,
)
from brands.models import Article, Brand, Card, Program
from brands.search.hits import Matching
from brands.vocabulary.choices import Metric
from tests.brands.factories import article, bear_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogued")]


def brands(query: str) -> BrandList:
    return BrandList(QueryDict(query), Card.objects.all(), path="/brands/")


def statistics(query: str) -> StatisticList:
    return StatisticList(QueryDict(query), path="/statistics/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"吕梁山护工", "天镇保姆", "离石月嫂", "潜江裁缝", "无名工匠"}),
        ("region=140000", {"吕梁山护工", "天镇保姆", "离石月嫂"}),
        ("region=141100", {"吕梁山护工", "离石月嫂"}),
        ("region=141102", {"离石月嫂"}),
        ("region=420000", {"潜江裁缝"}),
        ("region=429005&region=140222", {"潜江裁缝", "天镇保姆"}),
        ("region=100000", set()),
        ("region=unknown", {"无名工匠"}),
        ("industry=domestic_service", {"天镇保姆", "离石月嫂"}),
        ("industry=domestic_service&industry=care", {"天镇保姆", "离石月嫂", "吕梁山护工"}),
        ("industry=domestic_service&level=county", {"离石月嫂"}),
        ("level=unknown", {"天镇保姆", "无名工匠"}),
        ("category=skilled", set()),
        ("category=skilled&category=unknown&region=420000", {"潜江裁缝"}),
        (" region = 140000", {"吕梁山护工", "天镇保姆", "离石月嫂", "潜江裁缝", "无名工匠"}),
        ("region=%20420000%20", {"潜江裁缝"}),
    ],
)
def test_or_within_a_facet_and_between_facets(query: str, expected: set[str]) -> None:
    assert set(names(query)) == expected


def names(query: str) -> list[str]:
    return [brand.name for brand in brands(query).ordered()]


def test_names_are_ordered_by_pinyin() -> None:
    assert names("") == ["离石月嫂", "吕梁山护工", "潜江裁缝", "天镇保姆", "无名工匠"]


def test_the_most_reported_comes_first() -> None:
    bear_out(Brand.objects.get(name="潜江裁缝"), article("潜江裁缝又上报了。"), "潜江裁缝")
    read_model.rebuild()
    assert names("sort=reports") == ["潜江裁缝", "离石月嫂", "吕梁山护工", "天镇保姆", "无名工匠"]


def test_the_newest_report_comes_first_and_undated_ones_last() -> None:
    Article.objects.filter(evidence__brand__name="潜江裁缝").update(published_on="2026-01-01")
    Article.objects.filter(evidence__brand__name="离石月嫂").update(published_on=None)
    read_model.rebuild()
    found = names("sort=newest")
    assert (found[0], found[-1]) == ("潜江裁缝", "离石月嫂")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", []),
        ("page=2&region=140000&sort=", []),
        ("industry=", []),
        ("colour=red", ["无法识别参数“colour”，已忽略。"]),
        ("industry=plumbing", ["“行业”里没有“plumbing”，已忽略。"]),
        ("region=999999", ["“地区”里没有“999999”，已忽略。"]),
        ("region=14", ["“地区”里没有“14”，已忽略。"]),
        ("region=%00", ["“地区”里没有“�”，已忽略。"]),
        ("sort=price", ["“排序”里没有“price”，已忽略。"]),
        ("sort=relevance", ["“排序”里没有“relevance”，已忽略。"]),
        (
            "series=999999&program=0&batch=x%00&metric=unknown&review=rejected",
            [
                "“认定批次”里没有“x�”，已忽略。",
                "“系列”里没有“999999”，已忽略。",
                "“政策与活动”里没有“0”，已忽略。",
                "“有数据”里没有“unknown”，已忽略。",
                "“审核”里没有“rejected”，已忽略。",
            ],
        ),
        ("headcount_min=many", ["“就业人数至少”要填一个整数，最多 15 位；“many”已忽略。"]),
        (
            "income_max=1e9&as_of_min=-1",
            [
                "“人均月收入至多”要填一个整数，最多 15 位；“1e9”已忽略。",
                "“数据年份不早于”要填一个整数，最多 15 位；“-1”已忽略。",
            ],
        ),
        ("headcount_min=1.5", ["“就业人数至少”要填一个整数，最多 15 位；“1.5”已忽略。"]),
        ("headcount_min=9万人", ["“就业人数至少”要填一个整数，最多 15 位；“9万人”已忽略。"]),
        ("headcount_max=9999999999999999", ["“就业人数至多”要填一个整数，最多 15 位；“9999999999999999”已忽略。"]),
        ("headcount_min=5&headcount_max=4", ["“就业人数”的下限大于上限，已忽略。"]),
        ("level=" + "x" * 90, [f"“级别”里没有“{'x' * SHOWN}…”，已忽略。"]),
        ("industry__regex=.*", ["无法识别参数“industry__regex”，已忽略。"]),
    ],
)
def test_what_is_not_understood_is_told_and_ignored(query: str, told: list[str]) -> None:
    listing = brands(query)
    assert listing.complaints == told
    assert listing.ordered().count() == (3 if "140000" in query else 5)


def test_a_good_value_beside_a_bad_one_counts() -> None:
    listing = brands("industry=care&industry=plumbing")
    assert listing.chosen("industry") == ["care"]
    assert listing.ordered().count() == 1


def test_no_more_values_than_the_limit_are_looked_at() -> None:
    listing = brands("&".join(f"region={code}" for code in range(300000, 300000 + 3 * MAX_VALUES)))
    assert len(listing.complaints) == MAX_VALUES


def test_the_address_is_the_same_for_the_same_choices() -> None:
    wanted = "/brands/?region=140000&industry=care&industry=craft&sort=newest"
    assert brands("sort=newest&industry=craft&industry=care&region=140000&colour=red").address.url == wanted
    assert brands("industry=care&region=140000&industry=craft&sort=newest&industry=care").address.url == wanted
    assert brands("sort=pinyin").address.url == "/brands/"


def test_chips_name_the_choices_and_take_them_off() -> None:
    chips = brands("region=140000&industry=care&level=unknown").chips()
    assert [(chip.facet, chip.label, chip.url) for chip in chips] == [
        ("地区", "山西", "/brands/?industry=care&level=unknown"),
        ("行业", "养老护理", "/brands/?region=140000&level=unknown"),
        ("级别", "未注明", "/brands/?region=140000&industry=care"),
    ]


def test_choices_in_words() -> None:
    assert brands("region=140000&region=420000&industry=care").saying() == "山西或湖北 · 养老护理"
    assert brands("").saying() == ""


def test_sorting_keeps_the_choices() -> None:
    listing = brands("region=140000&sort=newest&page=2")
    assert {sort.label: sort.url for sort in listing.sorts()} == {"报道数": "/brands/?region=140000&sort=reports"}
    assert {head.label: (head.url, head.sorted) for head in listing.heads()} == {
        "名称": ("/brands/?region=140000", ""),
        "所在地": ("/brands/?region=140000&sort=place", ""),
        "行业": ("/brands/?region=140000&sort=industry", ""),
        "级别": ("/brands/?region=140000&sort=level", ""),
        "就业人数": ("/brands/?region=140000&sort=headcount", ""),
        "人均收入": ("/brands/?region=140000&sort=income", ""),
        "最新报道": ("/brands/?region=140000&sort=oldest", "descending"),
    }
    programs = ProgramList(QueryDict("sort=name"), path="/programs/")
    assert programs.heads() == []
    assert [(sort.label, sort.url) for sort in programs.sorts()] == [("日期", "/programs/"), ("名称", "")]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 7),
        ("subject=brand", 4),
        ("subject=region", 3),
        ("subject=program", 0),
        ("subject=brand&subject=region", 7),
        ("metric=brands", 3),
        ("scope=total", 7),
        ("scope=new&scope=part", 0),
        ("year=2023", 2),
        ("year=2024&year=2023", 3),
        ("year=unknown", 1),
        ("region=100000", 3),
        ("region=140000", 4),
        ("region=420000", 0),
        ("metric=employment&year=2025", 1),
    ],
)
def test_statistics(query: str, count: int) -> None:
    assert statistics(query).ordered().count() == count


def test_years_and_subjects_that_are_none() -> None:
    assert statistics("year=0&year=20255&subject=person&subject=unknown").complaints == [
        "“对象”里没有“person”，已忽略。",
        "“对象”里没有“unknown”，已忽略。",
        "“年份”里没有“0”，已忽略。",
        "“年份”里没有“20255”，已忽略。",
    ]


def test_statistics_by_size() -> None:
    assert statistics("sort=largest").ordered()[0].metric == Metric.LABOUR_INCOME


def test_programs_and_articles() -> None:
    programs = ProgramList(QueryDict("kind=contest&region=140000"), path="/programs/")
    assert [program.name for program in programs.ordered()] == ["护工技能大赛"]
    articles = ArticleList(QueryDict("region=140000&year=2025"), path="/articles/")
    assert [article.title for article in articles.ordered()] == ["护工走出大山"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("metric=employment", {"吕梁山护工"}),
        ("metric=training", set()),
        ("metric=training&metric=labour_income", {"吕梁山护工"}),
        ("headcount_min=90000", {"吕梁山护工"}),
        ("headcount_min=90001", set()),
        ("headcount_min=9万", {"吕梁山护工"}),
        ("headcount_min=９００００", {"吕梁山护工"}),
        ("headcount_min=90,001", set()),
        ("headcount_max=8.9万", set()),
        ("headcount_max=90000", {"吕梁山护工"}),
        ("headcount_max=89999", set()),
        ("as_of_min=2025&as_of_max=2025", {"吕梁山护工"}),
        ("as_of_max=2024", set()),
        ("income_min=0", set()),
        ("review=proposed&level=county", {"离石月嫂"}),
        ("has=people", {"吕梁山护工"}),
        ("has=pay", set()),
        ("has=figures&has=people", {"吕梁山护工"}),
        ("has=figures&has=pay", set()),
        ("owner_kind=regional", {"潜江裁缝"}),
        ("owner_kind=unknown&region=420000", set()),
        ("review=confirmed", set()),
        ("year=2022", {"潜江裁缝"}),
        ("year=unknown&region=420000", set()),
        ("batch=第一批", {"潜江裁缝"}),
        ("batch=第一批&batch=unknown&region=420000", {"潜江裁缝"}),
        ("q=护工", {"吕梁山护工"}),
        ("q=护工&region=420000", set()),
        ("q=工", {"吕梁山护工", "无名工匠"}),
    ],
)
def test_what_else_a_list_is_narrowed_to(query: str, expected: set[str]) -> None:
    Brand.objects.filter(name="潜江裁缝").update(recognised_year=2022, batch="第一批", owner_kind="regional")
    read_model.rebuild()
    listing = brands(query)
    assert listing.complaints == []
    assert {card.name for card in listing.ordered()} == expected
    assert listing.total() == len(expected)


def test_series_and_programs() -> None:
    carer, other = Brand.objects.get(name="吕梁山护工"), Brand.objects.get(name="离石月嫂")
    Brand.objects.filter(pk=other.pk).update(series=carer)
    read_model.rebuild()
    assert names(f"series={carer.pk}") == ["离石月嫂"]
    assert [chip.label for chip in brands(f"series={carer.pk}").chips()] == ["吕梁山护工"]
    paper = Program.objects.get(kind="policy")
    assert names(f"program={paper.pk}") == ["吕梁山护工"]
    assert [chip.label for chip in brands(f"program={paper.pk}").chips()] == ["《劳务品牌建设指导意见》"]


def test_the_largest_headcount_comes_first_and_those_without_one_last() -> None:
    assert names("sort=headcount")[:2] == ["吕梁山护工", "离石月嫂"]


def test_ends_the_wrong_way_round_stay_in_the_form_and_choose_nothing() -> None:
    listing = brands("headcount_min=5&headcount_max=4&as_of_min=2020")
    typed = {span.least: (span.least_value, span.most_value) for span in listing.spans()}
    assert typed["headcount_min"] == ("5", "4")
    assert typed["as_of_min"] == ("2020", "")
    assert listing.chosen("headcount_min") == listing.chosen("headcount_max") == []


def test_bounds_in_words_chips_and_addresses() -> None:
    listing = brands("headcount_min=%20010000&region=140000&headcount_max=90000")
    assert listing.saying() == "山西 · 就业人数至少 10000 · 就业人数至多 90000"
    assert listing.chips()[-1].url == "/brands/?region=140000&headcount_min=10000"
    assert next((span.label, span.least_value, span.most_value) for span in listing.spans()) == (
        "就业人数", "10000", "90000",
    )  # fmt: skip
    assert listing.kept() == [("region", "140000")]


def test_an_empty_list_names_the_filters_that_empty_it() -> None:
    listing = brands("region=140000&level=county&industry=care")
    assert listing.total() == 0
    assert [(one.facet, one.label, one.count, one.url) for one in listing.removals()] == [
        ("行业", "养老护理", 1, "/brands/?region=140000&level=county"),
        ("级别", "县级", 1, "/brands/?region=140000&industry=care"),
    ]
    for one in listing.removals():
        assert brands(one.url.partition("?")[2]).total() == one.count
    assert brands("region=500000&level=county&industry=energy").removals() == []
    assert [one.label for one in brands("q=厨师&region=140000").removals()] == ["“厨师”"]


def test_a_search_comes_in_the_order_of_relevance() -> None:
    listing = brands("q=工")
    assert [label.label for label in listing.sorts()] == ["相关", "报道数"]
    assert "relevance" not in brands("").ways
    assert listing.address.url == "/brands/?q=%E5%B7%A5"
    assert [row["id"] for row in brands_as_rows("q=工").slice(0, 9)] == listing.matching.pks
    assert names("q=工&sort=pinyin") == ["吕梁山护工", "无名工匠"]
    assert brands("q=工&sort=pinyin").address.url == "/brands/?q=%E5%B7%A5&sort=pinyin"


def brands_as_rows(query: str) -> BrandList:
    return BrandList(QueryDict(query), Card.objects.values("id"), path="/brands/")


def test_a_query_that_cannot_be_asked_is_told() -> None:
    listing = brands("q=" + "工" * 700)
    assert "最多 100 个字" in listing.complaints[0]
    assert listing.total() == 0


def test_a_search_that_finds_too_much_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brands.listing.brands.matching", lambda typed: Matching([1], complete=False))
    assert brands("q=工").complaints == ["符合搜索词的品牌太多，这里只看最相关的 1 个。"]
