"""Numbers that wait for a person: whose meaning is not sure, however sure their digits are."""

import pytest

from brands.vocabulary.choices import PUBLIC_CONFIDENCE, Scope
from tests.ingest.extract.told import HEADLINE, told, told_of_place

# Sentences of an article set in Yunnan, with what of them is public.
PUBLIC = [
    "云南有劳务品牌52个。",
    "全省从业人员达38万人。",
    "云南的劳务品牌带动就业26万人。",
    "“云上焊工”带动就业2万人。",
    "“云上焊工”年产值4亿元。",
    "“云上焊工”人均月收入6500元。",
    "“云上焊工”已开店3000家。",
    "云南打造了3个劳务品牌。",
    "云南每个劳务品牌补助资金20万元。",
    "云南全省有劳务品牌企业300家。",
    "云南焊工占全省劳动力的36%。",
    "“云上焊工”走进30多个国家。",
    "“云上焊工”挣回的钱占到当地居民收入的九成。",
    "在上海，“云上焊工”服务站立了起来，“云上焊工”有2万人。",
]
WAITING = [
    "云南有这样的小店4万家。",
    "云南焊接的产值30亿元。",
    "云南平均月薪6000元。",
    "云南吃这碗饭的有3万人。",
    "云南务工的有3万人。",
    "云南女工有3万人。",
    "云南有焊接岗位1.2万个。",
    "“云上焊工”每月挣8000元。",
    "“云上焊工”服务家庭8万户。",
    "“云上焊工”的脚步走进100多万个家庭。",
    "“云上焊工”名声在外，享受过服务的家庭有100多万个。",
    "“云上焊工”背后，是综合产值超180亿元的焊接产业。",
    "“云上焊工”的学员，每人有4到6个岗位可挑。",
    "“云上焊工”今年新增就业3000人。",
    "“云上焊工”名声在外。后来又带动就业2万人。",
    "会上议的是云南3个劳务品牌的标准。",
    "大会上有251个劳务品牌，其中云南3个。",
    "云南有6个劳务品牌参展。",
    "“云上焊工”替12家企业改了工艺。",
    "云南新增企业300家。",
    "云南的饵块在全国开店100多家。",
    # goods go there, and nobody works there
    "“云上焊工”做的炉子卖到30多个国家。",
    "“云上焊工”的产品摆进了20多个国家的货架。",
    # a share of what?
    "“云上焊工”名声在外，占了三成。",
    "云南的焊接铺子，老板八成是昆明人。",
    "云南拿下全国近40%的市场。",
    # some of those at one place, or of one agreement
    "在上海上班的云南劳动力有9万人，其中2万人做家政。",
    "云南的劳动力，9万人靠沪滇劳务协作找到活干，脱贫人口占到5万人。",
    # so many on either side; those named first, and not all
    "云南两边各有10个劳务品牌胜出。",
    "会焊会修的技能人才全省已超过1.2万人。",
    "云南有劳务品牌。全省焊接技能人才超过1.2万人。",
    # the brand's name is another thing's
    "“云上焊工”服务站立了起来，对接活动办了20多场。",
]


@pytest.mark.parametrize("sentence", PUBLIC)
def test_what_says_whose_and_of_what_is_public(sentence: str) -> None:
    (fact,) = told(sentence)
    assert fact.quotes[0].confidence >= PUBLIC_CONFIDENCE


@pytest.mark.parametrize(
    ("sentence", "trade"),
    [
        ("云南焊接产业产值30亿元。", "焊接产业"),
        ("云南焊工平均月薪6000元。", "焊工"),
        ("云南有护工3万人。", "护工"),
        ("云南有3万名护工。", "护工"),
        ("云南从事缝纫的人达6万人。", "从事缝纫的"),
        ("云南在外做烧饼的有2万余人。", "做烧饼的"),
        ("云南全省外出做防水的务工人员有15万人。", "做防水的"),
        ("云南21万人从事花木嫁接，人人有活。", "从事花木嫁接"),
    ],
)
def test_the_trade_that_has_a_number_of_a_division_is_told_with_it(sentence: str, trade: str) -> None:
    (fact,) = told(sentence)
    (said,) = (quote for quote in fact.quotes if quote.field == "scope")
    text = f"{HEADLINE}\n{sentence}"
    assert (fact.scope, fact.part_of, said.span.of(text)) == (Scope.TOTAL, trade, trade)
    assert fact.quotes[0].confidence >= PUBLIC_CONFIDENCE


@pytest.mark.parametrize(
    "sentence", ["云南有3家护工培训学校，学员3万人。", "“云上焊工”里，月嫂有3万人。", "云南3万人搞这个，人人有活。"]
)
def test_no_trade_where_it_is_not_the_one_that_is_counted(sentence: str) -> None:
    assert not any(fact.part_of for fact in told(sentence))


@pytest.mark.parametrize("sentence", WAITING)
def test_what_leaves_it_open_waits(sentence: str) -> None:
    facts = told(sentence)
    assert facts
    assert all(fact.quotes[0].confidence < PUBLIC_CONFIDENCE for fact in facts)


def test_a_number_waits_whatever_the_division() -> None:
    (fact,) = told_of_place("海边县船工年产值3亿元。", place="460000")
    assert fact.quotes[0].confidence < PUBLIC_CONFIDENCE
