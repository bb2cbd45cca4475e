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


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        (f"{B}2月的统计显示，外出的有700人。", [Scope.TOTAL]),
        (f"{B}2019年创立以来，已培训7000人。", [Scope.TOTAL]),
        (f"今年一季度，{B}挣回劳务收入7亿元。", [Scope.NEW]),
        (f"今年1至9月，{B}实现产值7亿元。", [Scope.NEW]),
        (f"首期培训班开班，{B}52名学员参加。", [Scope.NEW]),
        ("河北初步确定了17个劳务品牌。", [Scope.NEW]),
        ("加上前两批的42个，河北的劳务品牌如今有60个。", [Scope.NEW, Scope.TOTAL]),
        ("河北在会上推出35个劳务品牌。", [Scope.SHOWN]),
        ("河北43个劳务品牌、120家企业集中展示。", [Scope.SHOWN, Scope.SHOWN]),
        ("河北38个品牌展开角逐，最终20个品牌胜出。", [Scope.SHOWN, Scope.NEW]),
        (f"{B}从业人员增长12%，净增3000人。", [Scope.RISE, Scope.RISE]),
        (f"{B}收入比种地高出三成。", [Scope.RISE]),
        (f"{B}热门专业的学生往往有4到6个岗位可挑。", [Scope.EACH]),
        ("河北评上省级的，奖励30万元。", [Scope.EACH]),
        (f"{B}从业人员中，女性3100人，青年1.2万人。", [Scope.PART, Scope.PART]),
        ("河北312个劳务品牌中，制造类98个，服务类140个。", [Scope.TOTAL, Scope.PART, Scope.PART]),
        (f"{B}县内有门店300家，县外有门店120家。", [Scope.PART, Scope.PART]),
        (f"{B}直营店、加盟店开了1500家。", [Scope.TOTAL]),
        (f"仅新乐镇，就有{B}4200人。", [Scope.PART]),
        (f"{B}走红。盘龙区顶山街道聚着做工的1万人。", [Scope.PART]),
        (f"“库伦荞乡新农人”和{B}带动10万人就业。", [Scope.TOTAL]),
        (f"在当地务工的{B}有8.8万人次，占劳务输出总人数的69%。", [Scope.PART, Scope.PART]),
        (f"{B}从业人员近300万人，占农民工总数的五分之一。", [Scope.TOTAL, Scope.PART]),
    ],
)
def test_words_that_tell(sentence: str, kinds: list[Scope]) -> None:
    assert [scope for _value, scope in scopes(sentence)] == kinds


def test_lines_that_begin_with_among_them_are_parts_of_what_stands_above() -> None:
    facts = told(f"在京津的{B}约有15万人", "其中北京12万人", "其中天津3万人")
    assert [fact.scope for fact in facts] == [Scope.TOTAL, Scope.PART, Scope.PART]


def test_a_part_is_called_after_its_town() -> None:
    (fact,) = told(f"{B}走红。新乐镇铸件厂有300多家。")
    assert (fact.scope, fact.part_of) == (Scope.PART, "新乐镇")


def test_the_town_that_a_brand_is_called_after_is_no_part_of_it() -> None:
    (fact,) = told("新乐镇，吃焊工饭的有5万多人，人称“新乐焊工”。", brands={"新乐焊工": "530000"})
    assert fact.scope is Scope.TOTAL


@pytest.mark.parametrize(
    ("sentence", "value", "part"),
    [
        ("“云上焊工”带动就业2万人，算上上下游，就业人数多达5万人。", 50000, "含上下游"),
        ("“云上焊工”带出2万人，上下游间接带动的就业超6万人。", 60000, "间接"),
        ("在长三角做工的“云上焊工”有10万人。", 100000, "在长三角"),
        ("在全国各地做工的“云上焊工”有10万人。", 100000, ""),
        ("在上海、杭州等地做工的“云上焊工”有10万人。", 100000, ""),
    ],
)
def test_a_whole_is_limited_by_what_its_people_are(sentence: str, value: int, part: str) -> None:
    (found,) = (fact for fact in told(sentence) if fact.value == value)
    assert (found.scope, found.part_of) == (Scope.TOTAL, part)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("云南有劳务品牌60个，其中12个来自脱贫地区。", "脱贫地区"),
        ("云南有劳务品牌60个，手上已有省级劳务品牌2个、市级劳务品牌8个。", "省级劳务品牌"),
        ("“云上焊工”挣回的钱占到当地居民收入的九成。", "当地居民收入"),
        ("“云上焊工”带动就业2万人，其中安置库区搬迁户家庭成员就业3000余人。", "安置库区搬迁户家庭成员就业"),
        ("“云上焊工”共有1800人，其中考过了高级证的老师傅有200余人。", "考过了高级证的老师傅"),
    ],
)
def test_a_part_is_called_by_whole_words(sentence: str, part: str) -> None:
    assert part in [fact.part_of for fact in told(sentence)]


@pytest.mark.parametrize(
    "words",
    [
        "40个劳务品牌参展，7个来自革命老区，带动3.5万农民务工",
        "参展的40个劳务品牌中，有7个来自革命老区，它们带动了3.5万农民务工",
    ],
)
def test_what_some_brands_do_is_the_part_of_these(words: str) -> None:
    facts = told(f"首届劳务品牌大会上，{words}。", meetings=["首届劳务品牌大会"])
    (found,) = (fact for fact in facts if fact.value == 35000)
    assert (found.scope, found.part_of) == (Scope.PART, "革命老区")


@pytest.mark.parametrize("words", ["分6个赛项比拼", "设了6个赛项", "分成6个比赛赛项"])
def test_what_an_event_consists_of_is_no_addition(words: str) -> None:
    facts = told(f"首届技能大赛上，9个市派来120名选手，{words}。", meetings=["首届技能大赛"])
    assert [fact.scope for fact in facts if fact.value == 6] == [Scope.TOTAL]


def test_a_village_in_an_article_that_names_nobody_has_no_figure() -> None:
    assert told("四宫村的人说起出门打工，脸上有笑，全村在外的有500多名。", brands={}) == ()


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        (f"{B}一年培训能有3800余人。", Per.YEAR),
        (f"{B}年输送2万人。", Per.YEAR),
        (f"{B}一年能培训2万人次。", Per.YEAR),
        (f"{B}两年培训18万人。", None),
        (f"{B}2024年培训3800人。", None),
        (f"{B}全年培训3800人。", None),
        (f"{B}第一年培训3800人。", None),
    ],
)
def test_what_is_done_in_a_year_is_a_rate_and_no_sum_of_all_years(sentence: str, per: Per | None) -> None:
    (fact,) = told(sentence)
    assert fact.per is per
