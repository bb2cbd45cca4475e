"""One name without quotes that a phrase holds up, and a brand with its person."""

import pytest

from ingest.extract.context import Context
from ingest.extract.names_framed import framed_brands
from tests.ingest.articles import article


def names(text: str) -> list[str]:
    return [mention.name for mention in framed_brands(Context.of(article(text, title="劳务品牌")))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("以桐庐裁缝为代表的劳务品牌走遍全国。", "桐庐裁缝"),
        ("再比如桐庐裁缝，做成了劳务品牌。", "桐庐裁缝"),
        ("像桐庐裁缝这样的劳务品牌还有七个。", "桐庐裁缝"),
        ("劳务品牌里打头的是桐庐酥饼，6000人靠它吃饭。", "桐庐酥饼"),
        ("名气最大的要数桐庐裁缝。这块劳务品牌的牌子硬。", "桐庐裁缝"),
        ("合作社注册了坡头铸铁工的商标，劳务品牌有了主。", "坡头铸铁工"),
        ("合作社把坡头铸铁工的商标拿到手，劳务品牌有了主。", "坡头铸铁工"),
        ("劳务品牌代言人里有桐庐裁缝王某某。", "桐庐裁缝"),
        ("劳务品牌代言人是桐庐裁缝赵小兰，她今年四十岁。", "桐庐裁缝"),
    ],
)
def test_a_phrase_holds_up_a_name(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "以家政服务为代表的服务业带动了劳务品牌。",
        "比如月嫂，是劳务品牌里最缺的人。",
        "劳务品牌座谈会上，焊工赵某某发了言。",
        "以浙江省师傅为例，劳务品牌不少。",
        "公司注册了自己的商标，劳务品牌有了主。",
        "以桐庐裁缝为代表的手艺人走遍全国。他们吃苦。路远。风大。",
    ],
)
def test_what_is_held_up_and_is_no_name(text: str) -> None:
    here = Context.of(article(text, title="好日子"))
    assert list(framed_brands(here)) == []


def test_family_names_alone_are_those_of_persons_where_a_line_has_several() -> None:
    several = "劳务品牌代言人有三位：桐庐裁缝王、淳安茶农李、建德果农赵。"
    assert {"桐庐裁缝", "淳安茶农", "建德果农"} <= set(names(several))
    here = Context.of(article("劳务品牌“桐庐裁缝”之外，桐庐建筑工程、道路都在修。", title="好日子"))
    assert [mention.name for mention in framed_brands(here)] == []
