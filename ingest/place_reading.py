"""What the names of divisions in a text mean by the words around them.

A name right after a division can only mean something inside it (武汉东湖高新区 is not 东湖区 of 南昌); one that goes on
as a street, a town or a village is no division; and neither the seat of an office (四川省驻广东办事处) nor who gives
help (对口帮扶的福州市) is where anything is at home.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ingest.gazetteer import COUNTRY, Candidate, NameHit, NameKind, gazetteer
from ingest.lexicon import table, words

# Sorts of names that mean a division by themselves; the others need the article to be set there.
SURE = (NameKind.FULL, NameKind.COMMON, NameKind.AUTONOMOUS)
# The depth of a prefecture: down to it names are so well known that two in a row may be two places (广东广西).
PREFECTURE = 2
# How the full name of a division ends; no street or town is called so.
_ENDINGS = ("省", "市", "县", "区", "旗", "盟")
# The longest part of a name that a line break cuts off.
LONGEST_PART = 8
# The words for who gives help stand within so many characters before the place.
HELP = 12


def read_places(text: str) -> tuple[NameHit, ...]:
    """The names of divisions in ``text``, in order, without the country and without what means no division there; each
    with the candidates that the divisions right beside it leave."""
    hits = [hit for hit in gazetteer().find(text) if hit.name not in _country_names()]
    goes_on, offices = _goes_on().match, "驻" in text
    kept: list[NameHit] = []
    seat = end = -1
    for number, found in enumerate(hits):
        hit: NameHit | None = found
        if found.start == seat or (offices and _is_seat(text, found)):
            seat = found.end
            continue
        if goes_on(text, found.end) and (number + 1 == len(hits) or hits[number + 1].start != found.end):
            hit = _as_division(found)
        if hit is None:
            continue
        if hit.start == end:
            _append(text, kept, hit)
        else:
            kept.append(hit)
        end = kept[-1].end
    return tuple(_without_donors(text, kept) if _help().search(text) else kept)


def cuts_name(line: str, following: str) -> bool:
    """Whether the full name of a division runs from the end of a line into the next: 河南省平|舆县."""
    if not _name_end().match(following):
        return False
    head, tail = line[-LONGEST_PART:], following[:LONGEST_PART]
    names = gazetteer()
    crossing = [hit for hit in names.find(head + tail) if hit.start < len(head) < hit.end]
    full = any(c.kind is NameKind.FULL for hit in crossing for c in hit.candidates)
    return full and not names.prefix(tail) and all(hit.end < len(head) for hit in names.find(head))


@lru_cache(maxsize=1)
def _country_names() -> frozenset[str]:
    return frozenset(n for n, found in gazetteer().names.items() if any(c.division.adcode == COUNTRY for c in found))


def _as_division(hit: NameHit) -> NameHit | None:
    """What is left of a name that goes on as a street or town: None for 宁夏 in 宁夏路 and 光山 in 光山镇, a place that
    lies in a division (西柏坡镇), or a full name (平舆县乡)."""
    if hit.name.endswith(_ENDINGS) or any(c.kind is NameKind.AUTONOMOUS for c in hit.candidates):
        return hit
    inner = tuple(c for c in hit.candidates if c.kind is NameKind.PLACE)
    return replace(hit, candidates=inner) if inner else None


def _is_seat(text: str, hit: NameHit) -> bool:
    """四川省驻|广东|办事处."""
    return text.startswith("驻", hit.start - 1, hit.start) and bool(_office().match(text, hit.end))


# --- names in a row ---------------------------------------------------------------------------------------------------


def _append(text: str, kept: list[NameHit], hit: NameHit) -> None:
    """The hit right behind the last one. Right after a division it means something inside that one, which in turn is
    one that holds such a thing; where there is none, the two are beside each other or the second is no division."""
    inside = _inside(kept[-1], hit)
    if inside is None:
        if _beside(kept[-1], hit) or _people().match(text, hit.end):
            kept.append(hit)
        return
    kept.append(inside)
    at = len(kept) - 2
    while at >= 0 and kept[at].end == kept[at + 1].start and (around := _around(kept[at], kept[at + 1])):
        if around is kept[at]:
            break  # what leaves this one as it is leaves those before it: else a row of names took quadratic time
        kept[at] = around
        at -= 1


def _inside(outer: NameHit, hit: NameHit) -> NameHit | None:
    """The hit with the candidates that lie in what the name before it may mean; None for none."""
    contains, codes = gazetteer().contains, [c.division.adcode for c in outer.candidates]
    left = tuple(c for c in hit.candidates if any(contains(code, c.division.adcode) for code in codes))
    return _narrowed(hit, left)


def _around(outer: NameHit, hit: NameHit) -> NameHit | None:
    contains, codes = gazetteer().contains, [c.division.adcode for c in hit.candidates]
    left = tuple(c for c in outer.candidates if any(contains(c.division.adcode, code) for code in codes))
    return _narrowed(outer, left)


def _narrowed(hit: NameHit, left: Sequence[Candidate]) -> NameHit | None:
    if len(left) == len(hit.candidates):
        return hit
    return replace(hit, candidates=tuple(left)) if left else None


def _beside(before: NameHit, hit: NameHit) -> bool:
    """Whether two names of which neither holds the other may be two places in a row: the first is as likely a word, the
    second is a province or prefecture, or both lie in one division."""
    if before.ambiguous_word or not any(c.kind in SURE for c in before.candidates):
        return True
    own = [c.division for c in hit.candidates if c.kind in SURE and not hit.ambiguous_word]
    parents = {(c.division.parent, c.division.depth) for c in before.candidates}
    return any(d.depth <= PREFECTURE or (d.parent, d.depth) in parents for d in own)


# --- who gives help ---------------------------------------------------------------------------------------------------


def _without_donors(text: str, hits: Sequence[NameHit]) -> Iterator[NameHit]:
    starts = {hit.start for hit in hits}
    for run in _runs(hits):
        if not _gives_help(text, run[0].start, run[-1].end, starts):
            yield from run


def _runs(hits: Iterable[NameHit]) -> Iterator[list[NameHit]]:
    """The hits, those that follow each other at once together: 福建省|福州市."""
    run: list[NameHit] = []
    for hit in hits:
        if run and run[-1].end != hit.start:
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def _gives_help(text: str, start: int, end: int, starts: set[int]) -> bool:
    """对口帮扶的福州市, but not 对口帮扶的定西市“…”; 福州市对口帮扶定西市, 福州市援助资金."""
    if _helped().search(text, max(start - HELP, 0), start) and not _quote().match(text, end):
        return True
    match = _help().match(text, end)
    return match is not None and (match.end() in starts or bool(_given().match(text, match.end())))


def is_venue(text: str, start: int, end: int) -> bool:
    """Whether the place at ``[start, end)`` is only where something is held: 在|长沙|开幕, 品牌会师|长沙."""
    if text.endswith(words("places", "venue", "gather"), 0, start):
        return True
    return text.endswith("在", 0, start) and bool(_held().match(text, end))


# --- the words --------------------------------------------------------------------------------------------------------


@cache
def _goes_on() -> re.Pattern[str]:
    streets, towns = (_endings(table("places")[kind]) for kind in ("street", "town"))
    return re.compile(f"(?:[东南西北中]|[二三四五六七八九十]|一(?=路(?:[0-9]|街道|社区)))?(?:{streets})|(?:{towns})")


def _endings(unless: dict[str, str]) -> str:
    """The endings, each without the words that it begins."""
    ordered = sorted(unless.items(), key=lambda item: (-len(item[0]), item[0]))
    return "|".join(f"{word}(?![{others}])" if others else word for word, others in ordered)


def _either(*keys: str) -> str:
    return "|".join(map(re.escape, words("places", *keys)))


@cache
def _name_end() -> re.Pattern[str]:
    return re.compile(f"[一-鿿]{{1,5}}?[{''.join(_ENDINGS)}州]")


@cache
def _office() -> re.Pattern[str]:
    return re.compile(f"[^，。；：、“”\\n]{{0,10}}?(?:{_either('office', 'words')}|办(?=[，。、”）)的和与主副党]|$))")


@cache
def _held() -> re.Pattern[str]:
    return re.compile(f"[^，。；、\\n]{{0,8}}?(?:{_either('venue', 'held')})")


@cache
def _people() -> re.Pattern[str]:
    return re.compile(_either("people", "words"))


@cache
def _help() -> re.Pattern[str]:
    return re.compile(_either("donor", "help"))


@cache
def _helped() -> re.Pattern[str]:
    return re.compile(f"(?:{_either('donor', 'help')})(?:{_either('donor', 'of')}){{1,2}}$")


@cache
def _given() -> re.Pattern[str]:
    return re.compile(f"的?(?:{_either('donor', 'given')})")


@cache
def _quote() -> re.Pattern[str]:
    return re.compile("的?[“「‘]")
