"""Where an article is set: the place that its publisher, title, dateline and text agree on."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ingest.gazetteer import COUNTRY, NameHit, gazetteer
from ingest.place_mentions import MAX_READ, Places, alone, at_home, chosen, dateline, deepest, places_in, province_of
from ingest.place_reading import SURE, is_venue, read_places
from ingest.records import ExtractedArticle

# How many characters of the body count as its lead, where a paper says what an article is about.
LEAD = 600
# The part of all places named that must lie in a province, where title and publisher are silent.
SHARE = 0.5
# The part that is enough for a place that the title or the publisher names. 南海网 is not set in 南海区.
SPOKEN_FOR = 0.2
# The part that makes it the article's even though its lead speaks of the whole country.
NEARLY_ALL = 0.8
# So many places must be named for that: a meeting of the whole country is held somewhere too.
MANY = 6
# So many counties of one prefecture tell which is meant by 全市.
MIN_COUNTIES = 2
# The part of the province's places that must lie in one prefecture or county for it to be the article's place.
DEEP_SHARE = 0.6


def locate(article: ExtractedArticle) -> str:
    """The adcode of the division that an article is set in.

    ``100000`` for a piece on the whole country (the title or lead says 全国 or 我国 and no province stands out), empty
    where nothing tells.
    """
    text = article.text.text[:MAX_READ]
    headline = _quotes().sub("“”", _headline(article))
    title, publisher = read_places(headline), read_places(article.publisher)
    lead_national = bool(_national().search(text[: article.body_start + LEAD]))
    venues: frozenset[int] = frozenset()
    if lead_national:
        title = tuple(hit for hit in title if not is_venue(headline, hit.start, hit.end))
        venues = frozenset(hit.start for hit in places_in(text).hits if is_venue(text, hit.start, hit.end))
    home = _single(publisher)
    whole = _of_all_of_it(text, places_in(text))
    counts = _counts(text, places_in(text), home, venues) + whole
    if _national().search(headline) and not _single(title):
        return COUNTRY
    if _contradict(counts, title, publisher):
        return ""
    sent_from = "" if lead_national else _sent_from(article)
    province = _named_province(counts, title, publisher, sent_from) or _most_frequent(counts, NEARLY_ALL, least=MANY)
    spoken = _counts(text, places_in(text), home, venues | _named(text)) + whole
    if province:
        return _deep(counts, spoken, province, title, publisher)
    if lead_national and not _local().search(text):
        return COUNTRY
    province = _most_frequent(counts, SHARE)
    return _settled(counts, spoken, province) if province else ""


def _headline(article: ExtractedArticle) -> str:
    """The title and the lines around it, with a subtitle that stands below it after a dash."""
    text = article.text.text
    below = _subtitle().match(text, article.body_start)
    return article.title + "\n" + text[: article.body_start] + (below[0] if below else "")


@cache
def _subtitle() -> re.Pattern[str]:
    return re.compile(r"\s*(?:——|--)[^。\n]{4,60}(?:\n|$)")


def _contradict(counts: Counter[str], title: Sequence[NameHit], publisher: Sequence[NameHit]) -> bool:
    """Whether title and publisher name two provinces that the text speaks of, or one that it hardly speaks of."""
    codes = {code for code in (_single(title), _single(publisher)) if code}
    if len(codes) == 2 and all(_share(counts, code) >= SPOKEN_FOR / 2 for code in codes):
        return True
    most = _most_frequent(counts, SHARE)
    share = max((_share(counts, code) for code in codes), default=0.0)
    return bool(most) and share >= SPOKEN_FOR and 2 * share < _share(counts, most)


@cache
def _national() -> re.Pattern[str]:
    cities = "[0-9]{1,6}[余多来]?[个座](?:大中)?城市"  # 全国90多个城市 is where they are
    return re.compile(f"全国(?!劳务品牌[”。，]|{cities})|我国|各地|[0-9]{{2}}个?部门|人力资源(?:和)?社会保障部")


@cache
def _local() -> re.Pattern[str]:
    return re.compile("我[省市区县州]|全[省市县州]|全区(?!域)")


@cache
def _quotes() -> re.Pattern[str]:
    return re.compile("“[^”]*”|「[^」]*」")


# A place right after one of these is where people went: 南下广东.
_AWAY = ("到", "赴", "往", "闯", "下")
# A county whose name is a word too (兴国) is meant where it is named so often and the text speaks of a county.
OFTEN = 3


def _often(text: str, places: Places) -> frozenset[str]:
    if not _county().search(text):
        return frozenset()
    named = Counter(hit.name for hit in places.hits if hit.ambiguous_word)
    return frozenset(name for name, times in named.items() if times >= OFTEN)


@cache
def _county() -> re.Pattern[str]:
    return re.compile("[全该我]县|县里")


def _named(text: str) -> frozenset[int]:
    """The characters that stand inside names in quotes."""
    return frozenset(at for match in _name().finditer(text) for at in range(*match.span()))


@cache
def _name() -> re.Pattern[str]:
    return re.compile("“[^”，。\n]{3,12}”|「[^」，。\n]{3,12}」")


def _counts(text: str, places: Places, home: str, aside: frozenset[int] = frozenset()) -> Counter[str]:
    """How often the text names each division, without by-names of counties, names that two provinces share of which
    none is the paper's (`home`), and what stands at the characters `aside`."""
    counts: Counter[str] = Counter()
    often = _often(text, places)
    for hit in at_home(text, places.hits, _AWAY):
        code = _counted(hit, home) if not hit.ambiguous_word or hit.name in often else ""
        if hit.start in aside:
            continue
        if code and (code == province_of(code) or any(c.kind in SURE for c in hit.candidates)):
            counts[code] += 1
    return counts


def _counted(hit: NameHit, home: str) -> str:
    """What a name means alone, or else in the province ``home``: 江北区 in 重庆日报."""
    code = alone(hit.candidates) or (chosen(hit.candidates, [home]) if home else "")
    return code if code == alone(hit.candidates) or gazetteer().contains(home, code) else ""


def _of_all_of_it(text: str, places: Places) -> Counter[str]:
    """The prefecture of the counties that a text names where it speaks of 全市 and names no prefecture itself:
    全市已有7个，其中省级2个：随县香菇工、广水风机匠."""
    codes = {alone(hit.candidates) for hit in places.hits} - {""}
    parents = {f"{code[:4]}00" for hit in places.hits if not hit.ambiguous_word and (code := alone(hit.candidates))}
    parent = parents.pop() if len(parents) == 1 and _whole_city().search(text) else ""
    if len(codes) < MIN_COUNTIES or parent in codes or any(code[:4] != parent[:4] for code in codes):
        return Counter()
    return Counter({parent: len(codes)})


@cache
def _whole_city() -> re.Pattern[str]:
    return re.compile("全市|我市|市里")


def _share(counts: Counter[str], code: str, within: str = COUNTRY) -> float:
    """The part of the places named in `within` that lie in `code`."""
    inside = sum(n for c, n in counts.items() if gazetteer().contains(code, c))
    return inside / max(sum(n for c, n in counts.items() if gazetteer().contains(within, c)), 1)


def _sent_from(article: ExtractedArticle) -> str:
    """The province of the dateline."""
    sent = dateline().search(article.text.text, article.body_start, article.body_start + LEAD)
    return _single(read_places(sent[1])) if sent else ""


def _named_province(
    counts: Counter[str], title: Sequence[NameHit], publisher: Sequence[NameHit], sent_from: str
) -> str:
    """The province by the title, else the publisher, else the dateline."""
    for hits in (title, publisher):
        code = _single(hits)
        if code and (_share(counts, code) >= SPOKEN_FOR or not counts):
            return code
    return sent_from if sent_from and _share(counts, sent_from) >= SPOKEN_FOR else ""


def _single(hits: Sequence[NameHit]) -> str:
    """The province of the places, empty when they lie in several."""
    codes = {province_of(code) for hit in hits if (code := alone(hit.candidates))} - {""}
    return codes.pop() if len(codes) == 1 else ""


def _most_frequent(counts: Counter[str], share: float, *, least: int = 2) -> str:
    """The province of most of the places named, if they make up `share` of all."""
    provinces: Counter[str] = Counter()
    for code, number in counts.items():
        provinces[province_of(code)] += number
    if not provinces:
        return ""
    province, number = provinces.most_common(1)[0]
    return province if number >= share * provinces.total() and number >= least else ""


def _deep(
    counts: Counter[str], spoken: Counter[str], province: str, title: Sequence[NameHit], publisher: Sequence[NameHit]
) -> str:
    """The deepest division of the province that title or publisher name, or that most of the text speaks of outside
    the names of brands: “仁寿表嫂” in an article on 四川 does not set it in 仁寿."""
    for hits in (title, publisher):
        inside = [h for h in hits if gazetteer().contains(province, chosen(h.candidates, [province]))]
        deep = [h for h in inside if chosen(h.candidates, [province]) != province]
        code = _held_by(deep or inside, province)
        if code and code != province and (_share(counts, code, province) >= SPOKEN_FOR or not counts):
            return code
    if any(chosen(h.candidates, [province]) == province for h in title):
        return province
    return _settled(counts, spoken, province)


def _settled(counts: Counter[str], spoken: Counter[str], province: str) -> str:
    """The deepest division that prevails with and without the names of brands."""
    return gazetteer().smallest_holding([_prevailing(counts, province), _prevailing(spoken, province)]).adcode


def _held_by(hits: Sequence[NameHit], province: str) -> str:
    """The division that places mean which follow each other at once (唐山市乐亭县), else the one that holds all."""
    codes = [chosen(hit.candidates, [province]) for hit in hits]
    if all(a.end == b.start for a, b in pairwise(hits)):
        return deepest(hits, [province])
    return gazetteer().smallest_holding(codes).adcode


def _prevailing(counts: Counter[str], province: str) -> str:
    """The deepest division of the province that holds most of the places named in it."""
    inside = {c: n for c, n in counts.items() if c != province and gazetteer().contains(province, c)}
    total = sum(inside.values())
    for code in sorted(inside, key=lambda code: (code.endswith("00"), -inside[code], code)):
        within = sum(n for c, n in inside.items() if gazetteer().contains(code, c))
        if within >= 2 and within >= DEEP_SHARE * total:
            return code
    return province
