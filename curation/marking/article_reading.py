"""What ingest reads around words of an article: the sentence, a number with its meaning, a place, a trade, a level.

Only to begin a form with, which a person then looks at; so nothing is read that a look at one article can't tell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from brands.models import Article
from brands.vocabulary.choices import BrandLevel, Industry, ProgramKind, Scope
from brands.vocabulary.dates import from_iso
from brands.vocabulary.titles import title_parts
from ingest.clean import clean
from ingest.extract.cues import Surroundings
from ingest.extract.dates import Clock
from ingest.extract.metrics import read_number
from ingest.extract.program_names import KINDS
from ingest.extract.scopes import read_scope
from ingest.extract.text_layout import TextLayout
from ingest.gazetteer import COUNTRY, gazetteer
from ingest.levels import level_of
from ingest.lexicon import words as lexicon_words
from ingest.numerals import Number, find_numbers
from ingest.place_reading import read_places
from ingest.read import stored
from ingest.records import ExtractedArticle
from ingest.resolve.industry import industry_of_name, industry_of_text
from ingest.segment import segment
from ingest.sentences import sentences_of
from ingest.text import MappedText, Span

# A sentence is shown whole unless something foreign lies in it, which makes it longer on the page than this many times.
STRETCHED = 2
SLACK = 40

# Characters before the words in which a place is looked for that they may belong to.
PLACE_REACH = 40

_STOP = re.compile("[。；\n]")

# What stands between the names of a list, and what may stand around each.
_BETWEEN = re.compile("[、，,；;/|\t\n]+")
_AROUND = "“”‘’「」『』\"'《》〈〉（）()【】[]：:。. \u3000"
_NUMBERED = re.compile(r"^\s*(?:[（(]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.．、)）]\s*|[•·●○◆■-]\s*)")
_QUOTED = re.compile("[“「『]([^“”「」『』\n]{2,40})[”」』]")
_LAST = re.compile("^(.{2,20}?)(?:以及|和|与|及)(.{2,20})$")
_ETC = re.compile("等[0-9一二三四五六七八九十百]{0,4}[个项]?[^、，,；;]{0,8}$")


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a marked list, at its place ``[start, end)`` of the page."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class ArticleReading:
    """An article as ingest cuts and cleans it; `article` has no page noise, and its text leads back to the page."""

    article: ExtractedArticle
    page_text: str

    @classmethod
    def of(cls, row: Article) -> "ArticleReading":
        """The article of the page that stands where this one does, dated and set as people may have corrected."""
        page = stored(row.page.name, row.page.text, encoding=row.page.encoding, sha256=row.page.sha256)
        own = [Span(start, end) for start, end in row.spans]
        found = max(segment(page, clean(page)), key=lambda one: _shared(one.spans, own), default=None)
        if found is None or not _shared(found.spans, own):
            text = MappedText.join([MappedText.of(page.text, start=s.start, end=s.end) for s in own], glue="\n")
            found = ExtractedArticle(row.order, row.title, text, 0, tuple(own))
        said: dict[str, Any] = {"title": row.title, "publisher": row.publisher, "published_on": row.published_on}
        return cls(replace(found, **said, place=row.place_id or ""), page.text)

    @property
    def text(self) -> str:
        return self.article.text.text

    def sentence(self, start: int, end: int) -> Span:
        """The sentence around ``[start, end)`` of the page, as it stands there; that stretch alone where the sentence
        can't be told from what stands between."""
        at = self.article.text.stretch_of(Span(start, end))
        if at is None:
            return Span(start, end)
        told = sentences_of(self.text).at(at.start, at.end)
        whole = self.article.text.span(told.start, told.end)
        if len(whole) > STRETCHED * len(told) + SLACK:
            runs = self.article.text.runs(told.start, told.end)
            whole = next((run for run in runs if run.contains(Span(start, end))), Span(start, end))
        return Span(min(whole.start, start), max(whole.end, end))

    def items(self, start: int, end: int) -> list[Item]:
        """The names of the list that stands there: what is in quotes, else what 、 and the like part; one where it is
        no list."""
        words = self.page_text[start:end]
        quoted = [match.span(1) for match in _QUOTED.finditer(words)]
        spans = quoted if len(quoted) > 1 else list(_parted(words))
        found = [Item(start + first, start + last, "".join(words[first:last].split())) for first, last in spans]
        return list({item.name: item for item in reversed(found) if item.name}.values())[::-1]

    def place_of(self, start: int, name: str = "") -> str:
        """The code of the division that the name says, else of the one named right before the words, else of the one
        that the article is set in; empty for the whole country and for none."""
        home = "" if self.article.place == COUNTRY else self.article.place
        at = self.article.text.stretch_of(Span(start, start + 1))
        before = self.text[max(at.start - PLACE_REACH, 0) : at.start] if at else ""
        return named_place(name, home) or named_place(_STOP.split(before)[-1], home) or home

    def distance(self, name: str, at: int) -> int:
        """How far before this place of the page the name was said last; farther than all of the text where it is only
        said behind it, or written otherwise."""
        place = self.article.text.stretch_of(Span(at, at + 1))
        here = place.start if place else 0
        before, behind = self.text.rfind(name, 0, here), self.text.find(name, here)
        return here - before if before >= 0 else len(self.text) + (behind if behind >= 0 else len(self.text))

    def trade_of(self, name: str, start: int, end: int) -> Industry:
        """By the words of the name, else by those of its sentence."""
        said = self.sentence(start, end).of(self.page_text)
        return industry_of_name(name) or industry_of_text(said) or Industry.OTHER

    def level_of(self, start: int, end: int) -> BrandLevel | None:
        return level_of("".join(self.sentence(start, end).of(self.page_text).split()))

    def number(self, start: int, end: int) -> "NumberReading | None":
        """The number that stands there, whole even where only a part of it was selected; the largest of several."""
        at = self.article.text.stretch_of(Span(start, end))
        if at is None:
            return None
        bounds = TextLayout.of(self.text).scope(at.start)
        lead = self.text[bounds.sentence : bounds.sentence_end]
        near = (_moved(number, bounds.sentence) for number in find_numbers(lead))
        found = [number for number in near if number.start < at.end and at.start < number.end]
        return (
            self._meaning(max(found, key=lambda number: (number.end - number.start, number.value))) if found else None
        )

    def _meaning(self, number: Number) -> "NumberReading":
        bounds = TextLayout.of(self.text).scope(number.start)
        reading = read_number(Surroundings.of(self.text, number, bounds.sentence), None)
        span = self.article.text.span(number.start, number.end)
        when = Clock.of(self.article).when(bounds.paragraph, number.start)
        as_of, precision = from_iso(when.date)
        values: dict[str, object] = {
            "value": reading.value if reading else number.value,
            "value_max": reading.value_max if reading else number.value_max,
            "unit": reading.unit if reading else number.unit,
            "qualifier": number.qualifier.value,
            "scope": Scope.TOTAL.value,
            "period": when.period,
            "as_of": as_of,
            "as_of_precision": precision,
            "as_of_basis": when.basis if as_of else "",
        }
        if reading:
            measured = read_scope(self.text, number, reading, bounds, ())
            values |= {"metric": reading.metric.value, "scope": measured.scope.value, "part_of": measured.part_of}
            values["per"] = measured.per.value if measured.per else ""
        return NumberReading(span.start, span.end, self.text[number.start : number.end], values)

    def program(self, name: str) -> dict[str, object]:
        """Kind, edition and year of a program, as its name says them."""
        parts = title_parts(name)
        return {"edition": parts.edition, "year": parts.year, "kind": kind_of_program(name)}


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number at its place ``[start, end)`` of the page: the words without blanks, and the values of a statistic."""

    start: int
    end: int
    words: str
    values: dict[str, object]


def kind_of_program(name: str) -> str:
    """The kind that the end of a name tells; a name in 《》 is that of a policy."""
    if name.startswith("《") or name.endswith(_POLICIES):
        return ProgramKind.POLICY.value
    bare = name.rstrip("”」』")
    ends = ((word, kind) for key, kind in KINDS.items() for word in lexicon_words("programs", key))
    return max(((len(word), kind.value) for word, kind in ends if bare.endswith(word)), default=(0, ""))[1]


_POLICIES = ("意见", "方案", "办法", "规划", "条例", "措施", "通知", "标准", "规范")


def named_place(words: str, home: str = "") -> str:
    """The code of the division that is named last, one of the province of `home` before others of its name; empty where
    none is named, or one of several."""
    for hit in reversed(read_places(words)):
        codes = {candidate.division.adcode for candidate in hit.candidates} - {COUNTRY}
        near = {code for code in codes if home and is_in(code, f"{home[:2]}0000")}
        if len(near or codes) == 1:
            return (near or codes).pop()
    return ""


def is_in(code: str, holder: str) -> bool:
    """Whether a division is the other one or lies in it."""
    return gazetteer().contains(holder, code)


def _parted(words: str) -> Sequence[tuple[int, int]]:
    """The stretches between the marks of a list, bare of numbering and quotes; the last of several parted at 和."""
    end = len(words)
    if _BETWEEN.search(words) and (rest := _ETC.search(words)):
        end = rest.start()
    bounds = [0, *(at for match in _BETWEEN.finditer(words, 0, end) for at in match.span()), end]
    spans = [_bare(words, first, last) for first, last in zip(bounds[::2], bounds[1::2], strict=True)]
    spans = [(first, last) for first, last in spans if first < last]
    if len(spans) > 1 and (last := _LAST.match(words[slice(*spans[-1])])):
        first = spans.pop()[0]
        spans += [_bare(words, first + last.start(n), first + last.end(n)) for n in (1, 2)]
    return spans


def _bare(words: str, start: int, end: int) -> tuple[int, int]:
    piece = words[start:end]
    numbered = _NUMBERED.match(piece)
    start += numbered.end() if numbered else 0
    piece = words[start:end]
    shown = piece.lstrip(_AROUND)
    start += len(piece) - len(shown)
    return start, start + len(shown.rstrip(_AROUND))


def _shared(spans: Sequence[Span], own: Sequence[Span]) -> int:
    """Characters that both have."""
    return sum(max(min(a.end, b.end) - max(a.start, b.start), 0) for a in spans for b in own)


def _moved(number: Number, by: int) -> Number:
    return replace(number, start=number.start + by, end=number.end + by, digits=number.digits + by)
