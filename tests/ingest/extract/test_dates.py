"""As of when a number holds."""

from datetime import date

import pytest

from ingest.extract.dates import PUBLISHED, STATED, AsOf, Clock
from ingest.records import ExtractedArticle
from ingest.text import MappedText, Span
from tests.ingest.extract.told import one, told
from tests.pace import keeps_pace

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


@pytest.mark.parametrize(
    ("words", "as_of"),
    [
        ("截至二O二三年底，", "2023-12"),
        ("截至二0二三年底，", "2023-12"),
        ("截至2O23年底，", "2023-12"),
        ("截至2023/12/31，", "2023-12"),
        ("截至2023.12.31，", "2023-12"),
        ("截至2023.6.5，", "2023-06"),
        ("截至2023-12-31，", "2023-12"),
        ("截至2023-12，", "2023-12"),
        ("截至20231231，", "2023-12"),
        ("2013-2023十年间，", "2023"),
        ("2013—2023年，", "2023"),
        ("从2021年到2023年，", "2023"),
        ("今年1至9月，", "2025-09"),
        ("2021年亮相，近三年，", "2025-03"),
        ("2021年亮相，过去五年间，", "2025-03"),
        ("2021年亮相，“十四五”以来，", "2025-03"),
        ("“十五五”期间，", "2025"),
        ("“十五”期间，", "2005"),
        ("2021年亮相，自去年10月以来，", "2025-03"),
    ],
)
def test_dates_in_other_forms(words: str, as_of: str) -> None:
    assert one(f"{words}“云上焊工”带动就业2万人。", published_on=MARCH).as_of == as_of


@pytest.mark.parametrize(
    "words",
    [
        "截至20×3年底，", "截至二〇二X年底，", "截至202年底，", "截至20233年底，", "截至某年底，", "截至2204年底，",
        "截至2023/13/45，", "截至20231331，", "20X3年，", "二〇二某年，",
    ],
)  # fmt: skip
def test_a_year_that_cannot_be_read_is_unknown_and_not_the_papers(words: str) -> None:
    assert one(f"{words}“云上焊工”带动就业2万人。", published_on=MARCH).as_of == ""


@pytest.mark.parametrize(
    "words", ["历时120年，", "始于1368年，", "办公电话20231331，", "编号2023-12号，", "附近3年，", "从业近20年的他说，"]
)
def test_what_is_no_date_leaves_the_papers(words: str) -> None:
    assert one(f"{words}“云上焊工”带动就业2万人。", published_on=MARCH).as_of == "2025-03"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("截至2024年底，", AsOf("2024-12", STATED)),
        ("12月28日，", AsOf("2024-12", STATED)),
        ("2023年8月底，", AsOf("2023-08", STATED)),
        ("截至2023年，", AsOf("2023", STATED)),
        ("2023年，", AsOf("2023", STATED, "2023年")),
        ("去年，", AsOf("2024", STATED, "去年")),
        ("今年以来，", AsOf("2025-03", STATED, "今年以来")),
        ("2021年以来，", AsOf("2025-03", STATED, "2021年以来")),
        ("自去年10月以来，", AsOf("2025-03", STATED, "去年10月以来")),
        ("近三年，", AsOf("2025-03", STATED, "近三年")),
        ("近年来，", AsOf("2025-03", STATED, "近年来")),
        ("上半年，", AsOf("2024-06", STATED, "上半年")),
        ("今年1至2月，", AsOf("2025-02", STATED, "今年1至2月")),
        ("2013-2023十年间，", AsOf("2023", STATED, "2013-2023")),
        ("“十三五”期间，", AsOf("2020", STATED, "十三五期间")),
        ("“十三五”末，", AsOf("2020", STATED)),
        ("目前，", AsOf("2025-03", PUBLISHED)),
        ("截至目前，", AsOf("2025-03", PUBLISHED)),
        ("", AsOf("2025-03", PUBLISHED)),
        ("每年", AsOf("2025-03", PUBLISHED, "每年")),
        ("2023年起，每年", AsOf("2025-03", PUBLISHED, "每年")),
        ("2023年，年均", AsOf("2023", STATED, "年均")),
        ("每年办班。", AsOf("2025-03", PUBLISHED)),
        ("截至20×3年，", AsOf("")),
    ],
)
def test_what_dates_a_number_and_of_which_time_it_is(words: str, told: AsOf) -> None:
    text = f"{words}培训护工2万人。"
    assert clock(text).when(0, text.index("2万")) == told


def test_without_a_date_of_the_article_nothing_is_stated() -> None:
    assert clock("目前培训2万人。", published_on=None).when(0, 4) == AsOf("")
    assert clock("去年培训2万人。", published_on=None).when(0, 4) == AsOf("", period="去年")


def clock(text: str, *, published_on: date | None = MARCH) -> Clock:
    article = ExtractedArticle(0, "", MappedText.of(text), 0, (Span(0, len(text)),), published_on=published_on)
    return Clock.of(article)


@pytest.mark.parametrize("piece", ["2023-", "每年", "近三年", "截至", "十四五", "20X", "2023年至", "1月至", "2023.1."])
def test_time_is_linear(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (10_000, 40_000))
    assert keeps_pace(lambda: clock(short), lambda: clock(long), times=8, slack=0.05)


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


@pytest.mark.parametrize(
    ("sentence", "as_of"),
    [
        ("2009年成立协会，此后十年间“云上焊工”建起服务站166家。", "2025-03"),
        ("“云上焊工”2019年创立以来，已培训1.8万人。", "2025-03"),
        ("“云上焊工”产值是2019年的2.4倍，门店有3000家。", "2025-03"),
        ("“云上焊工”门店曾达850家。", ""),
    ],
)
def test_years_that_do_not_date_what_follows(sentence: str, as_of: str) -> None:
    assert told(sentence)[-1].as_of == as_of


@pytest.mark.parametrize("name", ["李大山", "王芳", "赵小梅"])
def test_the_pay_of_one_who_is_called_by_name_is_no_figure(name: str) -> None:
    assert told(f"“云上焊工”走红。打过工的{name}去年回了村，一个月挣4000余元。") == ()
    assert len(told("“云上焊工”走红。熟练工一个月挣4000余元。")) == 1


@pytest.mark.parametrize(
    ("sentence", "as_of"),
    [
        ("云南公布的2023年度省级劳务品牌里，大理占4个。全省现有12个劳务品牌。", "2025-03"),
        ("“海边船工”2023年产值2亿元。“云上焊工”吸纳员工1万人。", "2025-03"),
        ("“云上焊工”2023年产值2亿元，吸纳员工1万人。", "2023"),
        ("到2023年底，“云上焊工”吸纳2万人。门店有300家。", "2023-12"),
        ("2022年，“云上焊工”起步。2023年产值2亿元。门店有300家。", "2022"),
    ],
)
def test_the_year_of_a_list_or_a_sum_dates_its_own_sentence_alone(sentence: str, as_of: str) -> None:
    assert told(sentence, published_on=MARCH)[-1].as_of == as_of
