"""The divisions of an article that can govern a number: by their names, or by words for one (全省, 当地)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from brands.vocabulary.choices import RegionLevel
from ingest.extract.anchor_kinds import PARAGRAPH, PROVINCE, Anchor, Weakness, either, mark_listed
from ingest.frozen import frozen
from ingest.gazetteer import COUNTRY, Candidate, Division, Gazetteer, NameHit, NameKind, gazetteer, stem
from ingest.lexicon import table
from ingest.place_mentions import dateline, places_in
from ingest.place_reading import is_venue
from ingest.records import ExtractedArticle, Subject, SubjectType

# The depth of a county in the gazetteer.
COUNTY = 3
# Most names of divisions, and most words for one, that are looked at in an article; a dense real page has some 300.
MAX_ANCHORS = 5000
# A word of time or place before a division that opens a clause ends within so many characters (截至2024年12月底).
OPENING = 14
# 在 stands at most so many characters before a place where people work, with others of its list between.
REACHED = 14
# So many names before a word like 全市 are asked which division it means.
LOOK_BACK = 12


def region_anchors(article: ExtractedArticle, named: Sequence[Anchor], homes: Mapping[str, str]) -> list[Anchor]:
    text, gaz = article.text.text, gazetteer()
    listed = mark_listed(text, _named_regions(text, named, article.place, gaz), 1)
    local = _at_home({anchor.subject.key for anchor in listed}, article.place, homes.values())
    local |= {a.subject.key for a in listed if a.end <= article.body_start and not _is_aside(text, a)}
    own = {article.place, *homes.values()}
    partners = [replace(a, weak=Weakness.NONE, listed=False) for a in listed if _is_partner(text, a, article.place)]
    others = (a for a in listed if not _is_partner(text, a, article.place) and not _is_aside(text, a))
    others = (a for a in others if not (_is_limit(text, a) and _is_elsewhere(a, own)))
    scenes = [*partners, *(a for a in others if a.subject.key in own or not _is_workplace(text, a))]
    placed = (_placed(a, gaz, a.subject.key in local) for a in scenes)
    kept = [anchor for anchor in placed if anchor is not None]
    return [*kept, *_scope_anchors(article, [*kept, *named], homes, gaz)]


def _named_regions(text: str, named: Sequence[Anchor], place: str, gaz: Gazetteer) -> list[Anchor]:
    """The divisions named in the text. In a chain (内蒙古赤峰市敖汉旗) all stand where the first one stands."""
    found: list[Anchor] = []
    meant: dict[tuple[Candidate, ...], Division | None] = {}
    for hit in islice(_hits(text, named), MAX_ANCHORS):
        if hit.candidates not in meant:
            meant[hit.candidates] = gaz.choose(hit.candidates, [place] if place else [])
        division = meant[hit.candidates]
        if division is None or division.adcode == COUNTRY:
            continue
        chained = bool(found) and _goes_on(text, found[-1], hit.start, division, gaz)
        opens = found[-1].weak is Weakness.NONE if chained else _opens_clause(text, hit.start)
        opens = opens or bool(_SETTLED.match(text, hit.end))
        weak = Weakness.ASIDE if not opens or _speaks().match(text, hit.end) else Weakness.NONE
        found.append(Anchor(hit.start, hit.end, Subject(SubjectType.REGION, division.adcode), weak=weak))
    return found


def _goes_on(text: str, before: Anchor, at: int, division: Division, gaz: Gazetteer) -> bool:
    """Whether a division stands in one chain with the one before it: 赤峰市敖汉旗, 西安的蓝田县."""
    between = text[before.end : at]
    return not between or (between in _OF and gaz.contains(before.subject.key, division.adcode))


_OF = ("的", "下辖的", "所辖的", "下属的", "所属的")
# 落户东莞以来，: what follows is of that place.
_SETTLED = re.compile("(?:以来|以后|之后)，")


def _hits(text: str, named: Sequence[Anchor]) -> Iterator[NameHit]:
    """Names of divisions that stand outside the names of brands and datelines and are no everyday words."""
    starts = [a.start for a in named]
    datelines = {match.start(1) for match in dateline().finditer(text)}
    for hit in places_in(text).hits:
        if hit.start in datelines:
            continue
        at = bisect_right(starts, hit.start) - 1
        inside = at >= 0 and hit.start < named[at].end
        full = not hit.ambiguous_word or any(c.kind is NameKind.FULL for c in hit.candidates)
        if not inside and full:
            yield hit


def _is_aside(text: str, anchor: Anchor) -> bool:
    """Whether a division is only a destination (not 往南到怀宁县，: there the scene moves), part of a firm's name, the
    place where something is held, or where a report was filed (新华社长沙11月21日的消息)."""
    if _part().match(text, anchor.end) or is_venue(text, anchor.start, anchor.end):
        return True
    if text[anchor.start - 1 : anchor.start] in ("（", "(") and text[anchor.end : anchor.end + 1] in ("）", ")"):
        return True  # 武宁装饰人（江西）: of the name before it
    if _FILED.match(text, anchor.end) and text.startswith(_agencies(), anchor.start - 1):
        return True
    going = _destination().search(text, max(anchor.start - 3, 0), anchor.start)
    return bool(going) and not _SCENE.match(text, anchor.end)


_ALONE = re.compile("(?:[单光]是?|仅在?)$")
_ONE_PLACE = re.compile("一[地市城处县]|，")
_FILED = re.compile("[0-9]{1,2}月[0-9]{1,2}日")


@cache
def _agencies() -> tuple[str, ...]:
    return tuple(table("subjects")["destination"]["agencies"])


def _is_limit(text: str, anchor: Anchor) -> bool:
    """单是北京一地，: where some of those are who are counted."""
    alone = _ALONE.search(text, max(anchor.start - 3, 0), anchor.start)
    return alone is not None and _ONE_PLACE.match(text, anchor.end) is not None


def _is_elsewhere(anchor: Anchor, own: Iterable[str]) -> bool:
    """Whether a division lies in another province than the article and its brands."""
    provinces = {code[:PROVINCE] for code in own if code}
    return bool(provinces) and anchor.subject.key[:PROVINCE] not in provinces


def _is_partner(text: str, anchor: Anchor, place: str) -> bool:
    """青岛市与康县签订协议, in an article set in one of them: what follows is told of that one."""
    if anchor.subject.key != place:
        return False
    return text[anchor.start - 1 : anchor.start] in ("与", "同") or bool(_WITH.match(text, anchor.end))


def _is_workplace(text: str, anchor: Anchor) -> bool:
    """在北京延庆、河北张北等地承包大棚: where the people of another place work."""
    before = text[max(anchor.start - REACHED, 0) : anchor.start]
    return "在" in before and bool(_AT.search(before)) and bool(_works().match(text, anchor.end))


_WITH = re.compile("[与同和][^，。；、]{2,12}?(?:签|共建|共同|结对|携手|合作|协作|达成|对接|联合)")
_AT = re.compile("在[^，。；：“”\n]*$")
_SCENE = re.compile("[^，。；、“”\n]{0,8}，")


def _placed(anchor: Anchor, gaz: Gazetteer, local: bool) -> Anchor | None:
    """The anchor, weakened where it lies elsewhere; None where it lies elsewhere and stands in the middle of a clause
    or is a county without 县, 市 or 区 (those are most often part of a name: 乌兰 of “乌兰美”)."""
    if local:
        return anchor
    plain = gaz.by_code(anchor.subject.key)
    sure = plain.depth < COUNTY or anchor.end - anchor.start == len(plain.name)
    return replace(anchor, weak=Weakness.AWAY) if sure and not anchor.weak else None


def _at_home(codes: set[str], place: str, homes: Iterable[str]) -> set[str]:
    """The divisions that can be subjects: all in an article on the whole country or on nowhere, else what holds or
    lies in the place of the article or the home of one of its brands (others are where people go to work)."""
    if place in ("", COUNTRY):
        return codes
    around = {place, *homes}
    inside = tuple(map(stem, around))
    holding = {code[:size] for code in around for size in (0, 2, 4, 6)}
    return {code for code in codes if code.startswith(inside) or stem(code) in holding}


def _opens_clause(text: str, at: int) -> bool:
    return bool(_opening().search(text, max(at - OPENING, 0), at)) or at == 0


# --- words for a division ---------------------------------------------------------------------------------------------


def _scope_anchors(
    article: ExtractedArticle, before: Sequence[Anchor], homes: Mapping[str, str], gaz: Gazetteer
) -> Iterator[Anchor]:
    text, place = article.text.text, article.place
    told = _Codes.of((a.start, homes.get(a.subject.key, "") if a.is_brand else a.subject.key) for a in before)
    regions = _Codes.of((a.start, a.subject.key) for a in before if not a.is_brand)
    pattern, scopes = _scopes()
    abroad = tuple(table("subjects")["destination"]["abroad"])
    for match in islice(pattern.finditer(text), MAX_ANCHORS):
        if text.endswith(abroad, 0, match.start()) and not text.endswith(_VIEWED, 0, match.start()):
            continue
        scope = scopes[match.group()]
        line = text.rfind("\n", max(match.start() - PARAGRAPH, 0), match.start()) + 1
        here = [] if scope == "article" else (regions if scope == "together" else told).last(line, match.start())
        code = _scope(scope, [*here, place, *told.last(0, match.start())], gaz)
        opens = _opens_clause(text, match.start())
        foreign = code == COUNTRY and place not in ("", COUNTRY)
        counted = _CITIES if not foreign else _NUMBERED
        reached = code == COUNTRY and counted.match(text, match.end())  # 全国500多座城市
        if code and not reached and (code != COUNTRY or opens):
            named = scope == "article" and text[match.start() - 1 : match.start()] in _CLOSING  # “…”劳务品牌带动
            aside = scope == "place" or foreign or named or not opens or _speaks().match(text, match.end())
            weak = Weakness.ASIDE if aside else Weakness.NONE
            yield Anchor(match.start(), match.end(), Subject(SubjectType.REGION, code), weak=weak)


@frozen()
class _Codes:
    """The divisions of an article's anchors, in order: those named, and the homes of its brands."""

    starts: tuple[int, ...]
    codes: tuple[str, ...]

    @classmethod
    def of(cls, coded: Iterable[tuple[int, str]]) -> "_Codes":
        told = sorted((at, code) for at, code in coded if code)
        return cls(tuple(at for at, _ in told), tuple(code for _, code in told))

    def last(self, since: int, before: int) -> Sequence[str]:
        """The last LOOK_BACK codes in ``[since, before)``, the last one first."""
        end = bisect_left(self.starts, before)
        return self.codes[max(bisect_left(self.starts, since), end - LOOK_BACK) : end][::-1]


_NUMBERED = re.compile("[0-9一二三四五六七八九十数几]")
_CITIES = re.compile("[0-9一二三四五六七八九十百数几]{1,6}[余多来]?[个座](?:大中)?城市")
_CLOSING = tuple('”’」』"')
# 放到全国看: here the scene is all of it.
_VIEWED = ("放到", "放眼")


def _scope(scope: str, around: Sequence[str], gaz: Gazetteer) -> str:
    """The code that 全国, 全省, 全市 … mean, by the divisions named ``around``, the most telling first."""
    if scope == "country":
        return COUNTRY
    codes = [code for code in around if code in gaz.divisions]
    if scope in ("place", "together", "article"):
        return codes[0] if codes else ""
    if scope == "area":
        ruled = any(code[:2] in table("subjects")["autonomous"]["codes"] for code in codes[:1])
        scope = "自治区" if ruled else "区"
    for code in codes:
        for division in (gaz.by_code(code), *gaz.ancestors(code)):
            if division.name.endswith(scope) and (scope != "区" or division.level is RegionLevel.COUNTY):
                return division.adcode
    return ""


@cache
def _scopes() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {word: scope for scope, found in table("subjects")["scopes"].items() for word in found}
    unless = either(table("subjects")["scope_unless"]["after"])
    return re.compile(f"(?:{either(words)})(?!{unless}|外(?!出)|[0-9.]+%)"), words  # 国内外, but 全县外出务工


@cache
def _destination() -> re.Pattern[str]:
    return re.compile(f"(?:{either(table('subjects')['destination']['before'])})$")


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(f"[^，。；：、\\n]{{0,24}}?(?:{either(table('subjects')['destination']['speaks'])})")


@cache
def _works() -> re.Pattern[str]:
    return re.compile(f"[^，。；：“”\n]{{0,14}}?(?:{either(table('subjects')['destination']['works'])})")


@cache
def _part() -> re.Pattern[str]:
    return re.compile(f"[^，。；、“”\\n]{{0,10}}?(?:公司|集团)|(?:{either(table('subjects')['part']['after'])})")


_YEAR = "(?:19|20)[0-9]{2}年(?:1?[0-9]月)?[底末初]?"


@cache
def _opening() -> re.Pattern[str]:
    prefix = either(table("subjects")["opening"]["before"])
    return re.compile(rf"[，。；：！？“”‘’「」『』（）()〔〕—…\s](?:(?:{prefix})?(?:{_YEAR})?|{_YEAR}(?:{prefix}))$")
