"""Of whom numbers speak: brands, divisions and meetings, in the same sentence or sentences before."""

from collections.abc import Sequence

import pytest

from brands.vocabulary.choices import Metric, Scope
from ingest.records import StatisticFact
from tests.ingest.extract.told import BRAND, one, told, told_of_place


@pytest.mark.parametrize(
    ("paragraphs", "subject"),
    [
        (["“云上焊工”带动就业2万人。"], BRAND),
        (["“云上焊工”名声在外。一年下来，带动就业2万人。"], BRAND),
        (["“云上焊工”名声在外。这个劳务品牌累计输送2万人。"], BRAND),
        (["我们已经送了500多位‘云上焊工’到外地务工。"], BRAND),
        (["云上焊工", "一把焊枪走天下，从业人员有2万人，人人有活干，个个有钱挣。"], BRAND),
        (["县里有6万余名从业者，大家有个共同的名字——“云上焊工”。"], BRAND),
        (["“云上焊工”名声在外，师傅们走南闯北。", "门店有3000家，遍地开花。"], BRAND),
        (["全省累计培训71万人次。"], "530000"),
        (["云南围绕特色产业育品牌，全省带动就业190万人。"], "530000"),
        (["大理州剑川县以木雕见长，23000余人靠这门工艺吃饭。“云上焊工”则在城里。"], "532931"),
        (["“云上焊工”来自乡下。昆明市则打造省级劳务品牌，带动就业15万人。"], "530100"),
        (["目前，全国劳务品牌带动就业数千万人。"], "100000"),
    ],
)
def test_subject(paragraphs: list[str], subject: str) -> None:
    place = "100000" if subject == "100000" else "530000"
    assert one(*paragraphs, place=place).subject.key == subject


def test_destinations_are_no_subjects() -> None:
    assert one("“云上焊工”向北京、上海、大理等地累计输送5300余人。").subject.key == BRAND
    assert one("“云上焊工”闯出去了，上海有3万人。", brands={BRAND: "530100"}).subject.key == BRAND


@pytest.mark.parametrize(
    "paragraph",
    ["冷清的上海码头看不见几个人，从业人员却有5000余人。", "消息说的是上海。码头很冷清，从业人员却有5000余人。"],
)
def test_those_who_work_in_another_province_are_of_the_brand_of_the_headline(paragraph: str) -> None:
    assert one(paragraph, headline=f"上海码头上的“{BRAND}”").subject.key == BRAND
    assert one(paragraph, headline="上海码头", brands={}, place="310000").subject.key == "310000"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_list_is_of_whom_the_line_speaks_that_leads_up_to_it(number: int) -> None:
    lines = ["焊接企业300余家", "焊接基地12个", "焊接商标近40件"][:number]
    homes = {BRAND: "532900"}
    facts = told("世界焊工看中国，中国焊工看大理：", *lines, brands=homes, place="530100")
    assert [fact.subject.key for fact in facts] == ["532900"] * number
    facts = told_of_place("世界焊工看中国，中国焊工看大理。", *lines, place="530100")
    assert [fact.subject.key for fact in facts] == ["530100"] * number


def test_whom_another_place_works_with_is_the_subject() -> None:
    facts = told("上海市青浦区与昆明市签订协议，提供就业岗位6300个，转移就业742人。", brands={}, place="530100")
    assert {fact.subject.key for fact in facts} == {"530100"}
    assert len(facts) == 2


@pytest.mark.parametrize("place", ["在重庆开起面馆", "在贵州贵阳、四川成都等地承包大棚"])
def test_where_the_people_of_a_brand_work_is_no_subject(place: str) -> None:
    assert one(f"“云上焊工”春去秋回，{place}，2018年出去的有3800人。").subject.key == BRAND


def test_a_list_of_brands_governs_nothing_alone() -> None:
    brands = {BRAND: "530000", "滇西绣娘": "532900"}
    facts = told("在云南，“云上焊工”“滇西绣娘”等10个劳务品牌带动27.5万人就业。", brands=brands)
    assert {fact.subject.key for fact in facts} == {"530000"}
    assert [fact.metric.value for fact in facts] == ["brands", "employment"]


def test_figures_named_respectively_go_to_the_brands_in_their_order() -> None:
    brands = {BRAND: "530000", "滇西绣娘": "532900"}
    facts = told("“云上焊工”“滇西绣娘”从业人员分别为3万人和1.2万人，年产值分别达20亿元、3亿元。", brands=brands)
    assert [(fact.subject.key, fact.value) for fact in facts] == [
        (BRAND, 30000),
        ("滇西绣娘", 12000),
        (BRAND, 2000000000),
        ("滇西绣娘", 300000000),
    ]


def test_parts_of_a_sentence_have_their_own_subjects() -> None:
    brands = {"滇西绣娘": "532900", BRAND: "530100"}
    facts = told("“云上焊工”带动就业2万人；“滇西绣娘”带动就业6.5万余人。", brands=brands, place="530000")
    assert [fact.subject.key for fact in facts] == [BRAND, "滇西绣娘"]


def test_brands_are_counted_of_a_division_and_shown_at_a_meeting() -> None:
    assert one("“云上焊工”走红，昆明市已有劳务品牌39个。").subject.key == "530100"
    meeting = "全国劳务品牌发展大会"
    facts = told(
        "全国劳务品牌发展大会在昆明举行。",
        "据统计，这次大会展示的251个劳务品牌中，有61个来自脱贫地区。",
        meetings=[meeting],
    )
    assert [(fact.subject.key, fact.value) for fact in facts] == [(meeting, 251), (meeting, 61)]


def test_brands_counted_behind_one_of_them_are_not_of_its_home() -> None:
    facts = told("全省都在办班。大姚县“云上焊工”等12个劳务品牌被列入名单。", brands={BRAND: "532326"})
    assert [(fact.subject.key, fact.value) for fact in facts] == [("530000", 12)]


def test_what_many_brands_do_together_is_their_divisions() -> None:
    facts = told("“云上焊工”走红。", "云南26个劳务品牌共带动就业186万人，年产值2300亿元。")
    assert [fact.subject.key for fact in facts] == ["530000"] * 3


def test_money_for_any_brand_is_the_divisions() -> None:
    fact = one("“云上焊工”走红。", "新认定的省级劳务品牌每个奖补30万元。")
    assert (fact.subject.key, fact.metric.value) == ("530000", "funding")


def test_a_division_elsewhere_gives_way_to_the_brand() -> None:
    text = "“云上焊工”出自昆明。礼县山高沟深，每年外出务工的有12万多人。"
    assert one(text, brands={BRAND: "530100"}, place="530100").subject.key == BRAND
    assert one("礼县山高沟深，每年外出务工的有12万多人。", brands={}, place="530100").subject.key == "621226"


def test_a_brand_governs_nothing_before_it_is_named() -> None:
    facts = told("平均月薪6300元。", "最后说到“云上焊工”，带动就业2万人。", place="532931")
    assert [fact.subject.key for fact in facts] == ["532931", BRAND]


def test_all_brands_of_a_place_together() -> None:
    brands = {"滇西绣娘": "532900", BRAND: "530100"}
    facts = told("“云上焊工”走红；“滇西绣娘”也走红。", "各品牌建有培训学校61所。", brands=brands, place="530000")
    assert [fact.subject.key for fact in facts] == ["530000"]


def test_a_year_before_a_division_lets_it_open_the_clause() -> None:
    assert one("“云上焊工”走红。2024年全省劳务输出12.6万人。").subject.key == "530000"


def test_what_comes_to_a_meeting_is_its_own() -> None:
    meeting = "全省劳务品牌技能大赛"
    facts = told(
        "近日，全省劳务品牌技能大赛在昆明闭幕，来自11个市的286名选手参赛。",
        "大赛同期发布岗位4800个，展示了12个劳务品牌。",
        meetings=[meeting],
    )
    assert [(fact.subject.key, fact.value) for fact in facts] == [(meeting, v) for v in (11, 286, 4800, 12)]


def test_the_venue_is_no_subject() -> None:
    (fact,) = told_of_place("招聘会在大理启幕，平均月薪6300元。", place="530000")
    assert fact.subject.key == "530000"


@pytest.mark.parametrize(
    "before",
    [
        "新华社长沙11月21日的一条消息：",
        "本报武汉3月1日讯 ",
        "在对口帮扶的福州市支持下，",
        "宁夏路街道说，",
        "驻广东办事处说，",
    ],
)
def test_no_place_of_an_article_is_a_subject_by_its_name_alone(before: str) -> None:
    (fact,) = told_of_place(f"{before}平均月薪6300元。", place="530000")
    assert fact.subject.key == "530000"


def test_in_an_article_without_brands_nothing_is_the_places_that_no_sentence_gives_it() -> None:
    assert told("招聘会办得热闹，平均月薪6300元。", brands={}, place="530000") == ()
    (fact,) = told("云南的招聘会办得热闹，平均月薪6300元。", brands={}, place="530000")
    assert fact.subject.key == "530000"


@pytest.mark.parametrize("told_of", ["城镇新增就业", "新增城镇就业", "农村劳动力新增转移就业"])
def test_what_is_counted_of_divisions_alone_is_of_no_brand(told_of: str) -> None:
    facts = told(f"“云上焊工”带动就业2万人。今年{told_of}3.5万人。", brands={BRAND: "532931"}, place="532931")
    assert [fact.subject.key for fact in facts] == [BRAND, "532931"]


def test_a_division_before_a_year_and_a_quoted_meeting_is_of_its_name() -> None:
    text = "云南2025年“焊花节”在大理开场。当天，跟着就业的有4000人。“云上焊工”先说到这里。"
    (fact,) = told(text, brands={BRAND: "532931"}, meetings=["焊花节"], place="532931")
    assert fact.subject.key != "530000"


def test_a_chain_ends_in_its_last_division() -> None:
    fact = one("江西省南昌市进贤县文港镇从业人员3万人。", brands={}, place="360000")
    assert fact.subject.key == "360124"


def test_unknown_when_nothing_governs() -> None:
    assert told("累计培训71万人次。", brands={}, place="") == ()


@pytest.mark.parametrize(
    ("word", "place", "code"),
    [
        ("全省", "530100", "530000"),
        ("师市", "659001", "659001"),
        ("全市", "530100", "530100"),
        ("全市", "500101", "500000"),
        ("全县", "532931", "532931"),
        ("全州", "532931", "532900"),
        ("全区", "450103", "450000"),
        ("全区", "110105", "110105"),
        ("我省", "530000", "530000"),
        ("全县外出务工人员", "532931", "532931"),
        ("县财政安排资金让人", "532931", "532931"),
    ],
)
def test_words_for_a_division(word: str, place: str, code: str) -> None:
    assert one(f"{word}累计培训71万人次。", brands={}, place=place).subject.key == code


def test_what_goes_on_without_an_owner_has_the_one_before() -> None:
    facts = told(
        "约7.2万名“云上焊工”在长三角干活，上海有3万人，占当地焊工的18%；浙江有2.5万人，占11%。",
        brands={BRAND: "530100"},
    )
    assert {fact.subject.key for fact in facts} == {BRAND}
    assert [fact.part_of for fact in facts if fact.metric.value == "employment"] == ["", "在上海", "在浙江"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("“云上焊工”落户大理以来，12个乡镇建起服务站40个。", "532900"),
        ("云南大理的剑川县，靠木雕吃饭的有2.3万人。", "532931"),
        ("大理、昆明合打焊工牌。今年以来，大理帮518名农民找到工作。", "532900"),
        ("放到全国看，劳务品牌带动就业4200万人。", "100000"),
    ],
)
def test_places_that_are_the_scene(text: str, code: str) -> None:
    facts = told(text, place="100000" if code == "100000" else "530000")
    assert {fact.subject.key for fact in facts} == {code}


@pytest.mark.parametrize(
    "text",
    [
        "某某（昆明）焊业公司、大理古城工艺协会、丽江家政集团等7家单位培训1200人。",
        "在云南馆里，焊花四溅，跟着就业的有4000人。",
        "昆明商会帮忙，平均月薪6300元。",
    ],
)
def test_places_in_other_names_own_nothing(text: str) -> None:
    assert {fact.subject.key for fact in told_of_place(text, place="532931")} == {"532931"}


def test_who_comes_from_the_whole_province_is_not_the_provinces() -> None:
    fact = one("县里办起招聘会，全省8家用工单位赶来抢人。", brands={}, place="532931")
    assert (fact.subject.key, fact.scope) == ("532931", Scope.SHOWN)


def test_brands_counted_behind_others_are_of_where_those_are_at_home() -> None:
    text = "大理州的劳务品牌各有来头。此外，剑川县“滇西绣娘”、弥勒市“红河粉匠”等12个劳务品牌被列入名单。"
    fact = one(text, brands={"滇西绣娘": "532931", "红河粉匠": "532504"})
    assert (fact.subject.key, fact.value) == ("530000", 12)


def test_a_part_of_the_brands_is_of_the_place_that_has_it() -> None:
    facts = told("云南新添劳务品牌55个，大理州占了4个。", brands={})
    assert [(fact.subject.key, fact.value) for fact in facts] == [("530000", 55), ("532900", 4)]


def test_what_these_brands_do_is_no_one_brands() -> None:
    text = "大理州有劳务品牌18个。“云上焊工”最先叫响。靠这些品牌，50万余人有了活干，一年务工收入超90亿元。"
    assert [fact.subject.key for fact in told(text, brands={BRAND: "532931"})] == ["532900"] * 3


def test_an_example_is_not_what_follows_is_told_of() -> None:
    text = "云南20个品牌带动就业86万人，最多的“云上焊工”有12万人。二是收入高，人均年收入5.8万元。"
    assert one_of(told(text), "per_capita_income").subject.key == "530000"


def test_among_others_a_brand_owns_nothing() -> None:
    fact = one("32万人靠“云上焊工”等劳务品牌吃上了技术饭。", brands={BRAND: "532931"})
    assert fact.subject.key == "530000"


def test_the_people_of_a_headline_are_those_of_the_body() -> None:
    (fact,) = told("“云上焊工”靠手艺吃饭，从业人员有2.5万人。", headline="五年走出2.5万人")
    assert (fact.metric, len(fact.quotes)) == (Metric.PLACEMENT, 2)


def test_a_card_is_of_the_brand_at_its_head() -> None:
    facts = told(
        "滇西绣娘",
        "大理接住了这拨人气，建起一座绣品城。近三年，有8万余人在这里就业。",
        brands={"滇西绣娘": "532900"},
        headline="两张名片。",
    )
    assert [fact.subject.key for fact in facts] == ["滇西绣娘"]


def test_the_home_of_all_brands_is_surer_than_the_place_of_the_article() -> None:
    brands = {"剑川木匠": "532931", "剑川石匠": "532931"}
    fact = one("两块牌子“剑川木匠”和“剑川石匠”打响了，累计带动4000人就业。", brands=brands)
    assert fact.subject.key == "532931"


def test_a_firm_that_speaks_of_itself_waits_for_a_person() -> None:
    speech = "昆明某某劳务公司的经理说：“如今我们有6000余人，累计转移就业20万人。”"
    facts = told_of_place(speech, place="530100")
    assert facts
    assert all(fact.quotes[0].confidence < 0.5 for fact in facts)


def one_of(facts: Sequence[StatisticFact], metric: str) -> StatisticFact:
    return next(fact for fact in facts if fact.metric.value == metric)


@pytest.mark.parametrize("place", ["", "100000", "530000"])
def test_the_country_is_only_where_cities_are(place: str) -> None:
    facts = told("“云上焊工”名声在外。全国70多个城市都有他们的活，一年带回工钱8亿元。", place=place)
    assert {(fact.metric, fact.subject.key) for fact in facts} == {
        ("coverage", "云上焊工"),
        ("labour_income", "云上焊工"),
    }


def test_a_number_of_the_brands_that_are_named_is_no_aim() -> None:
    brands = {"山里缝纫": "530000", "河边木匠": "530000"}
    (fact,) = told("云南今后对外只打山里缝纫、河边木匠2个劳务品牌。", brands=brands)
    assert (fact.metric, fact.value, fact.subject.key) == ("brands", 2, "530000")
    assert told("云南今后对外要打山里缝纫、河边木匠等30个劳务品牌。", brands=brands) == ()
