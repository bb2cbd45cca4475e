"""From the lines of a page to drafts of articles: which paragraphs belong together."""

import re
from dataclasses import dataclass, field
from functools import cache
from statistics import median_low

from ingest.lexicon import table, words
from ingest.segment.blocks import Block, Kind
from ingest.segment.topic import Topic, pairs

NEAR = 3
"""An article is looked for among so many before and after; a page seldom tears one further apart."""

FAR = 20
"""The first half of an article that goes on elsewhere is looked for among so many before."""

KIN = 0.3
"""Kinship from which a passage belongs: nine of ten paragraphs reach it with their own article, one of twenty with
another."""

CLOSER = 0.8
"""A section goes back to an earlier article if it is by so much closer to it than to the one above."""

COVER, TRACE = 0.3, 0.15
"""The share of its pairs that a headline has in its own text, at least, and in another one, at most."""

STRANGE = {-3: -99.0, -2: -1.0, -1: -0.7, 0: -0.4, 1: -0.2, 2: 0.0, 3: 0.1, 4: 0.2}
"""Kinship below which a section is an article of its own, by the number of signs that its headline is one of an article.

Of sections of the same article one in twenty stays below 0.09, of those of other articles 19 in 20 below 0.2."""

LONG, SHORT = 12, 8
"""Headlines of articles mostly have so many characters and more, subheads so many and less."""

MARGIN = 0.4
"""A paragraph is another article's if it is by more than this closer to it than to its own."""

SURE = 2.0
"""A paragraph that is this close to its own article stays; half of all are."""

FLOW = 0.4
"""What an open sentence before a paragraph weighs, in kinship."""

MAX_EXCHANGED = 120
"""An article of more paragraphs is no newspaper column that others could be pushed into."""

LOOKED_AT = 4
"""A section is judged by so many lines below its headline: what is pushed into a column mostly stands further down."""

MAX_PICTURE = 300
"""A text of at most so many characters under a picture is a story of its own if it has a headline."""


@dataclass(slots=True, eq=False)
class Draft:
    """An article in the making. ``marker`` is the kind of the line that opened it, None for plain text."""

    marker: Kind | None = None
    heads: list[Block] = field(default_factory=list)
    bylines: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    turned: bool = False
    _topic: Topic | None = None

    @property
    def start(self) -> int:
        blocks = self.body or self.heads or self.bylines
        return min(block.start for block in blocks)

    @property
    def topic(self) -> Topic:
        """What the article is about, by its text and its headlines."""
        if self._topic is None:
            self._topic = Topic(pairs(block.shown) for block in (*self.heads, *self.body))
        return self._topic

    def title(self, heads: list[Block]) -> None:
        self.heads = heads
        self._topic = None

    def take(self, blocks: list[Block]) -> None:
        self.body = sorted([*self.body, *blocks], key=lambda block: block.start)
        self._topic = None

    def drop(self, blocks: list[Block]) -> None:
        self.body = [block for block in self.body if block not in blocks]
        self._topic = None

    def before(self, block: Block) -> Block | None:
        """The last paragraph of the article that stands before a place on the page."""
        earlier = [other for other in self.body if other.start < block.start and other.kind is not Kind.CAPTION]
        return earlier[-1] if earlier else None


def strands(blocks: list[Block]) -> tuple[list[Draft], list[Block]]:
    """The stretches between headlines, bylines and openings, and the headlines that nothing follows."""
    found: list[Draft] = []
    heads: list[Block] = []
    subheads = _subheads(blocks)
    for i, block in enumerate(blocks):
        if block in subheads and found and not heads:
            found[-1].body.append(block)
        elif block.kind is Kind.HEAD:
            heads.append(block)
        elif block.kind is Kind.TURN:
            if found:
                found[-1].turned = True
        elif block.kind is Kind.BYLINE and _opens(blocks, i, found, heads):
            found.append(Draft(Kind.BYLINE, heads, [block]))
            heads = []
        elif block.kind is Kind.BYLINE and found:
            found[-1].bylines.append(block)
        elif block.kind in (Kind.OPENING, Kind.REST) and not _awaited(found, heads):
            found.append(Draft(block.kind, heads, [], [block]))
            heads = []
        elif block.is_text:
            lone_caption = block.kind is Kind.CAPTION and "。" not in block.shown
            if (heads and not lone_caption) or not found:
                found.append(Draft(None, heads))
                heads = []
            found[-1].body.append(block)
    return found, heads


def _opens(blocks: list[Block], i: int, found: list[Draft], heads: list[Block]) -> bool:
    """Whether a byline stands at the head of an article and not at its end."""
    if heads:
        return True
    following = blocks[i + 1] if i + 1 < len(blocks) else None
    return following is not None and following.is_text and not _awaited(found, heads)


def _awaited(found: list[Draft], heads: list[Block]) -> bool:
    """Whether the last strand has a byline and still waits for its text."""
    return bool(found) and not heads and found[-1].marker is Kind.BYLINE and not found[-1].body


def settled(found: list[Draft]) -> list[Draft]:
    """The strands with sections joined to the article that they are part of."""
    articles: list[Draft] = []
    current: Draft | None = None
    for strand in found:
        home = _home(strand, articles, current)
        if home is not None and home is current and (cut := _late_start(strand, home)):
            late = home.body[cut:]
            home.drop(late)
            strand.take(late)
            home = None
        if home is None:
            articles.append(strand)
            current = strand
        else:
            if home is current and _is_late_title(strand, home):
                home.title(strand.heads)
                home.take(strand.body)
            else:
                home.take([*strand.heads, *strand.body])
            home.turned = strand.turned
            current = home
    return articles


def _late_start(strand: Draft, article: Draft) -> int:
    """Where in an article the text begins whose headline only follows now; 0 where the headline is a subhead of it."""
    if strand.marker is not None or not article.heads or _signs(strand) < 2:
        return 0
    return cut_of(article.body, article.heads, strand.heads)


def cut_of(body: list[Block], early: list[Block], late: list[Block]) -> int:
    """The first paragraph of the text of the late headline, when the early one has the paragraphs before; else 0."""
    passages = [pairs(block.shown) for block in body]
    early_words, late_words = (pairs("\n".join(head.shown for head in heads)) for heads in (early, late))
    for i in range(1, len(passages)):
        if Topic(passages[i : i + 1]).cover(late_words) < TRACE:
            continue
        before, after = Topic(passages[:i]), Topic(passages[i:])
        mine = before.cover(early_words) >= TRACE and after.cover(late_words) >= COVER
        strange = before.cover(late_words) < TRACE and after.cover(early_words) < before.cover(early_words)
        return i if mine and strange else 0
    return 0


def _is_late_title(strand: Draft, article: Draft) -> bool:
    """Whether the headline of a section is that of the article, which had none: it stands between two columns.

    The last line tells: the ones before may well be the headline below an article, and this one that of the next.
    """
    if article.heads or not strand.heads:
        return False
    return article.topic.cover(pairs(strand.heads[-1].shown)) >= COVER


def _home(strand: Draft, articles: list[Draft], current: Draft | None) -> Draft | None:
    """The article that a strand is part of, or None where it begins one."""
    if strand.marker is Kind.REST:
        return _turned_from(strand, articles)
    if current is None or strand.marker is not None or _is_picture_story(strand):
        return None
    parts = [pairs(block.shown) for block in (*strand.heads[-1:], *strand.body[:LOOKED_AT])]
    pulls = [_pull(article, parts) for article in articles[-NEAR:]]
    own = _pull(current, parts)
    if max(pulls) > max(KIN, own + CLOSER):
        return articles[-NEAR:][pulls.index(max(pulls))]
    return current if own >= _strange(strand, current) else None


def _strange(strand: Draft, current: Draft) -> float:
    """The kinship below which a section is no part of the article above it."""
    signs = 0 if _is_late_title(strand, current) else _signs(strand) + _field_sign(strand, current)
    return STRANGE[max(min(signs, max(STRANGE)), min(STRANGE))]


def _pull(article: Draft, parts: list[frozenset[str]]) -> float:
    """How closely the lines of a section belong to an article: the median, for one of them may have been pushed in."""
    if not article.body:
        # A headline still without its text: a section that takes up its words is what it waits for.
        return SURE if Topic(parts).cover(article.topic.once) >= COVER else 0.0
    return median_low(article.topic.kinship(part) for part in parts)


def _turned_from(strand: Draft, articles: list[Draft]) -> Draft | None:
    """The article on this page that says 下转 and whose subject the rest has; a page may hold rests of another page."""
    open_ends = [article for article in articles[-FAR:] if article.turned]
    if len(open_ends) == 1:
        return open_ends[0]
    passage = pairs("\n".join(block.shown for block in strand.body))
    return max(open_ends, key=lambda article: article.topic.kinship(passage), default=None)


def _is_picture_story(strand: Draft) -> bool:
    size = sum(len(block.shown) for block in strand.body)
    return bool(strand.heads) and bool(strand.body) and strand.body[-1].kind is Kind.CAPTION and size <= MAX_PICTURE


def _signs(strand: Draft) -> int:
    """How much the headline looks like that of an article: length, parts, rank, and how the text under it begins."""
    shown = strand.heads[-1].shown
    signs = (len(shown) >= LONG) + (" " in shown) + bool(_lead().match(strand.body[0].shown)) + (len(strand.heads) > 1)
    return signs - (len(shown) <= SHORT) - (shown[-1] in "？?") - 2 * (strand.heads[-1].level > 2)


def _field_sign(strand: Draft, article: Draft) -> int:
    """What the subject of labour brands says: a section of that field is at home in an article on them, and only there."""
    here, below = _speaks_of(_subject(), article), _speaks_of(_subject(), strand)
    if below:
        return -3 if here else 2
    if not here:
        return 0
    found = {word for block in (*strand.heads, *strand.body) for word in _field().findall(block.shown)}
    return -1 if len(found) > 1 else int(not found)


def _speaks_of(pattern: re.Pattern[str], draft: Draft) -> bool:
    return any(pattern.search(block.shown) for block in (*draft.heads, *draft.body))


def _subheads(blocks: list[Block]) -> set[Block]:
    """Headlines whose form says that they head a section: numbered, or of one mould (南京：…, 海安：…)."""
    heads = [block for block in blocks if block.kind is Kind.HEAD]
    moulded = [head for head in heads if _mould().match(head.shown)]
    return {head for head in heads if _numbered().match(head.shown)} | set(moulded if len(moulded) > 1 else ())


@cache
def _mould() -> re.Pattern[str]:
    return re.compile("[^，。：“ ]{2,4}：[^，。：]{4,20}\\Z")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(
        "[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[0-9]{1,2}[、.．）)](?![0-9])|第[一二三四五六七八九十]{1,3}[章节条项]|问：|之[一二三四五六七八九十]"
    )


@cache
def _subject() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "subject")))


@cache
def _field() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "field")))


@cache
def _lead() -> re.Pattern[str]:
    return re.compile("|".join(table("page")["leads"]))


def exchanged(articles: list[Draft]) -> list[Draft]:
    """The articles with those paragraphs given to a neighbour that were pushed in from it.

    The clearest case goes first: each move makes both articles purer, and the next one easier to tell.
    """
    if len(articles) < 2:
        return articles
    for i, article in enumerate(articles):
        if len(article.body) <= MAX_EXCHANGED:
            near = [other for other in articles[max(i - NEAR, 0) : i + NEAR + 1] if other is not article and other.body]
            _purge(article, near)
    return articles


def _purge(article: Draft, near: list[Draft]) -> None:
    passages = {block: pairs(block.shown) for block in article.body[1:] if block.kind is Kind.PARAGRAPH}
    while passages:
        gains = [
            (_gain(block, passage, article, other), block, other)
            for block, passage in passages.items()
            for other in near
        ]
        gain, block, other = max(gains, key=lambda item: item[0], default=(0.0, None, None))
        if block is None or other is None or gain <= 0:
            return
        del passages[block]
        article.drop([block])
        other.take([block])


def _gain(block: Block, passage: frozenset[str], article: Draft, other: Draft) -> float:
    """By how much a paragraph is closer to another article than to its own, beyond what chance makes likely."""
    own, pull = article.topic.kinship(passage, member=True), other.topic.kinship(passage)
    flow = _flow(block, other) - _flow(block, article)
    return pull + flow - own - MARGIN if pull >= KIN and own < SURE else 0.0


def _flow(block: Block, article: Draft) -> float:
    """Whether the sentence before runs on into a paragraph, or the paragraph starts inside a sentence and none runs on."""
    before = article.before(block)
    if before is not None and before.is_unfinished:
        return FLOW
    return -FLOW if block.shown[0] in _particles() else 0.0


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("page")["particles"])
