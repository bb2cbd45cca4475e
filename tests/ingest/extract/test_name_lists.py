"""Where lists of names stand, what their items are, and what their frames say."""

import pytest

from ingest.extract.context import Context
from ingest.extract.name_lists import FoundList, lists
from ingest.extract.names import find_brands
from tests.ingest.articles import article


def found(text: str) -> list[FoundList]:
    return list(lists(Context.of(article(text, title="好日子"))))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("评下来，岭头瓦工、沙溪染布娘、石岗钻井队4个品牌过关。", "岭头瓦工 沙溪染布娘 石岗钻井队"),
        ("岭头瓦工、沙溪染布娘、石岗钻井人成为市级劳务品牌。", "岭头瓦工 沙溪染布娘 石岗钻井人"),
        ("青川今后只推岭头瓦工、沙溪染布娘、石岗钻井工3个劳务品牌。", "岭头瓦工 沙溪染布娘 石岗钻井工"),
        ("台上，岭头瓦工、沙溪染布娘、石岗雕刻工也亮出了看家本领。", "岭头瓦工 沙溪染布娘 石岗雕刻工"),
        ("报上来的有：\n岭头瓦工\n沙溪染布娘\n石岗钻井人\n都过了。", "岭头瓦工 沙溪染布娘 石岗钻井人"),
        ("品牌名称 去向\n岭头瓦工 广东\n沙溪染布娘 福建\n石岗钻井人 新疆\n", "岭头瓦工 沙溪染布娘 石岗钻井人"),
        ("1 岭头瓦工 青川县\n2 沙溪染布娘 旺苍县\n3石岗钻井人 剑阁县\n", "岭头瓦工 沙溪染布娘 石岗钻井人"),
        ("岭头瓦工（四川） 3000人\n沙溪染布娘（四川） 800人\n", "岭头瓦工 沙溪染布娘"),
        (
            "劳务品牌的人数：\n岭头瓦工 近3万人\n沙溪染布娘4万多人\n石岗钻井人约800名\n",
            "岭头瓦工 沙溪染布娘 石岗钻井人",
        ),
        ("牌子是：\n青川县“岭头瓦工”，3000人\n旺苍县 “沙溪染布”\n剑阁县“石岗钻井”\n", "岭头瓦工 沙溪染布 石岗钻井"),
    ],
)
def test_items_begin_and_end_where_the_names_do(text: str, names: str) -> None:
    assert names.split() in [[name for _, name in one.items] for one in found(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("岭头瓦工、沙溪染布娘、石岗钻井人3个劳务品牌。", {"counts", "then_brands", "near_brands"}),
        ("岭头瓦工、沙溪染布娘、石岗钻井人是出了名的劳务品牌。", {"are_brands", "near_brands"}),
        ("县里的劳务品牌有岭头瓦工、沙溪染布娘、石岗钻井人。", {"after_brands"}),
        ("山里的招牌不少。\n报上来的有：\n岭头瓦工\n沙溪染布娘\n石岗钻井人\n。", {"led_in", "laid_out"}),
        ("岭头瓦罐、沙溪土布、石岗花生3个地理标志产品。", {"counts", "then_other"}),
        ("劳务品牌定了3个：岭头瓦工、沙溪染布娘、石岗钻井人。", {"counts", "after_brands", "led_in"}),
        ("劳务品牌大赛设3个赛项：砌筑工、育婴师、电焊工。", {"counts", "after_brands", "led_in", "of_trades"}),
        ("劳务品牌培训有砌筑工、育婴师、电焊工等，一共3项。", {"after_brands", "of_trades"}),
    ],
)
def test_the_frame_says_what_a_list_holds(text: str, said: set[str]) -> None:
    names = (
        "counts",
        "then_brands",
        "are_brands",
        "after_brands",
        "led_in",
        "near_brands",
        "then_other",
        "of_trades",
        "laid_out",
    )
    (one,) = [one for one in found(text) if len(one.items) == 3]
    assert {name for name in names if getattr(one.frame, name)} == said


@pytest.mark.parametrize(
    "text",
    [
        "在山里，电力岭军、石岗导游、颐心按摩师、沙溪染布工是出了名的劳务品牌。",
        "在山里，沙溪染布工、电力岭军、石岗导游、颐心按摩师成了县里的劳务品牌。",
    ],
)
def test_a_list_that_became_brands_is_taken_whole(text: str) -> None:
    names = {mention.name for mention in find_brands(article(text, score=0.9))}
    assert {"电力岭军", "石岗导游", "颐心按摩师", "沙溪染布工"} <= names


@pytest.mark.parametrize(
    "text",
    [
        "砌墙工、抹灰工、吊顶工成为劳务品牌培训的三大工种。",
        "护工、月嫂、保安都是劳务品牌离不开的人。",
        "岭头花生、沙溪土布、石岗木耳3个地理标志产品带火了劳务品牌。",
    ],
)
def test_a_list_of_trades_or_goods_is_none(text: str) -> None:
    assert find_brands(article(text, title="劳务品牌", score=0.9)) == ()


def test_a_list_that_is_counted_after_words_on_brands_holds_brands_and_one_of_trades_none() -> None:
    (one,) = found("劳务品牌往后先定下来3个：岭头瓦工、沙溪染布娘、石岗钻井人。")
    (other,) = found("劳务品牌大赛设3个赛项：砌筑工、育婴师、电焊工。")
    assert one.frame.says_brands
    assert not other.frame.says_brands
