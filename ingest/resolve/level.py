"""The level of a brand, where the text says who recognised it: in the head of its list, beside its name, in a sentence
that follows it, or in the one that leads its list in."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from brands.vocabulary.choices import BrandLevel
from ingest.levels import level_of, recognised_thing, recognition
from ingest.lexicon import table
from ingest.name_shapes import alternation
from ingest.records import BrandMention
from ingest.resolve.evidence import Stated
from ingest.resolve.merge import BrandGroup
from ingest.resolve.setting import Setting
from ingest.text import Span

# How the name of a series ends.
SERIES = ("字号", "系列")
# How many characters around a name or its list are read for its level.
NEAR = 80
# Names of one sentence that lie further apart are no list: the level of one may not be the other's.
APART = 12
# So many sentences after a brand's own, in its paragraph and naming no other brand, still speak of it.
FOLLOWING = 4

# So many characters stand before and after the brands of a row: the name of a place, quotes, a stop.
ROW_HEAD, ROW_TAIL = 14, 3

# So many rows are followed back to the sentence that leads them in: the provinces are 34.
ROWS = 40


def level_stated(
    group: BrandGroup, settings: Mapping[int, Setting], *, single: bool = False
) -> tuple[BrandLevel | None, Stated | None]:
    """The level of a brand and where it is stated; `single` when the page names no other brand. A series has none: what
    is recognised are its brands, each by its own office."""
    if group.name.endswith(SERIES):
        return None, None
    for mention in group.mentions:
        if mention.level_hint:
            return mention.level_hint, Stated(mention, mention.level_at) if mention.level_at else None
    for spans in (_beside, _following, _leading):
        for mention in group.mentions:
            if found := _first(settings[mention.article], mention, spans(settings[mention.article], mention)):
                return found
    return (single and _anywhere(group, settings)) or (None, None)


def _first(setting: Setting, mention: BrandMention, spans: Iterator[Span]) -> tuple[BrandLevel, Stated] | None:
    """The first of the spans that states a level."""
    for span in spans:
        if span.start < span.end and (level := level_of(span.of(setting.text))):
            return level, Stated(mention, span)
    return None


def _beside(setting: Setting, mention: BrandMention) -> Iterator[Span]:
    """The clauses before and after the name or its list; the whole sentence where that recognises all it names."""
    sentence = setting.sentences.at(mention.start, mention.end)
    chain = setting.chain(mention.start, mention.end)
    # A list may be longer than its sentence, which is cut where no full stop comes.
    start = min(max(sentence.start, chain.start - NEAR), chain.start)
    end = max(min(sentence.end, chain.end + NEAR), chain.end)
    yield Span(start + _clause_start(setting.text[start : chain.start]), chain.start)
    yield Span(chain.end, chain.end + _clause_end(setting.text[chain.end : end]))
    if recognition().search(setting.text, sentence.start, sentence.end) and not _others_between(setting, sentence):
        yield sentence


def _clause_start(text: str) -> int:
    return max([text.rfind(mark) for mark in "，；：。、"]) + 1


def _clause_end(text: str) -> int:
    ends = [at for mark in "，；。" if (at := text.find(mark)) >= 0]
    return min(ends, default=len(text))


def _others_between(setting: Setting, sentence: Span) -> bool:
    """Whether the sentence gives the name apart from a list: then its level may be another's."""
    inside = setting.named_in(sentence.start, sentence.end)
    gaps = [b[0] - a[1] for a, b in pairwise(inside)]
    return bool(gaps) and max(gaps) > APART


def _following(setting: Setting, mention: BrandMention) -> Iterator[Span]:
    """Sentences that recognise and follow in the same paragraph, until another brand is named."""
    number = setting.sentences.index(mention.start)
    if len(setting.named_in(*_ends(setting.sentences.get(number)))) > 1:
        return
    for following in range(number + 1, number + 1 + FOLLOWING):
        span = setting.sentences.get(following)
        between = setting.text[mention.end : span.start]
        if span.start >= span.end or "\n" in between or setting.named_in(span.start, span.end):
            return
        if recognition().search(setting.text, span.start, span.end):
            yield span


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@cache
def _taken_up() -> re.Pattern[str]:
    """How a sentence takes up the brands that the one before counted: 其中, 分别是, 上榜的有."""
    return re.compile(alternation(tuple(table("levels")["taken_up"])))


@cache
def _several() -> re.Pattern[str]:
    return re.compile(
        "[0-9一二三四五六七八九十两百]+[个家项块张].{0,16}品牌|品牌[0-9一二三四五六七八九十两百]+[个家项块张]|名单|批"
    )


def _leading(setting: Setting, mention: BrandMention) -> Iterator[Span]:
    """The sentence before, where it recognises several brands and the brand's own or its row takes them up."""
    number = setting.sentences.index(mention.start)
    own = setting.sentences.get(number)
    if is_row(setting, own):
        first = max(number - ROWS, 0)
        while number > first and is_row(setting, setting.sentences.get(number - 1)):
            number -= 1
    elif not takes_up(setting, own.start, mention.start):
        return
    before = setting.sentences.get(number - 1)
    said = before.of(setting.text)
    if _several().search(said) and recognition().search(said) and not setting.named_in(before.start, before.end):
        yield before


def takes_up(setting: Setting, start: int, end: int) -> bool:
    """Whether a sentence, up to the name in it, takes up the brands that the one before counted."""
    return bool(_taken_up().search(setting.text, start, end))


def is_row(setting: Setting, line: Span) -> bool:
    """Whether a sentence is nothing but a place and brands: 某省：“…”、“…”；"""
    found = setting.rows.get(line)
    if found is None:
        found = setting.rows[line] = _is_row(setting, line)
    return found


def _is_row(setting: Setting, line: Span) -> bool:
    inside = setting.named_in(line.start, line.end)
    if not inside:
        return False
    chain = setting.chain(*inside[0])
    return chain.start - line.start <= ROW_HEAD and line.end - chain.end <= ROW_TAIL


def _recognises(said: str) -> bool:
    return bool(recognition().search(said) and recognised_thing().search(said)) and not _rules().search(said)


@cache
def _rules() -> re.Pattern[str]:
    return re.compile(alternation(tuple(table("recognition")["aims"])))


def _anywhere(group: BrandGroup, settings: Mapping[int, Setting]) -> tuple[BrandLevel, Stated] | None:
    """Any sentence that recognises brands, and not only hopes or rules, in an article on one brand alone."""
    mention = group.mentions[0]
    setting = settings[mention.article]
    spans = (setting.sentences.get(number) for number in range(len(setting.sentences.starts)))
    said = ((span, span.of(setting.text)) for span in spans)
    recognising = (span for span, words in said if _recognises(words))
    return _first(setting, mention, iter(recognising))
