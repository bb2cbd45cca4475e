"""What a query may mean, without an index: which conditions are made of which words."""

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Region
from brands.search.conditions import Condition, Labelled, Question, Spelled, Text, Together, Why, Within
from brands.search.filter_terms import TRADE, labels, spelled_trades, whole_trades
from brands.search.interpret import MAX_PIECES, MAX_SOUNDING, question
from brands.search.places import MOST, named, romanised_names, sounding
from brands.vocabulary.choices import BrandLevel, Category, Industry, Metric
from brands.vocabulary.folding import fold
from brands.vocabulary.pinyin import spelling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]


def flat(conditions: Iterable[Condition]) -> list[Condition]:
    return [
        inner
        for one in conditions
        for inner in ([one] if not isinstance(one, Together) else [i for word in one.words for i in flat(word)])
    ]


def texts(asked: Question, *whys: Why) -> set[str]:
    return {one.text for word in asked.words for one in word if isinstance(one, Text) and one.why in whys}


def places(conditions: Iterable[Condition]) -> list[tuple[str, Why]]:
    return [(one.adcode, one.why) for one in conditions if isinstance(one, Within)]


def together(asked: Question) -> list[str]:
    """Words that are read as several, as their texts and codes."""
    several = (one for word in asked.words for one in word if isinstance(one, Together))
    return [" + ".join(called(choices[0]) for choices in one.words) for one in several]


def called(one: Condition) -> str:
    if isinstance(one, Within):
        return one.adcode
    assert not isinstance(one, Together)
    return one.text


@pytest.mark.parametrize(
    "typed", ["吕梁山护工", "重庆 护工 月薪", "广西米粉", "llshg", "guangximifen", "呂梁護工", "ＡＩ訓練師", "8", "、"]
)
def test_the_literal_text_comes_first(typed: str) -> None:
    asked = question(typed)
    first = [word[0] for word in asked.words]
    assert [replace(one, own=False) for one in first if isinstance(one, Text)] == [
        Text(fold(word)) for word in typed.split()
    ]


@pytest.mark.parametrize("typed", ["重庆 护工 月薪", "广西米粉", "llshg hg", "河北福嫂·燕赵家政"])
def test_exactly_what_was_typed(typed: str) -> None:
    assert question(typed, exact=True).words == tuple((Text(word),) for word in typed.split())


def test_a_word_in_quotes_is_literal() -> None:
    asked = question("“重庆” 护工")
    assert asked.words[0] == (Text("重庆"),)
    assert len(asked.words[1]) > 1
    assert question("“重庆”").words == ((Text("重庆"),),)
    assert question("“重庆 护工”").words == ((Text("重庆 护工"),),)


def test_marks_may_be_left_out() -> None:
    assert question("河北福嫂·燕赵家政").words[0][:2] == (Text("河北福嫂·燕赵家政"), Text("河北福嫂燕赵家政"))


@pytest.mark.parametrize("typed", ["1.5万人", "85%", "2020-2023", "3/4", "-5"])
def test_a_mark_of_a_number_is_never_left_out(typed: str) -> None:
    texts = [one.text for one in question(typed).words[0] if isinstance(one, Text)]
    assert texts == [typed]


def test_thousands_may_be_typed_apart() -> None:
    assert question("1,500人").words[0][:2] == (Text("1,500人"), Text("1500人"))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("重庆", [("500000", Why.REGION)]),
        ("重庆市", [("500000", Why.REGION)]),
        ("重慶", [("500000", Why.REGION)]),
        ("广西壮族自治区", [("450000", Why.REGION)]),
        ("桂", [("450000", Why.REGION)]),
        ("八桂", [("450000", Why.SYNONYM)]),
        ("襄樊", [("420600", Why.SYNONYM)]),
        ("恩施州", [("422800", Why.REGION)]),
        ("恩施", [("422800", Why.REGION)]),
        ("互助县", [("630223", Why.REGION)]),
        ("吉林", [("220000", Why.REGION)]),
        ("吉林市", [("220200", Why.REGION)]),
        ("朝阳", [("211300", Why.REGION), ("110105", Why.REGION), ("220104", Why.REGION)]),
        ("陕北", []),
        ("中国", []),
        ("大姐", []),
        ("guangxi", [("450000", Why.PINYIN)]),
        ("lvliang", [("141100", Why.PINYIN), ("530322", Why.PINYIN)]),  # 吕梁, and 陆良: lv is lu
        ("xi'an", [("610100", Why.PINYIN), ("220403", Why.PINYIN), ("231005", Why.PINYIN)]),
        ("gx", []),
        ("guang", []),
    ],
)
def test_a_word_names_a_division(typed: str, codes: list[tuple[str, Why]]) -> None:
    assert places(question(typed).words[0]) == codes


def test_a_name_of_many_divisions_is_cut() -> None:
    assert len(places(question("鼓楼").words[0])) <= MOST
    assert len(sounding([("gu", "lou")])[("gu", "lou")]) <= MOST
    assert named([]) == {}
    assert sounding([]) == {}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("广西米粉", ["450000 + 米粉"]),
        ("重庆护工", ["500000 + 护工"]),
        ("护工重庆", ["500000 + 护工"]),
        ("护工月薪", ["护工 + 月薪"]),
        ("重庆护工月薪", ["500000 + 护工 + 月薪"]),
        ("山西省吕梁市护工", ["140000 + 吕梁市护工", "141100 + 护工"]),
        ("山西省吕梁市", ["140000 + 吕梁市", "141100"]),
        ("山西吕梁山护工", ["140000 + 吕梁山护工", "141100 + 护工"]),
        ("guangximifen", ["450000 + mifen"]),
        ("guangxi米粉", ["450000 + 米粉"]),
        ("guangximf", ["450000 + mf"]),
        ("重庆", []),
        ("桂花", []),
        ("吕梁山的护工" * 5, []),
    ],
)
def test_a_word_is_several(typed: str, expected: list[str]) -> None:
    assert [reading for reading in together(question(typed)) if reading in expected] == expected
    assert expected or together(question(typed)) == []


def test_a_long_word_is_not_read_as_too_many() -> None:
    assert together(question("护工月嫂裁缝厨师")) == ["护工 + 月嫂 + 裁缝 + 厨师"]
    assert together(question("护工月嫂裁缝厨师焊工")) == []
    assert together(question("护工月嫂护工月嫂")) == ["护工 + 月嫂"]
    assert len(together(question("guangxiningxiashanxiliaoning"))) <= MAX_SOUNDING
    assert MAX_PIECES == 4


def test_synonyms_are_looked_for_too() -> None:
    assert "吕梁护工" in texts(question("吕梁护理员"), Why.SYNONYM)
    assert "护理员" in {one.text for one in flat(question("重庆护工").words[0]) if isinstance(one, Text)}
    assert texts(question("景点"), Why.SYNONYM) == set()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("重庆 护工 月薪", ["industry:care", "metric:per_capita_income"]),
        ("月薪", ["metric:per_capita_income"]),
        ("月嫂", []),  # what is looked for, not a filter: others of the trade are none
        ("护工", ["industry:care"]),  # all of the trade are
        ("省级 护工", ["level:provincial", "industry:care"]),
        ("月薪高", []),
    ],
)
def test_words_that_mean_a_filter(typed: str, expected: list[str]) -> None:
    conditions = (one for word in question(typed).words for one in word)
    assert [one.label for one in conditions if isinstance(one, Labelled)] == expected


def test_trades_are_spelled_as_they_sound() -> None:
    trades = {word: label for word, label in labels().items() if label.startswith(TRADE)}
    assert {"".join(spelling(word)): word for word in trades}.keys() == spelled_trades().keys()
    assert whole_trades() <= trades.keys()


def test_a_trade_may_be_typed_as_it_sounds() -> None:
    word = question("baoan").words[0]
    assert Text("保安", Why.PINYIN, own=True) in word
    assert Text("保安", Why.PINYIN, own=True) in flat(question("chongqing baoan").words[0])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("shaanxi", "610000"),
        ("Shaanxi", "610000"),
        ("inner mongolia", "150000"),
        ("tibet", "540000"),
        ("hohhot", "150100"),
    ],
)
def test_names_of_divisions_in_latin_letters(typed: str, code: str) -> None:
    assert (code, Why.PINYIN) in places(question(typed).words[0])


def test_names_in_latin_letters_are_of_divisions_and_no_pinyin() -> None:
    spelled = dict(Region.objects.filter(pk__in=romanised_names().values()).values_list("adcode", "pinyin"))
    assert {name for name, code in romanised_names().items() if spelled[code].replace(" ", "") == name} == set()


def test_a_trade_is_said_of_itself() -> None:
    for typed in ("月嫂", "护工", "焊工"):
        assert all(one.own for one in question(typed).words[0] if isinstance(one, Text))
    assert not any(one.own for one in question("搬家").words[0] if isinstance(one, Text))


def test_what_is_refused() -> None:
    asked = question("护工 -重庆 -家政 -省级")
    assert asked.without == (
        Text("重庆", own=True),
        Text("家政", own=True),
        Text("省级", own=True),
        Within("500000", "重庆"),
        Labelled("level:provincial", "省级"),
    )
    assert question("“护工” -“重庆”").without == (Text("重庆", own=True),)


def test_a_question_is_also_what_was_typed() -> None:
    asked = question("重庆的护工一个月多少钱")
    assert asked.wants == "metric:per_capita_income"
    assert [word[0] for word in asked.words] == [Text("重庆", own=True), Text("护工", own=True)]
    assert {word[-1] for word in asked.words} == {Text("重庆的护工一个月多少钱")}
    assert question("“重庆的护工”").words == ((Text("重庆的护工"),),)


def test_filters_are_of_the_vocabulary() -> None:
    known = {"industry": Industry, "metric": Metric, "category": Category, "level": BrandLevel}
    assert len(labels()) > 50
    for label in labels().values():
        kind, value = label.split(":")
        assert value in known[kind].values


def test_words_typed_apart_may_be_one_name() -> None:
    word, *more = question("lü liang shan hu gong").words
    assert more == []
    assert isinstance(word[0], Spelled)
    assert word[0].reading.matches(["lu", "liang", "shan", "hu", "gong"], "吕梁山护工") == [(0, 5)]
    assert isinstance(word[-1], Together)
    assert len(word[-1].words) == 5


def test_chinese_is_never_read_as_pinyin() -> None:
    for typed in ("景点", "吕梁山护工", "重庆 护工 月薪"):
        assert [one for word in question(typed).words for one in flat(word) if isinstance(one, Spelled)] == []


@pytest.mark.parametrize(("typed", "most"), [("重庆 护工 月薪", 3), ("吕梁山护工", 3), ("guangxi mifen", 4)])
def test_a_reading_costs_few_statements(typed: str, most: int) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        question(typed)
    assert len(asked) <= most


def test_no_dictionary_is_loaded_on_import() -> None:
    code = "import sys, django; django.setup(); import brands.search.interpret; sys.exit('pypinyin' in sys.modules)"
    environment = {"DJANGO_SETTINGS_MODULE": "laobrand.settings", "PYTHONPATH": "."}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode == 0


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "''", "“”", "、、、", "%_\\", "a" * 100, "啊" * 100, "ü" * 100, "a b c d e f g h"]
)
def test_odd_queries_are_read(typed: str) -> None:
    assert isinstance(question(typed), Question)
