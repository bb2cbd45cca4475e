"""Articles in the making, and the stretches of a page that they are made of."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise, zip_longest
from operator import attrgetter

from ingest.lexicon import words
from ingest.segment.blocks import Block, BlockKind
from ingest.segment.topic import Topic, pairs

_START = attrgetter("start")

# Longest headline of a section that is told by its likeness to the next one; those of articles are mostly longer.
MAX_PARALLEL = 20


@dataclass(slots=True, eq=False)
class Draft:
    """An article in the making. ``marker`` is the kind of the line that opened it, None for plain text."""

    marker: BlockKind | None = None
    heads: list[Block] = field(default_factory=list)
    bylines: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    turned: bool = False
    _text_topic: Topic | None = None
    _topic: Topic | None = None
    _about: bool | None = None

    @property
    def start(self) -> int:
        blocks = self.body or self.heads or self.bylines
        return min(block.start for block in blocks)

    @property
    def text_topic(self) -> Topic:
        """What the article is about, by its text alone."""
        if self._text_topic is None:
            self._text_topic = Topic(pairs(block.shown) for block in self.body)
        return self._text_topic

    @property
    def topic(self) -> Topic:
        """What the article is about, by its text and its headlines."""
        if self._topic is None:
            self._topic = self.text_topic.copy()
            for head in self.heads:
                self._topic.add(pairs(head.shown))
        return self._topic

    @property
    def about(self) -> bool:
        """Whether a word of the article says that it is about labour brands."""
        if self._about is None:
            self._about = _any_says(_subject(), [*self.heads, *self.body])
        return self._about

    def title(self, heads: list[Block]) -> None:
        self.heads = heads
        self._topic = self._about = None

    def take(self, blocks: list[Block]) -> None:
        """Add lines, in the order of the page. Takes no longer for a long article than for a short one."""
        in_order = not self.body or not blocks or blocks[0].start > self.body[-1].start
        self.body.extend(blocks)
        if not in_order:
            self.body.sort(key=lambda block: block.start)
        for topic in (self._text_topic, self._topic):
            if topic is not None:
                for block in blocks:
                    topic.add(pairs(block.shown))
        if self._about is False:
            self._about = _any_says(_subject(), blocks)

    def drop(self, blocks: list[Block]) -> None:
        gone = {block.start for block in blocks}
        self.body = [block for block in self.body if block.start not in gone]
        self._text_topic = self._topic = self._about = None

    def keep_late_heads(self) -> None:
        """Make text of the headlines below the text of an article that has one above: torn lines, entries of a list."""
        if self.heads and self.body and self.heads[0].start < self.body[0].start:
            last = self.body[-1].start
            late = [head for head in self.heads if head.start > last]
            if late:
                self.title([head for head in self.heads if head.start <= last])
                self.take(late)

    def before(self, block: Block) -> Block | None:
        """The last paragraph of the article that stands before a place on the page."""
        place = bisect_left(self.body, block.start, key=_START)
        while place and self.body[place - 1].kind is BlockKind.CAPTION:
            place -= 1
        return self.body[place - 1] if place else None


@dataclass(slots=True)
class _Strands:
    """The stretches found so far, and the headlines that still wait for their text."""

    found: list[Draft] = field(default_factory=list)
    heads: list[Block] = field(default_factory=list)

    def open(self, marker: BlockKind | None, *, bylines: list[Block], body: list[Block]) -> None:
        self.found.append(Draft(marker, self.heads, bylines, body))
        self.heads = []

    @property
    def awaits_text(self) -> bool:
        """Whether the last strand has a byline and no text yet, or a headline and nothing but words of pictures."""
        last = self.found[-1] if self.found and not self.heads else None
        if last is None or not all(map(_is_lone_caption, last.body)):
            return False
        return bool(last.heads) if last.body else last.marker is BlockKind.BYLINE

    def add(self, block: Block, following: Block | None) -> None:
        if block.kind is BlockKind.HEAD:
            self.heads.append(block)
        elif block.kind is BlockKind.BYLINE:
            self._add_byline(block, following)
        elif block.kind is BlockKind.TURN and self.found:
            self.found[-1].turned = True
        elif block.kind in (BlockKind.OPENING, BlockKind.REST) and not self.awaits_text:
            self.open(block.kind, bylines=[], body=[block])
        elif block.is_text:
            self._add_text(block)

    def _add_byline(self, block: Block, following: Block | None) -> None:
        """A byline opens an article if a text follows it, or a headline stands above; else it ends one."""
        leads = following is not None and following.is_text and not self.awaits_text
        if self.heads or leads:
            self.open(BlockKind.BYLINE, bylines=[block], body=[])
        elif self.found:
            self.found[-1].bylines.append(block)

    def _add_text(self, block: Block) -> None:
        if not self.found or (self.heads and not _is_lone_caption(block)):
            self.open(None, bylines=[], body=[])
        self.found[-1].body.append(block)


def _is_lone_caption(block: Block) -> bool:
    return block.kind is BlockKind.CAPTION and "。" not in block.shown


def strands(blocks: list[Block]) -> tuple[list[Draft], list[Block]]:
    """The stretches between headlines, bylines and openings, and the headlines that nothing follows."""
    result = _Strands()
    subheads = _subheads(blocks)
    for block, following in zip_longest(blocks, blocks[1:]):
        if block in subheads and result.found and not result.heads:
            result.found[-1].body.append(block)
        else:
            result.add(block, following)
    return result.found, result.heads


def _subheads(blocks: list[Block]) -> set[Block]:
    """Headlines whose form says that they head a section: numbered, or of one mould (南京：…, 海安：…)."""
    heads = [block for block in blocks if block.kind is BlockKind.HEAD]
    moulded = [head for head in heads if _mould().match(head.shown)]
    parallel = (pair for pair in pairwise(heads) if _is_parallel(pair[0].shown, pair[1].shown))
    numbered = (head for head in heads if _numbered().match(head.shown))
    marked = [head for head in heads if head.shown[0] in "◎◆"]
    if heads and heads[0] not in marked and len(marked) > 1:
        moulded += marked
    return {*numbered, *chain.from_iterable(parallel), *(moulded if len(moulded) > 1 else ())}


def _is_parallel(one: str, other: str) -> bool:
    """Whether two headlines are of one mould, as those of two sections are: 打好培训牌, 打好维权牌; 建基地 输出有门路,
    抓培训 务工有本领; 从“离乡”到“返乡”, 从单打独斗到抱团发展."""
    if max(len(one), len(other)) > MAX_PARALLEL:
        return False
    if one[0] == other[0] == "从":
        return any(word in one and word in other for word in "到向")
    if len(one) != len(other):
        return False
    alike = {a for a, b in zip(one, other, strict=True) if a == b}
    if [i for i, c in enumerate(one) if c in _PAUSES] != [i for i, c in enumerate(other) if c in _PAUSES]:
        return False
    return len(alike) > 1 and (bool(alike & set(_PAUSES)) or (one[0] == other[0] and one[-1] == other[-1]))


_PAUSES = " ，“”——"


def _any_says(pattern: re.Pattern[str], blocks: list[Block]) -> bool:
    return any(pattern.search(block.shown) for block in blocks)


@cache
def _mould() -> re.Pattern[str]:
    return re.compile("[^，。：“ ]{2,8}：[^，。：]{4,20}\\Z")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(
        "[（(]?[一二三四五六七八九十]{1,3}[、）.]|[0-9]{1,2}[、.）](?![0-9])|第[一二三四五六七八九十]{1,3}[章节条项]|问："
    )


@cache
def _subject() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "subject")))
