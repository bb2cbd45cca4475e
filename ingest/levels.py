"""Who recognised a brand, as the words around it say: 省级劳务品牌, 河北省知名劳务品牌, 获评全国劳务品牌."""

import re
from collections.abc import Iterator
from functools import cache

from brands.vocabulary.choices import BrandLevel
from ingest.gazetteer import COUNTRY, NameKind, gazetteer
from ingest.lexicon import ahead, table
from ingest.name_shapes import alternation
from ingest.text import Span

# How the codes end of the divisions that recognise brands of a level, the higher first.
CODES = {BrandLevel.PROVINCIAL: "0000", BrandLevel.PREFECTURAL: "00"}


# Words of hope stand at most so many characters before the level that they hope for.
HOPED = 10


def level_of(text: str) -> BrandLevel | None:
    """The level that a heading or clause gives to the brands it speaks of, or None."""
    if not _telling().search(text):
        return None
    for level, pattern in _patterns():
        match = pattern.search(text)
        if match and not _hoped().search(text[max(match.start() - HOPED, 0) : match.start()]):
            return level
    return _by_umbrella(text) or _by_division(text)


def level_recognised(text: str) -> tuple[BrandLevel, Span] | None:
    """The level that the last sentence gives which both recognises brands (上榜, 公布) and states one, and where that
    sentence stands; or None.

    A sentence that quotes a name of its own speaks of that one: “…”被列为全国典型劳务品牌 says nothing of a list below.
    """
    for sentence in reversed(list(_SENTENCE.finditer(text))):
        said = sentence.group()
        if recognition().search(said) and not _own_name().search(said) and (level := level_of(said)):
            return level, Span(*sentence.span())
    return None


_SENTENCE = re.compile("[^。！？\n]+")


@cache
def _telling() -> re.Pattern[str]:
    """Words without which no pattern below finds anything: most clauses are told by this one look."""
    return re.compile(alternation(*(tuple(table("levels")[key]) for key in _TELLING)))


_TELLING = ("brand", "titles", "provincial", "prefectural")


@cache
def _own_name() -> re.Pattern[str]:
    return re.compile("[“「『](?![^”」』]{1,3}(?:字号|系列)|[^”」』\n]{2,24}品牌[”」』])")


@cache
def recognition() -> re.Pattern[str]:
    """Words by which a sentence recognises brands: 上榜, 获评, 公布."""
    return re.compile(_words("recognition"))


def _words(key: str) -> str:
    return alternation(tuple(table("levels")[key]))


@cache
def _brand() -> str:
    return recognised_thing().pattern


@cache
def _hoped() -> re.Pattern[str]:
    """What is only wanted, counted or compared with: 打造成|省级劳务品牌, 69个是|省级, 在|全国劳务品牌里."""
    return re.compile(f"(?:{_words('hoped')})[^，。；]{{0,4}}$|在$|个[是为]$")


@cache
def recognised_thing() -> re.Pattern[str]:
    """What is recognised: a labour brand, and no conference on them, nor their face."""
    return re.compile(f"(?:{alternation(tuple(table('levels')['brand']))})(?!{_words('measures')})")


@cache
def _patterns() -> tuple[tuple[BrandLevel, re.Pattern[str]], ...]:
    """What each level is called, the surest first."""
    return tuple((level, re.compile(pattern)) for level, pattern in _expressions())


def _expressions() -> Iterator[tuple[BrandLevel, str]]:
    brand, praise, gap = _brand(), _words("praise"), "[一-鿿“”]{0,8}?"
    listed = table("levels")
    praised = f"[“”]?(?:(?:{praise})[“”]?){{0,2}}{brand}"
    other = f"(?![一-鿿]{{0,3}}(?:{_words('not_of_brand')}))"
    title = f"(?:{_words('titles')})(?=[，。；、”]|$)"
    issued = f"(?:{_words('offices')})[^，。；]{{0,8}}(?:{_words('recognise')})(?!了?的?[获得]奖)[^。]{{0,40}}{brand}"
    yield BrandLevel.NATIONAL, f"(?:{_words('national')}){gap}{brand}|全国(?!知名|著名){praised}|全国{title}"
    becomes = f"(?:{_words('becomes')})[“”]?"
    yield BrandLevel.NATIONAL, f"{becomes}全国(?!{_words('honours')})[一-鿿]{{0,6}}?{brand}"
    yield BrandLevel.PROVINCIAL, f"{becomes}[一-鿿]{{0,8}}?(?:省|自治区){brand}"
    provincial = (
        f"(?:{_words('provincial')}){other}|(?:省|自治区){gap}(?:{praise}){praised}|[我全]省(?:{brand}|{title})"
    )
    yield BrandLevel.PROVINCIAL, f"{ahead(listed['provincial'], '省自我全')}(?:{provincial})"
    prefectural = f"(?:{_words('prefectural')}){other}|[我全]市{praised}"
    yield BrandLevel.PREFECTURAL, f"{ahead(listed['prefectural'], '我全')}(?:{prefectural})"
    county = f"(?:{_words('county')}){gap}{brand}|[我全]县{praised}"
    yield BrandLevel.COUNTY, f"{ahead(listed['county'], '我全')}(?:{county})"
    yield BrandLevel.PROVINCIAL, f"(?:省|自治区)[一-鿿]{{0,10}}{issued}"
    yield BrandLevel.PREFECTURAL, f"(?<!城)[市州盟][一-鿿]{{0,10}}{issued}"


@cache
def _umbrella() -> re.Pattern[str]:
    return re.compile(
        f"(?:首|第[一二三四五六七八九十0-9]{{1,3}})批[“‘「]?([一-鿿])[”’」]?字号[”’」]?(?:{_words('praise')})?{_brand()}"
    )


def _by_umbrella(text: str) -> BrandLevel | None:
    """第三批“豫字号”劳务品牌: a province names its brands so, in batches; without one it is only how people speak."""
    match = _umbrella().search(text)
    kinds = {c.kind for c in gazetteer().candidates(match[1])} if match else set()
    return BrandLevel.PROVINCIAL if NameKind.SHORT in kinds else None


@cache
def _listing() -> re.Pattern[str]:
    return re.compile(f"{_words('recognition')}|{_words('titles')}|批")


@cache
def _of_division() -> re.Pattern[str]:
    praise = _words("praise")
    title = f"(?:{_words('titles')})(?=[，。；、”]|$)"
    return re.compile(f"(?:的|第?[一二三四五六七八九十0-9首]{{1,3}}批|[“”]){{0,2}}(?:{praise})[“”]?{_brand()}|{title}")


def _by_division(text: str) -> BrandLevel | None:
    """列入上海的特色劳务品牌, 吕梁市十大劳务品牌: the division whose name stands right before the praise. Where nobody
    recognises or lists, 打出梧州特色劳务品牌 only says where it is from."""
    if not _listing().search(text):
        return None
    for hit in gazetteer().find(text):
        if not _of_division().match(text, hit.end):
            continue
        codes = [c.division.adcode for c in hit.candidates if c.division.adcode != COUNTRY]
        for level, end in CODES.items():
            if any(code.endswith(end) for code in codes):
                return level
        return BrandLevel.COUNTY if codes else None
    return None
