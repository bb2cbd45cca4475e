"""The places that a text names, each by its position; looked up by bisection, found once a text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from ingest.frozen import frozen
from ingest.gazetteer import COUNTRY, Candidate, NameHit, NameKind, gazetteer
from ingest.place_reading import read_places

# The longest word for going somewhere.
LONGEST_AWAY = 4
# Names and places are looked for in so many characters of an article; the longest real list has about 20,000.
MAX_READ = 100_000


@frozen()
class Places:
    """Names of places in a text, without the country and without words that are as often something else."""

    hits: tuple[NameHit, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def between(self, start: int, end: int) -> tuple[NameHit, ...]:
        """The places that begin in ``[start, end)``, in order."""
        return self.hits[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def any_between(self, start: int, end: int) -> bool:
        """Whether a place begins in ``[start, end)``."""
        number = bisect_left(self.starts, start)
        return number < len(self.starts) and self.starts[number] < end

    def run_ending(self, at: int) -> tuple[NameHit, ...]:
        """The places that follow each other without a gap and end at `at`: 唐山市|乐亭县. Empty for none."""
        run: list[NameHit] = []
        number = bisect_right(self.ends, at) - 1
        while number >= 0 and self.ends[number] == at:
            run.append(self.hits[number])
            at, number = self.hits[number].start, number - 1
        return tuple(reversed(run))


@lru_cache(maxsize=64)
def places_in(text: str) -> Places:
    """The places of `text`. Several stages ask for the same article, hence the small cache."""
    hits = read_places(text)
    return Places(hits, tuple(h.start for h in hits), tuple(h.end for h in hits))


def chosen(candidates: Iterable[Candidate], around: Sequence[str]) -> str:
    """The adcode that a name means where the text is set in `around` (the strongest first), empty for unknown."""
    division = gazetteer().choose(candidates, around)
    return division.adcode if division else ""


@lru_cache(maxsize=4096)
def alone(candidates: tuple[Candidate, ...]) -> str:
    """The adcode that a name means without any context, empty where two provinces share it, be it that one of them had
    a district of that name until lately (江北区 of 宁波 and of 重庆)."""
    code = chosen(candidates, ())
    former = (c.division.adcode for c in candidates if c.kind is NameKind.FORMER)
    return code if all(province_of(one) == province_of(code) for one in former) else ""


def at_home(text: str, hits: Iterable[NameHit], away: tuple[str, ...], *, listed: str = "") -> Iterator[NameHit]:
    """The places that are no destinations: not right after one of the words ``away`` (赴广东), nor what goes on from
    such a place at once (赴广东省|深圳市) or after one of the characters ``listed`` (在北京、天津)."""
    last = -2
    for hit in hits:
        goes_on = hit.start == last or (hit.start - 1 == last and text[last] in listed)
        if goes_on or text.endswith(away, max(hit.start - LONGEST_AWAY, 0), hit.start):
            last = hit.end
        else:
            yield hit


@cache
def dateline() -> re.Pattern[str]:
    """Where a report was sent from, as group 1: 本报|南宁|3月1日讯, 新华社|武汉|电, 新华社|长沙|11月21日的一条消息."""
    agency = "本报|新华社|中新社|中新网|新华网|人民网|记者"
    return re.compile(
        f"(?:{agency})([一-鿿]{{2,6}}?)(?:(?:[0-9]{{1,2}}月)?[0-9]{{1,2}}日)?(?:讯|电|(?:发|的)(?:一[条则篇])?(?:消息|报道))"
    )


def deepest(hits: Sequence[NameHit], around: Sequence[str]) -> str:
    """The division that a run of places means, each read within the one before it: 中卫市|中宁县; empty for unknown."""
    code = ""
    for hit in hits:
        following = chosen(hit.candidates, [c for c in (code, *around) if c])
        if following and (not code or agree(code, following)):
            code = deeper(code, following)
        elif following:
            code = following
    return code


def agree(one: str, other: str) -> bool:
    """Whether one division holds the other."""
    return gazetteer().contains(one, other) or gazetteer().contains(other, one)


def deeper(one: str, other: str) -> str:
    """Of two divisions that agree the inner one; the other when one of them is empty."""
    if not one or not other:
        return one or other
    return other if gazetteer().contains(one, other) else one


def province_of(code: str) -> str:
    """The province that holds a division; empty for the country and for unknown."""
    return code[:2] + "0000" if code and code != COUNTRY else ""
