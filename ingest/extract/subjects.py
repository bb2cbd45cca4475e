"""Of whom a number speaks: the brand, program or division that governs its place in an article."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from brands.vocabulary.choices import Metric, Scope
from ingest.extract.anchor_kinds import PARAGRAPH, PROVINCE, Anchor, Anchors, Weakness, either
from ingest.extract.anchors import find_anchors
from ingest.extract.article_subjects import headline_brand, set_in
from ingest.extract.text_layout import TextLayout, TextScope
from ingest.frozen import frozen
from ingest.gazetteer import COUNTRY, gazetteer
from ingest.lexicon import table
from ingest.numerals import find_numbers
from ingest.records import ExtractedArticle, Subject, SubjectType

# An owner as sure as this keeps the numbers behind a place that is only named aside.
FIRM = 0.8
# A brand at most so many characters of quotes after a division is the one at home there.
NEXT_HOME = 3
# A subject that no sentence names: measured, two of three are right, so these wait for a person (below what is public).
UNSURE = 0.52
# A line of a list is at most so long, and the line that leads up to it at most so many lines before.
LIST_LINE, LIST_LINES = 60, 12
# A brand at most so many characters after a number is what the number counts (500多位‘巴渝大嫂’).
NEXT_TO = 12


@frozen()
class NumberKind:
    """What a number counts, what it measures, and the division that its clause is about, if nothing else is."""

    metric: Metric
    scope: Scope
    place: str = ""


@frozen()
class Governed:
    """The subject of a number, by which rule, and how sure."""

    subject: Subject
    rule: str
    confidence: float


@frozen()
class OwnedNumber:
    """A number before, where it ends, and whose it is."""

    kind: NumberKind
    end: int
    governed: Governed


@frozen()
class SubjectFinder:
    """All anchors of an article in order, and whom it speaks of where none governs."""

    text: str
    anchors: tuple[Anchor, ...]
    starts: tuple[int, ...]
    homes: Mapping[str, str]
    headline: Subject | None
    headline_since: int
    place: Subject | None
    headings: tuple[Anchor, ...] = ()
    meetings: tuple[Anchor, ...] = ()
    names_brands: bool = True
    """Whether the article names a brand: else a number that no sentence gives an owner is of something else."""

    @classmethod
    def of(cls, article: ExtractedArticle, cast: Anchors) -> "SubjectFinder":
        anchors = find_anchors(article, cast)
        headline, since = headline_brand(anchors, article.body_start)
        named = {anchor.subject.key for anchor in anchors if anchor.is_brand}
        return cls(
            text=article.text.text,
            anchors=anchors,
            starts=tuple(anchor.start for anchor in anchors),
            homes=cast.homes,
            headline=headline,
            headline_since=since,
            place=set_in(article.place, [cast.homes.get(key, "") for key in named]),
            headings=tuple(anchor for anchor in anchors if anchor.heading and not anchor.listed),
            meetings=tuple(anchor for anchor in anchors if anchor.subject.type is SubjectType.PROGRAM),
            names_brands=bool(named),
        )

    def govern(
        self,
        kind: NumberKind,
        start: int,
        end: int,
        scope: TextScope,
        together: OwnedNumber | None = None,
        last: OwnedNumber | None = None,
    ) -> Governed | None:
        """Whose the number at ``[start, end)`` is, None where nothing says so. ``together`` is the last number of
        brands (26个品牌共带动就业186万人 goes on about the same), ``last`` the number before."""
        if told := self._respectively(start, scope):
            return Governed(told, "respectively", 0.9)
        start = self._begins(kind, start, scope)
        if together is not None and together.end > scope.sentence and self._is_of_brands(kind, together, start, end):
            return Governed(together.governed.subject, "with-brands", together.governed.confidence - 0.05)
        if kind.metric is Metric.BRANDS:
            shown = kind.scope is Scope.SHOWN
            return self._of_exhibits(start, end, scope) if shown else self._of_many(start, end, scope)
        if kind.metric is Metric.FUNDING and _of_all().search(self.text, scope.sentence, start):
            return self._of_many(start, end, scope)
        if _of_divisions().search(self.text, self._before_list(start, scope), start):
            return self._of_many(start, end, scope)
        if last is not None and last.end > scope.sentence and self._goes_on(kind, last, start, end):
            return next(iter(_told(self._meeting(start, end, scope), "meeting", 0.85)), last.governed)
        if kind.scope is Scope.SHOWN and (meeting := self._meeting_before(start, scope)):
            return Governed(meeting, "meeting-shows", 0.8)
        return next(self._governing(start, end, scope), None)

    def _begins(self, kind: NumberKind, start: int, scope: TextScope) -> int:
        """Where what is counted begins: the division that it comes from (全省8家单位赶来) and the list of firms that
        ends in 等7家 are a part of it, and own nothing."""
        if kind.metric is Metric.ORGANISATIONS and self.text.endswith("等", scope.sentence, start):
            return self._before_list(start, scope)
        last = next(iter(self._between(scope.sentence, start)[-1:]), None)
        shown = kind.scope is Scope.SHOWN and kind.metric is not Metric.BRANDS
        return last.start if shown and last is not None and last.end == start and not last.is_brand else start

    def _is_of_brands(self, kind: NumberKind, together: OwnedNumber, start: int, end: int) -> bool:
        """Whether a number is a part of the brands that were counted before, or of what they do together."""
        if kind.metric is Metric.BRANDS:
            return kind.scope is Scope.PART and self._last(together.end, start, SubjectType.REGION) is None
        given = kind.metric is Metric.FUNDING and _of_all().search(self.text, together.end, start)
        return not (given or self._strongest(together.end, start) or self._beside(end))

    def _meeting_before(self, start: int, scope: TextScope) -> Subject | None:
        """The meeting told of last, where the sentence names nobody else: 9个省份的120家企业参会."""
        if self._strongest(scope.sentence, start) is not None:
            return None
        number = bisect_left(self.meetings, start, key=lambda anchor: anchor.start)
        return self.meetings[number - 1].subject if number else None

    def _goes_on(self, kind: NumberKind, last: OwnedNumber, start: int, end: int) -> bool:
        """Whether a number is whose the one before it in the sentence is: no other is named between (占22.7%), or both
        are what a brand has in places (天津有3万人；北京有12.3万人)."""
        if last.kind.metric is Metric.BRANDS or self._beside(end):
            return False
        by_place = kind.place and last.kind.place and last.governed.subject.type is SubjectType.BRAND
        if by_place or not self._between(last.end, start):
            return True
        return last.governed.confidence >= FIRM and self._strongest(last.end, start) is None

    def _before_list(self, start: int, scope: TextScope) -> int:
        """Where a list of firms begins that ends in 等7家: the places in their names own nothing."""
        return max(self.text.rfind(mark, scope.sentence, start) for mark in "，：。；") + 1 or scope.sentence

    def _respectively(self, start: int, scope: TextScope) -> Subject | None:
        """“甲”“乙”从业人员分别为3万人和1.2万人: the brand or division that stands at the number's place in its list."""
        said = self.text.rfind("分别", scope.sentence, start)
        if said < 0 or self.text.startswith(_WHEN, said + 2) or _CLAUSE.search(self.text, said, start):
            return None
        named = [a for a in self._between(scope.sentence, said) if a.weak is not Weakness.ASIDE or a.listed]
        for kind in (SubjectType.BRAND, SubjectType.REGION):
            listed = list(dict.fromkeys(a.subject for a in named if a.subject.type is kind))
            place = sum(1 for _ in find_numbers(self.text[said:start]))
            if len(listed) > 1:
                return listed[place] if place < len(listed) else None
        return None

    def of_row(self, start: int, end: int) -> Governed | None:
        """Whose the numbers in a row of a table are: the brand's that stands in it, or else the division's."""
        inside = [anchor for anchor in self._between(start, end) if anchor.subject.type is not SubjectType.PROGRAM]
        who = next((anchor for anchor in inside if anchor.is_brand), None) or (inside[-1] if inside else None)
        return Governed(who.subject, "table-row", 0.95) if who else None

    def above(self, metric: Metric, head: int, layout: TextLayout) -> Governed | None:
        """Whose the numbers of a table are that name nobody: of whom the line before its head speaks last."""
        bounds = layout.scope(max(head - 1, 0))
        return self.govern(NumberKind(metric, Scope.TOTAL), head, head, bounds)

    def since(self, start: int, end: int) -> int:
        """Where the last brand between ``start`` and ``end`` ends, or ``start``."""
        return max([a.end for a in self._between(start, end) if a.is_brand], default=start)

    def brands_in(self, start: int, end: int) -> int:
        """How many brands are named in a stretch of the text."""
        return len({a.subject.key for a in self._between(start, end) if a.is_brand})

    def names_brand_at(self, at: int) -> bool:
        """Whether a brand is named right at a place, in quotes or not."""
        return any(a.is_brand for a in self._between(at, at + 2))

    def _governing(self, start: int, end: int, scope: TextScope) -> Iterator[Governed]:
        """Who may govern, the most telling first."""
        yield from _told(self._beside(end), "named-after", 0.95)
        yield from _told(self._meeting(start, end, scope), "meeting", 0.85)
        strong = self._strongest(scope.part, start) or self._strongest(scope.sentence, start)
        yield from _told(strong, "same-sentence", 0.95)
        topic = self._topic(scope.paragraph, scope.sentence)
        yield from _told(topic if topic and topic.is_brand else None, "same-paragraph", 0.9)
        yield from _told(self._heading(start), "heading", 0.8)
        at_home = self.headline if start >= self.headline_since else None
        yield from _told(at_home if self._last_is_away(scope.sentence, start) else None, "headline-away", 0.75)
        yield from _told(self._last(scope.sentence, start, weak=Weakness.AWAY), "away", 0.8)
        aside = self._last(scope.sentence, start, weak=Weakness.ASIDE)
        yield from _told(at_home if self._is_foreign(aside) else None, "headline-away", 0.75)
        yield from _told(aside, "mid-sentence", 0.85)
        yield from _told(topic, "same-paragraph", 0.85)
        yield from _told(self._last(scope.paragraph, start, weak=Weakness.AWAY), "away", 0.7)
        yield from _told(self._led_in(scope.paragraph), "led-in", 0.75)
        spoken = self._last(scope.paragraph, start, weak=Weakness.ASIDE)
        yield from _told(at_home if self._is_foreign(spoken) else None, "headline-away", 0.75)
        yield from _told(spoken, "speaker", 0.7)
        yield from _told(self._introduced(end, scope.paragraph_end), "introduced-after", 0.75)
        yield from _told(self.headline if start >= self.headline_since else None, "headline", UNSURE)
        yield from _told(self._earlier(scope.paragraph), "earlier-paragraph", UNSURE)
        yield from _told(self.place if self.names_brands else None, "article", self._sure_of_place())

    def _of_exhibits(self, start: int, end: int, scope: TextScope) -> Governed | None:
        """Brands at a meeting are of the division that sends them (湖北带去6个品牌), else of the meeting: the one named
        last, or else next; never of the place where it is held."""
        sender = self._last(scope.part, start, SubjectType.REGION, weak=Weakness.AWAY)
        if sender is not None:
            return Governed(sender.subject, "sender", 0.9)
        if self.meetings:
            number = bisect_left(self.meetings, end, key=lambda anchor: anchor.start)
            return Governed(self.meetings[max(number - 1, 0)].subject, "meeting-of-exhibits", 0.85)
        if _NATIONAL_MEETING.search(self.text):
            return Governed(Subject(SubjectType.REGION, COUNTRY), "national-meeting", 0.7)
        return self._of_many(start, end, scope)

    def _of_many(self, start: int, end: int, scope: TextScope) -> Governed | None:
        """Numbers of brands speak of a division or a meeting, never of one brand."""
        shown = bool(_at_meetings("shown").search(self.text, self._before_list(start, scope), end + NEXT_TO))
        homes = self._homes_listed(start, scope)
        for since, rule, confidence in (
            (scope.sentence, "same-sentence", 0.95),
            (scope.paragraph, "same-paragraph", 0.85),
        ):
            if shown and (meeting := self._last(since, start, SubjectType.PROGRAM, weak=Weakness.ASIDE)):
                return Governed(meeting.subject, f"meeting-{rule}", confidence - 0.05)
            region = self._place_of_many(since, start, homes)
            if region:
                return Governed(region.subject, rule, confidence)
        return None if self.place is None else Governed(self.place, "article", self._sure_of_place())

    def _last_is_away(self, since: int, before: int) -> bool:
        """Whether the last division of a stretch is far from the brands' homes: there their people work."""
        last = self._last(since, before, weak=Weakness.AWAY)
        return last is not None and last.weak is Weakness.AWAY

    def _is_foreign(self, aside: Anchor | None) -> bool:
        """Whether a division that is named aside lies in another province than the brand of the headline: people of
        there are no figure of it (天津港…这支5000余人的队伍)."""
        home = self.homes.get(self.headline.key, "") if self.headline else ""
        if aside is None or not home or aside.is_brand or aside.subject.key == COUNTRY:
            return False
        return aside.subject.key[:PROVINCE] != home[:PROVINCE]

    def _sure_of_place(self) -> float:
        """How sure the article's place is where nothing else governs: a number that no sentence gives an owner is often
        one of a village or a firm, but in a piece on the whole country it is the country's."""
        return 0.8 if self.place is not None and self.place.key == COUNTRY else UNSURE

    def _homes_listed(self, start: int, scope: TextScope) -> set[str]:
        """Where the brands are at home that are named right before their number: “甲”“乙”等12个品牌."""
        if not self.text.endswith("等", scope.sentence, start):
            return set()
        named = self._between(self._before_list(start, scope), start)
        return {self.homes[a.subject.key] for a in named if a.is_brand and a.subject.key in self.homes}

    def _place_of_many(self, since: int, before: int, homes: Collection[str]) -> Anchor | None:
        """The last division that is not just the home of the brand behind it (庆安县“…”等12个品牌 are not of 庆安), and
        in which the brands that are counted are at home."""
        gaz = gazetteer()
        for weak in (Weakness.NONE, Weakness.ASIDE):
            while region := self._last(since, before, SubjectType.REGION, weak=weak):
                following = next(iter(self._between(region.end, region.end + NEXT_HOME)), None)
                holds = all(gaz.contains(region.subject.key, home) for home in homes)
                if holds and (following is None or not following.is_brand):
                    return region
                before = region.start
        return None

    def _between(self, start: int, end: int) -> Sequence[Anchor]:
        return self.anchors[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _beside(self, end: int) -> Subject | None:
        anchor = next((a for a in self._between(end, end + NEXT_TO + 1)), None)
        if anchor is None or not anchor.is_brand or anchor.listed:
            return None
        among = _AND_OTHERS.match(self.text, anchor.end)  # 32万人靠“甲”等劳务品牌就业
        return None if among or _PAUSE.search(self.text, end, anchor.start) else anchor.subject

    def _last(
        self, since: int, before: int, only: SubjectType | None = None, *, weak: Weakness = Weakness.NONE
    ) -> Anchor | None:
        """The last anchor in ``[since, before)`` that may govern."""
        for anchor in reversed(self._between(since, before)):
            kind = anchor.subject.type
            wanted = kind is not SubjectType.PROGRAM if only is None else kind is only
            if wanted and not anchor.listed and anchor.end <= before and anchor.weak <= weak:
                return anchor
        return None

    def _strongest(self, since: int, before: int) -> Anchor | None:
        """The last strong anchor, or a brand before it where that is a division in another province: there the brand's
        people only work (“河北福嫂”…，天津有3万人)."""
        last = self._last(since, before)
        if last is None or last.is_brand:
            return last
        brand = self._last(since, last.start, SubjectType.BRAND)
        home = self.homes.get(brand.subject.key, "") if brand else ""
        away = last.subject.key != COUNTRY and last.subject.key[:PROVINCE] != home[:PROVINCE]
        return brand if home and away else last

    def _meeting(self, start: int, end: int, scope: TextScope) -> Subject | None:
        """The meeting that shows what is counted, where none but it is named before the number in the sentence."""
        if not _at_meetings("held").search(self.text, scope.sentence, end + NEXT_TO):
            return None
        last = next((a for a in reversed(self._between(scope.sentence, start)) if not a.listed and not a.weak), None)
        return last.subject if last and last.subject.type is SubjectType.PROGRAM else None

    def _topic(self, paragraph: int, sentence: int) -> Anchor | None:
        """What the sentences before speak of: of the last one that names anybody, the first brand (what it is about; a
        series like “川字号” only where it stands alone), or else the last division."""
        last = self._strongest(paragraph, sentence)
        if last is None or not last.is_brand:
            cards = (a for a in self._between(paragraph, sentence) if a.heading and a.is_brand)
            return next(cards, last)
        since = max(self.text.rfind("。", paragraph, last.start) + 1, paragraph)
        brands = [a for a in self._between(since, last.end) if a.is_brand and not a.listed]
        if len(brands) == 1 and _EXAMPLE.search(self.text, max(last.start - 8, 0), last.start):
            return self._last(paragraph, last.start, SubjectType.REGION)
        return next((a for a in brands if not a.subject.key.endswith(_series())), last)

    def _heading(self, at: int) -> Subject | None:
        number = bisect_left(self.headings, at, key=lambda anchor: anchor.start)
        return self.headings[number - 1].subject if number else None

    def _led_in(self, paragraph: int) -> Subject | None:
        """Of whom the line speaks that leads up to a list (再看蕲春：), for the lines of the list."""
        below = paragraph
        for _ in range(LIST_LINES):
            end = below - 1
            above = self.text.rfind("\n", max(end - LIST_LINE, 0), max(end, 0)) + 1
            if not above or "。" in self.text[above:end]:
                return None  # prose, or a line of more than LIST_LINE characters
            if self.text.endswith("：", above, end):
                anchor = self._last(above, end, weak=Weakness.ASIDE)
                return anchor.subject if anchor else None
            below = above
        return None

    def _introduced(self, end: int, paragraph_end: int) -> Subject | None:
        """The one brand that the rest of the paragraph leads up to (大家有个共同的名字——“青山湖纺工”)."""
        brands = (a for a in self._between(end, paragraph_end) if a.is_brand)
        names = {a.subject for a in brands if not _AND_OTHERS.match(self.text, a.end)}
        return names.pop() if len(names) == 1 else None

    def _earlier(self, paragraph: int) -> Subject | None:
        """The one brand of the paragraph before, or the one of which it speaks last."""
        since = max(
            self.text.rfind("\n", max(paragraph - PARAGRAPH, 0), max(paragraph - 1, 0)) + 1, paragraph - PARAGRAPH
        )
        if "。" not in self.text[since:paragraph]:
            return None  # a row of a list
        brands = {a.subject for a in self._between(since, paragraph) if a.is_brand and not a.listed}
        if len(brands) == 1:
            return brands.pop()
        anchor = self._last(since, paragraph)
        return anchor.subject if anchor and anchor.is_brand else None


_NATIONAL_MEETING = re.compile("全国[^，。；“”\n]{0,20}(?:大会|活动|大赛|展览|展会|论坛|洽谈会|交流会)")


def _told(who: Anchor | Subject | None, rule: str, confidence: float) -> tuple[Governed, ...]:
    return () if who is None else (Governed(who.subject if isinstance(who, Anchor) else who, rule, confidence),)


_CLAUSE = re.compile("[；：:]|，[^，；]*，")
# 分别于2019年、2021年认定: what follows tells when and by whom, the figures after it are of all.
_WHEN = ("于", "在", "被", "由", "获", "入选")
# 最多的“甲”有12万人。: what follows is no longer of it alone.
_EXAMPLE = re.compile("(?:最[一-鿿]{1,2}的|例如|比如|譬如)[“‘「『]?$")
_AND_OTHERS = re.compile("[”’」』]?等")
_PAUSE = re.compile("[，。；！？：:;、\n]")


@cache
def _of_all() -> re.Pattern[str]:
    return re.compile(either(table("subjects")["series"]["each"]))


@cache
def _of_divisions() -> re.Pattern[str]:
    return re.compile(either(table("subjects")["division"]["words"]))


@cache
def _series() -> tuple[str, ...]:
    return tuple(table("subjects")["series"]["endings"])


@cache
def _at_meetings(kind: str) -> re.Pattern[str]:
    return re.compile(either(table("subjects")["meeting"][kind]))
