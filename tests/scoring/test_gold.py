"""Each gold file says only what its article says: names and numbers stand in the text, codes exist, values agree."""

import csv
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from brands.vocabulary.choices import BrandLevel, Industry, Metric, ProgramKind
from tests.scoring.harvest import STARTER, fresh, retold, sources

HERE = Path(__file__).resolve().parent
INGEST = HERE.parent.parent / "ingest"
RETOLD = retold().folder
FRESH = fresh().folder
TEXTS = (HERE / "articles", INGEST / "samples", *retold().texts, *fresh().texts)
GOLD = sorted([*(HERE / "gold").rglob("*.json"), *(RETOLD / "gold").glob("*.json"), *(FRESH / "gold").glob("*.json")])

# Shares and growth told as “one in eight”, “half”, “2.4 times”: worked out, so no reading of one numeral can give them.
WORKED_OUT = {
    "每8件里就有1件": 12.5,
    "四分之一": 25.0,
    "有一半": 50.0,
    "近一半": 50.0,
    "一半以上": 50.0,
    "一半多": 50.0,
    "增加近一倍": 100.0,
    "高出近一倍": 100.0,
    "翻了一番": 100.0,
    "增长2.4倍": 240.0,
    "翻了两番": 300.0,
    "10多个亿": 10**9,
}

# What a number measures, in the words of the contract.
SCOPES = {"total", "new", "shown", "part", "each", "rise"}

QUOTES = re.compile("[“”\"'‘’「」『』]")
# The Traditional characters that a number and its hedges are written with.
TRADITIONAL = str.maketrans("萬億餘約幾數", "万亿余约几数")
NUMERAL = re.compile(r"[0-9〇零一二两三四五六七八九十百千万亿数几半]+(?:\.[0-9]+)?[十百千万亿多余几来]*[成%]?")
HEDGES = {
    "over": re.compile("多|余|以上|超|逾|突破|不少于|上百|过万|上千|上万|几"),
    "nearly": re.compile("近|接近|将近"),
    "about": re.compile("约|左右|上下|来"),
    "several": re.compile("数|几"),
    "at_most": re.compile("最多|至多|最高|以内|以下|不超过"),
}
RISE = re.compile("增收|增加|增长|多收入|多挣|提高|高出")
DIGITS = {d: i for i, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SIZES = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))


def squeeze(text: str) -> str:
    """`text` in plain widths, its numbers in Simplified characters, without white space and quotation marks."""
    return QUOTES.sub("", "".join(unicodedata.normalize("NFKC", text).translate(TRADITIONAL).split()))


def read(numeral: str) -> float:
    """The value of a numeral in digits, Chinese numerals or both: 1.5万, 十八万, 数千, 百."""
    for unit, size in SIZES:
        head, found, tail = numeral.partition(unit)
        if found:
            return (read(head) if head else 1) * size + (read(tail) if tail else 0)
    plain = "".join(str(DIGITS.get(c, c)) for c in numeral)
    return float(plain) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", plain) else 0.0


def values(stated: str) -> list[float]:
    """Every number that `stated` holds; a tenth (成) counts as ten per cent."""
    found = []
    for match in NUMERAL.finditer(squeeze(stated)):
        word = re.sub("[多余几来数%]", "", match.group())
        found.append(read(word.removesuffix("成")) * (10 if word.endswith("成") else 1))
    return found


def table_unit(column: str) -> int:
    """The size that the head of a table's column gives its bare numbers: 年劳务收入（亿元） is 10**8."""
    head = column.partition("（")[2]
    return next((size for unit, size in SIZES if unit in head), 1)


def text_of(gold: dict[str, Any]) -> str:
    path: Path = next(d / gold["file"] for d in TEXTS if (d / gold["file"]).is_file())
    return path.read_text(encoding="utf-8")


def codes() -> set[str]:
    with (INGEST / "lexicon" / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["adcode"] for row in csv.DictReader(file)}


def scopes(statistic: dict[str, Any]) -> list[str]:
    return [statistic["scope"], *statistic.get("scope_any", [])]


def subjects(statistic: dict[str, Any]) -> list[dict[str, str]]:
    return [statistic["subject"], *statistic.get("subject_any", [])]


@pytest.fixture(params=GOLD, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    loaded: dict[str, object] = json.loads(request.param.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("7.08万农牧民", 70800),
        ("１５００余人", 1500),
        ("十八万人", 180000),
        ("30余万人", 300000),
        ("数千万人", 10**7),
        ("百余家", 100),
        ("八成", 80),
        ("占了两席", 2),
        ("三百二十人", 320),
        ("22.7%", 22.7),
        ("近20億元", 20 * 10**8),
        ("15萬餘人", 150000),
    ],
)
def test_a_numeral_is_read(stated: str, expected: float) -> None:
    assert expected in values(stated)


def test_every_article_has_gold() -> None:
    articles = {path.stem for path in (HERE / "articles").glob("*.txt")}
    assert articles <= {path.stem for path in GOLD}
    assert all(json.loads(path.read_text(encoding="utf-8"))["file"] == f"{path.stem}.txt" for path in GOLD)


def test_every_retold_page_has_gold_and_a_source() -> None:
    golds = sorted(f"{path.stem}.txt" for path in (RETOLD / "gold").glob("*.json"))
    here = {path.name for path in (RETOLD / "texts").glob("*.txt")}
    shipped = {path.name for folder in STARTER for path in folder.glob("*.txt")}
    assert here <= set(golds) <= here | shipped
    assert not here & shipped
    assert golds == sorted(row["file"] for row in sources(RETOLD))
    assert [row for row in sources(RETOLD) if not row["group"] or not row["source_title"] or None in row.values()] == []


def test_every_fresh_page_has_gold_and_a_source() -> None:
    golds = sorted(f"{path.stem}.txt" for path in (FRESH / "gold").glob("*.json"))
    assert golds == sorted(path.name for path in (FRESH / "texts").glob("*.txt"))
    assert golds == sorted(row["file"] for row in sources(FRESH))
    assert [row for row in sources(FRESH) if not row["group"] or not row["source_title"] or None in row.values()] == []


def test_every_sample_has_gold_here_or_in_the_corpus(corpus: Path) -> None:
    samples = {path.stem for path in (INGEST / "samples").glob("*.txt")}
    assert samples <= {path.stem for path in [*GOLD, *(corpus / "gold").glob("*.json")]}


def test_every_starter_page_has_gold_with_a_brand(corpus: Path) -> None:
    golds = {path.stem: path for folder in (RETOLD, corpus / "harvest") for path in (folder / "gold").glob("*.json")}
    for path in (path for folder in STARTER for path in folder.glob("*.txt")):
        gold = json.loads(golds[path.stem].read_text(encoding="utf-8"))
        assert any(not one.get("optional") for one in gold["brands"]), path.name


def test_names_stand_in_the_text(gold: dict[str, Any]) -> None:
    text = squeeze(text_of(gold))
    named = [n for e in gold["brands"] + gold["programs"] for n in [e["name"], *e.get("aliases", [])]]
    titles = [a["title"] for a in gold["articles"]]
    assert [n for n in named + titles if squeeze(n) not in text] == []


def test_what_is_said_of_a_brand_stands_in_the_text(gold: dict[str, Any]) -> None:
    text = squeeze(text_of(gold))
    said = [b[key] for b in gold["brands"] for key in ("batch", "organisation", "issuer", "contact") if key in b]
    said += [place for b in gold["brands"] for place in b.get("destinations", []) if not place.isdigit()]
    assert [words for words in said if squeeze(words) not in text] == []
    assert all(1990 <= b.get("recognised_year", 2000) <= 2030 for b in gold["brands"])


def test_statistics_stand_in_the_text(gold: dict[str, Any]) -> None:
    text = squeeze(text_of(gold))
    stated = [s[key] for s in gold["statistics"] for key in ("stated", "column") if key in s]
    assert [s for s in stated if squeeze(s) not in text] == []


def test_values_agree_with_what_is_stated(gold: dict[str, Any]) -> None:
    for statistic in gold["statistics"]:
        stated = statistic["stated"]
        size = table_unit(statistic.get("column", ""))
        wanted = [v / size for v in (statistic["value"], statistic.get("value_max", statistic["value"]))]
        found = [*values(stated), WORKED_OUT.get(stated, 0.0)]
        assert all(any(abs(w - f) < 1e-6 * max(w, 1) for f in found) for w in wanted), (stated, wanted, found)


def test_qualifiers_agree_with_what_is_stated(gold: dict[str, Any]) -> None:
    for statistic in gold["statistics"]:
        stated = re.sub("多达|高达", "", squeeze(statistic["stated"]))
        said = {name for name, hedge in HEDGES.items() if hedge.search(stated)}
        wanted = statistic["qualifier"]
        assert wanted in said if wanted != "exact" else not said, (statistic["stated"], wanted, said)


def test_codes_exist(gold: dict[str, Any]) -> None:
    used = [c for b in gold["brands"] for c in [b["region"], *b.get("region_any", [])]]
    used += [place for b in gold["brands"] for place in b.get("destinations", []) if place.isdigit()]
    used += [s["code"] for st in gold["statistics"] for s in subjects(st) if s["type"] == "region"]
    assert sorted(set(used) - codes()) == []


def test_words_are_those_of_the_contract(gold: dict[str, Any]) -> None:
    brands, statistics = gold["brands"], gold["statistics"]
    assert {i for b in brands for i in [b["industry"], *b.get("industry_any", [])]} <= set(Industry.values)
    assert {b.get("level", "") for b in brands} <= {"", *BrandLevel.values}
    assert {p["kind"] for p in gold["programs"]} <= set(ProgramKind.values)
    assert {m for s in statistics for m in [s["metric"], *s.get("metric_any", [])]} <= set(Metric.values)
    assert all(s["unit"] for s in statistics)


def test_every_statistic_has_a_scope_of_the_contract(gold: dict[str, Any]) -> None:
    wrong = [s for s in gold["statistics"] if not set(scopes(s)) <= SCOPES or len(set(scopes(s))) < len(scopes(s))]
    assert wrong == []


def test_a_part_says_of_what_in_words_of_the_text_and_nothing_else_does(gold: dict[str, Any]) -> None:
    text = squeeze(text_of(gold))
    parts = [s for s in gold["statistics"] if s["scope"] == "part"]
    assert [s for s in gold["statistics"] if "part_of" in s and s not in parts] == []
    assert [s for s in parts if not s.get("part_of") or squeeze(s["part_of"]) not in text] == []


def test_what_grew_is_a_rise(gold: dict[str, Any]) -> None:
    grew = [s for s in gold["statistics"] if s["metric"] == "growth" or RISE.search(s["stated"])]
    assert [s for s in grew if "rise" not in scopes(s)] == []


def test_subjects_are_named_in_the_same_file(gold: dict[str, Any]) -> None:
    known = {
        kind: {n for e in gold[f"{kind}s"] for n in [e["name"], *e.get("aliases", [])]} for kind in ("brand", "program")
    }
    named = [s for st in gold["statistics"] for s in subjects(st) if s["type"] != "region"]
    assert [s for s in named if s["name"] not in known[s["type"]]] == []


def test_nothing_is_said_twice(gold: dict[str, Any]) -> None:
    required = [s for s in gold["statistics"] if not s.get("optional")]
    spoken = [json.dumps([s["subject"], s["metric"], s["value"], s["stated"]], sort_keys=True) for s in required]
    assert len(spoken) == len(set(spoken))
