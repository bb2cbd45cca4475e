"""The names of programs taken apart: what stays the same from one edition to the next, the edition and the year."""

import re
from dataclasses import dataclass

from brands.vocabulary.names import name_key

# An edition and a year lie within these; the oldest fairs count past a hundred.
EDITIONS = range(1, 300)
YEARS = range(1949, 2101)
# A series has at least so many characters: what is left of 第三届大会 names none.
MIN_SERIES = 3


@dataclass(frozen=True, slots=True)
class TitleParts:
    """`series` is the key of a name without edition, year and the words of its issue; the whole key where nothing
    would be left. `edition` is that of 第三届, `year` the first one that the name holds."""

    series: str
    edition: int | None = None
    year: int | None = None


def title_parts(name: str) -> TitleParts:
    """The parts of a program's name.

    >>> title_parts("2024年第三届全国劳务品牌发展大会")
    TitleParts(series='全国劳务品牌发展大会', edition=3, year=2024)
    >>> title_parts("省人社厅关于印发《清河县劳务品牌建设办法（试行）》的通知").series
    '清河县劳务品牌建设办法'
    """
    plain = _DRAFT.sub("", _document(name))
    year, edition = _YEAR.search(plain), _EDITION.search(plain)
    rest = _EDITION.sub("", _YEAR.sub("", plain, count=1), count=1)
    series = name_key(rest)
    return TitleParts(
        series if len(series) >= MIN_SERIES else name_key(name),
        _within(_ordinal(edition["count"]), EDITIONS) if edition else None,
        _within(int(year["year"]), YEARS) if year else None,
    )


def names_its_reach(series: str) -> bool:
    """Whether a name says where it holds, so that no other place has one of that name: 全国…, 河西县…."""
    return _REACH.match(series) is not None


def _document(name: str) -> str:
    """A document under its own name, without who issued it and the notice that it came with; and “雨露”计划 as 雨露."""
    plain = name.removeprefix("《").removesuffix("》")
    if quoted := _QUOTED.fullmatch(plain):
        return quoted["inner"]
    if notice := _NOTICE.search(plain):
        plain = notice["inner"]
    issued = _ISSUER.match(plain)
    plain = plain[issued.end() :] if issued else plain
    return _OF_KIND.sub("", plain.removeprefix("关于")) if _IS_DOCUMENT.search(plain) else plain


_QUOTED = re.compile("“(?P<inner>[^“”]{2,20})”(?:工程|计划|项目|行动)")
_KINDS = (
    "意见|方案|办法|规划|条例|措施|规范|标准|纲要|细则|规定|清单|目录|计划|指引|指南|决定|政策|规程|制度|要点|通知|"
    "公告|通告"
)
_NOTICE = re.compile(
    r"关于(?:印发|转发|发布|公布|下发)[《〈“]?(?P<inner>[^《》〈〉]{4,80}?)[》〉”]?的(?:通知|公告|函)$"
)
_ISSUER = re.compile(r"[^关《]{0,60}?(?:[厅局委部办会府院央]|部门|办公室|联)\s*(?=关于)")
_IS_DOCUMENT = re.compile(rf"(?:{_KINDS})(?:[（(][^（）()]{{1,16}}[）)])?$")
_OF_KIND = re.compile(rf"的(?=(?:若干|实施|指导)?(?:{_KINDS})(?:[（(][^（）()]{{1,16}}[）)])?$)")
_DRAFT = re.compile(r"[（(](?:试行|暂行|讨论稿|征求意见稿|修订版?|[0-9]{4}年版|送审稿)[）)]")
_YEAR = re.compile(
    r"[（(]?(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?:[年—–~～至到-]{1,2}(?:19|20)[0-9]{2})?(?![0-9])年?度?[）)]?"
)
_DIGITS = "〇零一二两三四五六七八九十百0-9"
_EDITION = re.compile(rf"(?:第(?P<count>[{_DIGITS}]{{1,5}})|首)[届期季回批]")
_REACH = re.compile("全国|中国|国际|世界|中华|长三角|粤港澳|京津冀|.{2,7}?[省市县区旗州盟]")


def _ordinal(words: str | None) -> int:
    """三 as 3, 十二 as 12, 一百零三 as 103; 首届 has no word and is the first; 0 for what is no number."""
    if words is None:
        return 1
    if words.isdecimal():
        return int(words)
    total = digit = 0
    for character in words:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        elif character.isdecimal() and character in "0123456789":
            return 0
        else:
            digit = "〇一二三四五六七八九".find(character.replace("零", "〇").replace("两", "二"))
    return total + digit


def _within(number: int, bounds: range) -> int | None:
    return number if number in bounds else None
