"""What stands around a name: above all, of which kind a brand is said to be."""

import pytest

from ingest.extract.context import Context
from ingest.extract.name_surroundings import is_other_kind, other_kinds, surroundings
from tests.ingest.articles import article


def around(text: str, name: str) -> dict[str, float]:
    here = Context.of(article(text))
    at = here.text.index(name)
    return surroundings(here, [(at, at + len(name))])


@pytest.mark.parametrize("kind", ["区域公用", "党建", "民宿", "成了县里最响的民宿", "社区志愿服务", "三大美食", "注册"])
def test_a_brand_of_another_kind(kind: str) -> None:
    assert is_other_kind(kind)


@pytest.mark.parametrize(
    "kind", ["", "劳务", "特色", "省级特色劳务", "家政服务", "用工", "瓦匠", "成了县里叫得响的", "这一", "三个", "知名"]
)
def test_a_labour_brand_or_any(kind: str) -> None:
    assert not is_other_kind(kind)


def test_they_are_counted() -> None:
    assert other_kinds("“甲乙”民宿品牌和丙丁茶叶品牌之外，还有劳务品牌和好品牌。") == 2


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("“山里人家”民宿品牌开门。", "山里人家", "then other kind"),
        ("推出民宿品牌“山里人家”。", "山里人家", "after other kind"),
        ("“平阳香菇”品牌价值9亿元。", "平阳香菇", "then worth"),
        ("“平阳香菇”区域公用品牌上市。", "平阳香菇", "then worth"),
        ("“平阳县‘平阳鸡’传承人中心”挂牌。", "平阳鸡", "in longer quotes"),
    ],
)
def test_what_speaks_against_a_name(text: str, name: str, feature: str) -> None:
    assert around(text, name)[feature] == 1.0


def test_a_labour_brand_has_none_of_it_around() -> None:
    text = "“平阳月嫂”家政服务品牌走进社区，劳务品牌“平阳瓦匠”在旁。"
    for name in ("平阳月嫂", "平阳瓦匠"):
        against = ("then other kind", "after other kind", "then worth", "in longer quotes")
        assert not any(around(text, name)[feature] for feature in against)
