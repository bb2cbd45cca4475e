"""What one piece of a line is, by its words alone."""

import re
import unicodedata
from functools import cache

from brands.vocabulary.choices import BrandLevel, Industry
from curation.transfer.people_words import chosen
from ingest.name_shapes import is_name, shape_of, trade_of
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
_BRACKETS_AHEAD = re.compile("[(（]([^()（）]{1,30})[)）](.{2,60})")
_PLACE_AHEAD = re.compile(r"(.{2,20}?)(?:[:：]|\s+|——|-)(.{2,60})")
_MARKS = "【】〔〕“”「」『』\"'‘’《》、，。；：:;,. \t\u3000·•-—*"


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
    text = "".join(text.split()) if not text.isascii() else text
    quoted = _QUOTED.search(text)
    name = quoted[1] if quoted and not _goes_on(text, quoted) else text.strip(_OUTER if quoted else _MARKS)
    bare = _BRAND.sub("", name).strip(_OUTER if quoted else _MARKS)
    name = bare if len(bare) > 1 else name
    return name if 1 < len(name) <= LONGEST_NAME and is_name(name) and not year_said(name) else ""


def begins_quoted(text: str) -> bool:
    """Whether the piece is a name that only begins in quotes: “数字+”标注师."""
    quoted = _QUOTED.match(text)
    return quoted is not None and _goes_on(text, quoted)


def _goes_on(text: str, quoted: re.Match[str]) -> bool:
    """Whether the quotes are a part of the name, with a trade behind them."""
    behind = _BRAND.sub("", text[quoted.end() :])
    return quoted.start() == 0 and bool(behind) and trade_of(behind) == behind


def looks_like_one(text: str) -> bool:
    """Whether the piece says of itself that it is a name: in quotes, or a place and a trade."""
    name = name_said(text)
    return bool(name) and (is_quoted(text) or shape_of(name).full)


def names_said(text: str) -> list[str]:
    """The names that a cell or an item has: one, or several between 、 and the like, line ends, 和 or 与 where every
    part can be one; none where it can't be told apart."""
    text = ENOUGH.sub("", text.strip(_OUTER))
    parts = [part for part in _APART.split(text) if part.strip(_MARKS) and not part.isascii()]
    if len(parts) > 1 or (parts and parts[0] != text):
        found = [name for part in parts for name in names_said(part)]
        return found if all(map(_may_be_one, parts)) else []
    for between in (_BLANKS, _AND):
        parts = [part for part in between.split(text) if part.strip(_MARKS)]
        if len(parts) > 1 and all(map(looks_like_one, parts)):
            return [name_said(part) for part in parts]
    name = name_said(text)
    return [name] if name else []


def _may_be_one(part: str) -> bool:
    is_else = place_said(part) or trade_said(part) or level_said(part) or is_office(part)
    return bool(names_said(part)) and (is_quoted(part) or not is_else)


# Behind the last of several names: 等3个.
ENOUGH = re.compile("等[0-9一二三四五六七八九十百]{0,4}(?:个|家|大)?(?:特色|省级|市级)?(?:劳务)?(?:品牌)?(?:为.*)?$")

_APART = re.compile("[、，,；;/／](?![^“「『]*[”」』])")
_BLANKS = re.compile(r"\s+")
_AND = re.compile("[和与及]")
_OUTER = "【】〔〕《》、，。；：:;,. \t\n\u3000·•-—*"


def is_quoted(text: str) -> bool:
    return _QUOTED.search(text) is not None


def out_of_brackets(text: str) -> tuple[str, str]:
    """What stands before brackets at the end of a piece, or behind those at its begin, and in them."""
    if (match := _BRACKETS_AHEAD.fullmatch(text.strip())) and place_said(match[1]):
        return match[2].strip(), match[1].strip()
    match = _BRACKETED.fullmatch(text.strip())
    return (match[1].strip(), match[2].strip()) if match else (text.strip(), "")


def out_of_place(text: str) -> tuple[str, str]:
    """The place that a piece begins with, if something follows it, and what follows: 离石区：离石绣娘."""
    match = _PLACE_AHEAD.fullmatch(text.strip())
    return (match[1], match[2]) if match and place_said(match[1]) else ("", text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
