"""Candidates from everywhere, and one decision over them."""

import pytest

from ingest.extract.context import Context
from ingest.extract.decision_features import decision_features
from ingest.extract.name_candidates import gathered
from ingest.extract.names import by_rules, find_brands
from ingest.extract.names_decided import chosen
from ingest.learned.tagger import NameProposal
from tests.ingest.articles import article


def context(text: str) -> Context:
    return Context.of(article(text))


def candidates(text: str, tagged: tuple[NameProposal, ...] = ()) -> dict[str, list[tuple[int, int]]]:
    here = context(text)
    ruled = by_rules(here)
    found = gathered(here, ruled.mentions, ruled.chains, tagged)
    return {key: candidate.spans for key, candidate in found.by_key.items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县里有“山里人家”和“云岭绣娘”。", {"山里人家", "云岭绣娘"}),
        ("展台前，北坡瓦匠、南坪绣花女、东川剃头匠也当场动了手。", {"北坡瓦匠", "南坪绣花女", "东川剃头匠"}),
        ("名单：\n北坡瓦匠\n南坪绣花女\n东川剃头匠\n", {"北坡瓦匠", "南坪绣花女", "东川剃头匠"}),
    ],
)
def test_quotes_items_and_lines_are_candidates(text: str, names: set[str]) -> None:
    assert names <= candidates(text).keys()


def test_what_the_tagger_proposes_is_a_candidate() -> None:
    text = "劳务品牌\n村里出了个石桥馍客，人人都认。"
    at = text.index("石桥馍客")
    found = candidates(text.partition("\n")[2], (NameProposal(at, at + 4, 0.9),))
    assert found["石桥馍客"] == [(at, at + 4)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("开江对外只打普安缝纫、讲治建工、任市车钳工、长岭家政4个劳务品牌。", "普安缝纫 讲治建工 任市车钳工 长岭家政"),
        (
            "两轮打分后，张北莜面、蔚州剪纸工匠、怀安架线人、赤城温泉管家成为新一批市级劳务品牌。",
            "张北莜面 蔚州剪纸工匠 怀安架线人 赤城温泉管家",
        ),
        ("梁平柚农、垫江石磨工、万州烤鱼匠等3个劳务品牌上了榜。", "梁平柚农 垫江石磨工 万州烤鱼匠"),
    ],
)
def test_a_list_is_told_by_its_frame(text: str, names: str) -> None:
    found = {mention.name for mention in find_brands(article(text, score=0.9))}
    assert set(names.split()) <= found


@pytest.mark.parametrize(
    "text",
    [
        "北坡苹果、南坪大枣、东川核桃3个农产品卖到了全国，品牌响了。",
        "“北坡苹果”“南坪大枣”是地理标志产品，县里打造农产品公用品牌。",
        "“四帮四送”“一二三四五”，工作法上了简报，服务品牌擦亮了。",
    ],
)
def test_other_things_in_lists_and_quotes_are_none(text: str) -> None:
    assert find_brands(article(text, title="好日子", score=0.6)) == ()


def test_features_take_linear_time_in_a_list() -> None:
    """The sums of a list are made once, not once for each of its items."""
    here = context(
        "、".join(f"“北坡{a}{b}匠”" for a in "甲乙丙丁戊己庚辛壬癸" for b in "天地人和山水木火土金") + "等劳务品牌"
    )
    ruled = by_rules(here)
    found = gathered(here, ruled.mentions, ruled.chains, ())
    features = decision_features(found, 0.9)
    assert len(features) == 100
    assert all(said["list ruled"] >= 0 for said in features.values())


def test_of_overlapping_names_the_likelier_one_stands() -> None:
    here = context("村里的云岭绣娘出了名。")
    at = here.text.index("云岭绣娘")
    tagged = (NameProposal(at, at + 4, 0.9), NameProposal(at + 2, at + 4, 0.5))
    found = gathered(here, (), (), tagged)
    assert [key for key, _ in chosen(found, {"云岭绣娘": 0.9, "绣娘": 0.8})] == ["云岭绣娘"]
    assert list(chosen(found, {"云岭绣娘": 0.4, "绣娘": 0.3})) == []


def features(text: str, name: str) -> dict[str, float]:
    here = context(text)
    ruled = by_rules(here)
    return decision_features(gathered(here, ruled.mentions, ruled.chains, ()), 0.9)[name]


def test_goods_are_told_from_people_unless_the_text_calls_them_a_labour_brand() -> None:
    assert features("“平阳香菇”名气大，“平阳菇农”是劳务品牌。", "平阳香菇")["goods"] == 1.0
    assert features("劳务品牌“平阳香菇”带动3000人。", "平阳香菇")["goods"] == 0.0
    assert features("“平阳菇农”名气大，是劳务品牌。", "平阳菇农")["goods"] == 0.0


def test_a_name_that_begins_another_and_one_in_the_headline_alone() -> None:
    text = "“平阳鸡”卖得远，劳务品牌“平阳鸡厨师”跟着走。"
    assert features(text, "平阳鸡")["begins a name"] == 1.0
    assert features(text, "平阳鸡厨师")["begins a name"] == 0.0
    assert features(text, "平阳鸡厨师")["only in title"] == 0.0


@pytest.mark.parametrize("name", ["一县一特", "一乡一艺", "一村一名匠", "妇字号"])
def test_a_goal_and_an_umbrella_of_no_place_are_no_brands(name: str) -> None:
    told = article(f"省里的“{name}”劳务品牌建设动了手，“平阳菇农”是劳务品牌。", score=0.9)
    assert {mention.name for mention in find_brands(told)} == {"平阳菇农"}


def test_those_who_have_a_labour_brand_are_none() -> None:
    told = article("鸡西“月嫂”有了劳务品牌，名叫“贴心人”，已有210人。", score=0.9)
    assert {mention.name for mention in find_brands(told)} == {"贴心人"}


def test_a_page_score_of_one_is_as_good_as_nearly_one() -> None:
    text = "全国知名劳务品牌里平阳占两个（平阳玻铝商、平阳面点师），都是外出务工的人做起来的。"
    found = [{m.name for m in find_brands(article(text, score=score))} for score in (0.999, 1.0)]
    assert found[0] == found[1] == {"平阳玻铝商", "平阳面点师"}
