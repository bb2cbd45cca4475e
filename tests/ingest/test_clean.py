"""One form of every mark, no blanks inside words, whole lines, and every character still at its place on the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import MAX_LINES, clean
from ingest.read import read
from ingest.records import FrontMatter, RawPage
from ingest.text import MappedText, Span
from tests.ingest.pages import EMBROIDERY, wrapped
from tests.pace import keeps_pace


def cleaned(text: str) -> MappedText:
    return clean(read("page.txt", text.encode()))


def raw(text: str) -> RawPage:
    return RawPage("page.txt", text, "utf-8", "", FrontMatter(), Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１７２个，Ｃ９１９，增长４．５％", "172个，C919，增长4.5%"),
        ("目前已近2000个,促就业:(见表)", "目前已近2000个，促就业：（见表）"),
        ("网址https://a.example，时间8:30，共1,200人", "网址https://a.example，时间8:30，共1,200人"),
        ("怎么办?有办法!", "怎么办？有办法！"),
        ("“绣娘”‘师傅’「织女」『保姆』", "“绣娘”‘师傅’「织女」『保姆』"),
        ("﹁织女﹂〝保姆〞，500〜800元", "「织女」“保姆”，500～800元"),
        ("上⼈们的⽣活", "上人们的生活"),
        ("绣•娘", "绣·娘"),
    ],
)
def test_each_mark_has_one_form(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云\u200b岭\ufeff绣\u00ad娘", "云岭绣娘"),
        ("云岭\u202e绣娘\u2066", "云岭绣娘"),
        ("云\x01岭\x7f绣娘", "云岭绣娘"),
        ("云" + "\u0301" * 1000 + "岭", "云岭"),
        ("e\u0301coles", "e\u0301coles"),
    ],
)
def test_what_nobody_sees_goes(text: str, expected: str) -> None:
    assert clean(raw(text)).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("为 深 入 打 好 这 场 仗 ，坚 持 “ 两 手 抓 ”", "为深入打好这场仗，坚持“两手抓”"),
        ("带 动 就 业 １ ５ 万 人", "带动就业15万人"),
        ("一 针 一 线 绣 云 岭   千 家 万 户 奔 小 康", "一针一线绣云岭 千家万户奔小康"),
        ("本报讯 （记者 王某 李 某）11月 15日至 21日", "本报讯（记者 王某 李某）11月15日至21日"),
        ("培育 2300 多个品牌", "培育2300多个品牌"),
        ("共 有 2024 年 的 AI Agent 课 程", "共有2024年的AI Agent课程"),
        ("对口支援见真情 竭诚相助暖人心", "对口支援见真情 竭诚相助暖人心"),
        ("县总工会 “心声”宣讲团 走进学校", "县总工会 “心声”宣讲团 走进学校"),
        ("1 青山石榴工匠 青山市临水区", "1 青山石榴工匠 青山市临水区"),
        ("云岭绣娘   青山县    1200", "云岭绣娘 青山县 1200"),
        ("全县有 “云岭绣娘” 品牌 3 个， 开设 AI 课程。", "全县有“云岭绣娘”品牌3个，开设AI课程。"),
        ("　　一行\u00a0字　", "一行 字"),
        ("“十四五”时期  12期  800人  650人", "“十四五”时期 12期 800人 650人"),
        ("去年（全年）  9期  450人", "去年（全年） 9期 450人"),
    ],
)
def test_blanks_go_unless_they_part_something(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n\n"])
@pytest.mark.parametrize("width", [12, 18, 25])
@pytest.mark.parametrize("space", ["", " "])
def test_wrapped_columns_are_paragraphs_again(gap: str, width: int, space: str) -> None:
    lines = [space.join(line) for each in EMBROIDERY.paragraphs for line in wrapped(each, width)]
    text = cleaned(gap.join(lines)).text
    assert text.replace("\n", "") == "".join(EMBROIDERY.paragraphs)
    assert all(line[-1] in "。；”" for line in text.split("\n") if line)


def test_two_lines_with_a_sentence_end_inside_are_no_headline() -> None:
    """A column of another article cuts a paragraph off after its second line."""
    lines = ["一双双手上下翻飞。干这一行的人有个统一的", "称呼。三年前当地把散在各个乡镇的菇农拢到"]
    assert cleaned("\n".join([*lines, "本报讯 城区供热管网昨日起开始注水试压，请"])).text.split("\n")[0] == "".join(
        lines
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("当地塑造“横山\n\n茉莉茶师”品牌，产值超180亿元。", "横山茉莉茶师"),
        ("手艺人有了统一的称呼——“青 山 凉 \f\n\n\n皮 师 ” 。", "青山凉皮师"),
        ("作为“青山数\n\n据工”劳务品牌的学员，她收获很大。", "青山数据工"),
        ("印发《关于劳务品牌\n建设的意见》，提出目标。", "关于劳务品牌建设的意见"),
        ("本 报 讯 （记 者 王 某）11 月 20\n\n日 上 午 开 班 。", "11月20日"),
    ],
)
def test_a_name_that_a_break_cuts_is_whole_and_leads_to_its_place(text: str, name: str) -> None:
    clear = cleaned(text)
    start = clear.text.index(name)
    span = clear.span(start, start + len(name))
    assert "".join(span.of(text).split()) == name


@pytest.mark.parametrize(
    "text",
    [
        "1 青山绣娘 青山县\n2 临水焊工 临水县\n3 北坡果农 北坡镇\n4 南湖月嫂 南湖区\n以上各县均已上榜。",
        "青山市：青山绣娘、云岭茶师\n临水市：临水焊工、河湾厨师\n北坡市：北坡果农、南岭护工",
        "菌菇种植面积 超过8万亩\n涉菇市场主体2000余家\n菌菇注册商标近300件\n菌菇冷库仓容12万吨",
        "一、加强技能培训工作体系\n二、加强劳务品牌宣传推广\n三、加强服务保障能力建设\n四、加强组织领导协调配合",
        "少儿图书馆周末讲故事\n孩子乐在其中\n\n每到周末，市少儿图书馆的绘本角就坐满了孩子。",
        "某县绣娘绣出好日子新天地\n\n本报讯（记者 王某）昨天，某县绣娘大赛开幕，来者众多。\n\n各村各镇的绣娘都来了。",
    ],
)
def test_rows_headlines_and_openings_stay_lines_of_their_own(text: str) -> None:
    assert cleaned(text).text == text


def test_an_opening_glued_to_a_headline_is_parted_from_it() -> None:
    text = "政策面对面 服务心贴心本 报 讯 （记 者 王 某）昨 日 ，新 站 揭 牌 。"
    assert cleaned(text).text == "政策面对面 服务心贴心\n本报讯（记者王某）昨日，新站揭牌。"


def test_the_front_matter_is_no_text() -> None:
    page = read("page.txt", "---\ntitle: 甲\n---\n\n正文。".encode())
    clear = clean(page)
    assert (clear.text, clear.source_at(0)) == ("正文。", page.text.index("正"))


def test_beyond_the_limit_line_ends_are_blanks() -> None:
    assert cleaned("绣\n" * MAX_LINES).text.count("\n") == MAX_LINES - 1
    assert "\n" not in cleaned("绣\n" * (MAX_LINES + 1)).text


ODD = st.text(
    alphabet=st.sampled_from("中文品牌“”‘（）《》，。：,.:;?1２a \n\f\u3000\u200b\u0301\u202e—#"), max_size=300
)


@given(ODD | st.text(max_size=200))
def test_every_character_is_one_of_the_page_or_its_other_form(text: str) -> None:
    clear = clean(raw(text))
    again = clean(raw(clear.text))
    assert len(clear) <= len(text)
    for i, char in enumerate(clear.text):
        source = text[clear.source_at(i)]
        assert source == char or not source.isalnum() or char.isalnum()
    assert len(again) <= len(clear)


@pytest.mark.parametrize(
    "unit", ["\n", " ", "“", "（", "绣 ", "a\n", "1 2", "\u0301", "绣\u0301\u0301", "《", "，", ",", "#", "本报讯（"]
)
def test_a_page_twice_as_long_takes_about_twice_as_long(unit: str) -> None:
    short, long = (raw("绣" + unit * (n // len(unit))) for n in (150_000, 300_000))
    assert keeps_pace(lambda: clean(short), lambda: clean(long), times=2.8, slack=0.02)
