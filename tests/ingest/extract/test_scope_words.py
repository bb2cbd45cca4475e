"""The words that say what a number measures are evidence of their own, at their place on the page."""

import pytest

from brands.vocabulary.choices import Scope
from ingest.export import export
from ingest.pipeline import extract_bytes
from ingest.records import StatisticFact
from tests.ingest.extract.told import BRAND, HEADLINE, told


def said(fact: StatisticFact, text: str) -> list[str]:
    return [quote.span.of(text) for quote in fact.quotes if quote.field == "scope"]


@pytest.mark.parametrize(
    ("sentence", "scope", "words"),
    [
        (f"今年“{BRAND}”新增就业320人。", Scope.NEW, ["新增"]),
        (f"“{BRAND}”带动就业8万人，其中女性5万人。", Scope.PART, ["其中"]),
        (f"“{BRAND}”每期培训45人。", Scope.EACH, ["每期"]),
        (f"“{BRAND}”带动人均增收4200元。", Scope.RISE, ["增收"]),
        ("展会上，38个劳务品牌参展。", Scope.SHOWN, ["参展"]),
        (f"“{BRAND}”带动就业7万人。", Scope.TOTAL, []),
        ("全省公布第四批省级劳务品牌26个。", Scope.NEW, ["第四批"]),
        ("当地对学员创业发放补贴最高15万元。", Scope.EACH, ["最高"]),
    ],
)
def test_words_are_quoted_apart_from_the_number(sentence: str, scope: Scope, words: list[str]) -> None:
    text = f"{HEADLINE}\n{sentence}"
    facts = [fact for fact in told(sentence) if fact.scope is scope]
    found = [word for fact in facts for word in said(fact, text)]
    assert [word[: len(wanted)] for word, wanted in zip(found, words, strict=True)] == words
    for fact in facts:
        numbers = [quote.span for quote in fact.quotes if not quote.field]
        assert len(numbers) == 1
        for quote in fact.quotes:
            assert quote.context.contains(quote.span)
            assert not (quote.field and quote.span == numbers[0])


PAGE = """---
title: “云岭焊工”闯四方
publisher: 云上晚报
published_on: 2024-08-02
---

“云岭焊工”闯四方

云南省劳务品牌“云岭焊工”带 动 就 业 8 万 人 ， 其  中 女 性 2 万 人 ，一年到头都有人在外做活。今年以来，“云岭焊工”新
增就业3200人，许多人把手艺带回了家乡，又教给了更多的年轻人，让他们也能凭着一把焊枪走得更远一些。
"""


def test_words_are_where_the_page_prints_them_noise_and_all() -> None:
    facts = extract_bytes("页.txt", PAGE.encode())
    found = {fact.scope: "".join(word.split()) for fact in facts.statistics for word in said(fact, facts.page.text)}
    assert found == {Scope.PART: "其中", Scope.NEW: "新增"}
    spans = {line["scope"]: line["scope_evidence"] for line in export(facts)["statistics"]}
    assert spans[Scope.TOTAL] == []
    start, end = spans[Scope.PART][0]
    assert "".join(PAGE[start:end].split()) == "其中"
