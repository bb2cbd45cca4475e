"""From the lines of a page to drafts of articles: which paragraphs belong together."""

import re
from dataclasses import dataclass, field
from functools import cache

from ingest.lexicon import table
from ingest.segment.blocks import Block, Kind
from ingest.segment.topic import Topic, pairs

NEAR = 3
"""An article is looked for among so many before and after; a page seldom tears one further apart."""

KIN = 0.15
"""Kinship from which a passage belongs: nine of ten passages reach it with their own article, one of ten with another."""

STRANGE = 0.09
"""Kinship below which a section with a headline is an article of its own, before the headline itself is judged."""

PER_SIGN = 0.03
"""How far each sign of a real headline (or of a subhead) shifts that bound."""

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
        """What the body is about; the headline where there is no body yet."""
        if self._topic is None:
            self._topic = Topic(pairs(block.shown) for block in self.body or self.heads)
        return self._topic

    def take(self, blocks: list[Block]) -> None:
        self.body.extend(blocks)
        self._topic = None

    def drop(self, block: Block) -> None:
        self.body.remove(block)
        self._topic = None


def strands(blocks: list[Block]) -> tuple[list[Draft], list[Block]]:
    """The stretches between headlines, bylines and openings, and the headlines that nothing follows."""
    found: list[Draft] = []
    heads: list[Block] = []
    for i, block in enumerate(blocks):
        if block.kind is Kind.HEAD:
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
            if heads or not found:
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
        if home is None:
            articles.append(strand)
            current = strand
            continue
        home.take([*strand.heads, *strand.body])
        home.turned = strand.turned
        current = home
    return articles


def _home(strand: Draft, articles: list[Draft], current: Draft | None) -> Draft | None:
    """The article that a strand is part of, or None where it begins one."""
    if strand.marker is Kind.REST:
        return _turned_from(strand, articles)
    if current is None or strand.marker is not None or _is_picture_story(strand):
        return None
    passage = pairs("\n".join(block.shown for block in (*strand.heads, *strand.body)))
    pulls = [_pull(article, passage) for article in articles[-NEAR:]]
    own = _pull(current, passage)
    if max(pulls) > max(KIN, 2 * own):
        return articles[-NEAR:][pulls.index(max(pulls))]
    return current if own >= STRANGE + PER_SIGN * _signs(strand) else None


def _pull(article: Draft, passage: frozenset[str]) -> float:
    if article.body:
        return article.topic.kinship(passage)
    # A headline still without its text: what counts is how much of it the passage takes up.
    words = frozenset(article.topic.counts)
    return len(words & passage) / len(words) if words else 0.0


def _turned_from(strand: Draft, articles: list[Draft]) -> Draft | None:
    """The article on this page that says 下转 and whose subject the rest has; a page may hold rests of another page."""
    open_ends = [article for article in articles if article.turned]
    if len(open_ends) == 1:
        return open_ends[0]
    passage = pairs("\n".join(block.shown for block in strand.body))
    return max(open_ends, key=lambda article: article.topic.kinship(passage), default=None)


def _is_picture_story(strand: Draft) -> bool:
    size = sum(len(block.shown) for block in strand.body)
    return bool(strand.heads) and bool(strand.body) and strand.body[-1].kind is Kind.CAPTION and size <= MAX_PICTURE


def _signs(strand: Draft) -> int:
    """How much the headline looks like that of an article: length, two parts, rank, and how the text under it begins."""
    shown = strand.heads[-1].shown if strand.heads else ""
    first = strand.body[0].shown if strand.body else ""
    signs = (len(shown) >= 12) + (" " in shown) + bool(_lead().match(first)) + (len(strand.heads) > 1)
    return signs - (len(shown) <= 8) - (shown[-1:] in "？?") - 2 * (strand.heads[-1].level > 2 if strand.heads else 1)


@cache
def _lead() -> re.Pattern[str]:
    return re.compile("|".join(table("page")["leads"]))


def exchanged(articles: list[Draft]) -> list[Draft]:
    """The articles with those paragraphs given to a neighbour that were pushed in from it."""
    if len(articles) < 2:
        return articles
    moves = [
        (block, article, target)
        for i, article in enumerate(articles)
        for block in article.body[1:]
        if block.kind is Kind.PARAGRAPH and (target := _better(block, i, articles)) is not None
    ]
    for block, article, target in moves:
        article.drop(block)
        target.take([block])
    for article in articles:
        article.body.sort(key=lambda block: block.start)
    return articles


def _better(block: Block, i: int, articles: list[Draft]) -> Draft | None:
    passage = pairs(block.shown)
    own = articles[i].topic.kinship(passage, member=True)
    if own >= 2 * KIN or not passage:
        return None
    near = articles[max(i - NEAR, 0) : i] + articles[i + 1 : i + 1 + NEAR]
    best = max(near, key=lambda article: article.topic.kinship(passage), default=None)
    if best is None or not best.body:
        return None
    pull = best.topic.kinship(passage)
    return best if pull > KIN and pull > 2 * own + 0.05 else None
