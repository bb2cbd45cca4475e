"""What names of divisions mean by the words around them."""

import pytest

from ingest.place_mentions import alone, at_home, dateline, deepest, places_in
from ingest.place_reading import cuts_name, is_venue, read_places


def read(text: str) -> list[tuple[str, str]]:
    """The names in a text, each with the codes that it may mean."""
    return [(hit.name, " ".join(c.division.adcode for c in hit.candidates)) for hit in read_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # something inside it, or else the division itself
        ("杭州西湖区", [("杭州", "330100"), ("西湖区", "330106")]),
        ("南昌市西湖区", [("南昌市", "360100"), ("西湖区", "360103")]),
        ("乌鲁木齐市东山区", [("乌鲁木齐市", "650100"), ("东山区", "650109")]),
        ("广州市东山区", [("广州市", "440100"), ("东山区", "440104")]),
        ("保定市新市区", [("保定市", "130600"), ("新市区", "130602")]),
        ("石家庄市桥东区", [("石家庄市", "130100"), ("桥东区", "130100")]),
        ("邢台市桥东区", [("邢台市", "130500")]),
        ("大同市矿区", [("大同市", "140200")]),
        ("武汉市东湖风景区", [("武汉市", "420100")]),
        ("成都江北机场", [("成都", "510100")]),
        # the second tells what the first is
        ("朝阳北票市", [("朝阳", "211300"), ("北票市", "211381")]),
        # two places in a row
        ("广西广东", [("广西", "450000"), ("广东", "440000")]),
        ("武汉黄石", [("武汉", "420100"), ("黄石", "420200")]),
        ("平舆西平两县", [("平舆", "411723"), ("西平", "411721")]),
        ("北京平舆商会", [("北京", "110000"), ("平舆", "411723")]),
        # banners, leagues, the corps
        ("呼伦贝尔市莫力达瓦旗", [("呼伦贝尔市", "150700"), ("莫力达瓦旗", "150722")]),
        ("内蒙古兴安盟科右中旗", [("内蒙古", "150000"), ("兴安盟", "152200"), ("科右中旗", "152222")]),
        ("新疆生产建设兵团第八师", [("新疆生产建设兵团", "650000"), ("第八师", "659001")]),
    ],
)
def test_a_name_after_a_division_is_inside_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "宁夏路",
        "北京东路",
        "中山一路街道",
        "桂林街",
        "海口大道",
        "长春巷",
        "南京大桥",
        "福州广场",
        "延安高架",
        "四川大厦",
    ],
)
def test_a_name_that_goes_on_as_a_street_is_none(text: str) -> None:
    assert read(text) == []
    assert read("青岛市" + text) == [("青岛市", "370200")]


@pytest.mark.parametrize(
    "text", ["平舆一路走来", "上海路桥集团", "北京街头", "平舆桥梁工", "黄梅乡村", "会宁村民", "光山乡亲", "平舆县乡村"]
)
def test_other_words_of_the_same_characters_leave_the_name(text: str) -> None:
    assert len(read(text)) == 1


@pytest.mark.parametrize("kind", ["镇", "乡", "村", "街道", "苏木"])
def test_a_town_is_never_the_county_of_its_name(kind: str) -> None:
    assert read(f"光山{kind}的绣娘") == []
    assert read(f"江西省进贤县光山{kind}") == [("江西省", "360000"), ("进贤县", "360124")]
    assert [name for name, _ in read(f"西柏坡{kind}")] == ["西柏坡"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("四川省驻广东办事处", ["四川省"]),
        ("平舆县驻广东省深圳市劳务工作站，", ["平舆县"]),
        ("驻马店市劳务办", ["驻马店市"]),
        ("在对口帮扶的福州市支持下，定西市", ["定西市"]),
        ("福建省福州市对口帮扶定西市", ["定西市"]),
        ("福州市援助资金500万元，定西市", ["定西市"]),
        ("对口帮扶的定西市“陇中绣娘”", ["定西市", "陇中"]),
        ("平舆县对口帮扶办公室", ["平舆县"]),
    ],
)
def test_seats_of_offices_and_donors_are_left_out(text: str, expected: list[str]) -> None:
    assert [name for name, _ in read(text)] == expected


def test_a_district_that_went_lately_counts_beside_one_of_its_name() -> None:
    (hit,) = read_places("江北区")
    assert alone(hit.candidates) == ""
    assert deepest([hit], ["500000"]) == "500157"
    assert deepest([hit], ["330000"]) == "330205"


def test_places_that_people_go_to_are_away_with_what_follows_them() -> None:
    text = "平舆县的人赴广东省深圳市、东莞市和上海市务工，也回西平县"
    hits = places_in(text).hits
    assert [hit.name for hit in at_home(text, hits, ("赴",), listed="、和")] == ["平舆县", "西平县"]
    assert [hit.name for hit in at_home(text, hits, ("赴",))] == ["平舆县", "东莞市", "上海市", "西平县"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("本报南宁3月1日讯 今年", "南宁"),
        ("新华社武汉电（记者）", "武汉"),
        ("新华社长沙11月21日的一条消息", "长沙"),
        ("新华社记者", ""),
    ],
)
def test_datelines(text: str, place: str) -> None:
    match = dateline().search(text)
    assert (match[1] if match else "") == place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在长沙开幕", True),
        ("在长沙集体亮相", True),
        ("品牌齐聚长沙", True),
        ("在长沙务工", False),
        ("长沙举行", False),
    ],
)
def test_a_venue_is_told_by_its_verb(text: str, expected: bool) -> None:
    at = text.index("长沙")
    assert is_venue(text, at, at + 2) is expected


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("今年，河南省平", "舆县打造品牌", True),
        ("今年，河南省驻马", "店市打造品牌", True),
        ("内蒙古莫力达瓦达", "斡尔族自治旗", True),
        ("今年，河南", "省级品牌", False),
        ("助力乡村振兴", "平舆县打造品牌", False),
        ("平舆县打造品牌", "西平县打造品牌", False),
        ("", "平舆县", False),
    ],
)
def test_a_line_end_inside_a_name_is_told(line: str, following: str, expected: bool) -> None:
    assert cuts_name(line, following) is expected
