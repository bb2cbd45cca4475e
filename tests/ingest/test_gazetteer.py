"""Names of divisions in texts, without a database."""

import random
import subprocess
import sys

import pytest

from ingest import lexicon
from ingest.gazetteer import COUNTRY, Gazetteer, NameHit, NameKind, gazetteer
from tests.pace import keeps_pace


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


def names_in(places: Gazetteer, text: str) -> list[str]:
    return [hit.name for hit in places.find(text)]


def meant(places: Gazetteer, name: str, *context: str) -> str | None:
    found = places.choose(places.candidates(name), context)
    return found.adcode if found else None


def test_a_division_knows_its_row(places: Gazetteer) -> None:
    quyang = places.by_code("130634")
    assert (quyang.name, quyang.common_name, quyang.level, quyang.depth) == ("曲阳县", "曲阳", "county", 3)
    assert places.by_code("450000").short_name == "桂"


@pytest.mark.parametrize("code", ["130699", "", "13", "450127", "abcdef"])
def test_codes_not_in_force_are_refused(places: Gazetteer, code: str) -> None:
    assert code not in places
    with pytest.raises(KeyError):
        places.by_code(code)


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("100000", []),
        ("450000", ["100000"]),
        ("130634", ["130600", "130000", "100000"]),
        ("310104", ["310000", "100000"]),
        ("429005", ["420000", "100000"]),
    ],
)
def test_ancestors_lead_up_to_the_country(places: Gazetteer, code: str, above: list[str]) -> None:
    assert [division.adcode for division in places.ancestors(code)] == above


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("100000", "130634", True),
        ("100000", "100000", True),
        ("130000", "130634", True),
        ("130600", "130634", True),
        ("130634", "130634", True),
        ("130600", "130000", False),
        ("130700", "130634", False),
        ("310000", "310104", True),
        ("420000", "429005", True),
        ("429005", "429006", False),
        ("500000", "500235", True),
        ("450000", "450127", True),
        ("130000", "100000", False),
    ],
)
def test_contains_follows_the_code(places: Gazetteer, outer: str, inner: str, expected: bool) -> None:
    assert places.contains(outer, inner) is expected


def test_contains_agrees_with_the_tree(places: Gazetteer) -> None:
    for code in list(places.divisions)[::7]:
        above = {division.adcode for division in places.ancestors(code)}
        assert all(places.contains(outer, code) for outer in above)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["130634"], "130634"),
        (["130634", "130633"], "130600"),
        (["130634", "130800"], "130000"),
        (["130634", "450000"], "100000"),
        (["429005", "429006"], "420000"),
    ],
)
def test_smallest_holding(places: Gazetteer, codes: list[str], expected: str) -> None:
    assert places.smallest_holding(codes).adcode == expected


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("广西壮族自治区", "450000", NameKind.FULL),
        ("广西", "450000", NameKind.COMMON),
        ("桂", "450000", NameKind.SHORT),
        ("八桂", "450000", NameKind.LITERARY),
        ("横县", "450181", NameKind.FORMER),
        ("恩施州", "422800", NameKind.AUTONOMOUS),
        ("互助县", "630223", NameKind.AUTONOMOUS),
        ("鄂温克旗", "150724", NameKind.AUTONOMOUS),
        ("科右前旗", "152221", NameKind.AUTONOMOUS),
        ("西柏坡", "130131", NameKind.PLACE),
        ("中国", COUNTRY, NameKind.COMMON),
        ("单县", "371722", NameKind.FULL),
    ],
)
def test_a_name_leads_to_its_division(places: Gazetteer, name: str, code: str, kind: NameKind) -> None:
    assert [(c.division.adcode, c.kind) for c in places.candidates(name)] == [(code, kind)]


@pytest.mark.parametrize("name", ["朝阳", "鼓楼", "海州", "通州", "江宁", "城关区", "伊宁", "东乡县", "龙城", "巴州"])
def test_an_ambiguous_name_has_all_its_candidates(places: Gazetteer, name: str) -> None:
    candidates = places.candidates(name)
    expected = 1 if name == "江宁" else 2
    assert len(candidates) >= expected
    order = [(c.division.depth, c.division.adcode) for c in candidates]
    assert order == sorted(set(order))


@pytest.mark.parametrize("name", ["", "大", "保姆", "乌有县"])
def test_what_is_no_name_has_no_candidates(places: Gazetteer, name: str) -> None:
    assert places.candidates(name) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吕梁山护工走出大山", ["吕梁山"]),
        ("吕梁护工", ["吕梁"]),
        ("广西南宁横州市校椅镇", ["广西", "南宁", "横州市"]),
        ("河北省保定市曲阳县", ["河北省", "保定市", "曲阳县"]),
        ("江西安福县", ["江西", "安福县"]),
        ("陕西安康市", ["陕西", "安康市"]),
        ("黑龙江省齐齐哈尔市", ["黑龙江省", "齐齐哈尔市"]),
        ("内蒙古科尔沁右翼前旗", ["内蒙古", "科尔沁右翼前旗"]),
        ("青海互助县与海西州", ["青海", "互助县", "海西州"]),
        ("桂字号、川字号", []),
        ("超大城市和示范县的合作社", []),
        ("党和政府投资兴业", []),
        ("新华社南宁电", ["南宁"]),
        ("", []),
    ],
)
def test_find_takes_the_leftmost_and_of_those_the_longest(places: Gazetteer, text: str, expected: list[str]) -> None:
    assert names_in(places, text) == expected


@pytest.mark.parametrize("name", ["横州", "横州市", "湘西土家族苗族自治州", "敖汉", "八桂", "襄樊"])
def test_a_planted_name_is_found_at_its_place(places: Gazetteer, name: str) -> None:
    text = f"那年春天，他从{name}出发。"
    assert [(h.start, h.end, h.name) for h in places.find(text)] == [(7, 7 + len(name), name)]
    assert text[7 : 7 + len(name)] == name


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("和平", True),
        ("和平县", False),
        ("合作", True),
        ("合作市", False),
        ("会同", True),
        ("曲阳", False),
        ("兴县", True),
    ],
)
def test_names_that_are_ordinary_words_say_so(places: Gazetteer, text: str, ambiguous: bool) -> None:
    (hit,) = places.find(text)
    assert hit.ambiguous_word is ambiguous


def by_hand(words: set[str], decoys: set[str], text: str) -> list[tuple[int, int]]:
    """Leftmost-longest by trying every stretch at every place."""
    found, at = [], 0
    while at < len(text):
        end = next((e for e in range(min(len(text), at + 20), at + 1, -1) if text[at:e] in words), None)
        if end is not None and text[at:end] not in decoys:
            found.append((at, end))
        at = end or at + 1
    return found


def test_find_equals_trying_every_stretch(places: Gazetteer) -> None:
    decoys = {row["word"] for row in lexicon.rows("ordinary_words") if row["kind"] == "decoy"}
    words = {name for name in places.names if len(name) > 1} | decoys
    dice = random.Random(2260)
    pool = sorted(words)
    for _ in range(200):
        pieces = [dice.choice(pool)[dice.randrange(2) :][: dice.randrange(1, 6)] for _ in range(12)]
        text = "".join(pieces)
        assert [(h.start, h.end) for h in places.find(text)] == by_hand(words, decoys, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吕梁护工", "吕梁"),
        ("吕梁山护工", "吕梁山"),
        ("互助县绣娘", "互助县"),
        ("中宁枸杞技工", "中宁"),
        ("八桂米粉师傅", "八桂"),
        ("科右前旗护工", "科右前旗"),
        ("内蒙古架线工", "内蒙古"),
        ("大嫂", None),
        ("南丁格尔护工", None),
        ("川厨师", None),
        ("大城市月嫂", None),
        ("月嫂", None),
        ("", None),
    ],
)
def test_prefix_takes_the_longest_name_at_the_start(places: Gazetteer, text: str, expected: str | None) -> None:
    hit = places.prefix(text)
    assert (hit.name if hit else None) == expected
    assert hit is None or (hit.start, hit.end) == (0, len(hit.name))


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("曲阳", [], "130634"),
        ("曲阳", ["440000"], "130634"),
        ("朝阳", ["110000"], "110105"),
        ("朝阳", ["220100"], "220104"),
        ("朝阳", ["211300"], "211300"),
        ("朝阳", ["211381"], "211300"),
        ("朝阳", [], "211300"),
        ("鼓楼", [], None),
        ("鼓楼", ["440000"], None),
        ("鼓楼", ["350000"], "350102"),
        ("鼓楼", ["440000", "410200"], "410204"),
        ("鼓楼", ["320000"], "320000"),
        ("鼓楼", ["320000", "320300"], "320302"),
        ("通州", ["100000"], None),
        ("通州", ["320600"], "320612"),
        ("通州", ["110105"], None),
        ("伊宁", [], "654000"),
        ("长沙", [], "430100"),
        ("海南", ["630000"], "460000"),
        ("凤城", [], "210682"),
        ("凤城", ["640000"], "640100"),
        ("江北", ["500000"], "500157"),
        ("巴蜀", [], None),
        ("巴蜀", ["510100"], "510000"),
        ("东乡县", ["360000"], "361003"),
        ("乌有县", [], None),
    ],
)
def test_choose_takes_what_the_context_leaves(
    places: Gazetteer, name: str, context: list[str], expected: str | None
) -> None:
    assert meant(places, name, *context) == expected


def test_a_hit_carries_what_it_may_mean(places: Gazetteer) -> None:
    (hit,) = places.find("在朝阳")
    assert isinstance(hit, NameHit)
    assert hit.candidates == places.candidates("朝阳")


def test_the_gazetteer_is_built_once() -> None:
    assert gazetteer() is gazetteer()


def test_nothing_is_read_on_import() -> None:
    code = "import sys, ingest.gazetteer as g; sys.exit(g.gazetteer.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_five_megabytes_are_searched_in_linear_time(places: Gazetteer) -> None:
    sentence = "记者从河北省保定市曲阳县人力资源和社会保障局获悉，当地劳务品牌带动群众增收。"
    short, long = sentence * 4_500, sentence * 45_000
    assert len(long.encode()) > 5_000_000
    assert keeps_pace(lambda: places.find(short), lambda: places.find(long), times=20, slack=0.1)
    assert len(places.find(long)) == 3 * 45_000
