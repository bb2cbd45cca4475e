"""Slips: same sounds, and one character wrong, missing, too many or out of place."""

import pytest

from brands.listing.sync import gathered
from brands.search import tokens
from brands.search.did_you_mean import LONGEST, MOST, NearSound, OneSlip, SameSound, corrections
from brands.search.query import QueryError
from brands.search.romanised import tokens as sounds
from brands.vocabulary.pinyin import spelling
from tests.brands.factories import brand, program, regions, statistic


@pytest.mark.parametrize(
    ("word", "name", "meant"),
    [
        ("吕良山护工", "吕梁山护工", "吕梁山护工"),
        ("吕粱", "吕梁山护工", "吕梁"),
        ("沪工", "吕梁山护工", "护工"),
        ("中国山成", "中国·山城玻璃工", "中国·山城"),
        ("旅凉", "吕梁", "吕梁"),
        ("吕良山护工", "吕梁护工", ""),
        ("和工", "吕梁山护工", ""),
    ],
)
def test_the_same_sound(word: str, name: str, meant: str) -> None:
    reading = SameSound(tuple(spelling(word)))
    assert [name[start:end] for start, end in reading.matches(spelling(name), name)] == [meant] * bool(meant)
    if meant:
        assert any(way <= sounds(spelling(name)) for way in reading.tokens)


@pytest.mark.parametrize(
    ("word", "name", "meant"),
    [
        ("吕粱山护工", "吕梁山护工", "吕梁山护工"),  # wrong
        ("吕梁山护公", "吕梁山护工", "吕梁山护工"),
        ("吴梁山护工", "吕梁山护工", "吕梁山护工"),
        ("吕梁山工", "吕梁山护工", "吕梁山护工"),  # missing
        ("吕梁山护士工", "吕梁山护工", "吕梁山护工"),  # too many
        ("吕梁护山工", "吕梁山护工", "吕梁山护工"),  # out of place
        ("梁吕山护工", "吕梁山护工", "吕梁山护工"),
        ("粤莱师傅", "新粤菜师傅队", "粤菜师傅"),
        ("茹农人", "菇农人", "菇农人"),
        ("茹农人", "泌阳菇农人", ""),  # of three characters only whole names
        ("天镇茶", "天镇保姆", ""),
        ("吕梁月嫂", "吕梁山护工", ""),
        ("吕山梁工护", "吕梁山护工", ""),
    ],
)
def test_one_slip(word: str, name: str, meant: str) -> None:
    reading = OneSlip(word)
    assert [name[start:end] for start, end in reading.matches(spelling(name), name)] == [meant] * bool(meant)
    if meant:
        assert any(way <= tokens.of_text(name) for way in reading.tokens)


@pytest.mark.parametrize(
    ("items", "name", "meant"),
    [
        ("lu lian shan", "吕梁山护工", "吕梁山"),  # one letter less
        ("lu liang shang", "吕梁山护工", "吕梁山"),  # one more
        ("nu liang shan", "吕梁山护工", "吕梁山"),  # another
        ("zhong guo san cheng", "中国·山城玻璃工", "中国·山城"),
        ("zen zhou", "郑州", ""),  # two letters
        ("zheng zou", "郑州", "郑州"),
        ("lu lian", "吕梁山护工", ""),  # of two syllables only whole names
        ("lu lian san", "吕梁山护工", ""),
        ("e guo", "阿国", ""),
        ("lu liang shan", "吕梁山护工", ""),  # no slip at all
    ],
)
def test_a_letter_wrong(items: str, name: str, meant: str) -> None:
    reading = NearSound(tuple(items.split()))
    assert [name[start:end] for start, end in reading.matches(spelling(name), name)] == [meant] * bool(meant)
    if meant:
        assert any(way <= sounds(spelling(name)) for way in reading.tokens)


@pytest.fixture
def _catalogue(db: None) -> None:
    with gathered():
        places = regions()
        carer = brand("吕梁山护工", region=places["141100"], aliases=("吕梁山的护工",))
        brand("吕梁护工", region=places["141100"])
        brand("永川月嫂", region=places["500118"])
        brand("“纺织女工”", region=places["429005"])
        program("雨露计划")
        statistic(carer, 90000)


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("吕粱山护工", "吕梁山护工"),
        ("吕良山护工", "吕梁山护工"),
        ("吕梁山的沪工", "吕梁山的护工"),
        ("吕梁护山工", "吕梁山护工"),
        ("吕梁山工", "吕梁山护工"),
        ("雨路计划", "雨露计划"),
        ("永川 月扫", "永川 月嫂"),
        ("重庆月扫", "重庆月嫂"),  # a division and a slip
        ("永穿", "永川"),
        ("纺织女公", "纺织女工"),
        ("纺织·女公", "纺织女工"),
        ("luliansanhugong", None),
        ("lvliangsanhugong", "吕梁山护工"),
        ("lvlian shanhugong", None),
        ("yongchuang", "永川"),
        ("吕梁山护工 产值", "吕梁山护工"),  # without the filter that leaves nothing
    ],
)
def test_what_was_meant(typed: str, expected: str | None) -> None:
    assert next((correction.text for correction in corrections(typed)), None) == expected


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize("typed", ["", "天文台", "景点", "hugonh", "吕" * (LONGEST + 1), "、、、", "产值", "123"])
def test_where_nothing_is_like_it(typed: str) -> None:
    assert corrections(typed) == []


@pytest.mark.usefixtures("_catalogue")
def test_corrections_are_few() -> None:
    for number in range(MOST + 3):
        brand(f"吕粱{'东西南北上下左右'[number]}护工")
    assert len(corrections("吕粱中护工")) == MOST


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(
    ("typed", "expected"), [("第一届大比武", None), ("第三届大比武", None), ("第二届大比式", "第二届大比武")]
)
def test_another_number_is_no_slip(typed: str, expected: str | None) -> None:
    program("第二届大比武")
    assert next((correction.text for correction in corrections(typed)), None) == expected


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("吕梁山焊工", None),  # another trade
        ("吕梁山保安", None),
        ("潜江月嫂", None),  # another place
        ("文水县月嫂队", None),
        ("永川教师队伍", None),  # 队伍 is a word of the catalogue
        ("永川教师队武", "永川教师队员"),  # 队武 is none
    ],
)
def test_a_slip_replaces_no_word_that_means_something(typed: str, expected: str | None) -> None:
    with gathered():
        brand("永川教师队员", region=regions()["500118"])
        brand("文永县月嫂队", region=regions()["500118"])
        program("建设一支队伍")
    assert next((correction.text for correction in corrections(typed)), None) == expected


@pytest.mark.django_db
def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(QueryError):
        corrections("字" * 101)
