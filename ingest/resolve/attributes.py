"""What the text says of a brand besides its name: who recognised it and when, who runs it, which series it belongs
to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from brands.choices import BrandLevel
from ingest.levels import level_of
from ingest.records import BrandMention
from ingest.resolve.merge import Group
from ingest.resolve.region import Setting
from ingest.text import Span

NEAR = 80
"""How many characters around a name are read for its level, year and organisation."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with the mention that states it, and where in the article's text."""

    mention: BrandMention
    span: Span


def level_stated(group: Group, settings: dict[int, Setting]) -> tuple[BrandLevel | None, Stated | None]:
    """The level of a brand, from the head of its list, else from the words around its name."""
    for mention in group.mentions:
        if mention.level_hint:
            return mention.level_hint, None
    for mention in group.mentions:
        setting = settings[mention.article]
        for span in _level_spans(setting, mention):
            level = level_of(span.of(setting.article.text.text))
            if level:
                return level, Stated(mention, span)
    return None, None


def _level_spans(setting: Setting, mention: BrandMention) -> Sequence[Span]:
    """Where a level may stand: before the name up to the last stop of the sentence, and after it up to the next."""
    text = setting.article.text.text
    sentence = setting.sentences.at(mention.start, mention.end)
    before = Span(max(sentence.start, mention.start - NEAR), mention.start)
    after_end = min(sentence.end, mention.end + NEAR)
    after = Span(mention.end, after_end)
    own = [
        Span(before.start + _clause_start(before.of(text)), mention.start),
        Span(mention.end, mention.end + _clause_end(after.of(text))),
    ]
    if _recognised().search(sentence.of(text)) and not _others_between(setting, mention, sentence):
        own.append(sentence)
    return [span for span in own if span.start < span.end]


def _clause_start(text: str) -> int:
    return max(text.rfind(mark) for mark in "，；：。、") + 1


def _clause_end(text: str) -> int:
    ends = [at for mark in "，；。" if (at := text.find(mark)) >= 0]
    return min(ends, default=len(text))


@cache
def _recognised() -> re.Pattern[str]:
    return re.compile("上榜|入选|入围|认定|公布|评为|评选|评出|定为|获评|列为|被确定|名单|授予|榜上有名")


def _others_between(setting: Setting, mention: BrandMention, sentence: Span) -> bool:
    """Whether the sentence gives the name apart from a list: then its level may be another's."""
    inside = setting.named_in(sentence.start, sentence.end)
    gaps = [b[0] - a[1] for a, b in pairwise(inside)]
    return bool(gaps) and max(gaps) > 12


@cache
def _year() -> re.Pattern[str]:
    return re.compile(
        r"((?:19|20)[0-9]{2})年[^，。；\n]{0,20}?(?:认定|评为|评选|获评|入选|公布|列为|命名|授予|被评|成为|确定)"
    )


@cache
def _batch() -> re.Pattern[str]:
    return re.compile(r"(首批|第[一二三四五六七八九十0-9]{1,3}批)(?=[^，。；\n]{0,24}(?:品牌))")


def recognised(group: Group, settings: dict[int, Setting]) -> tuple[int | None, str]:
    """The year and the batch of the recognition, where the sentence of a mention says so."""
    for mention in group.mentions:
        setting = settings[mention.article]
        sentence = setting.sentences.at(mention.start, mention.end).of(setting.article.text.text)
        if not _recognised().search(sentence):
            continue
        year, batch = _year().search(sentence), _batch().search(sentence)
        if year or batch:
            return int(year[1]) if year else None, batch[1] if batch else ""
    return None, ""


@cache
def _runs_it() -> re.Pattern[str]:
    name = r"((?:[一-鿿（）]{1,24}?)(?:协会|有限公司|集团|有限责任公司|中心|合作社|妇联|人社局|学校|学院))"
    return re.compile(
        name + r"(?:一手|负责打造|负责运营|牵头|持有|注册|创建|打造|培育|操持|申报|建设|运营|擦亮|扶起来)"
    )


def organisation(group: Group, settings: dict[int, Setting]) -> str:
    """Who holds or runs the brand: 由省妇联一手擦亮 right beside the name; empty where the sentence names several
    brands."""
    for mention in group.mentions:
        setting = settings[mention.article]
        sentence = setting.sentences.at(mention.start, mention.end)
        if len(setting.named_in(sentence.start, sentence.end)) > 1:
            continue
        match = _runs_it().search(sentence.of(setting.article.text.text))
        if match:
            return re.sub("^(?:由|是|在|经|被|让|依托|同|和|与|，)+", "", match[1])
    return ""


@cache
def _member_of() -> re.Pattern[str]:
    return re.compile(
        r"[“「]([一-鿿]{1,3}字号)[”」](?:特色|优秀|省级)?(?:劳务)?品牌|[“「]([一-鿿]{2,4}系列)[”」](?:特色)?(?:劳务)?品牌"
    )


def series_of(group: Group, settings: dict[int, Setting], umbrellas: Sequence[str]) -> str:
    """The umbrella that the sentence of the brand puts it under: “鲁班用工”等一批“鲁字号”劳务品牌."""
    if group.name in umbrellas:
        return ""
    for mention in group.mentions:
        setting = settings[mention.article]
        sentence = setting.sentences.at(mention.start, mention.end).of(setting.article.text.text)
        match = _member_of().search(sentence)
        if match and (match[1] or match[2]) in umbrellas:
            return match[1] or match[2]
    return ""
