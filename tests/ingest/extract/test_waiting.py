"""Numbers that wait for a person: whose meaning is not sure, however sure their digits are."""

import pytest

from brands.vocabulary.choices import PUBLIC_CONFIDENCE
from tests.ingest.extract.told import BRAND, told

# Sentences of an article set in Yunnan, with what of them is public.
PUBLIC = [
    "云南有劳务品牌52个。",
    "全省从业人员达38万人。",
    "云南的劳务品牌带动就业26万人。",
    "“云上焊工”带动就业2万人。",
    "“云上焊工”年产值4亿元。",
    "“云上焊工”人均月收入6500元。",
    "“云上焊工”已开店3000家。",
]
WAITING = [
    "云南有这样的小店4万家。",
    "云南焊接产业产值30亿元。",
    "云南焊工平均月薪6000元。",
    "云南有焊接岗位1.2万个。",
    "“云上焊工”每月挣8000元。",
    "“云上焊工”服务家庭8万户。",
    "“云上焊工”今年新增就业3000人。",
    "“云上焊工”名声在外。后来又带动就业2万人。",
]


@pytest.mark.parametrize("sentence", PUBLIC)
def test_what_says_whose_and_of_what_is_public(sentence: str) -> None:
    (fact,) = told(sentence)
    assert fact.quotes[0].confidence >= PUBLIC_CONFIDENCE


@pytest.mark.parametrize("sentence", WAITING)
def test_what_leaves_it_open_waits(sentence: str) -> None:
    facts = told(sentence)
    assert facts
    assert all(fact.quotes[0].confidence < PUBLIC_CONFIDENCE for fact in facts)


def test_a_number_waits_whatever_the_division() -> None:
    (fact,) = told("海边县船工年产值3亿元。", brands={BRAND: "530000"}, place="460000")
    assert fact.quotes[0].confidence < PUBLIC_CONFIDENCE
