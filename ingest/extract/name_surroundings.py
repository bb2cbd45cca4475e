"""What stands right before and after a candidate: part of the features of the learned decision.

Each says whether some words are there; of several places of a name the strongest counts.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

from ingest.extract.context import Context, makes_brand
from ingest.lexicon import words
from ingest.name_shapes import alternation, trade_of

Features: TypeAlias = dict[str, float]

# So many places of a name are looked at.
MAX_PLACES = 5
# So many characters before and after a name are read.
REACH = 24


def surroundings(context: Context, spans: Sequence[tuple[int, int]]) -> Features:
    """What stands beside a name at its places, the strongest of them."""
    found: Features = {}
    for start, end in spans[:MAX_PLACES]:
        for name, value in _beside(context, start, end).items():
            found[name] = max(found.get(name, value), value)
    return found


def _beside(context: Context, start: int, end: int) -> Features:
    text = context.text
    sentence = context.sentences.at(start, end)
    before = text[max(start - REACH, sentence.start, 0) : start].rstrip(_MARKS)
    after = text[end : end + REACH].split("\n", 1)[0].lstrip(_MARKS)
    found: Features = {
        "in title": float(start < context.body_start),
        "in a work's title": float(_is_in_work(text, start, end)),
        "in longer quotes": float(_is_quoted_in_part(text, start)),
        "near subject": float(context.near_brand(start, end, reach=0)),
        "near brand": float(context.near_loose(start, end, reach=0)),
        "brand a sentence off": float(context.near_loose(start, end, reach=1)),
        "placed": float(bool(context.places.run_ending(start)) or bool(context.place_before(start - 1))),
        "alone on its line": float(text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")),
    }
    for name, pattern in _after().items():
        found[name] = float(pattern.match(after) is not None)
    for name, pattern in _before().items():
        found[name] = float(pattern.search(before) is not None)
    gap = _to_brand().match(after)
    found["brand after"] = 1 / (1 + len(gap[1])) if gap else 0.0
    found["then other kind"] = float((kind := _THEN_KIND.match(after)) is not None and is_other_kind(kind[1]))
    found["after other kind"] = float((kind := _AFTER_KIND.search(before)) is not None and is_other_kind(kind[1]))
    return found


def _is_in_work(text: str, start: int, end: int) -> bool:
    """Whether a name stands between 《 and 》."""
    opened = text.rfind("《", max(start - REACH, 0), start)
    return opened >= 0 and text.find("》", opened, start) < 0 <= text.find("》", end, end + REACH)


def _is_quoted_in_part(text: str, start: int) -> bool:
    """Whether a name stands in quotes that begin before it: “东安县‘东安鸡’传承人培育中心”."""
    before = text[max(start - REACH, 0) : start].rstrip(_MARKS)
    return before.rfind("“") > max(before.rfind("”"), before.rfind("\n"))


_MARKS = '“”‘’「」『』" '


@cache
def _after() -> dict[str, re.Pattern[str]]:
    brand, loose = alternation(words("triggers", "brand")), alternation(words("triggers", "loose"))
    other, foreign = alternation(words("triggers", "after_other")), alternation(words("triggers", "foreign"))
    return {
        "then subject": re.compile(f"(?!{makes_brand()})(?:特色|这一|等)?[^，。；：“”]{{0,4}}?(?:{brand})"),
        "then makes brand": re.compile(makes_brand()),
        "then brand": re.compile(f"(?:这个|这一|这块|这张|特色)?(?:{loose})"),
        "then is brand": re.compile(f"[^。；]{{0,4}}(?:是|成为|成了|作为|已成)[^。；“”]{{0,16}}(?:{loose})"),
        "then staff": re.compile(f"(?:的|有|名下)?(?:{alternation(words('triggers', 'staff'))})"),
        "then counted": re.compile(f"[^。；]{{0,10}}?(?:{alternation(words('triggers', 'counted'))})"),
        "then other": re.compile(f"等?[的这]?(?:{other}|(?:{foreign})品牌)"),
        "then mark": re.compile("[、，。；：！）]|等|\\Z"),
        "then more Han": re.compile("[一-鿿]"),
        "then plan": re.compile("[一-鿿]{0,6}(?:工程|行动|计划|项目|方案|培训班|大赛|比赛|竞赛|考核|杯|节)"),
        "then thing": re.compile("[^，。；]{0,6}(?:产品|地理标志|之乡|非遗|遗产|技艺|文化|景区|称号|奖)"),
        "then person": re.compile(f"[{''.join(words('shapes', 'surnames'))}](?:某|[一-鿿]{{1,2}}[，、。（说])"),
        "then and so on": re.compile("等"),
        "then worth": re.compile("(?:区域)?公用|[^，。；“”]{0,8}(?:价值|估值|集体商标|证明商标|地理标志)|牌[一-鿿]"),
    }


@cache
def _before() -> dict[str, re.Pattern[str]]:
    brand, loose = alternation(words("triggers", "brand")), alternation(words("triggers", "loose"))
    return {
        "after subject": re.compile(f"(?:{brand})[^，。；]{{0,4}}$"),
        "after brand": re.compile(f"(?:{loose})[^，。；]{{0,3}}$"),
        "after naming": re.compile(f"(?:{alternation(words('triggers', 'naming'))})[了为是作做：:—-]{{0,3}}$"),
        "after make": re.compile(f"(?:{alternation(words('triggers', 'make'))})[了出起好]?[^，。；]{{0,4}}$"),
        "after honour": re.compile("(?:授予|荣获|获得|评为|称号|被誉为|誉为|获评)[^，。；]{0,8}$"),
        "after title": re.compile(f"(?:{alternation(words('triggers', 'before_title'))})[^，。；]{{0,4}}$"),
        "after number": re.compile("[0-9万千百余多名位]$"),
        "after Han": re.compile("[一-鿿]$"),
        "after comma": re.compile("[、和与及]$"),
    }


@cache
def _to_brand() -> re.Pattern[str]:
    return re.compile(f"([^。！？\n]{{0,{REACH}}}?)(?:{alternation(words('triggers', 'loose'))})")


# --- other kinds of brands --------------------------------------------------------------------------------------------


def other_kinds(text: str) -> int:
    """How often a text speaks of brands of another kind."""
    found, at = 0, text.find(_BRAND)
    while at >= 0:
        match = _KIND_BEFORE.search(text, max(at - LONGEST_KIND, 0), at)
        found += match is not None and is_other_kind(match[0])
        at = text.find(_BRAND, at + 1)
    return found


def is_other_kind(words_before: str) -> bool:
    """Whether the words right before 品牌 say that it is none of labour: 区域公用, 民宿; not 特色劳务, 家政服务."""
    kind = _rank().sub("", _CLAUSE.split(words_before)[-1])
    return len(kind) > 1 and not _labour().search(f"{kind}{_BRAND}") and len(trade_of(kind)) < 2


_BRAND = "品牌"
# So many characters before 品牌 may say of which kind it is.
LONGEST_KIND = 8
_THEN_KIND = re.compile(f"等?([一-鿿]{{0,10}}?){_BRAND}")
_AFTER_KIND = re.compile(f"([一-鿿]{{1,{LONGEST_KIND}}}){_BRAND}[—-]{{0,2}}$")
_KIND_BEFORE = re.compile("[一-鿿]+$")
# What ends a clause, or an attribute, before the word for a kind: 成了县里最响的|民宿.
_CLAUSE = re.compile("[的了是成为在把让将就都也最有这那个和与及]")


@cache
def _rank() -> re.Pattern[str]:
    """What says of a brand how good it is or whose, and not of which kind."""
    return re.compile(f"{alternation(words('triggers', 'ranks'))}|[一二三四五六七八九十两几多]+[张块大批]")


@cache
def _labour() -> re.Pattern[str]:
    return re.compile(
        f"{alternation(words('triggers', 'labour_kinds'))}|(?:{alternation(words('triggers', 'brand'))})$"
    )
