"""As of when a number holds."""

from datetime import date

import pytest

from tests.ingest.extract.told import one, told

MARCH = date(2025, 3, 20)


@pytest.mark.parametrize(
    ("words", "as_of"),
    [
        ("截至2024年底，", "2024-12"),
        ("2023年8月底，", "2023-08"),
        ("2022年，", "2022"),
        ("截至目前，", "2025-03"),
        ("今年以来，", "2025-03"),
        ("今年1月，", "2025-01"),
        ("去年，", "2024"),
        ("去年11月，", "2024-11"),
        ("去年底，", "2024-12"),
        ("前年，", "2023"),
        ("上半年，", "2024-06"),
        ("前两个月，", "2025-03"),
        ("1—2月份，", "2025-02"),
        ("截至今年2月底，", "2025-02"),
        ("今年1至2月，", "2025-02"),
        ("去年前10个月，", "2024-10"),
        ("2023年第三季度，", "2023-09"),
        ("2023年下半年，", "2023-12"),
        ("12月28日，", "2024-12"),
        ("“十三五”期间，", "2020"),
        ("“十四五”期间，", "2025"),
        ("二〇二一年，", "2021"),
        ("08年，", "2008"),
        ("2021年亮相，次年，", "2022"),
        ("2021年亮相，三年来，", "2025-03"),
        ("2021年亮相，近年来，", "2025-03"),
        ("2021年以来，", "2025-03"),
        ("今年前三季度，", "2025-09"),
        ("从2019年起，", "2025-03"),
        ("", "2025-03"),
    ],
)
def test_words_of_time(words: str, as_of: str) -> None:
    assert one(f"{words}“云上焊工”带动就业2万人。", published_on=MARCH).as_of == as_of


@pytest.mark.parametrize("note", ["（截至2023年底）", "(2023年数据)"])
def test_a_date_in_brackets_speaks_of_what_stands_before(note: str) -> None:
    facts = told(f"今年培训3万人，“云上焊工”带动就业2万人{note}。", published_on=MARCH)
    assert [fact.as_of[:4] for fact in facts] == ["2025", "2023"]


def test_a_date_holds_for_its_paragraph_until_another() -> None:
    facts = told(
        "2016年，“云上焊工”带动就业2万人。其中女性8000人。如今，“云上焊工”带动就业5万人。",
        "“云上焊工”培训3万人次。",
        published_on=MARCH,
    )
    assert [fact.as_of for fact in facts] == ["2016", "2016", "2025-03", "2025-03"]


@pytest.mark.parametrize(
    ("lead", "as_of"),
    [
        ("2024年12月17日，评审会在当地举行。", "2024-12"),
        ("11月17日，省里印发意见（云人社发〔2022〕13号）。", "2022-11"),
        ("11月21日，2024年全国劳务协作大会举行。", "2024-11"),
        ("去年4月，“2009春季洽谈会”举行。", "2010-04"),
        ("日前，2023年度全县劳务品牌评审会举行。", "2023"),
        ("2021年，20部门印发意见。", ""),
    ],
)
def test_undated_articles(lead: str, as_of: str) -> None:
    facts = told(lead, "“云上焊工”带动就业2万人。", published_on=None)
    assert facts[-1].as_of[:4] == as_of[:4]


def test_now_in_an_article_without_a_date_is_not_the_year_before_it() -> None:
    (fact,) = told("2021年，20部门印发意见。目前，“云上焊工”带动就业2万人。", published_on=None)
    assert fact.as_of == ""


def test_the_year_of_a_headline_dates_an_article_without_a_date() -> None:
    (fact,) = told("目前，“云上焊工”带动就业2万人。", published_on=None, headline="2023年劳务品牌名单出炉")
    assert fact.as_of == "2023"


@pytest.mark.parametrize("headline", ["全国劳务品牌已近2000个，促就业、助发展", "1999个劳务品牌亮相推介会"])
def test_a_count_in_a_headline_is_no_year(headline: str) -> None:
    assert {fact.as_of for fact in told("目前，“云上焊工”带动就业2万人。", published_on=None, headline=headline)} == {
        ""
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("月均工资由2021年的3900元提高到2024年的5200元", [(3900, "元/月", "2021"), (5200, "元/月", "2024")]),
        ("月均工资从去年的3900元增长到5200元", [(3900, "元/月", "2024"), (5200, "元/月", "2025-03")]),
        ("从业人数从2019年的1.1万人增加到2.6万人", [(11000, "人", "2019"), (26000, "人", "2025-03")]),
        ("从业人数比2019年的1.1万人增加3000人", [(11000, "人", "2019"), (3000, "人", "2025-03")]),
        ("2022年产值3亿元，比2021年的2亿元多", [(300000000, "元", "2022"), (200000000, "元", "2021")]),
        ("从业人数从最初的300人发展到2.6万人", [(26000, "人", "2025-03")]),
    ],
)
def test_a_former_figure_with_its_own_year_holds_for_that_year(
    sentence: str, expected: list[tuple[int, str, str]]
) -> None:
    facts = told(f"“云上焊工”{sentence}。", published_on=MARCH)
    assert [(fact.value, fact.unit, fact.as_of) for fact in facts] == expected
