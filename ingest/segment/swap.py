"""Paragraphs of another article that were pushed between two of this one, given back."""

from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise

from ingest.lexicon import table
from ingest.segment.blocks import Block, BlockKind
from ingest.segment.drafts import Draft
from ingest.segment.topic import Topic, pairs

# An article is looked for among so many before and after; a page seldom tears one further apart.
NEAR = 3

# Kinship from which a passage belongs: nine of ten paragraphs reach it with their own article, one of twenty with
# another.
KIN = 0.3

# A paragraph is another article's if it is by more than this closer to it than to its own.
MARGIN = 0.4

# A paragraph that is this close to its own article stays; half of all are.
SURE = 2.0

# A paragraph that is so close to another article may have come with others; half of all are closer to their own.
CLOSE = 1.0

# A shorter line without a full stop is no first half of a sentence.
MIN_UNFINISHED = 20

# What an open sentence before a paragraph weighs, in kinship.
FLOW = 0.4

# An article of more paragraphs is no newspaper column that others could be pushed into.
MAX_EXCHANGED = 120

# An article of more paragraphs is none that was set into another one; all its places are tried.
MAX_INSET = 40

# So many paragraphs of a page are given back; where more seem to be astray it is no page of columns.
MAX_MOVES = 60


def exchanged(articles: list[Draft]) -> list[Draft]:
    """The articles with those paragraphs given to a neighbour that were pushed in from it.

    The clearest case goes first: each move makes both articles purer, and the next one easier to tell.
    """
    if len(articles) < 2:
        return articles
    torn = (pair for pair in pairwise(articles) if _stops_inside(pair[0]) and len(pair[1].body) <= MAX_INSET)
    for article, following in islice(torn, MAX_MOVES):
        _continue(article, following)
    moves = 0
    for i, article in enumerate(articles):
        if len(article.body) <= MAX_EXCHANGED:
            near = [other for other in articles[max(i - NEAR, 0) : i + NEAR + 1] if other is not article and other.body]
            moves += _purge(article, near, MAX_MOVES - moves)
    return articles


def _stops_inside(article: Draft) -> bool:
    """Whether the last paragraph of an article stops inside a sentence."""
    last = next((block for block in reversed(article.body) if block.kind is not BlockKind.CAPTION), None)
    return last is not None and last.is_unfinished and len(last.shown) >= MIN_UNFINISHED


def _continue(article: Draft, following: Draft) -> None:
    """Give an article that stops inside a sentence its rest, where the next one was set into the middle of it."""
    body = following.body
    gains = (_gain(article, following, at) for at in range(1, len(body)) if not body[at - 1].is_unfinished)
    gain, at = max(gains, default=(0.0, 0))
    if gain > MARGIN:
        while at > 1 and _own(following, at - 1) < KIN:  # the half sentence it begins with may be like nobody
            at -= 1
        rest = body[at:]
        following.drop(rest)
        article.take(rest)


def _gain(article: Draft, following: Draft, at: int) -> tuple[float, int]:
    """By how much the paragraphs from ``at`` on are closer to the article than to what is before them, and ``at``."""
    passage = frozenset[str]().union(*(pairs(block.shown) for block in following.body[at:]))
    pull = article.topic.kinship(passage)
    return (pull - _until(following, at).kinship(passage) if pull >= KIN else 0.0), at


def _own(article: Draft, at: int) -> float:
    return _until(article, at).kinship(pairs(article.body[at].shown))


def _until(article: Draft, at: int) -> Topic:
    return Topic(pairs(block.shown) for block in (*article.heads, *article.body[:at]))


def _purge(article: Draft, near: list[Draft], most: int) -> int:
    """Give back what was pushed in, the clearest case first: each makes both articles purer. The number of moves."""
    passages = {block: pairs(block.shown) for block in article.body[1:] if block.kind is BlockKind.PARAGRAPH}
    pulls = {other: _pulls(passages, other) for other in near} if passages else {}
    for moves in range(most):
        gains = _gains(passages, pulls, article)
        gain, block, other = max(gains, key=lambda item: item[0], default=(0.0, None, None))
        if block is None or other is None or gain <= 0:
            return moves
        del passages[block]
        article.drop([block])
        other.take([block])
        for pulled in pulls.values():
            del pulled[block]
        pulls[other] = _pulls(passages, other)
    return most


def _pulls(passages: dict[Block, frozenset[str]], other: Draft) -> dict[Block, float]:
    """How closely each paragraph belongs to another article."""
    topic = other.topic
    return {block: topic.kinship(passage) for block, passage in passages.items()}


def _gains(
    passages: dict[Block, frozenset[str]], pulls: dict[Draft, dict[Block, float]], article: Draft
) -> Iterator[tuple[float, Block, Draft]]:
    """By how much each paragraph is closer to another article than to its own, beyond what chance makes likely.

    Its own is what is left of the article without the paragraphs that are close to the other one: those pushed in
    together are close to one another, too.
    """
    owns: dict[Block, float] = {}
    for other, pulled in pulls.items():
        drawn = {block for block, pull in pulled.items() if pull >= KIN}
        if not drawn:
            continue
        core: Topic | None = None
        for block in drawn:
            if block not in owns:
                owns[block] = article.topic.kinship(passages[block], member=True)
            own = owns[block]
            if own >= SURE:
                continue
            if pulled[block] >= CLOSE:
                core = core or Topic(pairs(b.shown) for b in (*article.heads, *article.body) if b not in drawn)
                own = min(own, core.kinship(passages[block]))
            flow = _flow(block, other) - _flow(block, article)
            yield pulled[block] + flow - own - MARGIN, block, other


def _flow(block: Block, article: Draft) -> float:
    """Whether a sentence runs on into the paragraph, or it starts inside a sentence and none runs on."""
    before = article.before(block)
    if before is not None and before.is_unfinished:
        return FLOW
    return -FLOW if block.shown[0] in _particles() else 0.0


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("page")["particles"])
