"""Which headline begins an article and which only a section of one."""

import re
from functools import cache
from itertools import accumulate
from statistics import median_low

from ingest.lexicon import table, words
from ingest.segment.blocks import Block, BlockKind
from ingest.segment.drafts import Draft
from ingest.segment.topic import Topic, pairs

# An article is looked for among so many before and after; a page seldom tears one further apart.
NEAR = 3

# The first half of an article that goes on elsewhere is looked for among so many before.
FAR = 20

# Kinship from which a passage belongs: nine of ten paragraphs reach it with their own article, one of twenty with
# another.
KIN = 0.3

# A section goes back to an earlier article if it is by so much closer to it than to the one above.
CLOSER = 0.8

# The share of its pairs that a headline has in its own text, at least, and in another one, at most.
COVER, TRACE = 0.3, 0.15

# Kinship below which a section is an article of its own, by the signs that its headline is that of an article.
#
# Of sections of the same article one in twenty stays below 0.09, of those of other articles 19 in 20 below 0.2.
STRANGE = {-3: -99.0, -2: -1.0, -1: -0.7, 0: -0.4, 1: -0.2, 2: 0.0, 3: 0.1, 4: 0.2}

# Headlines of articles mostly have so many characters and more, subheads so many and less.
LONG, SHORT = 12, 8

# The kinship of a section with a headline that has no text yet and whose words the section takes up.
WAITED_FOR = 2.0

# A section is judged by so many lines below its headline: what is pushed into a column mostly stands further down.
LOOKED_AT = 4

# A text of at most so many characters under a picture is a story of its own if it has a headline.
MAX_PICTURE = 300

# An article of fewer characters so far has said too little to tell a section of its own from a stranger.
MIN_TOLD = 80

# In an article of more paragraphs no second one is looked for: it is no newspaper column.
MAX_CUT = 120


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
    if strand.marker is not None or not article.heads or len(article.body) > MAX_CUT or _signs(strand) < 2:
        return 0
    return cut_of(article.body, article.heads, strand.heads)


def _is_late_title(strand: Draft, article: Draft) -> bool:
    """Whether the headline of a section is that of the article, which had none: it stands between two columns.

    The last line tells: the ones before may well be the headline below an article, and this one that of the next.
    """
    if article.heads or not strand.heads:
        return False
    return article.topic.cover(pairs(strand.heads[-1].shown)) >= COVER


def _home(strand: Draft, articles: list[Draft], current: Draft | None) -> Draft | None:
    """The article that a strand is part of, or None where it begins one."""
    if strand.marker is BlockKind.REST:
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
    if current.about and _of_brand().match(strand.heads[-1].shown):
        return STRANGE[-3]
    if current.heads and len(strand.heads[-1].shown) < LONG and _is_shorter(current, MIN_TOLD):
        return STRANGE[-2]  # a lead of one sentence says too little for its sections to be like it
    signs = 0 if _is_late_title(strand, current) else _signs(strand) + _field_sign(strand, current)
    return STRANGE[max(min(signs, max(STRANGE)), min(STRANGE))]


def _pull(article: Draft, parts: list[frozenset[str]]) -> float:
    """How closely the lines of a section belong to an article: the median, for one of them may have been pushed in."""
    if not article.body:
        # A headline still without its text: a section that takes up its words is what it waits for.
        return WAITED_FOR if Topic(parts).cover(article.topic.once) >= COVER else 0.0
    topic = article.topic
    return median_low([topic.kinship(part) for part in parts])


def _turned_from(strand: Draft, articles: list[Draft]) -> Draft | None:
    """The article on this page that says 下转 and whose subject the rest has; a page may hold rests of another page."""
    open_ends = [article for article in articles[-FAR:] if article.turned]
    if len(open_ends) == 1:
        return open_ends[0]
    passage = pairs("\n".join(block.shown for block in strand.body))
    return max(open_ends, key=lambda article: article.topic.kinship(passage), default=None)


def _is_picture_story(strand: Draft) -> bool:
    pictured = bool(strand.body) and strand.body[-1].kind is BlockKind.CAPTION
    return bool(strand.heads) and pictured and _is_shorter(strand, MAX_PICTURE + 1)


def _is_shorter(draft: Draft, size: int) -> bool:
    """Whether the text has fewer characters; no more of it is counted than that takes, for it may go on for a page."""
    return not any(told >= size for told in accumulate(len(block.shown) for block in draft.body))


def _signs(strand: Draft) -> int:
    """How much the headline looks like that of an article: length, parts, rank, and how the text under it begins."""
    shown = strand.heads[-1].shown
    signs = (len(shown) >= LONG) + (" " in shown) + bool(_lead().match(strand.body[0].shown)) + (len(strand.heads) > 1)
    return signs - (len(shown) <= SHORT) - (shown[-1] in "？?") - 2 * (strand.heads[-1].level > 2)


def _field_sign(strand: Draft, article: Draft) -> int:
    """What our subject says: a section of that field is at home in an article on labour brands, and only there."""
    if strand.about:
        return -3 if article.about else 2
    if not article.about:
        return 0
    found = {word for block in (*strand.heads, *strand.body) for word in _field().findall(block.shown)}
    return -1 if len(found) > 1 else int(not found)


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


@cache
def _of_brand() -> re.Pattern[str]:
    """石首船匠：一把斧头闯江海, 【通山隧道工】: the name of a trade's people heads a section of a round-up."""
    return re.compile(f"[【“]?[^，。：“” ]{{2,8}}(?:{'|'.join(words('page', 'trades'))})[】”]?(?:[： ]|——|\\Z)")


@cache
def _field() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "field")))


@cache
def _lead() -> re.Pattern[str]:
    return re.compile("|".join(table("page")["leads"]))
