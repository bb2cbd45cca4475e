"""Place names with odd readings, each checked against how the place calls itself."""

import csv
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unicodedata import normalize

import pytest
from pypinyin import lazy_pinyin

from brands.vocabulary.pinyin import (
    SORT_KEY_LENGTH,
    TABLE,
    initials,
    place_spelling,
    sort_key,
    spelled,
    spelling,
    syllables,
    toned,
)

PLACES = """
朝阳 chao yang | 朝天 chao tian | 漯河 luo he | 长垣 chang yuan | 什邡 shi fang | 洪洞 hong tong | 单县 shan xian
涡阳 guo yang | 浚县 xun xian | 荥经 ying jing | 荥阳 xing yang | 筠连 jun lian | 宕昌 tan chang | 繁峙 fan shi
蔚县 yu xian | 铅山 yan shan | 六安 lu an | 六合 lu he | 六盘水 liu pan shui | 丽水 li shui | 台州 tai zhou
乐陵 lao ling | 乐亭 lao ting | 乐清 yue qing | 南乐 nan le | 民乐 min le | 乐昌 le chang | 乐山 le shan | 乐至 le zhi
东阿 dong e | 番禺 pan yu | 大埔 da bu | 黄埔 huang pu | 阆中 lang zhong | 犍为 qian wei | 郫都 pi du | 邛崃 qiong lai
綦江 qi jiang | 涪陵 fu ling | 井陉 jing xing | 蠡县 li xian | 莘县 shen xian | 莘庄 xin zhuang | 莒县 ju xian
歙县 she xian | 黟县 yi xian | 亳州 bo zhou | 泌阳 bi yang | 郏县 jia xian | 柘城 zhe cheng | 尉氏 wei shi | 尉犁 yu li
解州 hai zhou | 隰县 xi xian | 洋浦 yang pu | 勐海 meng hai | 牟定 mou ding | 牟平 mu ping | 中牟 zhong mu
会泽 hui ze | 会理 hui li | 会稽 kuai ji | 厦门 xia men | 监利 jian li | 黄陂 huang pi | 盱眙 xu yi | 邗江 han jiang
甪直 lu zhi | 鄞州 yin zhou | 嵊州 sheng zhou | 缙云 jin yun | 长子 zhang zi | 子长 zi chang | 行唐 xing tang
闵行 min hang | 任丘 ren qiu | 任泽 ren ze | 重庆 chong qing | 西藏 xi zang | 巴中 ba zhong | 珲春 hun chun
桦甸 hua dian | 敦化 dun hua | 乌什 wu shi | 吐鲁番 tu lu fan | 喀什 ka shi | 和硕 he shuo | 阿图什 a tu shi
塔什库尔干 ta shi ku er gan | 克什克腾 ke shi ke teng | 康巴什 kang ba shi | 伽师 jia shi | 佛冈 fo gang | 佛坪 fo ping
尼勒克 ni le ke | 库尔勒 ku er le | 阿勒泰 a le tai | 锡林郭勒 xi lin guo le | 疏勒 shu le | 弥勒 mi le | 策勒 ce le
红寺堡 hong si bu | 吴堡 wu bu | 龙圩 long xu | 马尾 ma wei | 汕尾 shan wei | 大城县 dai cheng xian | 丹棱 dan ling
穆棱 mu ling | 绥棱 sui ling | 泊头 bo tou | 称多 chen duo | 蚌埠 beng bu | 蚌山 beng shan | 覃塘 qin tang
召陵 shao ling | 南召 nan zhao | 昆都仑 kun du lun | 三都 san du | 于都 yu du | 都匀 du yun | 望都 wang du
成都 cheng du | 丰都 feng du | 都江堰 du jiang yan
长治 chang zhi | 长葛 chang ge | 长武 chang wu | 长白 chang bai | 天长 tian chang
长丰 chang feng | 长清 chang qing | 长汀 chang ting | 长沙 chang sha | 弓长岭 gong chang ling | 渑池 mian chi
柞水 zha shui | 枞阳 zong yang | 栖霞 qi xia | 宝坻 bao di | 巴彦淖尔 ba yan nao er | 阿城 a cheng | 阿荣 a rong
兖州 yan zhou | 曲阜 qu fu | 茌平 chi ping | 鄄城 juan cheng | 临朐 lin qu | 无棣 wu di | 即墨 ji mo | 芝罘 zhi fu
郯城 tan cheng | 睢宁 sui ning | 邳州 pi zhou | 句容 ju rong | 溧阳 li yang | 浒墅关 xu shu guan | 砀山 dang shan
濉溪 sui xi | 弋阳 yi yang | 鄱阳 po yang | 婺源 wu yuan | 浔阳 xun yang | 猇亭 xiao ting | 秭归 zi gui | 蕲春 qi chun
郧阳 yun yang | 硚口 qiao kou | 耒阳 lei yang | 汨罗 mi luo | 郴州 chen zhou | 澧县 li xian | 溆浦 xu pu | 儋州 dan zhou
东莞 dong guan | 珙县 gong xian | 宿州 su zhou | 宿松 su song | 万柏林 wan bai lin | 吕梁 lv liang | 绿春 lv chun
略阳 lve yang | 鄠邑 hu yi | 岢岚 ke lan | 崆峒 kong tong | 宕昌县 tan chang xian | 莎车 sha che | 库车 ku che
额尔古纳 e er gu na | 浪卡子 lang ka zi | 百色 bai se | 册亨 ce heng | 瀍河 chan he | 鲅鱼圈 ba yu quan
"""
CHECKED = [tuple(item.strip().split(" ", 1)) for line in PLACES.strip().splitlines() for item in line.split("|")]


def test_the_checked_list_is_long_enough() -> None:
    assert len(set(CHECKED)) >= 150


@pytest.mark.parametrize(("place", "expected"), CHECKED, ids=[place for place, _ in CHECKED])
def test_a_place_is_read_as_it_calls_itself(place: str, expected: str) -> None:
    assert " ".join(syllables(place)) == expected


def test_a_thousand_places_more_are_read_right() -> None:
    """Mostly names of divisions, each with a character of several readings or one that few people know."""
    with Path(__file__).with_name("place_readings.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["place"]: row["pinyin"] for row in csv.DictReader(file)}
    assert len(expected) > 1000
    assert {place: " ".join(syllables(place)) for place in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吕梁山护工", "lu liang shan hu gong"),
        ("略阳 AI训练师", "lue yang _ a i xun lian shi"),
        ("威县“纺织女工”", "wei xian “ fang zhi nu gong ”"),
        ("𠮷祥İ", "𠮷 xiang İ"),
        ("", ""),
    ],
)
def test_a_spelling_has_an_item_a_character(text: str, expected: str) -> None:
    assert spelling(text) == expected.split()
    assert len(spelling(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("长垣厨师", "chang yuan chu shi"),
        ("单县羊汤师傅", "shan xian yang tang shi fu"),
        ("山西长治市长子县", "shan xi chang zhi shi zhang zi xian"),
        ("八桂米粉师傅", "ba gui mi fen shi fu"),
        ("藏茶调饮师", "zang cha tiao yin shi"),
        ("靓嫂采摘队", "liang sao cai zhai dui"),
        ("六安瓜片", "lu an gua pian"),
        ("两座大城市", "liang zuo da cheng shi"),
    ],
)
def test_a_place_is_read_inside_a_longer_text(text: str, expected: str) -> None:
    assert " ".join(syllables(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("ABC", ["abc"]),
        ("2024年", ["2024", "nian"]),
        ("A级 护工", ["a", "ji", " ", "hu", "gong"]),
        ("“鲁字号”", ["“", "lu", "zi", "hao", "”"]),
        ("𠮷祥", ["𠮷", "xiang"]),
        ("〇一", ["ling", "yi"]),
    ],
)
def test_other_characters_pass_through(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("吕梁山护工", "llshg"), ("长垣厨师", "cycs"), ("V2清洁师", "v2qjs"), ("", ""), ("𠮷祥", "𠮷x")],
)
def test_initials(text: str, expected: str) -> None:
    assert initials(text) == expected


def test_sort_key_sorts_by_syllable() -> None:
    assert sorted(["西安面皮师", "仙桃裁缝", "云和师傅", "阿坝绣娘"], key=sort_key) == [
        "阿坝绣娘",
        "西安面皮师",
        "仙桃裁缝",
        "云和师傅",
    ]


def test_sort_key_keeps_its_limit() -> None:
    assert len(sort_key("庄" * 1000)) == SORT_KEY_LENGTH


def test_every_word_of_the_table_has_a_syllable_a_character() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = [row["word"] for row in rows]
    assert len(words) == len(set(words))
    assert [row for row in rows if len(row["word"]) != len(row["pinyin"].split())] == []
    assert all(row["pinyin"].replace(" ", "").isascii() and row["pinyin"].islower() for row in rows)


def test_pypinyins_own_dictionary_stays_as_it_was() -> None:
    before = lazy_pinyin("涡阳")
    assert syllables("涡阳") != before
    assert lazy_pinyin("涡阳") == before


def test_many_threads_read_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(sort_key, ["长垣厨师"] * 64)) == {"chang yuan chu shi"}


def test_nothing_is_loaded_on_import() -> None:
    code = "import sys, brands.vocabulary.pinyin; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_long_text_is_read_in_linear_time() -> None:
    assert len(syllables("长垣厨师" * 20_000)) == 80_000


class TestTones:
    @pytest.mark.parametrize(
        ("name", "read"),
        [
            ("吕梁山护工", "lǚ liáng shān hù gōng"),
            ("单县羊汤", "shàn xiàn yáng tāng"),
            ("浚县石匠", "xùn xiàn shí jiàng"),
            ("长垣厨师", "cháng yuán chú shī"),
            ("绿茶师", "lǜ chá shī"),
        ],
    )
    def test_the_table_says_the_syllable_and_the_dictionary_its_tone(self, name: str, read: str) -> None:
        assert " ".join(syllable for _character, syllable in toned(name)) == read

    def test_what_is_not_chinese_or_that_nobody_reads_has_none(self) -> None:
        assert toned("𠮷 A级") == (("𠮷", ""), (" ", ""), ("A", ""), ("级", "jí"))
        assert toned("") == ()

    def test_each_place_of_the_table_is_read_as_it_says(self) -> None:
        with TABLE.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                marked = [syllable for _character, syllable in toned(row["word"])]
                bare = ["".join(c for c in normalize("NFD", one) if c.isascii()) for one in marked]
                assert bare == row["pinyin"].replace("v", "u").split(), row["word"]


def test_a_sort_key_as_people_write_it() -> None:
    assert spelled("lv liang nve lv2") == "lü liang nüe lv2"
    assert spelled("") == ""


@pytest.mark.parametrize(("key", "name"), [("xi an", "Xi'an"), ("lv liang", "Lüliang"), ("", "")])
def test_a_place_is_one_word(key: str, name: str) -> None:
    assert place_spelling(key) == name
