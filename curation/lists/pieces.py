"""What one piece of a line is, by its words alone."""

import re
import unicodedata
from functools import cache

from brands.vocabulary.choices import BrandLevel, Industry
from curation.transfer.people_words import chosen
from ingest.name_shapes import is_name
from ingest.place_mentions import places_in

# A longer piece is a sentence and no name.
LONGEST_NAME = 30

_OFFICE = re.compile(
    "(?:局|公司|中心|协会|学校|学院|商会|联合会|委员会|合作社|厂|院|所|办公室|人民政府|政府|工会|妇联|集团|基地|站|部|厅|社)$"
)
_YEAR = re.compile("((?:19|20)[0-9]{2})年?(?:度)?")
_BATCH = re.compile("(?:第)?[0-9一二三四五六七八九十]{1,3}批(?:次)?")
_COUNT = re.compile("[0-9]{1,4}[.、．)）]?|[一二三四五六七八九十]{1,3}")
_FIGURE = re.compile("[0-9][0-9.,]*(?:[万亿余]{0,3})(?:人|人次|元|个|家|户|%)?|1[0-9]{10}|0[0-9]{2,3}-[0-9]{7,8}")
_QUOTED = re.compile('[“「『"]([^“”「」『』"]{1,40})[”」』"]')
_BRAND = re.compile("(?:特色|知名|区域)?(?:劳务)?品牌$")
_BRACKETED = re.compile("(.{1,40}?)[(（]([^()（）]{1,60})[)）]")
_MARKS = "“”「」『』\"'‘’《》、，。；：:;,. \t\u3000·•-—*"


def place_said(text: str) -> bool:
    """Whether the piece is nothing but names of places: 山西省吕梁市, 吕梁, 辖区 aside."""
    plain = text.strip(_MARKS)
    if not 2 <= len(plain) <= 24:
        return False
    hits = places_in(plain).hits
    at = 0
    for hit in hits:
        if hit.start != at:
            return False
        at = hit.end
    return bool(hits) and at == len(plain)


def level_said(text: str) -> str:
    """The level that the piece names: 省级."""
    return _choice("level", text)


def trade_said(text: str) -> str:
    """The trade that the piece names: 家政服务, 餐饮类."""
    plain = text.strip(_MARKS)
    return _choice("industry", plain) or _choice("industry", re.sub("(?:行业|类|业|型)$", "", plain))


def _choice(name: str, text: str) -> str:
    if not text.strip() or len(text) > 12:
        return ""
    try:
        return chosen(text, name, _choices(name))
    except ValueError:
        return ""


@cache
def _choices(name: str) -> list[tuple[str, str]]:
    return [(value, label) for value, label in (BrandLevel if name == "level" else Industry).choices]  # type: ignore[misc]


def year_said(text: str) -> str:
    match = _YEAR.fullmatch(_plain(text))
    return match[1] if match else ""


def batch_said(text: str) -> str:
    match = _BATCH.search(text)
    return match[0] if match else ""


def is_office(text: str) -> bool:
    """Whether the piece is an organisation: …人社局."""
    return len(text) > 3 and _OFFICE.search(text.strip(_MARKS)) is not None


def counts(text: str) -> bool:
    """Whether the piece is only the number of a row."""
    return _COUNT.fullmatch(_plain(text)) is not None


def is_figure(text: str) -> bool:
    """Whether the piece is a number of something, or of a telephone."""
    return _FIGURE.fullmatch(_plain(text)) is not None


def name_said(text: str) -> str:
    """The name that the piece is: without quotes, and without 劳务品牌 behind it; empty where it can be none."""
    quoted = _QUOTED.search(text)
    name = quoted[1] if quoted else text.strip(_MARKS)
    bare = _BRAND.sub("", name).strip(_MARKS)
    name = bare if len(bare) > 1 else name
    return name if 1 < len(name) <= LONGEST_NAME and is_name(name) else ""


def is_quoted(text: str) -> bool:
    return _QUOTED.search(text) is not None


def out_of_brackets(text: str) -> tuple[str, str]:
    """What stands before brackets at the end of a piece, and in them: 吕梁山护工（吕梁市）."""
    match = _BRACKETED.fullmatch(text.strip())
    return (match[1].strip(), match[2].strip()) if match else (text.strip(), "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
