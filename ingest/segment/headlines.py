"""Which headline belongs to which article, when it may stand before the text, after it or beside it."""

from ingest.segment.blocks import Block
from ingest.segment.drafts import Draft
from ingest.segment.sections import cut_of
from ingest.segment.topic import pairs

# A headline belongs to one of so many articles before or after its place.
REACH = 2

# How much the text below a headline, the neighbours and those further off are trusted, the same words given.
FAITH = (1.0, 0.6, 0.5)

# Share of its pairs that a headline must find in a text that does not stand below it.
MIN_COVER = 0.25


def headed(articles: list[Draft], trailing: list[Block]) -> list[Draft]:
    """The articles, each with the headlines that its text bears out."""
    if len(articles) < 2:
        for article in articles:
            article.title([*article.heads, *trailing])
        return articles
    groups = [(i, article.heads) for i, article in enumerate(articles)] + [(len(articles), trailing)]
    owned: list[list[Block]] = [[] for _ in articles]
    owners = [[_owner(head, place, articles) for head in heads] for place, heads in groups]
    above = sum(owner == place - 1 for (place, _), row in zip(groups, owners, strict=True) for owner in row)
    below = sum(owner == place for (place, _), row in zip(groups, owners, strict=True) for owner in row)
    for (place, heads), row in zip(groups, owners, strict=True):
        default = place if place < len(articles) and below >= above else max(place - 1, 0)
        for head, owner in zip(heads, _filled(row, default), strict=True):
            owned[owner].append(head)
    for article, heads in zip(articles, owned, strict=True):
        article.title(sorted(heads, key=lambda block: block.start))
    return articles


def _owner(head: Block, place: int, articles: list[Draft]) -> int | None:
    """The article whose text has most of the headline's words; None where none has enough."""
    words = pairs(head.shown)
    best, best_cover = None, 0.0
    for i in range(max(place - REACH, 0), min(place + REACH + 1, len(articles))):
        faith = FAITH[0] if i == place else FAITH[1] if i in (place - 1, place + 1) else FAITH[2]
        cover = articles[i].text_topic.cover(words) if articles[i].body else 0.0
        if cover * faith > best_cover and (i == place or cover >= MIN_COVER):
            best, best_cover = i, cover * faith
    return best


def _filled(owners: list[int | None], default: int) -> list[int]:
    """A line that no text bears out goes with the line below it, else with the one above, else where most lines go."""
    filled: list[int] = []
    for i, owner in enumerate(owners):
        near = [other for other in (owner, *owners[i + 1 :], *reversed(owners[:i])) if other is not None]
        filled.append(near[0] if near else default)
    return filled


def split_off(articles: list[Draft]) -> list[Draft]:
    """The articles, with those in two that hold two: a second headline at the end takes the last paragraphs with it."""
    found: list[Draft] = []
    for article in articles:
        late = _late_heads(article)
        cut = cut_of(article.body, [head for head in article.heads if head not in late], late) if late else 0
        found.append(article)
        if cut:
            body = article.body[cut:]
            article.drop(body)
            article.title([head for head in article.heads if head not in late])
            found.append(Draft(None, late, [], body))
    return found


def _late_heads(article: Draft) -> list[Block]:
    if not article.body or len(article.body) < 2:
        return []
    first, last = article.body[0].start, article.body[-1].start
    early = [head for head in article.heads if head.start < first]
    return [head for head in article.heads if head.start > last] if early else []
