"""Which headline belongs to which article, when it may stand before the text, after it or beside it."""

from ingest.segment.blocks import Block
from ingest.segment.drafts import Draft
from ingest.segment.topic import Topic, pairs

REACH = 2
"""A headline belongs to one of so many articles before or after its place."""

FAITH = (1.0, 0.9, 0.7)
"""How much the text below a headline, the neighbours and those further off are trusted, the same words given."""

MIN_COVER = 0.25
"""Share of its pairs that a headline must find in a text that does not stand below it."""


def headed(articles: list[Draft], trailing: list[Block]) -> list[Draft]:
    """The articles, each with the headlines that its text bears out."""
    groups = [(i, article.heads) for i, article in enumerate(articles)] + [(len(articles), trailing)]
    for article in articles:
        article.heads = []
    for place, heads in groups:
        owners = [_owner(head, place, articles) for head in heads]
        for head, owner in zip(heads, _filled(owners, place, articles), strict=True):
            if owner is not None:
                articles[owner].heads.append(head)
    for article in articles:
        article.heads.sort(key=lambda block: block.start)
    return articles


def _owner(head: Block, place: int, articles: list[Draft]) -> int | None:
    """The article whose text has most of the headline's words; None where none has enough."""
    words = pairs(head.shown)
    best, best_cover = None, 0.0
    for i in range(max(place - REACH, 0), min(place + REACH + 1, len(articles))):
        faith = FAITH[0] if i == place else FAITH[1] if i in (place - 1, place + 1) else FAITH[2]
        cover = articles[i].topic.cover(words) * faith if articles[i].body else 0.0
        if cover > best_cover and (i == place or cover >= MIN_COVER):
            best, best_cover = i, cover
    return best


def _filled(owners: list[int | None], place: int, articles: list[Draft]) -> list[int | None]:
    """A line that no text bears out goes with the line beside it, else with the text below, else with the one above."""
    default = place if place < len(articles) else place - 1
    known = [owner for owner in owners if owner is not None]
    if not known:
        return [default if articles else None for _ in owners]
    filled: list[int | None] = []
    for i, owner in enumerate(owners):
        after = next((o for o in owners[i + 1 :] if o is not None), None)
        filled.append(
            owner if owner is not None else after if after is not None else filled[-1] if filled else known[0]
        )
    return filled


def split_off(articles: list[Draft]) -> list[Draft]:
    """Articles that hold two: a headline at the end of one that already has its own takes the last paragraphs with it."""
    found: list[Draft] = []
    for article in articles:
        late = _late_heads(article)
        cut = _cut(article, late) if late else 0
        found.append(article)
        if cut:
            body = article.body[cut:]
            for block in body:
                article.drop(block)
            article.heads = [head for head in article.heads if head not in late]
            found.append(Draft(None, late, [], body))
    return found


def _late_heads(article: Draft) -> list[Block]:
    if not article.body or len(article.body) < 2:
        return []
    first, last = article.body[0].start, article.body[-1].start
    early = [head for head in article.heads if head.start < first]
    return [head for head in article.heads if head.start > last] if early else []


def _cut(article: Draft, late: list[Block]) -> int:
    """Where the text of the late headline begins; 0 where the early headline owns all of it."""
    words = frozenset().union(*(pairs(head.shown) for head in late))
    early = frozenset().union(*(pairs(head.shown) for head in article.heads if head not in late))
    passages = [pairs(block.shown) for block in article.body]
    for i in range(1, len(passages)):
        if Topic(passages[i:]).cover(words) < MIN_COVER:
            return 0
        if Topic([passages[i]]).cover(words) >= MIN_COVER and Topic(passages[i:]).cover(early) < MIN_COVER:
            return i if Topic(passages[:i]).cover(words) < MIN_COVER else 0
    return 0
