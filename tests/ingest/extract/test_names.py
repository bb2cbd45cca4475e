import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.names import find_brands
from ingest.extract.programs import find_programs
from tests.ingest.articles import article
from tests.needs import tries


def names(text: str, *, title: str = "劳务品牌") -> list[str]:
    found = find_brands(article(text, title=title))
    return list(dict.fromkeys(mention.name for mention in found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近年来，“会宁金牌月嫂”劳务品牌带动3万人就业。", ["会宁金牌月嫂"]),
        ("当地的劳务品牌“山丹钻工”走进油田。", ["山丹钻工"]),
        ("“莞城阿嫂”是当地妇联注册过商标的劳务品牌。", ["莞城阿嫂"]),
        ("「西河绣女」「东河织女」各有一摊劳务品牌的营生。", ["西河绣女", "东河织女"]),
        ('"临县粽子工"劳务品牌有了新名气。', ["临县粽子工"]),
        ("“我们打造‘徐汇算法训练师’劳务品牌，输送1600人。”负责人说。", ["徐汇算法训练师"]),
        ("会上，“太谷果农”“祁县玻璃匠”等12个有地方味道的劳务品牌亮相。", ["太谷果农", "祁县玻璃匠"]),
        ("各队各有绝活：安达“电焊能手队”、大庆“数控操作工”，都是“龙江哥”劳务品牌的成员。", ["数控操作工", "龙江哥"]),
        ("江西打造“赣字号”劳务品牌，“八桂系列”劳务品牌也在推。", ["赣字号", "八桂系列"]),
        ("清徐酿醋，便有“清徐醋匠”；洒扫除尘的有“蓝天清洁师”。这些劳务品牌都叫得响。", ["清徐醋匠", "蓝天清洁师"]),
        ("推出“苏”字号劳务品牌。", ["苏字号"]),
        ("提升劳务品牌质量。”巴渝能工”劳务品牌就是缩影。", ["巴渝能工"]),
    ],
)
def test_names_in_quotes(text: str, expected: list[str]) -> None:
    assert [name for name in names(text) if name in expected] == expected
    assert not set(names(text)) - set(expected) - {"电焊能手队"}


@pytest.mark.parametrize(
    "text",
    [
        "这个社区打造的“一米阳光”党建品牌帮居民办成230件小事，劳务品牌也有起色。",
        "它被誉为中国隧道建设的“地下铁军”，劳务品牌很响。",
        "劳务品牌成了用工市场上的“香饽饽”，一张张就业“金名片”递出去。",
        "在有“中国草莓第一县”之称的东港市，劳务品牌不少。",
        "《三体》《意见》里没有劳务品牌。",
        "“牌子是姐妹们干出来的，不能砸在我们手里。”一位劳务品牌负责人说。",
        "围绕“技能强省、品牌兴辽”的定位，对不同类型的劳务品牌分类培养。",
        "要把劳务品牌打造成“流动的风景线”。",
        "实施“百千万”劳务品牌培育工程。",
        "实施劳务品牌“千人千企”培育计划。",
        "有人把“红色物业”之类也报作劳务品牌。",
        "第五届“河谷杯”劳务品牌展示赛闭幕。",
        "登记使用“石桥凉皮”名号的单位有600家，劳务品牌不少。",
        "按“六化”思路推动劳务品牌建设。",
        "依托“花垣就业通”小程序发布劳务品牌的岗位。",
        "“两研讨”是指劳务品牌发展研讨会和劳务品牌形象代言人交流。",
        "“洪城虾米”区域公用品牌在筹划注册，劳务品牌另说。",
        "护工、月嫂、保安等劳务品牌从业者参加了活动。",
    ],
)
def test_what_is_no_brand(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "湖北带去襄阳面点师、阳新鞋匠、恩施一红一绿制茶师6个品牌，鼠标一点就能看见。",
            ["襄阳面点师", "阳新鞋匠", "恩施一红一绿制茶师"],
        ),
        ("先后培育了通江银耳工、南江黄羊倌、平昌青花椒农等劳务品牌。", ["通江银耳工", "南江黄羊倌", "平昌青花椒农"]),
        ("劳务品牌形象代言人里，又见潜江裁缝王某某、孝感米酒师李某占去两席。", ["潜江裁缝", "孝感米酒师"]),
        ("南宁培育横州茉莉花茶师劳务品牌，产值超180亿元。", ["横州茉莉花茶师"]),
        ("县里还推出旧州挑夫、沙坪电焊工、太平瓦工等一批劳务品牌。", ["旧州挑夫", "沙坪电焊工", "太平瓦工"]),
        ("先后培育出丰塘泥水匠、新圩石匠、那隆钢筋工等8个劳务品牌。", ["丰塘泥水匠", "新圩石匠", "那隆钢筋工"]),
        ("此外，佛子水电工、伯劳装修工双双被认定为县级劳务品牌。", ["佛子水电工", "伯劳装修工"]),
        ("灵山县劳务品牌有：陆屋电焊工、檀圩铁匠、武利厨娘。", ["陆屋电焊工", "檀圩铁匠", "武利厨娘"]),
        ("劳务品牌名称：灵山采茶工；所属行业：农业。", ["灵山采茶工"]),
        ("培训了焊工、木工、瓦工等一批人，劳务品牌有了底气。", []),
        ("挣下劳务收入，也挣下一个响亮的名字——绩溪徽厨。", ["绩溪徽厨"]),
        ("平潭的隧道工、惠安的石雕匠、福鼎的白茶师，都成了劳务品牌。", []),
    ],
)
def test_names_without_quotes(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("凉城绒线绣娘，是当地妇联和就业局联手打造的劳务品牌。", ["凉城绒线绣娘"]),
        ("打响丰镇月饼师品牌后，饼铺开到了全国，劳务品牌也有了名气。", ["丰镇月饼师"]),
        ("全市有六个劳务品牌。以镇安月嫂为例，持证月嫂有2300名。", ["镇安月嫂"]),
        ("当地叫响凉城绣娘，劳务品牌走出大山。", ["凉城绣娘"]),
        ("靠“敖汉小米把式”过日子的有2600户，劳务品牌叫得响。", ["敖汉小米把式"]),
        ("围绕“敖汉小米把式”办班，旗里的劳务品牌年年开课。", ["敖汉小米把式"]),
        (
            "林西瓦工和林西钢筋工两支队伍占据半壁江山。这里的人没有想到。那些年，人们各干各的。劳务品牌从此有了。",
            ["林西瓦工", "林西钢筋工"],
        ),
        ("先后培育“元谋菜农、葡萄种植工、绣娘”等3个劳务品牌。", ["元谋菜农", "葡萄种植工", "绣娘"]),
        (
            "“镇雄砌匠”闯出去了，这个劳务品牌很响。盐津把跑船的后生编成一支“关河水手”，跟着航运公司走。",
            ["镇雄砌匠", "关河水手"],
        ),
        ("打出“匠人牌”，“灵山木匠”劳务品牌创始人李某，人称“木匠王”。", ["灵山木匠"]),
        ("“灵嫂”（灵山家政嫂）是该县主推的劳务品牌。", ["灵嫂"]),
        ("“檀圩匠人”是做建筑的，是县里的劳务品牌。", ["檀圩匠人"]),
        ("去年注册了“灵山泥瓦匠”商标，劳务品牌有了身份。", ["灵山泥瓦匠"]),
        ("被称为“小烧饼大产业”的“缙云烧饼师傅”是劳务品牌中的“老大哥”。", ["缙云烧饼师傅"]),
        ("南宁培育了不少茶师，商南县茶工也来取经，劳务品牌要靠手艺。", []),
        ("还将举办“丝路技能”国际邀请赛、劳务品牌推介周。", []),
        ("大家都来看。\n孝昌“花木郎”\n花木郎们承揽绿化工程，劳务品牌越做越大。", ["花木郎"]),
        ("山西吕梁山护工走进京津，人人夸；甘肃兰州拉面师遍布全国，劳务品牌一路响。", ["吕梁山护工", "兰州拉面师"]),
        ("“金牌泥瓦匠”张某带了徒弟，“一把瓦刀一片天”成了口头禅，劳务品牌越叫越响。", []),
    ],
)
def test_names_told_by_the_words_beside_them(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "【阿克苏拾花工】每年秋天，拾花工奔赴棉田。\n【和田玉雕匠】从业者3.2万人，年产值18亿元。\n【石榴籽家政】由市妇联培育，有4600人。",
            ["阿克苏拾花工", "和田玉雕匠", "石榴籽家政"],
        ),
        (
            "1.东乡手抓师。东乡县在全国开办餐馆9800多家，收入28亿元。\n2.和政果嫂。果嫂们每人每年增收8000元，家家高兴。",
            ["东乡手抓师", "和政果嫂"],
        ),
        ("品牌名称：讷河薯匠\n所在地区：讷河市\n品牌名称：北国红豆\n所在地区：伊春市", ["讷河薯匠", "北国红豆"]),
        ("专家点评：劳务品牌要靠技能说话，也要靠口碑。\n记者手记：走了一路，看了一路，也想了一路。", []),
    ],
)
def test_names_at_the_head_of_cards_and_paragraphs(text: str, expected: list[str]) -> None:
    found = find_brands(article(text, title="各地劳务品牌巡礼"))
    assert [mention.name for mention in found] == expected


TABLE = """2025年某省省级劳务品牌名单
序号 品牌名称 所在地区
1 临潼石榴农匠 西安市临潼区
2 耀瓷工匠 铜川市
3 洛南草编工 商洛市洛南县
名单横跨南北，一方水土养一方手艺。"""
BY_CITY = """附：省级劳务品牌一览
保定市：易州石油工、涞水“电工电焊”、博野编织匠（博野县）
邢台市：威县“纺织女工”、隆尧焊工"""
NUMBERED = """元谋县成立领导小组，立起4个特色劳务品牌：
一、元谋菜农
二、葡萄种植工
三、嫁接工
四、绣娘
再往东，又是另一番光景。"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABLE, {"临潼石榴农匠": "西安市临潼区", "耀瓷工匠": "铜川市", "洛南草编工": "商洛市洛南县"}),
        (
            BY_CITY,
            {
                "易州石油工": "保定市",
                "电工电焊": "保定市涞水",
                "博野编织匠": "保定市博野县",
                "纺织女工": "邢台市威县",
                "隆尧焊工": "邢台市",
            },
        ),
        (
            "我省确定30个劳务品牌。\n保定市：易州石油工、阜平枣嫂\n邢台市：隆尧焊工、威县织女\n石家庄的月嫂们很高兴。",
            {"易州石油工": "保定市", "阜平枣嫂": "保定市", "隆尧焊工": "邢台市", "威县织女": "邢台市"},
        ),
        (
            "拟认定以下劳务品牌，现予公示。\n南昌市（2个）：安义门窗工、文港笔匠\n抚州市（1个）：资溪面包师、黎川陶工",
            {"安义门窗工": "南昌市", "文港笔匠": "南昌市", "资溪面包师": "抚州市", "黎川陶工": "抚州市"},
        ),
        (
            "省人社厅公布省级劳务品牌。\n一、民生服务型：静宁果农、庄浪月嫂\n二、文化旅游型：敦煌彩塑师、庆阳剪纸娘",
            {"静宁果农": "", "庄浪月嫂": "", "敦煌彩塑师": "", "庆阳剪纸娘": ""},
        ),
        (
            "首批劳务品牌名单\n1.长垣厨师（新乡市长垣市）2.林州建工（安阳市林州市）3.邓州护工（南阳市邓州市）",
            {"长垣厨师": "新乡市长垣市", "林州建工": "安阳市林州市", "邓州护工": "南阳市邓州市"},
        ),
        (
            "劳务品牌名单\n（排名不分先后）\n梅河口架子工（梅河口市就业服务局）\n抚松参工（抚松县人力资源服务中心）",
            {"梅河口架子工": "梅河口市", "抚松参工": "抚松县"},
        ),
        (
            "劳务品牌名单\n一、家政服务类\n1.“元谋好帮手”\n2.“元谋贴心人”\n二、建筑类\n1.“元谋匠人”",
            {"元谋好帮手": "", "元谋贴心人": "", "元谋匠人": ""},
        ),
        (NUMBERED, {"元谋菜农": "元谋县", "葡萄种植工": "元谋县", "嫁接工": "元谋县", "绣娘": "元谋县"}),
    ],
)
def test_tables_and_lists_give_names_and_places(text: str, expected: dict[str, str]) -> None:
    """By the rule of rows, or by that of quotes where it is the surer of the two."""
    found = {m.name: m.region_hint for m in find_brands(article(text)) if m.rule in {"list-row", "quoted-shape"}}
    assert found == expected


def test_a_heading_of_place_and_trade_is_the_brand_of_its_section() -> None:
    text = "金坛茶匠\n一片叶子养活一方人，从种茶到卖茶，整条链上的从业人员有3.46万人。"
    (mention,) = find_brands(article(text, title="常州3个品牌跻身省级劳务品牌"))
    assert (mention.name, mention.rule) == ("金坛茶匠", "section-heading")


@pytest.mark.parametrize(
    "heading", ["石首船匠：一把斧头闯江海", "石首船匠 一把斧头闯江海", "【石首船匠】", "石首船匠——闯江海"]
)
def test_a_heading_may_have_more_than_the_name(heading: str) -> None:
    text = f"{heading}\n石首造船历史悠久，全市现有船匠1.3万人，分布在沿江沿海180多家船厂。"
    (mention,) = find_brands(article(text, title="荆楚劳务品牌扫描"))
    assert (mention.name, mention.rule) == ("石首船匠", "section-heading")


def test_a_counted_list_gives_names_of_all_looks() -> None:
    text = "“铜鼓茶姐”、万载花炮师、黎川陶瓷工、井冈红嫂、余干芡实姐妹等20个劳务品牌上榜，“土字号”变成“香饽饽”。"
    assert names(text) == ["铜鼓茶姐", "万载花炮师", "黎川陶瓷工", "井冈红嫂", "余干芡实姐妹"]


def test_an_entry_of_a_contest_is_a_brand_and_no_program() -> None:
    text = "“东台发绣工”项目获二等奖，“海门叠石匠”“邳州银杏工”项目获三等奖，劳务品牌同台。"
    assert names(text) == ["东台发绣工", "海门叠石匠", "邳州银杏工"]
    assert find_programs(article(text)) == ()


def test_a_quoted_nickname_keeps_the_place_before_it() -> None:
    (mention,) = find_brands(article("今年，威县“纺织女工”劳务品牌输出2万人。"))
    assert (mention.name, mention.aliases, mention.region_hint) == ("纺织女工", ("威县纺织女工",), "威县")


def test_a_mention_stands_where_it_says() -> None:
    source = article("近年来，“会宁金牌月嫂”劳务品牌带动3万人，会宁金牌月嫂走进京城。")
    for mention in find_brands(source):
        assert source.text.text[mention.start : mention.end] == mention.name
        assert 0 < mention.confidence <= 1


def test_an_article_that_never_says_brand_has_none() -> None:
    assert names("“天镇保姆”“吕梁护工”走进京城。", title="新闻") == []


@settings(max_examples=tries(150, 40), deadline=None)
@given(
    st.lists(
        st.sampled_from([*"“”‘’「」、，。\n“”劳务品牌等个月嫂工师北京1 ：·（）《》", "劳务品牌", "西安市：", "名单"]),
        max_size=60,
    )
)
def test_any_text_is_read_without_error(pieces: list[str]) -> None:
    source = article("".join(pieces))
    for mention in find_brands(source):
        assert source.text.text[mention.start : mention.end] == mention.name


@settings(max_examples=tries(100, 40), deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_read_without_error(text: str) -> None:
    find_brands(article(text))
