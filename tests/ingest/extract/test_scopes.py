"""What kind of number it is: each scope by the words that say it, and what must not be taken for it."""

import pytest

from brands.vocabulary.choices import Metric, Per, Scope
from tests.ingest.extract.told import told

B = "“云上焊工”"


def scopes(*paragraphs: str) -> list[tuple[int, Scope]]:
    return [(int(fact.value), fact.scope) for fact in told(*paragraphs)]


@pytest.mark.parametrize(
    "sentence",
    [
        f"{B}带动就业2万人。",
        f"截至2024年底，{B}累计培训2万人次。",
        f"{B}年产值2亿元。",
        f"{B}从业人员增加到2万人。",
        f"{B}人均月收入提高到2万元。",
        f"全县共有20个劳务品牌，{B}带动就业2万人。",
        f"2024年，{B}从业人员达2万人。",
        f"十年来，{B}累计输出2万人。",
    ],
)
def test_the_whole(sentence: str) -> None:
    assert scopes(sentence)[-1][1] is Scope.TOTAL


@pytest.mark.parametrize(
    "sentence",
    [
        f"{B}让乡亲人均年增收6000元。",
        f"干上这行，{B}每人每月多挣600元。",
        f"{B}带动增收6亿元。",
        f"{B}产值同比增长6%。",
        f"{B}从业人员比上年多6000人。",
        f"{B}务工人员较上年增加6000人。",
        f"{B}人均月收入平均提高600元。",
    ],
)
def test_a_rise(sentence: str) -> None:
    assert [scope for _value, scope in scopes(sentence)] == [Scope.RISE]


@pytest.mark.parametrize(
    "sentence",
    [
        f"今年以来，{B}培训700人。",
        f"2023年，{B}培训700人次。",
        f"{B}第三批学员700人结业。",
        f"上半年，{B}举办招聘会7场。",
        f"{B}新增就业7000人。",
        f"“十三五”期间，{B}培训7000人。",
        f"招聘会上，{B}签约700人就业。",
        "今年，河北新认定劳务品牌17个。",
        "河北公布第二批省级劳务品牌，共17个劳务品牌入选。",
        "河北评出17个劳务品牌。",
    ],
)
def test_an_addition(sentence: str) -> None:
    assert scopes(sentence)[-1][1] is Scope.NEW


def test_a_whole_beside_an_addition() -> None:
    assert scopes("今年，河北新增劳务品牌17个，全省劳务品牌总数达到257个。") == [(17, Scope.NEW), (257, Scope.TOTAL)]


@pytest.mark.parametrize(
    "sentence",
    ["河北17个劳务品牌参展。", "河北带去17个劳务品牌集中亮相。", "大会展厅里，来自各地的17个劳务品牌同场比手艺。"],
)
def test_an_exhibit(sentence: str) -> None:
    assert [scope for _value, scope in scopes(sentence)] == [Scope.SHOWN]


def test_who_comes_to_a_fair_does_not_work_there() -> None:
    (fact,) = told(f"{B}技能大赛上，1200名选手同场比拼。")
    assert (fact.metric, fact.scope) == (Metric.OTHER, Scope.SHOWN)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        (f"{B}带动就业2万人，其中女性5000人。", "女性"),
        (f"{B}带动就业2万人，当中5000人来自脱贫地区。", ""),
        (f"{B}带动就业2万人，女性占5000人。", "女性"),
        (f"{B}从业人员2万人，高级工5000人。", "高级工"),
    ],
)
def test_a_part_and_its_whole(sentence: str, part: str) -> None:
    whole, piece = told(sentence)
    assert (whole.scope, piece.scope) == (Scope.TOTAL, Scope.PART)
    assert piece.whole == whole.quotes[0].span
    assert part in piece.part_of


def test_levels_beside_each_other_are_parts_also_of_one_value() -> None:
    facts = told("河北有劳务品牌39个：省级13个，市级13个，县级13个。")
    assert [(int(fact.value), fact.scope) for fact in facts] == [(39, Scope.TOTAL), *[(13, Scope.PART)] * 3]
    assert [fact.part_of for fact in facts[1:]] == ["省级", "市级", "县级"]


def test_one_level_alone_is_the_whole() -> None:
    assert scopes("河北有省级劳务品牌30个。") == [(30, Scope.TOTAL)]


def test_who_is_brought_along_is_no_part() -> None:
    assert scopes(f"{B}从业人员2万人，带动6000名贫困人口就业。") == [(20000, Scope.TOTAL), (6000, Scope.TOTAL)]


def test_what_else_stands_behind_a_part_is_a_whole() -> None:
    facts = told(f"{B}带动就业2万人，其中5000人是女性，年劳务收入3亿元。")
    assert [fact.scope for fact in facts] == [Scope.TOTAL, Scope.PART, Scope.TOTAL]


def test_what_a_village_has_is_a_part() -> None:
    assert scopes(f"{B}远近闻名。四宫村，做这行的有300多人。") == [(300, Scope.PART)]


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("河北给予每个品牌奖励5万元。", Per.BRAND),
        ("河北给参训学员每人补贴2000元。", Per.PERSON),
        (f"{B}户均收入2万元。", Per.HOUSEHOLD),
        (f"{B}培训班每期45人。", Per.COURSE),
    ],
)
def test_a_rate_for_one_of_many(sentence: str, per: Per) -> None:
    (fact,) = told(sentence)
    assert (fact.scope, fact.per) == (Scope.EACH, per)


@pytest.mark.parametrize(("word", "per"), [("每周", Per.WEEK), ("每月", Per.MONTH), ("每年", Per.YEAR)])
def test_a_rate_over_time(word: str, per: Per) -> None:
    (fact,) = told(f"{B}{word}输出200人。")
    assert (fact.scope, fact.per) == (Scope.TOTAL, per)


def test_a_share_is_a_part_and_a_rate_of_all_is_not() -> None:
    assert scopes(f"{B}占本地市场的60%。") == [(60, Scope.PART)]
    assert scopes(f"{B}学员就业率达95%。") == [(95, Scope.TOTAL)]
