"""Of whose work a number of a division tells: of all brands, of some, or of everybody who works there."""

import pytest

from brands.vocabulary.choices import Scope
from tests.ingest.extract.told import HEADLINE, told


def limits(*sentences: str) -> list[tuple[int, str]]:
    return [(int(fact.value), fact.part_of) for fact in told(*sentences) if fact.scope is Scope.TOTAL]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("云南全省累计转移农村劳动力489.7万人。", [(4897000, "农村劳动力")]),
        ("云南全省一年的劳务收入逾6000亿元，品牌出力不小。", [(600000000000, "不限品牌")]),
        ("云南每年输转务工人员500万人，劳务收入1200亿元。", [(120000000000, "务工人员")]),
        ("云南外出打工的农民挣回劳务收入210亿元。", [(21000000000, "外出打工的农民")]),
        ("云南有劳务品牌18个；全省转移农村劳动力20万人。", [(18, ""), (200000, "农村劳动力")]),
    ],
)
def test_everybody_who_works_there(sentence: str, expected: list[tuple[int, str]]) -> None:
    found = limits(sentence)
    assert [one for one in found if one in expected] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("云南51个省级劳务品牌带动120万人就业。", (1200000, "省级劳务品牌")),
        ("云南十大领军劳务品牌带动就业260万人。", (2600000, "领军劳务品牌")),
        ("“云上焊工”“海边船工”等39个市级劳务品牌立了起来，云南累计带动10万人就业。", (100000, "市级劳务品牌")),
    ],
)
def test_some_of_the_brands(sentence: str, expected: tuple[int, str]) -> None:
    assert expected in limits(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "云南有劳务品牌172个，带动就业190万人。",
        "云南全省靠特色劳务品牌从业的有26万人。",
        "云南有51个省级劳务品牌，全省劳务品牌带动就业190万人。",
        "云南打响158块牌子，靠它们就业的有30万人。",
        "“云上焊工”让农村劳动力有活干，带动就业3万人。",
    ],
)
def test_no_limit_where_all_brands_or_one_are_meant(sentence: str) -> None:
    people = [fact for fact in told(sentence) if fact.unit == "人"]
    assert people
    assert all(not fact.part_of for fact in people)


def test_the_limit_is_quoted_with_its_place() -> None:
    sentence = "云南全省累计转移农村劳动力489.7万人。"
    (fact,) = told(sentence)
    (said,) = (quote for quote in fact.quotes if quote.field == "scope")
    assert said.span.of(f"{HEADLINE}\n{sentence}") == "农村劳动力"


@pytest.mark.parametrize(
    ("sentence", "choice"),
    [
        ("在全国有较大影响的优秀劳务品牌云南培育出29个。", "有较大影响"),
        ("云南叫得响的劳务品牌共有4个。", "叫得响"),
        ("云南有10个领军劳务品牌。", "领军"),
        ("云南有10个特色劳务品牌。", ""),
        ("云南有13个省级重点劳务品牌。", "省级"),
        ("云南有13个2025年省级劳务品牌。", "省级"),
    ],
)
def test_a_choice_of_brands_is_no_count_of_all(sentence: str, choice: str) -> None:
    (fact,) = told(sentence)
    assert (fact.scope, fact.part_of) == (Scope.TOTAL, choice)


def test_the_level_of_another_count_is_not_that_of_the_first() -> None:
    first, second = told("云南12个劳务品牌 7个升到省级")
    assert (int(first.value), first.part_of) == (12, "")
    assert (int(second.value), second.part_of) == (7, "升到省级")
