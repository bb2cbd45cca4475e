"""What the brands beside a brand, its town and its brackets tell of its home."""

import pytest

from ingest.pipeline import extract_bytes
from ingest.resolve.kin import of_their_families
from tests.pace import keeps_pace


def regions(text: str) -> dict[str, str]:
    facts = extract_bytes("page.txt", f"好日子\n\n{text}\n".encode())
    return {brand.name: brand.region for brand in facts.brands}


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        # A town that bears the name of a county elsewhere, before and after the brand.
        ("涪陵区平乐镇的劳务品牌叫“平乐焊工”，年年有人来请。", "平乐焊工", "500102"),
        ("“平乐焊匠”说的是綦江区平乐镇出去的焊工，是一个劳务品牌。", "平乐焊匠", "500110"),
        # The home in brackets right behind the name.
        ("专车接来了劳务品牌“百合妹”（甘肃礼县）和“山花姐”（山西吕梁），说好一起进京。", "百合妹", "621226"),
        ("专车接来了劳务品牌“百合妹”（甘肃礼县）和“山花姐”（山西吕梁），说好一起进京。", "山花姐", "141100"),
        # Towns of one county, whose names are counties of several provinces.
        ("开江只打普安缝纫、讲治建工、任市车钳工、长岭家政4个劳务品牌。", "长岭家政", "511723"),
        # A family of names.
        ("长治市的劳务品牌叫“云顶劳务”，底下分“云顶月嫂”“云顶焊工”，每一样都是劳务品牌。", "云顶焊工", "140400"),
        # What a sentence begins with.
        ("在湖南，“云顶铁军”“云顶绣娘”“云顶花匠”是出了名的劳务品牌。", "云顶花匠", "430000"),
        # Old names of counties.
        ("经评审，“蔚州剪纸匠”“阳原挖沙工”成为张家口的市级劳务品牌。", "蔚州剪纸匠", "130726"),
    ],
)
def test_homes(text: str, name: str, region: str) -> None:
    assert regions(text).get(name) == region


def test_a_place_inside_a_name_needs_the_text_to_speak_of_it() -> None:
    assert regions("劳务品牌“颐心康保健按摩师”走进长沙。").get("颐心康保健按摩师") != "130723"


def test_the_name_of_a_town_without_its_county_is_no_county() -> None:
    assert regions("镇上的公司注册了“双河技工”，劳务品牌就这样立住了。").get("双河技工") == ""


def test_the_whole_city_is_that_of_the_counties_named() -> None:
    (article,) = extract_bytes(
        "page.txt",
        "目前全市已有劳务品牌7个（其中省级2个：随县香菇工、广水风机匠），带动就业4.5万人。".encode(),
    ).articles
    assert article.place == "421300"


def test_families_of_names() -> None:
    known = {"云顶劳务": "140400", "川妹子": "510000", "川妹绣娘": "440000", "天镇保姆": "140222"}
    open_ones = ("云顶月嫂", "云顶", "山花姐", "川妹月嫂", "天镇月嫂")
    # none of a family in two regions, none whose name is no more than its beginning, none that begins with a place
    found = {name: home for name, home in of_their_families(known | dict.fromkeys(open_ones, "")).items() if home}
    assert found == {"云顶月嫂": "140400"}


def test_families_take_time_in_proportion() -> None:
    def brands(count: int) -> dict[str, str]:
        return {f"{chr(0x4E00 + at)}匠{at}": "140400" if at % 2 else "" for at in range(count)}

    few, many = brands(1_000), brands(8_000)
    assert keeps_pace(lambda: of_their_families(few), lambda: of_their_families(many), times=20, slack=0.05)
