"""The places of an article that can govern a number: brands, meetings, divisions, and words for one (全省)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ingest.extract.anchor_kinds import Anchor, Anchors, either, mark_listed
from ingest.extract.division_anchors import region_anchors
from ingest.extract.names_headed import card_heads
from ingest.lexicon import table
from ingest.records import ExtractedArticle

# A line of at most so many characters without a full stop is a heading and governs what follows it.
HEADING = 24
# Two brands at most so many characters of quotes and 、 apart stand in one list; none of a list governs alone.
LIST_GAP = 4


def find_anchors(article: ExtractedArticle, cast: Anchors) -> tuple[Anchor, ...]:
    """All anchors of an article in reading order, none within another."""
    text = article.text.text
    named = mark_listed(text, _outermost(_brand_anchors(article, cast)), LIST_GAP)
    named = sorted([*named, *_pronouns_of(text, [a for a in named if not a.listed])], key=lambda a: a.start)
    meetings = sorted(_program_anchors(article, cast), key=lambda a: a.start)
    meetings += _meetings_meant(text, meetings)
    regions = _outside(text, meetings, region_anchors(article, named, cast.homes))
    return tuple(sorted([*named, *meetings, *regions], key=lambda a: (a.start, -a.end)))


# --- brands and meetings ----------------------------------------------------------------------------------------------


def _brand_anchors(article: ExtractedArticle, cast: Anchors) -> Iterator[Anchor]:
    text = article.text.text
    for subject, mention in cast.brands.get(article.order, ()):
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
    """Whether the line around ``[start, end)`` heads a card, or is short, no sentence, and stands between two that are
    prose (a row of a list has its like beside it)."""
    first = text.rfind("\n", max(start - HEADING, 0), start) + 1
    if card_heads().match(text, first):
        return True
    last = text.find("\n", end, end + HEADING)
    if last < 0 or not first or last - first > max(HEADING, end - start) or "。" in text[first:last]:
        return False
    after = text.find("\n", last + 1)
    return text[first - 2] in "。！？”’」』)）" and "。" in text[last : after if after > 0 else len(text)]


def _pronouns_of(text: str, named: Sequence[Anchor]) -> list[Anchor]:
    """该品牌 and the like mean the brand named last."""
    starts = [a.start for a in named]
    found = []
    for match in _pronouns().finditer(text):
        at = bisect_left(starts, match.start()) - 1
        if at >= 0:
            found.append(Anchor(match.start(), match.end(), named[at].subject))
    return found


def _meetings_meant(text: str, meetings: Sequence[Anchor]) -> list[Anchor]:
    """本次大会 and the like mean the first meeting of the article whose name ends alike (大会, 活动, 大赛)."""
    starts = [a.start for a in meetings]
    alike = {a.subject.key[-1]: a.subject for a in reversed(meetings)}
    found = []
    for match in _meetings().finditer(text):
        at = bisect_right(starts, match.start()) - 1
        inside = at >= 0 and match.start() < meetings[at].end
        if not inside and match.group()[-1] in alike:
            found.append(Anchor(match.start(), match.end(), alike[match.group()[-1]]))
    return found


def _outside(text: str, meetings: Iterable[Anchor], regions: Iterable[Anchor]) -> Iterator[Anchor]:
    """The divisions that are no part of the name of a meeting (全省劳务品牌技能大赛, 宁夏2025年“春风行动”)."""
    ends: list[Anchor] = _outermost(meetings)
    starts = [a.start for a in ends]
    for region in regions:
        at = bisect_right(starts, region.start) - 1
        titled = _YEAR_OF_MEETING.match(text, region.end)
        if titled and at + 1 < len(ends) and ends[at + 1].start in (titled.end(), titled.end(1)):
            continue
        if at < 0 or region.end > ends[at].end:
            yield region


_YEAR_OF_MEETING = re.compile("(20[0-9]{2}年)[“‘「『]?")


def _program_anchors(article: ExtractedArticle, cast: Anchors) -> Iterator[Anchor]:
    for subject, mention in cast.meetings.get(article.order, ()):
        yield Anchor(mention.start, mention.end, subject)


@cache
def _meetings() -> re.Pattern[str]:
    return re.compile(either(table("subjects")["pronouns"]["meeting"]))


@cache
def _pronouns() -> re.Pattern[str]:
    return re.compile(either(table("subjects")["pronouns"]["brand"]))
