"""Where a brand is at home, from the page on: the place that its own sentence says, in an article on another place."""

import pytest

from ingest.pipeline import extract_bytes
from ingest.records import PageFacts

TITLE = "“平舆防水”劳务品牌越擦越亮"


def page(text: str, *, publisher: str = "驻马店日报", title: str = TITLE) -> PageFacts:
    head = f"---\ntitle: {title}\npublisher: {publisher}\npublished_on: 2024-11-05\n---\n\n{title}\n\n"
    return extract_bytes("page.txt", (head + text + "\n").encode())


def home(text: str, name: str = "银针月嫂", *, publisher: str = "驻马店日报", title: str = TITLE) -> str:
    return {b.name: b.region for b in page(text, publisher=publisher, title=title).brands}[name]


PLACES = [
    ("武汉东湖高新区", "", "420100"),
    ("武汉市东湖新技术开发区", "长江日报", "420100"),
    ("东湖高新区", "长江日报", "420100"),
    ("成都市锦江经济开发区", "", "510104"),
    ("合肥市庐阳经开区", "安徽日报", "340103"),
    ("南京江北新区", "", "320100"),
    ("南京江北新区", "新华日报", "320100"),
    ("江北新区", "新华日报", "320100"),
    ("石家庄市桥东区", "河北日报", "130100"),
    ("邢台市桥东区", "邢台日报", "130500"),
    ("大同市矿区", "山西日报", "140200"),
    ("保定市南市区", "河北日报", "130606"),
    ("乌鲁木齐市东山区", "", "650109"),
    ("广州市东山区", "南方日报", "440104"),
    ("江北区", "重庆日报", "500157"),
    ("江北区", "宁波日报", "330205"),
    ("鼓楼区", "福州日报", "350102"),
    ("青岛市宁夏路街道", "", "370200"),
    ("广州市北京路步行街商会", "", "440100"),
    ("长春市桂林路街道", "", "220100"),
    ("徐州市中山路社区", "", "320300"),
    ("上海市西藏北路街道", "", "310000"),
    ("四川省驻广东办事处", "", "510000"),
    ("四川省驻广东办事处", "南方日报", "510000"),
    ("江西省南昌市进贤县文港镇", "", "360124"),
    ("兴国县江口镇", "", "360732"),
    ("新疆生产建设兵团第八师石河子市", "兵团日报", "659001"),
    ("呼伦贝尔市莫力达瓦旗", "内蒙古日报", "150722"),
    ("在对口帮扶的福州市支持下，定西市", "甘肃日报", "621100"),
    ("组织村民赴上海务工后，西平县", "", "411721"),
    ("新华社武汉11月5日电（记者王某）陕西省紫阳县", "新华社", "610924"),
    ("本报长沙11月5日讯 陕西省紫阳县", "", "610924"),
]


@pytest.mark.parametrize(("place", "publisher", "code"), PLACES)
@pytest.mark.parametrize("gap", ["", "\n\n"], ids=["same paragraph", "next paragraph"])
def test_the_place_of_its_own_sentence(place: str, publisher: str, code: str, gap: str) -> None:
    text = f"河南省平舆县打造“平舆防水”劳务品牌。{gap}{place}打造“银针月嫂”劳务品牌。"
    assert home(text, publisher=publisher or "驻马店日报") == code
    assert home(text, "平舆防水", publisher=publisher or "驻马店日报") == "411723"


@pytest.mark.parametrize(("place", "publisher", "code"), PLACES)
def test_the_place_of_the_only_sentence(place: str, publisher: str, code: str) -> None:
    title = "“银针月嫂”劳务品牌越擦越亮"
    assert home(f"{place}打造“银针月嫂”劳务品牌。", publisher=publisher or "人民日报", title=title) == code


@pytest.mark.parametrize("cut", ["河南省平\n舆县", "河南省驻马店市平舆\n县", "河南省驻马\n店市平舆县"])
def test_a_place_cut_by_a_line_end(cut: str) -> None:
    assert home(f"{cut}打造“银针月嫂”劳务品牌。", title="“银针月嫂”劳务品牌越擦越亮", publisher="人民日报") == "411723"


def test_names_of_persons_are_no_places() -> None:
    assert home("河南省平舆县打造“平舆防水”劳务品牌，王建宁打造“银针月嫂”劳务品牌。").startswith("41")


def test_the_place_in_the_name_where_its_paragraph_speaks_of_that_province() -> None:
    text = "北京市已同河北、山西签了协议，“吕梁山护工”这样的劳务品牌在京很响。北京市人社局搭台。"
    assert home(text, "吕梁山护工", publisher="北京日报", title="“吕梁山护工”进京") == "141100"


def test_the_place_in_the_name_among_brands_from_everywhere() -> None:
    title, host = "湖南省迎来四方手艺人", "湖南省人社厅搭台，湖南人爱看。"
    guests = "甘肃的拉面、江苏的剪刀、福建的小吃都来了，"
    brand = "最响的劳务品牌是“天镇保姆”。"
    assert home(host + guests + brand, "天镇保姆", publisher="湖南日报", title=title) == "140222"
    assert home(host + brand, "天镇保姆", publisher="湖南日报", title=title) == ""


def test_a_part_of_a_province_is_placed_by_its_article() -> None:
    text = "山东莘县一年育苗20亿株。县里办起培训班，取名“鲁西嫁接工”，叫响了这块劳务品牌。"
    assert home(text, "鲁西嫁接工", publisher="科技日报", title="“鲁西嫁接工”走出国门") == "371522"


def test_a_village_of_a_town_lies_in_the_towns_county() -> None:
    text = "河南嵩县陆浑镇的常店村，家家会铺砖，叫响了“常店铺砖工匠”劳务品牌。"
    assert home(text, "常店铺砖工匠", publisher="人民日报", title="“常店铺砖工匠”劳务品牌") == "410325"


def test_a_meeting_of_the_whole_country_is_not_of_its_venue() -> None:
    text = (
        "新华社长沙11月21日的一条消息：各级培育的劳务品牌有2300多个。"
        "正在长沙开的全国劳务协作暨劳务品牌发展大会上，来自脱贫地区的61个劳务品牌登台。"
    )
    (article,) = page(text, publisher="新华社", title="2300多个劳务品牌 带动就业的账怎么算").articles
    assert article.place == "100000"
