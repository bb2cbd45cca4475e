"""Where the people of a brand work (输出地): divisions and countries, each at its place in the text."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from ingest.frozen import frozen
from ingest.gazetteer import COUNTRY, NameKind, gazetteer
from ingest.lexicon import table, words
from ingest.name_shapes import alternation
from ingest.place_mentions import agree, deepest
from ingest.resolve.owners import NamedPlaces
from ingest.text import Span, last_match

# What people do at a place is told at most so many characters after it, and sent they are so many before it.
AFTER, BEFORE = 18, 18
# A longer clause is cut: text without marks is no prose, and each look stays cheap.
MAX_CLAUSE = 120
# Most places in one list.
MAX_LIST = 40


@frozen()
class ReachedPlace:
    """A place in a text: its words, its adcode or the code of its country (one of both, or none for a stretch such as
    the Yangtze delta), and how many people work there, in words."""

    span: Span
    region: str = ""
    country: str = ""
    people: str = ""


@frozen()
class Destination:
    """A place where people work and the keys of the brands whose people they are: of one, or of a whole list."""

    article: int
    place: ReachedPlace
    owners: tuple[str, ...]


def destinations(places: Sequence[NamedPlaces]) -> Iterator[Destination]:
    """The places where the articles say that people of brands work, those of no plain brand left out."""
    for article in places:
        order = article.setting.article.order
        for run in _runs(article):
            for place in _reached(article, run):
                if owners := _owners(article, place.span):
                    yield Destination(order, place, owners)
        for span in _counted(article.setting.text):
            if owners := _owners(article, span):
                yield Destination(order, ReachedPlace(span), owners)


def places_in_cells(places: NamedPlaces, cells: Sequence[Span]) -> Iterator[tuple[Span, ReachedPlace]]:
    """The divisions, countries and stretches of country that cells of a table hold, each with its cell."""
    found = sorted((*_divisions(places), *_named_in(places.setting.text)), key=lambda place: place.span.start)
    for cell in cells:
        inside = [place for place in found if cell.start <= place.span.start and place.span.end <= cell.end]
        if inside:
            yield cell, max(inside, key=lambda place: len(place.span))


def is_away(place: ReachedPlace, home: str) -> bool:
    """Whether people who work there have left home: neither is in the other."""
    return not (place.region and home) or not agree(place.region, home)


def _owners(places: NamedPlaces, span: Span) -> tuple[str, ...]:
    """The brands of the place; none where the sentence names no brand and speaks of all workers of a division."""
    part = places.part(span.start, span.end)
    named = places.between(part.start, part.end)
    if named and places.setting.text.find("其中", span.end, named[0][0]) >= 0:
        return ()  # 往京津送出1.5万名，|其中|2416名是“某某”: the others work there too
    if not named and _everybody().search(places.setting.text, part.start, part.end):
        return ()
    return places.owners(span.start, span.end)


@cache
def _everybody() -> re.Pattern[str]:
    return re.compile(alternation(words("destinations", "everybody")))


# The places of a text, by lists


def _runs(places: NamedPlaces) -> Iterator[list[ReachedPlace]]:
    """The places that stand in one list: 北京、天津和|浙江舟山."""
    text = places.setting.text
    found = sorted((*_divisions(places), *_named_in(text)), key=lambda place: (place.span.start, -place.span.end))
    run: list[ReachedPlace] = []
    for place in found:
        if run and place.span.start < run[-1].span.end:
            continue
        if run and (len(run) >= MAX_LIST or not _JOINT.fullmatch(text, run[-1].span.end, place.span.start)):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


_JOINT = re.compile("|[、，]|和|及|与|以及|或|到|还有")


def _divisions(places: NamedPlaces) -> Iterator[ReachedPlace]:
    """The divisions that the text names outside of brands' names, a county with its province as one."""
    setting = places.setting
    hits = [hit for hit in setting.places.hits if not hit.ambiguous_word and not setting.names_brand(hit.start)]
    starts = {b.start for a, b in pairwise(hits) if a.end == b.start}
    for hit in hits:
        if hit.end in starts:
            continue
        run = setting.places.run_ending(hit.end)
        code = deepest(run, ())
        if code and code != COUNTRY:
            yield ReachedPlace(Span(run[0].start, hit.end), code)


def _named_in(text: str) -> Iterator[ReachedPlace]:
    """Countries, stretches of country, and divisions told by one character: 京津, 在|津|务工."""
    lexicon = table("destinations")
    for match in _others().finditer(text):
        name = match[0]
        if codes := lexicon["groups"].get(name):
            single = len(codes) == len(name)
            for at, code in enumerate(codes if single else ()):
                yield ReachedPlace(Span(match.start() + at, match.start() + at + 1), code)
        elif country := lexicon["countries"].get(name):
            yield ReachedPlace(Span(*match.span()), country=country)
        elif name in lexicon["areas"]["names"]:
            yield ReachedPlace(Span(*match.span()))
        elif code := _province_of(name):
            yield ReachedPlace(Span(*match.span()), code)


@cache
def _others() -> re.Pattern[str]:
    lexicon = table("destinations")
    whole = alternation(tuple(lexicon["countries"]), tuple(lexicon["groups"]), tuple(lexicon["areas"]["names"]))
    singles = "".join(sorted(name for name in gazetteer().names if len(name) == 1 and _province_of(name)))
    work = alternation(words("destinations", "work"))
    return re.compile(f"{whole}|(?<=[在赴进来])[{singles}](?=(?:{work}))")


@cache
def _province_of(name: str) -> str:
    codes = [c.division.adcode for c in gazetteer().candidates(name) if c.kind is NameKind.SHORT]
    return codes[0] if len(codes) == 1 else ""


# Which of them people go to


def _reached(places: NamedPlaces, run: Sequence[ReachedPlace]) -> Iterator[ReachedPlace]:
    """The places of a list where people work, if they do so there; a lone one with how many."""
    text = places.setting.text
    start, end = run[0].span.start, run[-1].span.end
    if not _is_destination(text, start, end):
        return
    people = _people().search(text, end, _clause_end(text, end)) if len(run) == 1 else None
    for place in run:
        yield ReachedPlace(place.span, place.region, place.country, people[1] if people else "")


def _is_destination(text: str, start: int, end: int) -> bool:
    first, last = _clause_start(text, start), _clause_end(text, end)
    if _refused().search(text, first, last) or _is_past(text, start):
        return False
    if text.endswith(words("destinations", "alone"), first, start) or _seen().match(text, end, last):
        return True
    if not text.endswith(words("destinations", "towards"), first, start):
        return False
    done = _work().search(text, end, min(end + AFTER, last))
    sent = text.endswith(words("destinations", "to"), first, start) and _sent().search(
        text, max(start - BEFORE, first), start
    )
    return bool(done or sent)


def _is_past(text: str, at: int) -> bool:
    """Whether the sentence tells of a time long past (上世纪90年代) and has not come back from it before a place: who
    went there then is not who works there."""
    told = last_match(_past(), text, _clause_start(text, at, "。！？\n"), at)
    return told is not None and not _since().search(text, told.end, at)


def _clause_start(text: str, at: int, marks: str = "，。；：！？\n") -> int:
    since = max(at - MAX_CLAUSE, 0)
    return max([since - 1, *(text.rfind(mark, since, at) for mark in marks)]) + 1


def _clause_end(text: str, at: int) -> int:
    match = _CLAUSE_END.search(text, at, at + MAX_CLAUSE)
    return match.start() if match else min(at + MAX_CLAUSE, len(text))


_CLAUSE_END = re.compile("[，。；：！？\n]")


@cache
def _work() -> re.Pattern[str]:
    return re.compile(alternation(words("destinations", "work")))


@cache
def _sent() -> re.Pattern[str]:
    return re.compile(alternation(words("destinations", "sent")))


@cache
def _seen() -> re.Pattern[str]:
    seen, ours = alternation(words("destinations", "seen")), "(?=[，。”’]|[我他她]们|这)"
    return re.compile(f"等?[一-鿿]{{0,4}}?(?:都|均|也|处处)有(?:[^，。]{{0,8}}?(?:{seen})|{ours})")


@cache
def _refused() -> re.Pattern[str]:
    return re.compile(alternation(words("destinations", "refused")))


@cache
def _past() -> re.Pattern[str]:
    return re.compile(f"{alternation(words('destinations', 'past'))}|(?<![0-9])19[0-9]{{2}}年(?!起|以来)")


@cache
def _since() -> re.Pattern[str]:
    return re.compile(alternation(words("destinations", "since")))


@cache
def _people() -> re.Pattern[str]:
    return re.compile("((?:近|约|超过?|逾|共)?[0-9][0-9.]*[万千百]?[多余]?(?:万?人次?|名))")


@cache
def _counted_places() -> re.Pattern[str]:
    where = "(?:全国|国内外|国内|海内外|世界|全球|省外|周边)?"
    number = "(?:[0-9]+[多余]?|[一二三四五六七八九十]{1,3}[多余几]?|数十|几十)"
    alone, counted = alternation(words("destinations", "alone")), alternation(words("destinations", "counted"))
    return re.compile(f"(?:{alone})了?({where}{number}个?(?:{counted}))")


def _counted(text: str) -> Iterator[Span]:
    """How many places are reached, in words, where none is named."""
    for match in _counted_places().finditer(text):
        if not _refused().search(text, _clause_start(text, match.start()), _clause_end(text, match.end())):
            yield Span(*match.span(1))
