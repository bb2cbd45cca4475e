from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brands.vocabulary.choices import BrandLevel, Category, Industry
from ingest.records import BrandMention, ExtractedBrand, ProgramMention
from ingest.resolve import resolve
from ingest.resolve.evidence import MAX_QUOTES
from ingest.text import MappedText, Span
from tests.ingest.articles import article, entities
from tests.needs import tries


def brands(text: str, *, title: str = "劳务品牌", place: str = "", publisher: str = "") -> dict[str, ExtractedBrand]:
    return {b.name: b for b in entities(article(text, title=title, place=place, publisher=publisher)).brands}


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        # the name itself
        ("“曲阳定窑工匠”劳务品牌很响。", "130000", {"曲阳定窑工匠": "130634"}),
        ("“横县茉莉花工”劳务品牌很响。", "450000", {"横县茉莉花工": "450181"}),
        ("“八桂米粉师傅”劳务品牌很响。", "100000", {"八桂米粉师傅": "450000"}),
        ("“恩施制茶师”劳务品牌很响。", "420000", {"恩施制茶师": "422800"}),
        ("“海南阿姨”劳务品牌很响。", "", {"海南阿姨": "460000"}),
        ("“朝阳月嫂”劳务品牌很响。", "210000", {"朝阳月嫂": "211300"}),
        ("“朝阳月嫂”劳务品牌很响。", "110000", {"朝阳月嫂": "110105"}),
        # the umbrella and the single character of a province
        ("打造“赣字号”劳务品牌。", "", {"赣字号": "360000"}),
        ("打造“川妹子”“川厨师”劳务品牌。", "510000", {"川妹子": "510000", "川厨师": "510000"}),
        ("四川射洪经开区负责人说，当地打造的“川中锂工”劳务品牌很响。", "", {"川中锂工": "510981"}),
        ("“苏小妹”劳务品牌上榜。", "510000", {"苏小妹": "510000"}),
        # the words before the quotes, the sentence, the statement, the town, the paragraph
        ("今年，威县“纺织女工”劳务品牌输出2万人。", "130000", {"纺织女工": "130533"}),
        ("抚远市大力培育“鱼皮画师”劳务品牌。", "", {"鱼皮画师": "230883"}),
        # whence they come, not where they arrive
        ("专列从贵州接来“山茶妹”“竹海哥”两个劳务品牌的人。", "330100", {"山茶妹": "520000", "竹海哥": "520000"}),
        ("专列到贵州接来“山茶妹”劳务品牌的人。", "330100", {"山茶妹": "330100"}),
        ("“礼贤妹”是礼县注册过商标的劳务品牌。", "620000", {"礼贤妹": "621226"}),
        (
            "再往南是进贤县文港镇，家家做笔。靠着劳务品牌“文港毛笔制作人”，日子滋润。",
            "360100",
            {"文港毛笔制作人": "360124"},
        ),
        ("元谋县的品牌多半长在地里，门类不少。劳务品牌“绿野绣娘”最响。", "530000", {"绿野绣娘": "532328"}),
        ("劳务品牌“七兵卫队”很响。", "370000", {"七兵卫队": "370000"}),
        # a part of the sentence that a semicolon closed is of others, and so few are one class
        ("辽宁摆出的阵仗最大：东港的织工坐成一排；劳务品牌“松石刻工”也动了手。", "", {"松石刻工": "210000"}),
        ("威县的270名“燕赵巧妹”劳务品牌学员坐进课堂。", "130000", {"燕赵巧妹": "130000"}),
        # doubt: unknown, never another province
        ("劳务品牌“好嫂子”很响。", "", {"好嫂子": ""}),
        ("劳务品牌“金堂焊工”很响。", "130000", {"金堂焊工": ""}),
        ("劳务品牌“七兵卫队”由黄建宁代言。", "370000", {"七兵卫队": "370000"}),
        ("乌兰察布市的“乌兰美嫂”劳务品牌很响。", "150000", {"乌兰美嫂": "150900"}),
    ],
)
def test_home_of_a_brand(text: str, place: str, expected: dict[str, str]) -> None:
    found = brands(text, place=place)
    assert {name: found[name].region for name in expected} == expected


def test_a_row_outweighs_the_name() -> None:
    text = "省级劳务品牌一览\n定州市：中山好嫂子\n石家庄市：西柏坡服务员\n榆林市：塞上驼城家政人"
    assert {n: b.region for n, b in brands(text).items()} == {
        "中山好嫂子": "130682",
        "西柏坡服务员": "130131",
        "塞上驼城家政人": "610800",
    }


@pytest.mark.parametrize(
    ("name", "industry"),
    [
        ("石柱月嫂", Industry.DOMESTIC_SERVICE),
        ("吕梁护工", Industry.CARE),
        ("泾阳陕菜师傅", Industry.CATERING),
        ("青山湖纺工", Industry.MANUFACTURING),
        ("敖汉架线工", Industry.CONSTRUCTION),
        ("凤翔泥塑师", Industry.CRAFT),
        ("玉林技工", Industry.MANUFACTURING),
        ("百色芒果嫂", Industry.AGRICULTURE),
        ("沈阳动漫师", Industry.DIGITAL),
        ("掇刀叉车工", Industry.TRANSPORT),
        ("热河导游", Industry.TOURISM),
        ("安平丝网推销员", Industry.RETAIL),
        ("迁西矿工", Industry.ENERGY),
        ("冀州保安", Industry.SECURITY),
        ("紫阳修脚师", Industry.BEAUTY_HEALTH),
        ("佛子水电工", Industry.CONSTRUCTION),
        ("桂平船娘", Industry.TOURISM),
        ("丰都馒头师", Industry.CATERING),
        ("昌黎能人", Industry.OTHER),
        # one character says the work only before a word for who does it, or as the dish or craft that ends the name
        ("椰林骑手", Industry.TRANSPORT),
        ("禾山骑士", Industry.OTHER),
        ("定海蟹工", Industry.AGRICULTURE),
        ("定海蟹王", Industry.AGRICULTURE),
        ("定海蟹姐妹", Industry.OTHER),
        ("定海蟹", Industry.OTHER),
        ("晋南椒嫂", Industry.OTHER),
        ("银峰社会工作者", Industry.OTHER),
        ("琼岛青绣", Industry.CRAFT),
        ("晋南徽厨", Industry.CATERING),
        ("晋南麻辣嫂", Industry.CATERING),
        ("渔家乐大嫂", Industry.TOURISM),
        # everybody's words for skill make nothing by themselves, nor beside a thing that says another trade
        ("晋南工匠", Industry.OTHER),
        ("晋南鱼天下技师", Industry.OTHER),
        ("晋南就业超市", Industry.OTHER),
    ],
)
def test_industry_by_name(name: str, industry: Industry) -> None:
    brand = brands(f"“{name}”劳务品牌很响。")[name]
    assert brand.industry is industry
    assert ("industry" in brand.inferred) == (industry is not Industry.OTHER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "劳务品牌名单\n一、家政服务类\n1.“灵山好帮手”\n2.“灵山贴心人”\n二、建筑类\n1.“灵山巧匠”",
            {
                "灵山好帮手": Industry.DOMESTIC_SERVICE,
                "灵山贴心人": Industry.DOMESTIC_SERVICE,
                "灵山巧匠": Industry.CONSTRUCTION,
            },
        ),
        (
            "劳务品牌名单\n序号 品牌名称 所属行业\n1 灵山巧匠 建筑业\n2 浦北师傅 餐饮业\n3 钦北匠人 制造业",
            {"灵山巧匠": Industry.CONSTRUCTION, "浦北师傅": Industry.CATERING, "钦北匠人": Industry.MANUFACTURING},
        ),
        (
            "已有“灵山师傅”（餐饮类）、“灵山能人”（运输类）等劳务品牌。",
            {"灵山师傅": Industry.CATERING, "灵山能人": Industry.TRANSPORT},
        ),
        (
            "“灵山保安”安保品牌、“灵山绿工”园林品牌都是劳务品牌。",
            {"灵山保安": Industry.SECURITY, "灵山绿工": Industry.CONSTRUCTION},
        ),
    ],
)
def test_industry_is_said_beside_the_name(text: str, expected: dict[str, Industry]) -> None:
    found = brands(text)
    assert {name: found[name].industry for name in expected} == expected
    for name in expected:
        assert [quote.field for quote in found[name].quotes].count("industry") == 1
        assert "industry" not in found[name].inferred


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "各地有一批家政品牌：“灵山银花”、“浦北木兰花”都是劳务品牌。",
            {"灵山银花": Industry.DOMESTIC_SERVICE, "浦北木兰花": Industry.DOMESTIC_SERVICE},
        ),
        (
            "近年，下面3个养老品牌都得了省级劳务品牌：\n灵山：灵山妹、灵山燕\n浦北：浦北娃娃、浦北花儿",
            {"灵山妹": Industry.CARE, "浦北娃娃": Industry.CARE},
        ),
    ],
)
def test_industry_is_said_by_what_leads_the_brands_in(text: str, expected: dict[str, Industry]) -> None:
    found = brands(text)
    assert {name: found[name].industry for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "“灵山妹子”“灵山娃娃”和“浦北保安”劳务品牌都来了。",  # a trade in another brand's name
        "“灵山娃娃”劳务品牌已见成果，菜鸟也成了好手。",  # characters that are no words
        "“灵山娃娃”劳务品牌有做家政的，也有做建筑的。",  # two trades
    ],
)
def test_no_industry_by_a_sentence_that_does_not_say_one(text: str) -> None:
    assert brands(text)["灵山娃娃"].industry is Industry.OTHER


def test_industry_by_sentence_is_a_conclusion_too() -> None:
    brand = brands("“云和能人”劳务品牌在养殖户中很响。")["云和能人"]
    assert brand.industry is Industry.AGRICULTURE
    assert brand.category is Category.LIVELIHOOD
    assert {"industry", "category"} <= set(brand.inferred)


@pytest.mark.parametrize(
    ("text", "name", "quoted"),
    [
        ("威县的“纺织女工”劳务品牌带动2万人就业。", "纺织女工", True),
        ("“威县织女”劳务品牌带动2万人就业。", "威县织女", False),
        ("威县和“威县织女”劳务品牌都出了名。", "威县织女", True),
    ],
)
def test_a_region_has_its_words_or_is_marked_as_inferred(text: str, name: str, quoted: bool) -> None:
    brand = brands(text)[name]
    assert brand.region == "130533"
    assert ("region" in {quote.field for quote in brand.quotes}) == quoted
    assert ("region" in brand.inferred) == (not quoted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the list as a whole, however long
        ("“甲山月嫂”、“乙山厨师”、“丙山焊工”等省级劳务品牌走红。", {"甲山月嫂": BrandLevel.PROVINCIAL}),
        # a sentence that follows and names no other
        ("“东港草莓人”劳务品牌有3万人。去年，它获评市级劳务品牌。", {"东港草莓人": BrandLevel.PREFECTURAL}),
        (
            "“东港草莓人”劳务品牌有3万人。“振安护工”劳务品牌获评市级劳务品牌。",
            {"东港草莓人": None, "振安护工": BrandLevel.PREFECTURAL},
        ),
        # the sentence that leads in
        (
            "近日，省人社厅公布12个省级劳务品牌。其中，“东港草莓人”劳务品牌人数最多。",
            {"东港草莓人": BrandLevel.PROVINCIAL},
        ),
        # anywhere, where the article has but one
        (
            "“东港草莓人”劳务品牌有3万人。\n草莓季长。\n2023年，这块牌子被认定为省级劳务品牌。",
            {"东港草莓人": BrandLevel.PROVINCIAL},
        ),
    ],
)
def test_level_is_said_around_the_name(text: str, expected: dict[str, BrandLevel | None]) -> None:
    found = brands(text, place="210600")
    assert {name: found[name].level for name in expected} == expected


LEVELS = {
    # rows under a sentence that counts
    "人社部公布全国劳务品牌典型名单，共有60个品牌入选。\n辽宁省：“东港草莓人”“振安护工”；\n河北省 “威县织女”。": (
        {"振安护工": BrandLevel.NATIONAL, "威县织女": BrandLevel.NATIONAL}
    ),
    # a remark in the row, in a cell or in brackets: it speaks for its row alone
    "劳务品牌名单\n序号 品牌名称 所在地区 备注\n1 东港草莓人 东港市 省级\n2 振安护工 振安区 市级\n3 凤城板栗工": (
        {"东港草莓人": BrandLevel.PROVINCIAL, "振安护工": BrandLevel.PREFECTURAL, "凤城板栗工": None}
    ),
    "劳务品牌名单\n东港市：东港草莓人（省级）、东港护工\n凤城市：凤城板栗工": (
        {"东港草莓人": BrandLevel.PROVINCIAL, "凤城板栗工": None}
    ),
    # the sentence above a silent head
    "省里公布2023年省级劳务品牌名单，每个补助30万元。\n【上榜品牌选登】\n东港市：东港草莓人\n凤城市：凤城板栗工": (
        {"东港草莓人": BrandLevel.PROVINCIAL, "凤城板栗工": BrandLevel.PROVINCIAL}
    ),
}


@pytest.mark.parametrize(("text", "expected"), LEVELS.items())
def test_levels_of_a_list(text: str, expected: dict[str, BrandLevel | None]) -> None:
    found = brands(text, place="210600")
    assert {name: found[name].level for name in expected} == expected


def test_a_level_that_a_list_gives_has_the_words_of_its_head() -> None:
    text = "附：新增省级劳务品牌一览\n东港市：东港草莓人\n凤城市：凤城板栗工"
    found = brands(text)["凤城板栗工"]
    (quote,) = [q for q in found.quotes if q.field == "level"]
    assert quote.span.of(f"劳务品牌\n{text}") == "附：新增省级劳务品牌一览"
    assert "level" not in found.inferred


def test_a_level_is_that_of_the_rows_alone_that_are_remarked_on() -> None:
    text = (
        "去年，省人社厅评出首批省级劳务品牌20个。\n叫得响的劳务品牌\n品牌 所在地 备注\n"
        "东港草莓人 东港市 首批省劳务品牌\n"
        "凤城板栗工 凤城市 首批省劳务品牌\n振安护工 振安区"
    )
    found = brands(text)
    levels = {name: found[name].level for name in ("东港草莓人", "凤城板栗工", "振安护工")}
    assert levels == {"东港草莓人": BrandLevel.PROVINCIAL, "凤城板栗工": BrandLevel.PROVINCIAL, "振安护工": None}


def test_a_series_has_no_level_of_its_own() -> None:
    found = brands("省里公布第二批“赣字号”省级劳务品牌，“安义铝工”上榜。", place="360000")
    assert (found["赣字号"].level, found["安义铝工"].level) == (None, BrandLevel.PROVINCIAL)


def test_level_has_its_own_quote() -> None:
    text = "辽宁的省级劳务品牌“东港草莓人”已有12万人。“东港护工”劳务品牌也响。"
    found = brands(text)
    assert (found["东港草莓人"].level, found["东港护工"].level) == (BrandLevel.PROVINCIAL, None)
    (quote,) = [q for q in found["东港草莓人"].quotes if q.field == "level"]
    assert "省级" in quote.span.of(f"劳务品牌\n{text}")


def test_what_a_city_grants_in_a_municipality_is_provincial() -> None:
    assert brands("“合川月嫂”成为市级劳务品牌。", place="500000")["合川月嫂"].level is BrandLevel.PROVINCIAL


def test_year_batch_series_and_organisation() -> None:
    text = "省妇联一手擦亮的“东港福嫂”劳务品牌很响。\n2023年公布的第二批“鲁字号”特色劳务品牌里，有“郓城编织工”。"
    found = brands(text)
    assert found["东港福嫂"].organisation == "省妇联"
    weaver = found["郓城编织工"]
    assert (weaver.recognised_year, weaver.batch, weaver.series) == (2023, "第二批", "鲁字号")


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("威县“纺织女工”劳务品牌很响。威县纺织女工走四方。", "纺织女工", {"威县纺织女工"}),
        ("“东港草莓人”劳务品牌很响。与“草莓人”的泥土味不同。", "东港草莓人", {"草莓人"}),
        (
            "“钟祥石牌豆腐郎”劳务品牌很响。在外的钟祥豆腐郎有10万人，豆腐郎回乡。",
            "钟祥石牌豆腐郎",
            {"钟祥豆腐郎", "豆腐郎"},
        ),
        ("“济南阳光大姐”劳务品牌很响。坐月子找阳光大姐。", "济南阳光大姐", {"阳光大姐"}),
        ("“徐汇算法训练师”劳务品牌很响，算法训练师培训班开课。", "徐汇算法训练师", set()),
        ("“天镇保姆”劳务品牌很响，保姆们进京。", "天镇保姆", set()),
    ],
)
def test_aliases(text: str, name: str, aliases: set[str]) -> None:
    found = brands(text)
    assert list(found) == [name]
    assert set(found[name].aliases) == aliases


def test_mentions_are_all_places_of_name_and_aliases() -> None:
    source = article("“东港草莓人”劳务品牌很响。“草莓人”走出去，东港草莓人走得远。")
    (brand,) = entities(source).brands
    assert [source.text.text[m.start : m.end] for m in brand.mentions] == ["东港草莓人", "草莓人", "东港草莓人"]


def test_articles_of_a_page_share_their_brands() -> None:
    first = article("“东港护工”劳务品牌很响。")
    second = replace(article("“东港护工”劳务品牌又响了。"), order=1)
    (brand,) = entities(first, second).brands
    assert {q.article for q in brand.quotes} == {0, 1}


def test_quotes_lead_to_the_page_and_are_few() -> None:
    page = "劳 务 品 牌\n“ 东 港 护 工 ” 劳 务 品 牌 很 响 。\n" * 9
    blanks = [i for i, c in enumerate(page) if c == " "]
    bounds = [-1, *blanks, len(page)]
    text = MappedText.join(MappedText.of(page, start=a + 1, end=b) for a, b in pairwise(bounds))
    source = replace(article(""), text=text, body_start=5)
    (brand,) = entities(source).brands
    assert len([q for q in brand.quotes if not q.field]) == MAX_QUOTES
    assert all(q.span.of(page).replace(" ", "") == "东港护工" for q in brand.quotes)
    assert all(q.context.contains(q.span) for q in brand.quotes)


def test_a_name_cut_by_a_foreign_column_is_left_out_but_not_its_other_place() -> None:
    column = "气温下降" * 60
    page = f"“东港{column}护工”劳务品牌很响。“东港护工”劳务品牌真响。"
    text = MappedText.join([MappedText.of(page, end=3), MappedText.of(page, start=3 + len(column))])
    source = replace(article(""), text=text, body_start=0)
    (brand,) = entities(source).brands
    assert [q.span.of(page) for q in brand.quotes] == ["东港护工"]


def test_programs_with_and_without_edition_are_one() -> None:
    text = "2024年11月21日，2024年全国劳务品牌发展大会在湖南长沙举行。全国劳务品牌发展大会上，品牌亮相。"
    (program,) = entities(article(text)).programs
    assert program.name == "2024年全国劳务品牌发展大会"
    assert program.aliases == ("全国劳务品牌发展大会",)
    assert (program.held, program.place) == ("2024-11-21", "430100")
    assert len(program.mentions) == 2


def test_meetings_of_two_years_are_two() -> None:
    text = "2023年全国劳务品牌发展大会开过了，2024年全国劳务品牌发展大会又开。"
    assert [p.name for p in entities(article(text)).programs] == [
        "2023年全国劳务品牌发展大会",
        "2024年全国劳务品牌发展大会",
    ]


def test_a_meeting_by_its_edition_and_by_its_year_is_one_and_another_edition_is_not() -> None:
    text = "2024全国劳务品牌发展大会开幕。第二届全国劳务品牌发展大会由两部门主办。首届全国劳务品牌发展大会开在三年前。"
    found = {p.name: p.aliases for p in entities(article(text)).programs}
    assert found == {"2024全国劳务品牌发展大会": ("第二届全国劳务品牌发展大会",), "首届全国劳务品牌发展大会": ()}


def test_issuer_of_a_policy() -> None:
    (program,) = entities(article("省人社厅等20部门印发《关于加强劳务品牌建设的实施意见》。")).programs
    assert program.issuer.startswith("省人社厅")


def test_mentions_of_other_articles_are_passed_over() -> None:
    stray = BrandMention(7, 0, 2, "某某", "list-row", 0.9)
    assert resolve([article("正文。")], [stray], [ProgramMention(7, 0, 2, "某会", "named-program", 0.9)]).brands == ()


PIECES = [
    "“",
    "”",
    "东港",
    "朝阳区",
    "月嫂",
    "的",
    "劳务品牌",
    "、",
    "。",
    "\n",
    "等3个",
    "镇",
    "省级",
    "第二批",
    "是",
    "：",
    "当地",
    "字号",
]


@settings(max_examples=tries(150, 40), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", "100000", "210000", "210681"]))
def test_any_text_resolves_to_grounded_brands(pieces: list[str], place: str) -> None:
    source = article("".join(pieces), place=place)
    page = source.text.text
    for brand in entities(source).brands:
        spans = [q.span for q in brand.quotes if not q.field]
        assert spans
        # The name of a series runs over the quotes around its first part: “东港”字号.
        assert all(span.of(page).replace("“", "").replace("”", "") == brand.name for span in spans)
        assert all(Span(0, len(page)).contains(q.context) for q in brand.quotes)


def test_the_dish_that_a_brand_is_called_after_is_no_brand() -> None:
    text = "劳务品牌“东安鸡金牌厨师”出了名。“东安鸡”做法讲究，“东安鸡”卖到了广州。"
    assert list(brands(text)) == ["东安鸡金牌厨师"]
    assert list(brands("劳务品牌“沙县小吃”和“沙县小吃师傅”都出了名。")) == ["沙县小吃", "沙县小吃师傅"]


def test_what_people_of_a_place_do_is_no_name() -> None:
    assert "绩溪做徽厨" not in brands("绩溪打响劳务品牌“绩溪金徽厨”。绩溪做徽厨、做饮食的有1万余人。")
