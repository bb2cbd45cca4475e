"""Numbers as papers write them: value, upper end, hedge, unit, and the very characters."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.vocabulary.choices import Qualifier
from ingest.numerals import DOUBLING, Number, chinese_number, find_numbers
from tests.ingest.pages import keeps_pace

EXACT, NEARLY, ABOUT, OVER, SEVERAL = (
    Qualifier.EXACT,
    Qualifier.NEARLY,
    Qualifier.ABOUT,
    Qualifier.OVER,
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
    ],
)
def test_ranges(text: str, low: int, high: int, qualifier: Qualifier) -> None:
    number = only(text)
    assert (number.value, number.value_max, number.qualifier) == (Decimal(low), Decimal(high), qualifier)
    assert text[number.start : number.end] == text


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
    ("characters", "value"),
    [("二十七万", 270000), ("十", 10), ("三千五", 3500), ("两万三", 23000), ("九亿", 900000000), ("一百零五", 105)],
)
def test_chinese_number(characters: str, value: int) -> None:
    assert chinese_number(characters) == (Decimal(value), None)


@pytest.mark.parametrize("characters", ["二〇二四", "一五", "百千", "万" * 40, "三七"])
def test_chinese_number_refuses(characters: str) -> None:
    assert chinese_number(characters) is None


@pytest.mark.parametrize(
    "text", ["2024年", "11月21日", "12345热线", "一个品牌", "一家公司", "十四五", "〔2024〕39号", "13812345678"]
)
def test_plain_digits_are_no_counts(text: str) -> None:
    assert not list(find_numbers(text))


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


@given(st.text("0123456789,.%％一二两三十百千万亿数几多余近超约至到—、成分之翻番倍人家个元以上左右第 ", max_size=60))
def test_any_text_gives_numbers_in_order(text: str) -> None:
    at = 0
    for number in find_numbers(text):
        assert at <= number.start < number.end <= len(text)
        assert number.value >= 0
        assert number.value_max is None or number.value < number.value_max
        at = number.end


HOSTILE = ["1", "万", "数", "一", "近", "翻", "10", "1,111", "数万", "百分之", "十多", "1到", "1."]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (25_000, 100_000))
    assert keeps_pace(lambda: list(find_numbers(short)), lambda: list(find_numbers(long)), times=8, slack=0.02)
