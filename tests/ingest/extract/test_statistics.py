"""Statistics with their evidence: places, doubles, and any text at all."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brands.vocabulary.choices import Metric, Scope
from ingest.extract.statistics import MAX_NUMBERS, find_statistics
from ingest.records import ExtractedArticle, ExtractedBrand
from ingest.text import MappedText, Span
from tests.ingest.extract.told import BRAND, HEADLINE, QUOTE, mentions, one, told
from tests.needs import tries
from tests.pace import keeps_pace


def test_evidence_is_the_number_and_its_sentence() -> None:
    paragraph = "“云上焊工”名声在外。眼下，它带动就业2万余人，人人有活干。后来又办了班。"
    text = f"{HEADLINE}\n{paragraph}"
    (quote,) = one(paragraph).quotes
    assert quote.span.of(text) == "2万余人"
    assert quote.context.of(text) == "眼下，它带动就业2万余人，人人有活干。"
    assert 0 < quote.confidence <= 1


def test_stated_words() -> None:
    assert one("“云上焊工”带动就业280万人。").stated == "带动就业280万人"


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        # a noun with the words of its term, up to a mark, a verb or 的
        ("引领单位增加到8家", "引领单位增加到8家"),
        ("本地的连锁培训机构达8家", "连锁培训机构达8家"),
        ("建有培训基地8个", "基地8个"),
        ("吸引企业8家", "企业8家"),
        ("其中连锁门店8家", "门店8家"),
        ("协会、培训机构等8家", "机构等8家"),
        # a share with its whole
        ("占全市家政服务人员的40%", "占全市家政服务人员的40%"),
        ("占全市家政服务人员的近四成", "占全市家政服务人员的近四成"),
        ("全市农民可支配收入的40%来自这一行", "全市农民可支配收入的40%"),
    ],
)
def test_stated_words_are_whole(words: str, stated: str) -> None:
    assert stated in [fact.stated for fact in told(f"“云上焊工”有2万人，{words}。")]


def test_a_title_speaks_of_its_own_number_of_a_list_alone() -> None:
    facts = told("云南有四支队伍：12万船缆工、8万焊接工、5万砌石工、300名种茶能手。")
    assert [(fact.metric, int(fact.value)) for fact in facts][:3] == [
        (Metric.EMPLOYMENT, 120000),
        (Metric.EMPLOYMENT, 80000),
        (Metric.EMPLOYMENT, 50000),
    ]


def test_a_sure_subject_of_the_headline_outweighs_one_of_the_body_that_nothing_names() -> None:
    fact = one("据初步统计：", "摆渡工近100万人", headline=f"省里点名：“{BRAND}”约100万人")
    assert fact.subject.key == BRAND


def test_evidence_leads_back_through_noise() -> None:
    """The page has a blank between the digits and a foreign column between two halves of the sentence."""
    page = "题\n“云上焊工”带动就业1 5万人，\n" + "别的文章。" * 60 + "\n开店3000家。"
    first, rest = page.index("“"), page.index("开店")
    text = MappedText.join(
        [
            MappedText.of(page, start=0, end=2),
            MappedText.of(page, start=first, end=page.index(" ")),
            MappedText.of(page, start=page.index(" ") + 1, end=page.index("\n别")),
            MappedText.of(page, start=rest),
        ]
    )
    article = ExtractedArticle(
        0, "题", text, 2, (Span(0, len(page)),), published_on=date(2025, 1, 1), relevant=True, place=""
    )
    brand = ExtractedBrand(BRAND, (QUOTE,), mentions(text.text, BRAND))
    jobs, shops = find_statistics((article,), (brand,), ())
    assert jobs.quotes[0].span.of(page) == "1 5万人"
    assert jobs.value == 150000
    assert jobs.quotes[0].context.of(page) == "“云上焊工”带动就业1 5万人，"
    assert shops.quotes[0].span.of(page) == "3000家"
    assert shops.quotes[0].context.of(page) == "开店3000家。"


def test_the_same_fact_twice_is_one_with_two_quotes() -> None:
    facts = told("“云上焊工”带动就业2万人。", "年年如此，“云上焊工”带动就业2万人。")
    assert [len(fact.quotes) for fact in facts] == [2]


def test_a_headline_joins_the_fact_of_the_body() -> None:
    facts = told("“云上焊工”带动就业280万人，人人夸。", headline="带动280万人就业")
    assert [(fact.subject.key, len(fact.quotes)) for fact in facts] == [(BRAND, 2)]


def test_a_year_to_come_is_a_plan_in_an_undated_article_too() -> None:
    sentence = "到2028年，“云上焊工”带动就业280万人。"
    assert told(sentence, published_on=None) == told(sentence) == ()
    assert len(told("截至2020年底，“云上焊工”带动就业280万人。", published_on=None)) == 1


def test_values_that_differ_are_kept() -> None:
    facts = told("“云上焊工”带动就业2万人。", "“云上焊工”带动就业3万人。")
    assert [fact.value for fact in facts] == [20000, 30000]


def test_numbers_of_one_article_are_capped() -> None:
    body = "“云上焊工”" + "".join(f"带动就业{1000 + i}人，" for i in range(MAX_NUMBERS + 50))
    assert len(told(body)) <= MAX_NUMBERS


WORDS = [
    "带动就业",
    "培训",
    "亿元",
    "万人",
    "“云上焊工”",
    "全省",
    "云南",
    "；",
    "。",
    "，",
    "\n",
    "2",
    "数",
    "千",
    "成",
    "个",
    "品牌",
    "去年",
    "年",
    "至",
    "的",
    "占",
    "家",
    "她",
    "将",
]


@settings(max_examples=tries(200, 40), deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=80))
def test_any_text_gives_grounded_facts(pieces: list[str]) -> None:
    body = "".join(pieces) or "。"
    text = f"{HEADLINE}\n{body}"
    for fact in told(body):
        assert isinstance(fact.value, Decimal)
        for quote in fact.quotes:
            assert quote.context.contains(quote.span)
            said = quote.span.of(text)
            assert said.strip() if quote.field else any(c in "0123456789一二两三数千万亿十百" for c in said)


@pytest.mark.parametrize(
    "piece", ["带动就业2万人", "“云上焊工”带动就业2万人。", "云南省", "全省", "2024年", "1", "万", "数", "的", "\n1家"]
)
def test_time_is_linear(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (10_000, 40_000))
    told(piece)  # the lexicons are read once
    assert keeps_pace(lambda: told(short), lambda: told(long), times=8, slack=0.1)


@pytest.mark.parametrize("people", ["瓦刀匠", "粉面师", "木匠", "烤鸭师傅"])
def test_people_of_a_trade_are_counted_without_a_classifier(people: str) -> None:
    fact = one(f"“云上焊工”名声在外，8万{people}走南闯北。")
    assert (fact.metric, int(fact.value), fact.unit) == (Metric.EMPLOYMENT, 80000, "人")


@pytest.mark.parametrize("words", ["3万工程款", "三五成群", "2万师资"])
def test_what_only_looks_like_people_or_a_share_is_no_figure(words: str) -> None:
    assert not [fact for fact in told(f"“云上焊工”名声在外，{words}。") if fact.unit in ("人", "%")]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("年产值6亿元", "年"),
        ("一年挣回劳务收入6亿元", "一年"),
        ("每年拿出资金6亿元", "每年"),
        ("累计发放补贴6亿元", "累计"),
        ("产值6亿元", ""),
        ("2023年产值6亿元", ""),
        ("年增收6亿元", "年"),
        ("三年增收6亿元", ""),
        ("多年来增收6亿元", "多年来"),
        ("每年输出务工人员2万人，劳务收入6亿元", "每年"),
        ("每年输出务工人员2万人，累计劳务收入6亿元", "累计"),
        ("输出务工人员2万人，劳务收入6亿元", ""),
        ("每年输出2万人，建起了基地，劳务收入6亿元", ""),
        ("每年输出务工人员2万人，去年劳务收入6亿元", ""),
    ],
)
def test_money_by_the_year_says_so(words: str, period: str) -> None:
    money = [fact for fact in told(f"“云上焊工”名声在外，{words}。") if fact.unit == "元"]
    assert [fact.period for fact in money] == [period]


def test_a_parts_money_by_the_year_says_so() -> None:
    found = [fact for fact in told("“云上焊工”名声在外，全镇一年挣回劳务收入6亿元。") if fact.unit == "元"]
    assert [(fact.scope, fact.period) for fact in found] == [(Scope.PART, "一年")]


def test_two_counts_of_two_brands_are_not_one_for_their_round_number() -> None:
    facts = told(
        "“云上焊工”约100余万人。", "“海边船工”近100万人。", brands={"云上焊工": "530000", "海边船工": "460000"}
    )
    assert [(fact.subject.key, len(fact.quotes)) for fact in facts] == [("云上焊工", 1), ("海边船工", 1)]


def test_the_limit_of_a_number_is_kept_where_another_sentence_leaves_it_out() -> None:
    (fact,) = told("近日，云南有3个品牌入围。", headline="云南3个品牌跻身省级劳务品牌", place="530000", brands={})
    assert (fact.scope, fact.part_of) == (Scope.NEW, "省级")
