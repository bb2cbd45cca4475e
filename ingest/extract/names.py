"""The labour brands that an article names, each at its place.

A name is found by what the text does with it, not by a list of names. Rules look at quotes (`names_quoted.py`), tables
and lists (`names_listed.py`), heads of paragraphs (`names_headed.py`) and running text (`names_prose.py`,
`names_bare.py`, `names_framed.py`); a trained tagger proposes further names, and one learned decision takes or
refuses each (`names_decided.py`). Where the tagger is not installed, what the rules find stands.
"""

from collections.abc import Iterable
from itertools import islice

from ingest.confidence import confidence_of
from ingest.extract.context import Context
from ingest.extract.names_bare import bare_brands
from ingest.extract.names_decided import ACCEPTED, Ruled, decided, joined_name
from ingest.extract.names_framed import framed_brands
from ingest.extract.names_headed import headed_brands
from ingest.extract.names_listed import listed_brands, section_brands
from ingest.extract.names_prose import prose_brands
from ingest.extract.names_quoted import ACCEPT, Weighed, beside_brands, chains, quoted_names, weigh
from ingest.frozen import frozen
from ingest.learned.tagger import tagger
from ingest.name_shapes import bare, key_of
from ingest.records import BrandMention, ExtractedArticle
from ingest.standing_rules import NOTHING, StandingRules

# The trained parts are asked about articles with this page score; it costs them more time than all rules take.
ASKED = 0.15

# More names than this in one article are no article: the rest is left out. A province's full list has about 300.
MAX_MENTIONS = 1000


@frozen()
class NamedBrands:
    """What an article names: the brands, and names that are rather none (`doubtful`), for people to look at."""

    brands: tuple[BrandMention, ...]
    doubtful: tuple[BrandMention, ...]


def find_brands(article: ExtractedArticle) -> tuple[BrandMention, ...]:
    """The brands named in an article, by their place; the same name once for each place where it was found."""
    return named_brands(article).brands


def named_brands(article: ExtractedArticle) -> NamedBrands:
    """The brands of an article and its doubtful names, each by their place; none doubtful where no tagger is asked."""
    context = Context.of(article)
    ruled = by_rules(context)
    model = tagger() if article.score >= ASKED else None
    if model is None:
        return NamedBrands(_in_order(ruled.mentions), ())
    mentions = decided(context, ruled, model, article.score)
    sure = [mention for mention in mentions if mention.confidence >= ACCEPTED]
    return NamedBrands(_in_order(sure), _in_order(m for m in mentions if m.confidence < ACCEPTED))


def _in_order(mentions: Iterable[BrandMention]) -> tuple[BrandMention, ...]:
    return tuple(sorted(_once(mentions), key=lambda m: (m.start, m.end)))[:MAX_MENTIONS]


def surest_brand(article: ExtractedArticle, rules: StandingRules = NOTHING) -> str:
    """The likeliest name that the decision takes in an article, empty for none and where there is no tagger to ask."""
    mentions = [mention for mention in find_brands(article) if not rules.refuse(mention.name)] if tagger() else []
    return max(mentions, key=lambda mention: mention.confidence).name if mentions else ""


def by_rules(context: Context) -> Ruled:
    """What the rules find of the names of an article."""
    grouped = [weigh(context, chain) for chain in chains(context, quoted_names(context))]
    weighed = beside_brands(context, [w for chain in grouped for w in chain])
    following = iter(weighed)
    groups = tuple(tuple(islice(following, len(chain))) for chain in grouped)
    if not context.brand_at and not context.loose_at:
        return Ruled((), groups)
    rules = (listed_brands, section_brands, headed_brands, prose_brands, bare_brands, framed_brands)
    laid_out = [mention for rule in rules for mention in rule(context)]
    known = {key_of(m.name) for m in laid_out}
    mentions = [*laid_out, *_quoted_mentions(context, weighed, known)]
    return Ruled(tuple(sorted(_once(mentions), key=lambda m: (m.start, m.end))), groups)


def _quoted_mentions(context: Context, weighed: Iterable[Weighed], known: set[str]) -> Iterable[BrandMention]:
    """The mentions of names that some place of the article speaks for strongly enough."""
    weighed = list(weighed)
    accepted = known | {key_of(w.quoted.name) for w in weighed if w.weight >= ACCEPT}
    ends = {key[at:] for key in accepted for at in range(1, len(key) - 1)}
    for w in weighed:
        key = key_of(w.quoted.name)
        if key not in accepted and key in ends and _may_be_short(w):
            yield _mention(context, w, "short-form")
        if key not in accepted or w.quoted.shape.never or w.vetoed:
            continue
        rule = w.rule if w.weight >= ACCEPT else "quoted-again"
        yield _mention(context, w, rule)


def _may_be_short(weighed: Weighed) -> bool:
    """“草莓人” where 东港草莓人 is a brand; not “师傅”, which is everybody."""
    shape = weighed.quoted.shape
    return not weighed.vetoed and not shape.generic and bool(shape.trade)


def _mention(context: Context, weighed: Weighed, rule: str) -> BrandMention:
    quoted = weighed.quoted
    return BrandMention(
        context.article,
        quoted.start,
        quoted.end,
        bare(quoted.name),
        rule,
        confidence_of("brands", rule),
        aliases=joined_name(context, weighed),
        region_hint=quoted.place,
    )


def _once(mentions: Iterable[BrandMention]) -> list[BrandMention]:
    """Of mentions of the same characters the most certain one."""
    best: dict[tuple[int, int], BrandMention] = {}
    for mention in mentions:
        key = (mention.start, mention.end)
        if key not in best or mention.confidence > best[key].confidence:
            best[key] = mention
    return list(best.values())
