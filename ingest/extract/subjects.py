"""Of whom a number speaks: the brand, program or division that governs its place in an article."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from brands.choices import Metric, RegionLevel
from ingest.gazetteer import COUNTRY, Candidate, Gazetteer, NameHit, NameKind, gazetteer
from ingest.lexicon import table
from ingest.records import Article, Brand, Program, Subject, SubjectType

NEXT_TO = 12
"""A brand at most so many characters after a number is what the number counts (500多位‘巴渝大嫂’)."""
HEADING = 24
"""A line of at most so many characters without a full stop is a heading and governs what follows it."""
LIST_GAP = 4
"""Two brands at most so many characters of quotes and 、 apart stand in one list; none of a list governs alone."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the text that can govern numbers: a named brand, program or division, or a word for one (全省).

    `listed`: one of a list, which governs nothing alone. `heading`: a line of its own. `weak`: a division that only says
    who speaks (永川区人社局介绍), which gives way to a brand of the paragraph.
    """

    start: int
    end: int
    subject: Subject
    listed: bool = False
    heading: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Governed:
    """The subject of a number, by which rule, and how sure."""

    subject: Subject
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Governors:
    """All anchors of an article in order, and whom it speaks of where none governs."""

    text: str
    anchors: tuple[Anchor, ...]
    starts: tuple[int, ...]
    fallback: Subject | None
    place: Subject | None
    only_brand: Subject | None

    @classmethod
    def of(cls, article: Article, brands: Sequence[Brand], programs: Sequence[Program]) -> "Governors":
        text = article.text.text
        named = _listed(text, _outermost(_brand_anchors(article, brands)), LIST_GAP)
        named = sorted([*named, *_pronouns_of(text, named)], key=lambda a: a.start)
        meetings = _program_anchors(article, programs)
        homes = {b.name: b.region for b in brands if b.region}
        regions = _region_anchors(article, named, homes)
        anchors = tuple(sorted([*named, *meetings, *regions], key=lambda a: (a.start, -a.end)))
        place = Subject(SubjectType.REGION, article.place) if article.place else None
        only = _headline_brand(article, named)
        return cls(text, anchors, tuple(a.start for a in anchors), only or place, place, only)

    def govern(self, metric: Metric, start: int, end: int, sentence: int, paragraph: int) -> Governed | None:
        """Whose the number at ``[start, end)`` is. ``sentence`` and ``paragraph`` are where those begin."""
        if metric is Metric.BRANDS:
            return self._of_many(start, end, sentence, paragraph)
        beside = self._beside(end)
        if beside is not None:
            return Governed(beside, "named-after", 0.85)
        for since, rule, confidence in ((sentence, "same-sentence", 0.9), (paragraph, "same-paragraph", 0.7)):
            anchor = self._nearest(since, start)
            if anchor is not None:
                return Governed(anchor.subject, rule, confidence)
        heading = self._heading(start)
        if heading is not None:
            return Governed(heading, "heading", 0.8)
        speaker = self._nearest(paragraph, start, SubjectType.REGION)
        if speaker is not None:
            return Governed(speaker.subject, "speaker", 0.6)
        return None if self.fallback is None else Governed(self.fallback, "article", 0.5)

    def since(self, start: int, end: int) -> int:
        """Where the last brand between ``start`` and ``end`` ends, or ``start``."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return max((a.end for a in self.anchors[low:high] if a.subject.type is SubjectType.BRAND), default=start)

    def _of_many(self, start: int, end: int, sentence: int, paragraph: int) -> Governed | None:
        """Numbers of brands speak of a division or a meeting, never of one brand."""
        around = self.text[sentence : end + NEXT_TO]
        for since, rule, confidence in ((sentence, "same-sentence", 0.9), (paragraph, "same-paragraph", 0.7)):
            if _shown().search(around):
                meeting = self._nearest(since, start, SubjectType.PROGRAM)
                if meeting is not None:
                    return Governed(meeting.subject, f"meeting-{rule}", confidence - 0.1)
            region = self._nearest(since, start, SubjectType.REGION)
            if region is not None:
                return Governed(region.subject, rule, confidence)
        return None if self.place is None else Governed(self.place, "article", 0.6)

    def _beside(self, end: int) -> Subject | None:
        at = bisect_left(self.starts, end)
        anchor = self.anchors[at] if at < len(self.anchors) else None
        if anchor is None or anchor.subject.type is not SubjectType.BRAND or anchor.listed:
            return None
        between = self.text[end : anchor.start]
        return anchor.subject if len(between) <= NEXT_TO and not _PAUSE.search(between) else None

    def _nearest(self, since: int, before: int, only: SubjectType | None = None) -> Anchor | None:
        """The last anchor in ``[since, before)`` that may govern."""
        low, high = bisect_left(self.starts, since), bisect_left(self.starts, before)
        for anchor in reversed(self.anchors[low:high]):
            idle = (
                anchor.weak or anchor.subject.type is SubjectType.PROGRAM
                if only is None
                else anchor.subject.type is not only
            )
            if not idle and not anchor.listed and anchor.end <= before:
                return anchor
        return None

    def _heading(self, at: int) -> Subject | None:
        for anchor in reversed(self.anchors[: bisect_right(self.starts, at)]):
            if anchor.heading and not anchor.listed:
                return anchor.subject if anchor.subject.type is SubjectType.BRAND else None
        return None


_PAUSE = re.compile("[，。；！？：:;、\n]")
_OPENING = re.compile("(?:[，。；：、！？”」\n]|目前|如今|截至|当前|眼下|据悉|以来|^)$")
_ONLY_LIST = re.compile(r"[”’」』\"“‘「『、，和与及\s]*")


def _brand_anchors(article: Article, brands: Iterable[Brand]) -> Iterator[Anchor]:
    text, seen = article.text.text, set()
    for brand in brands:
        subject = Subject(SubjectType.BRAND, brand.name)
        for mention in brand.mentions:
            if mention.article == article.order and (mention.start, mention.end) not in seen:
                seen.add((mention.start, mention.end))
                heading = mention.start >= article.body_start and _is_heading(text, mention.start, mention.end)
                yield Anchor(mention.start, mention.end, subject, heading=heading)


def _outermost(anchors: Iterable[Anchor]) -> list[Anchor]:
    """The anchors in order, without those that lie within another one (an alias within the name)."""
    kept: list[Anchor] = []
    for anchor in sorted(anchors, key=lambda a: (a.start, -a.end)):
        if not kept or anchor.start >= kept[-1].end:
            kept.append(anchor)
    return kept


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether the line around ``[start, end)`` is short and no sentence."""
    first = text.rfind("\n", max(start - HEADING, 0), start) + 1 if start > HEADING else text.rfind("\n", 0, start) + 1
    last = text.find("\n", end, end + HEADING)
    if (not first and start > HEADING) or last < 0:
        return False
    line = text[first:last]
    return len(line) <= max(HEADING, end - start) and "。" not in line


def _listed(text: str, anchors: Sequence[Anchor], gap: int) -> list[Anchor]:
    """The anchors, those marked that stand beside another in a list."""
    beside = [
        a.subject != b.subject and 0 < b.start - a.end <= gap and bool(_ONLY_LIST.fullmatch(text[a.end : b.start]))
        for a, b in zip(anchors, anchors[1:], strict=False)
    ]
    flags = zip([False, *beside], [*beside, False], strict=True)
    return [replace(a, listed=left or right) for a, (left, right) in zip(anchors, flags, strict=False)]


def _pronouns_of(text: str, named: Sequence[Anchor]) -> Iterator[Anchor]:
    """该品牌 and the like mean the brand named last outside a list."""
    alone = [a for a in named if not a.listed]
    starts = [a.start for a in alone]
    for match in _pronouns().finditer(text):
        at = bisect_left(starts, match.start()) - 1
        if at >= 0:
            yield Anchor(match.start(), match.end(), alone[at].subject)


def _program_anchors(article: Article, programs: Iterable[Program]) -> Iterator[Anchor]:
    kinds = table("subjects")["meeting"]["kinds"]
    for program in programs:
        if program.kind in kinds:
            for mention in program.mentions:
                if mention.article == article.order:
                    yield Anchor(mention.start, mention.end, Subject(SubjectType.PROGRAM, program.name))


def _headline_brand(article: Article, named: Sequence[Anchor]) -> Subject | None:
    """The one brand of the headline, or else the only one of the article."""
    for anchors in ([a for a in named if a.end <= article.body_start], named):
        names = {a.subject for a in anchors}
        if len(names) == 1:
            return names.pop()
    return None


def _region_anchors(article: Article, named: Sequence[Anchor], homes: Mapping[str, str]) -> list[Anchor]:
    text, gaz = article.text.text, gazetteer()
    found = [_region_anchor(text, hit, article.place, gaz) for hit in _hits(text, named, gaz)]
    listed = _listed(text, [anchor for anchor in found if anchor is not None], 1)
    kept = [a for a in listed if not _is_aside(text, a) and _at_home(gaz, a.subject.key, article.place, homes)]
    return [*kept, *_scope_anchors(text, article.place, [*kept, *named], homes, gaz)]


def _region_anchor(text: str, hit: NameHit, place: str, gaz: Gazetteer) -> Anchor | None:
    division = gaz.choose(hit.candidates, [place] if place else [])
    if division is None or division.adcode == COUNTRY:
        return None
    speaks = bool(_speaks().match(text, hit.end))
    return Anchor(hit.start, hit.end, Subject(SubjectType.REGION, division.adcode), weak=speaks)


def _is_aside(text: str, anchor: Anchor) -> bool:
    """Whether a division is only a destination or part of a firm's name."""
    before = text[max(anchor.start - 3, 0) : anchor.start]
    return bool(_destination().search(before) or _part().match(text, anchor.end))


def _hits(text: str, named: Sequence[Anchor], gaz: Gazetteer) -> Iterator[NameHit]:
    """Names of divisions that stand outside the names of brands and are no everyday words."""
    starts = [a.start for a in named]
    for hit in gaz.find(text):
        at = bisect_right(starts, hit.start) - 1
        inside = at >= 0 and hit.start < named[at].end
        if not inside and not (hit.ambiguous_word and not _is_full(hit.candidates)):
            yield hit


def _is_full(candidates: Iterable[Candidate]) -> bool:
    return any(c.kind is NameKind.FULL for c in candidates)


def _at_home(gaz: Gazetteer, code: str, place: str, homes: Mapping[str, str]) -> bool:
    """Whether a division can be a subject: any in an article on the whole country, else what holds or lies in the place
    of the article or the home of one of its brands (others are where people go to work)."""
    if place in ("", COUNTRY):
        return True
    return any(gaz.contains(code, home) or gaz.contains(home, code) for home in (place, *homes.values()))


def _scope_anchors(
    text: str, place: str, before: Sequence[Anchor], homes: Mapping[str, str], gaz: Gazetteer
) -> Iterator[Anchor]:
    coded = [
        (a.start, homes.get(a.subject.key, "") if a.subject.type is SubjectType.BRAND else a.subject.key)
        for a in before
    ]
    named = sorted((at, code) for at, code in coded if code)
    starts = [at for at, _ in named]
    pattern, scopes = _scopes()
    for match in pattern.finditer(text):
        at = bisect_left(starts, match.start())
        last = [code for _, code in named[max(at - 6, 0) : at]][::-1]
        code = _scope(scopes[match.group()], place, last, gaz)
        if code:
            if code == COUNTRY and not _OPENING.search(text, max(match.start() - 4, 0), match.start()):
                continue
            subject = Subject(SubjectType.REGION, code)
            yield Anchor(match.start(), match.end(), subject, weak=scopes[match.group()] == "place")


def _scope(scope: str, place: str, last: Sequence[str], gaz: Gazetteer) -> str:
    """The code that 全国, 全省, 全市 … mean where the article is set in ``place`` and ``last`` were named last."""
    if scope == "country":
        return COUNTRY
    if scope == "place":
        return last[0] if last else place
    around = [place, *last] if place and scope != "county" else [*last, place]
    if scope == "area":
        scope = "province" if place[:2] in table("subjects")["autonomous"]["codes"] else "county"
    level = RegionLevel(scope)
    for code in filter(None, around):
        for division in (gaz.by_code(code), *gaz.ancestors(code)) if code in gaz else ():
            if division.level is level:
                return division.adcode
    return ""


@cache
def _scopes() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {word: scope for scope, found in table("subjects")["scopes"].items() for word in found}
    abroad = "".join(f"(?<!{re.escape(word)})" for word in table("subjects")["destination"]["abroad"])
    return re.compile(f"{abroad}(?:{_either(words)})"), words


@cache
def _pronouns() -> re.Pattern[str]:
    return re.compile(_either(table("subjects")["pronouns"]["brand"]))


@cache
def _destination() -> re.Pattern[str]:
    return re.compile(f"(?:{_either(table('subjects')['destination']['before'])})$")


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(f"[^，。；：、\n]{{0,24}}?(?:{_either(table('subjects')['destination']['speaks'])})")


@cache
def _part() -> re.Pattern[str]:
    return re.compile(f"[^，。；、“”\n]{{0,10}}?(?:公司|集团)|(?:{_either(table('subjects')['part']['after'])})")


@cache
def _shown() -> re.Pattern[str]:
    return re.compile(_either(table("subjects")["meeting"]["shown"]))


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
