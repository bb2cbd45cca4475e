"""Numbers as papers write them: value, upper end, hedge, unit, and the very characters."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.vocabulary.choices import Qualifier
from ingest.numerals import DOUBLING, Number, find_numbers
from tests.pace import keeps_pace

EXACT, NEARLY, ABOUT, OVER, AT_MOST, SEVERAL = (
    Qualifier.EXACT,
    Qualifier.NEARLY,
    Qualifier.ABOUT,
    Qualifier.OVER,
    Qualifier.AT_MOST,
    Qualifier.SEVERAL,
)


def only(text: str) -> Number:
    (number,) = find_numbers(text)
    return number


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "unit"),
    [
        ("71万人次", 710000, EXACT, "人次"),
        ("26.46万人", 264600, EXACT, "人"),
        ("12,345人", 12345, EXACT, "人"),
        ("2,345.6万元", 23456000, EXACT, "元"),
        ("近1000亿元", 100000000000, NEARLY, "元"),
        ("接近2万户", 20000, NEARLY, "户"),
        ("将近3万名", 30000, NEARLY, "人"),
        ("超16亿元", 1600000000, OVER, "元"),
        ("逾6000亿元", 600000000000, OVER, "元"),
        ("突破1000亿元", 100000000000, OVER, "元"),
        ("超过2000份", 2000, OVER, "份"),
        ("不低于300人", 300, OVER, "人"),
        ("9万余名", 90000, OVER, "人"),
        ("100多万人", 1000000, OVER, "人"),
        ("200余万人", 2000000, OVER, "人"),
        ("1200多亿元", 120000000000, OVER, "元"),
        ("10亿余元", 1000000000, OVER, "元"),
        ("1万元多", 10000, OVER, "元"),
        ("6万人次以上", 60000, OVER, "人次"),
        ("2.8万余人/次", 28000, OVER, "人次"),
        ("达30万人以上", 300000, OVER, "人"),
        ("约50人", 50, ABOUT, "人"),
        ("7000元上下", 7000, ABOUT, "元"),
        ("6万户左右", 60000, ABOUT, "户"),
        ("10来个", 10, ABOUT, "个"),
        ("多达5万人", 50000, EXACT, "人"),
        ("共20位", 20, EXACT, "人"),
        ("500多位", 500, OVER, "人"),
        ("200余场次", 200, OVER, "场"),
        ("33处", 33, EXACT, "处"),
        ("7本", 7, EXACT, "本"),
        ("12，345人", 12345, EXACT, "人"),
        ("培训1 260余名", 1260, OVER, "人"),
        ("达3 000余人", 3000, OVER, "人"),
        ("创收1 260.5亿元", 126050000000, EXACT, "元"),
        ("2024年3 000人", 3000, EXACT, "人"),
        ("2024 300人", 300, EXACT, "人"),
        ("120 350人", 120350, EXACT, "人"),
        ("3万5千余人", 35000, OVER, "人"),
        ("2亿3000万元", 230000000, EXACT, "元"),
        ("1亿零300万元", 103000000, EXACT, "元"),
        ("3000+元", 3000, OVER, "元"),
    ],
)
def test_arabic_digits(text: str, value: int, qualifier: Qualifier, unit: str) -> None:
    number = only(text)
    assert (number.value, number.value_max, number.qualifier, number.unit) == (Decimal(value), None, qualifier, unit)


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "unit"),
    [
        ("十八万人", 180000, EXACT, "人"),
        ("两万余人", 20000, OVER, "人"),
        ("二十七万余人", 270000, OVER, "人"),
        ("三千五百人", 3500, EXACT, "人"),
        ("一亿两千万元", 120000000, EXACT, "元"),
        ("数千万人", 10000000, SEVERAL, "人"),
        ("数百家", 100, SEVERAL, "家"),
        ("几十个", 10, SEVERAL, "个"),
        ("上千人", 1000, OVER, "人"),
        ("过万人", 10000, OVER, "人"),
        ("过十亿元", 1000000000, OVER, "元"),
        ("千余家", 1000, OVER, "家"),
        ("百余名", 100, OVER, "人"),
        ("万余人次", 10000, OVER, "人次"),
        ("十几家", 10, OVER, "家"),
        ("三十余家", 30, OVER, "家"),
        ("近百家", 100, NEARLY, "家"),
        ("近万人", 10000, NEARLY, "人"),
        ("超亿元", 100000000, OVER, "元"),
    ],
)
def test_characters(text: str, value: int, qualifier: Qualifier, unit: str) -> None:
    number = only(text)
    assert (number.value, number.qualifier, number.unit) == (Decimal(value), qualifier, unit)
    assert number.chinese
    assert not number.bare


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("36%", "36", EXACT),
        ("40％", "40", EXACT),
        ("22.7%", "22.7", EXACT),
        ("三成", "30", EXACT),
        ("七成以上", "70", OVER),
        ("近六成", "60", NEARLY),
        ("3.5成", "35", EXACT),
        ("八成五", "85", EXACT),
        ("八成五以上", "85", OVER),
        ("两成半", "25", EXACT),
        ("三成一线", "30", EXACT),
        ("百分之八十", "80", EXACT),
        ("百分之12.5", "12.5", EXACT),
        ("四分之一", "25", EXACT),
        ("超过三分之一", "33.33", OVER),
    ],
)
def test_shares_are_percent(text: str, value: str, qualifier: Qualifier) -> None:
    number = only(text)
    assert (number.value, number.qualifier, number.unit) == (Decimal(value), qualifier, "%")


@pytest.mark.parametrize(("text", "value"), [("翻一番", 100), ("翻了两番", 300), ("翻番", 100), ("翻了3番", 700)])
def test_doublings_are_growth_in_percent(text: str, value: int) -> None:
    assert (only(text).value, only(text).unit) == (Decimal(value), DOUBLING)


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("8000元至1.2万元", 8000, 12000, EXACT),
        ("6000多元到2万元", 6000, 20000, OVER),
        ("3000余元至5000余元", 3000, 5000, OVER),
        ("1.2—1.5万元", 12000, 15000, EXACT),
        ("5-8万元", 50000, 80000, EXACT),
        ("3000—5000元", 3000, 5000, EXACT),
        ("10万至20万人", 100000, 200000, EXACT),
        ("约200～300名", 200, 300, ABOUT),
        ("两三千元", 2000, 3000, EXACT),
        ("五六万人", 50000, 60000, EXACT),
        ("七八个", 7, 8, EXACT),
        ("三五千元", 3000, 5000, EXACT),
        ("三五百人", 300, 500, EXACT),
        ("二三十人", 20, 30, EXACT),
        ("十五六万人", 150000, 160000, EXACT),
        ("3至5万人", 30000, 50000, EXACT),
        ("3万-5万元", 30000, 50000, EXACT),
        ("3～5万", 30000, 50000, EXACT),
        ("三至五百人", 300, 500, EXACT),
        ("3—5千元", 3000, 5000, EXACT),
        ("300至500万元", 3000000, 5000000, EXACT),
        ("2000至3000万元", 20000000, 30000000, EXACT),
        ("8000至1万元", 8000, 10000, EXACT),
        ("3%-5%", 3, 5, EXACT),
        ("三到五成", 30, 50, EXACT),
        ("百分之三到百分之五", 3, 5, EXACT),
        ("百分之三至五", 3, 5, EXACT),
        ("5到8万多元", 50000, 80000, OVER),
    ],
)
def test_ranges(text: str, low: int, high: int, qualifier: Qualifier) -> None:
    number = only(text)
    assert (number.value, number.value_max, number.qualifier) == (Decimal(low), Decimal(high), qualifier)
    assert text[number.start : number.end] == text


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("人均月收入8、9千元", 8000, 9000),
        ("有五、六万人", 50000, 60000),
        ("每村7、8个", 7, 8),
        ("来了三百、四百人", 300, 400),
    ],
)
def test_numbers_in_a_row_are_a_range(text: str, low: int, high: int) -> None:
    assert (only(text).value, only(text).value_max) == (low, high)


@pytest.mark.parametrize("text", ["1、2个品牌", "每批1、2000人"])
def test_the_number_of_an_item_is_no_lower_end(text: str) -> None:
    assert only(text).value_max is None


@pytest.mark.parametrize(
    "text", ["第三届", "第22位", "C919", "4A级", "二〇二四年", "第十三期", "8个月", "3.5个百分点", "12位于"]
)
def test_what_is_no_count_has_no_unit(text: str) -> None:
    assert not [number for number in find_numbers(text) if number.unit]


@pytest.mark.parametrize("text", ["千家万户", "百名", "万名学子"])
def test_bare_ranks_are_marked(text: str) -> None:
    assert all(number.bare for number in find_numbers(text))


@pytest.mark.parametrize("text", ["签约200家", "附近200家", "最近200家", "合约200家"])
def test_a_hedge_within_another_word_is_none(text: str) -> None:
    assert only(text).qualifier is EXACT
    assert only(text).value == 200


@pytest.mark.parametrize(
    "text", ["2024年", "11月21日", "12345热线", "一个品牌", "一家公司", "十四五", "〔2024〕39号", "13812345678"]
)
def test_plain_digits_are_no_counts(text: str) -> None:
    assert not list(find_numbers(text))


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("三点五万余人", 35000, OVER),
        ("年产值三点五亿元", 350000000, EXACT),
        ("十二点八万人次", 128000, EXACT),
        ("一百二十点五亿元", 12050000000, EXACT),
        ("六点零五万户", 60500, EXACT),
        ("3点5万人", 35000, EXACT),
        ("2千5百余人", 2500, OVER),
        ("1千2百名", 1200, EXACT),
        ("3百万元", 3000000, EXACT),
        ("十亿3000万元", 1030000000, EXACT),
        ("十二万3000人", 123000, EXACT),
        ("2亿3,000万元", 230000000, EXACT),
        ("1亿2000.5万元", 120005000, EXACT),
        ("5万3人次", 53000, EXACT),
        ("3万零5人", 30005, EXACT),
        ("1.2万亿元", 1200000000000, EXACT),
        ("两万亿元", 2000000000000, EXACT),
        ("12, 345人", 12345, EXACT),
        ("12．5万人", 125000, EXACT),
        ("贰拾万人", 200000, EXACT),
        ("叁佰伍拾家", 350, EXACT),
        ("壹仟零伍万元", 10050000, EXACT),
        ("三萬人", 30000, EXACT),
        ("卅万人", 300000, EXACT),
        ("廿余家", 20, OVER),
        ("一百O五人", 105, EXACT),
        ("一百○五人", 105, EXACT),
        ("2w余人", 20000, OVER),
        ("3.5W人", 35000, EXACT),
        ("十数家", 10, OVER),
        ("十万人", 100000, EXACT),
    ],
)
def test_a_number_is_read_whole(text: str, value: int, qualifier: Qualifier) -> None:
    number = only(text)
    assert (number.value, number.value_max, number.qualifier) == (Decimal(value), None, qualifier)
    assert not number.bare
    assert text[number.digits : number.end] == text.removeprefix("年产值")


@pytest.mark.parametrize(
    "text",
    [
        "一百03人", "1,2345人", "1，2345人", "12, 3456人",
        "3万余5千", "1.5万3000人", "三万五万人", "三.五万人", "百万三峡人才",
        "1.8×10^5人", "1.8×10⁵人", "10^5人", "√2万人",
        "1.8*10^5人", "2000²人", "1̶8万人", "8\u0336万人", "18\u0335万人",
        "1O0人", "1o万人", "l万人", "2O23人", "2wh",
        "C919家", "5-3人", "2023.12.31", "2023.12.31人", "1.2.3万人", "3/12/31人",
        "05人", "9点30人", "八点三十人", "第三点五万人", "12.5个百分点", "十二点五个百分点", "1.5百分点",
    ],
)  # fmt: skip
def test_what_cannot_be_read_whole_is_not_read_at_all(text: str) -> None:
    assert not list(find_numbers(f"带动{text}就业"))


@pytest.mark.parametrize(
    "text",
    [
        "4050人员", "“4050”人员", "4050人群", "80后", "90后",
        "00后", "双万企业", "双百名人才", "三八妇女节", "五一期间", "十四五期间",
        "十五五家", "1+X证书", "1+3个", "1+N个", "2.0版", "3.0时代",
        "百千万工程", "一二三产业", "四个一", "24/7", "1/3版", "12/31",
    ],
)  # fmt: skip
def test_labels_are_no_numbers(text: str) -> None:
    assert [number for number in find_numbers(text) if number.unit and not number.bare] == []


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("最多1万人", 10000, AT_MOST),
        ("至多300家", 300, AT_MOST),
        ("不超过5万元", 50000, AT_MOST),
        ("1万人以下", 10000, AT_MOST),
        ("30个以内", 30, AT_MOST),
        ("8%以内", 8, AT_MOST),
        ("20万元封顶", 200000, AT_MOST),
        ("最高可得20万元", 200000, AT_MOST),
        ("最高能拿20万元", 200000, AT_MOST),
        ("最高达8000元", 8000, AT_MOST),
        ("最高给予一次性补贴5万元", 50000, AT_MOST),
        ("最高不超过3万元", 30000, AT_MOST),
        ("≤300人", 300, AT_MOST),
        ("≥1万人", 10000, OVER),
        (">500家", 500, OVER),
        ("1万人+", 10000, OVER),
        ("1万+人", 10000, OVER),
        ("至少200家", 200, OVER),
        ("最低补贴500元", 500, OVER),
        ("不少于300人", 300, OVER),
        ("3000元起", 3000, OVER),
        ("不到3成", 30, NEARLY),
        ("不足百家", 100, NEARLY),
    ],
)
def test_bounds(text: str, value: int, qualifier: Qualifier) -> None:
    number = only(text)
    assert (number.value, number.qualifier) == (Decimal(value), qualifier)
    assert text[number.start : number.end] == text


@pytest.mark.parametrize("text", ["队伍3万人", "两岸大陆3万人", "收拾3万人", "退伍3万人"])
def test_characters_of_cheques_in_other_words(text: str) -> None:
    assert only(text).value == 30000


@pytest.mark.parametrize("text", ["3000元起步", "3000元起家", "3人起早贪黑"])
def test_a_word_that_bounds_only_at_the_end_of_a_clause(text: str) -> None:
    assert only(text).qualifier is EXACT


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("同比增长百分之十二点五", "12.5"),
        ("就业率百分之九十八点五", "98.5"),
        ("百分之98.5", "98.5"),
        ("百分之百", "100"),
        ("百分之一百二十", "120"),
        ("千分之五", "0.5"),
        ("十分之三", "30"),
        ("占1/3", "33.33"),
        ("约2/3", "66.67"),
        ("3/4的人", "75"),
        ("8成5", "85"),
        ("增长-3.5%", "-3.5"),
        ("增幅为－2%", "-2"),
        ("增速：-0.5%", "-0.5"),
        ("增长+3.5%", "3.5"),
    ],
)
def test_shares_in_other_forms(text: str, value: str) -> None:
    assert (only(text).value, only(text).unit) == (Decimal(value), "%")


@pytest.mark.parametrize("text", ["-3万人", "新增-3000人", "\n-5%"])
def test_a_dash_that_is_no_sign(text: str) -> None:
    assert only(text).value > 0


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("5000元/月", "月"),
        ("6万元/年", "年"),
        ("300元/人·天", "天"),
        ("5000元每月", "月"),
        ("300元/天以上", "天"),
        ("5000元", ""),
    ],
)
def test_below_the_stroke(text: str, per: str) -> None:
    assert (only(text).per, only(text).unit, only(text).end) == (per, "元", len(text))


@pytest.mark.parametrize("text", ["1成万人", "1人以上万人"])
def test_a_character_is_of_one_number_only(text: str) -> None:
    first, second = find_numbers(text)
    assert first.end <= second.start


def test_identifiers_are_left_out() -> None:
    assert not list(find_numbers("1" * 16 + "人"))
    assert list(find_numbers("1" * 15 + "人"))


@given(st.integers(1, 10**7), st.text("，。在有了", max_size=8), st.sampled_from(["人", "家", "个"]))
def test_a_planted_number_is_found_at_its_place(value: int, around: str, unit: str) -> None:
    text = f"{around}{value}{unit}{around}"
    (number,) = find_numbers(text)
    assert (number.value, number.unit) == (Decimal(value), unit)
    assert text[number.start : number.end] == f"{value}{unit}"


@given(
    st.text(
        "0123456789,.，．/^×w+O点-%％一二两三廿十百千万亿贰拾零数几多余近超约至到—、成分之翻番倍人家个元月以上左右第 ",
        max_size=60,
    )
)
def test_any_text_gives_numbers_in_order(text: str) -> None:
    at = 0
    for number in find_numbers(text):
        assert at <= number.start < number.end <= len(text)
        assert number.value >= 0 or number.unit == "%"
        assert number.value_max is None or number.value < number.value_max
        at = number.end


HOSTILE = [
    "1", "万", "数", "一", "近", "翻", "10", "1,111", "数万", "百分之",
    "十多", "1到", "1.", "1, ", "1,", "1点", "最高可", "1/2", "一O", "1、",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (25_000, 100_000))
    assert keeps_pace(lambda: list(find_numbers(short)), lambda: list(find_numbers(long)), times=8, slack=0.02)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("占学员的一半", Qualifier.EXACT),
        ("近一半留在县里", Qualifier.NEARLY),
        ("一半以上是妇女", Qualifier.OVER),
        ("半数以上去了海边", Qualifier.OVER),
        ("女工过半，", Qualifier.OVER),
    ],
)
def test_halves_are_shares(text: str, qualifier: Qualifier) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.unit, number.qualifier) == (50, "%", qualifier)


@pytest.mark.parametrize("text", ["另一半是老人", "一半靠手艺，一半靠人缘", "下半年", "三年半", "大半个中国"])
def test_halves_in_phrases_are_none(text: str) -> None:
    assert not [number for number in find_numbers(text) if number.unit == "%"]
