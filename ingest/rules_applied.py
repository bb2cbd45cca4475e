"""What the rules of the staff make of articles, names and entities; see `standing_rules.py`. What a number counts by
them is decided where numbers are read (`extract/metrics_told.py`)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from brands.vocabulary.choices import RuleKind
from brands.vocabulary.names import name_key
from ingest.extract.names import NamedBrands
from ingest.gazetteer import gazetteer
from ingest.publishers import is_host, publisher_at
from ingest.records import Entities, ExtractedArticle, ExtractedBrand, Quote, RawPage
from ingest.standing_rules import RuleRecord, StandingRules


def published(article: ExtractedArticle, rules: StandingRules) -> ExtractedArticle:
    """The article as of the paper whose host its address has. A paper that the page prints itself stands: what a site
    takes over from others is theirs."""
    host = _host(article.url)
    if not host or (article.publisher and not is_host(article.publisher) and not _by_host(article)):
        return article
    fits = (rule for rule in rules.of(RuleKind.PAPER) if host == rule.words or host.endswith(f".{rule.words}"))
    rule = next(fits, None)
    return replace(article, publisher=rule.means) if rule else article


def _by_host(article: ExtractedArticle) -> bool:
    return article.publisher == publisher_at(article.url)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def without_refused(named: NamedBrands, rules: StandingRules) -> NamedBrands:
    """The names of an article without those that are never a brand."""
    if not rules.of(RuleKind.NEVER):
        return named
    kept = (tuple(m for m in mentions if not rules.refuse(m.name)) for mentions in (named.brands, named.doubtful))
    return NamedBrands(*kept)


def renamed(entities: Entities, rules: StandingRules) -> Entities:
    """The entities, each brand under the name that is always meant by the one it was found by, once for each name."""
    if not rules.of(RuleKind.ALIAS):
        return entities
    found: dict[str, ExtractedBrand] = {}
    for one in entities.brands:
        brand = _renamed(one, rules.brand_of(one.name))
        key = name_key(brand.name)
        found[key] = _joined(found[key], brand) if key in found else brand
    return Entities(tuple(found.values()), entities.programs)


def _renamed(brand: ExtractedBrand, name: str) -> ExtractedBrand:
    """The brand under this name, if there is any, with the one that it was found by beside it."""
    if not name or name_key(name) == name_key(brand.name):
        return brand
    others = (brand.name, *(one for one in brand.aliases if name_key(one) != name_key(name)))
    return replace(brand, name=name, aliases=others)


def _joined(one: ExtractedBrand, other: ExtractedBrand) -> ExtractedBrand:
    """Both as one brand, as the first says it; of what that leaves open, its place, the other has a say."""
    own = name_key(one.name)
    names = {name_key(name): name for name in (*other.aliases, other.name, *one.aliases) if name_key(name) != own}
    joined = replace(
        one,
        aliases=tuple(names.values()),
        quotes=(*one.quotes, *(quote for quote in other.quotes if not quote.field)),
        mentions=tuple(sorted((*one.mentions, *other.mentions), key=lambda m: (m.article, m.start))),
    )
    return joined if one.region or not other.region else _moved(joined, other.region)


def place_of(article: ExtractedArticle, place: str, rules: StandingRules) -> str:
    """Where an article is set, as the rules for names of places in its paper have it: `place` is what was read."""
    told = (_told(rule, place) for rule in _of_paper(article, rules) if rule.words in article.text.text)
    return next(filter(None, told), place)


def placed(page: RawPage, articles: Sequence[ExtractedArticle], entities: Entities) -> Entities:
    """The entities, each brand and program at the place that a name in its sentence, or in its own, means in its
    paper."""
    rules = {article.order: tuple(_of_paper(article, page.rules)) for article in articles}
    if not any(rules.values()):
        return entities
    brands = (
        _moved(brand, told) if (told := _home(page, brand.name, brand.quotes, brand.region, rules)) else brand
        for brand in entities.brands
    )
    programs = (
        replace(one, place=told) if one.place and (told := _home(page, one.name, one.quotes, one.place, rules)) else one
        for one in entities.programs
    )
    return Entities(tuple(brands), tuple(programs))


def _moved(brand: ExtractedBrand, place: str) -> ExtractedBrand:
    """The brand at another place; no words of the page say so where none said anything of its place."""
    return replace(brand, region=place, inferred=brand.inferred if brand.region else (*brand.inferred, "region"))


def _home(
    page: RawPage, name: str, quotes: Iterable[Quote], place: str, rules: dict[int, tuple[RuleRecord, ...]]
) -> str:
    """Where a rule has a thing that was read to be at `place`; empty where none says otherwise."""
    for quote in quotes:
        for rule in rules[quote.article]:
            if (rule.words in name or rule.words in quote.context.of(page.text)) and (told := _told(rule, place)):
                return told
    return ""


def _of_paper(article: ExtractedArticle, rules: StandingRules) -> Iterable[RuleRecord]:
    return (rule for rule in rules.of(RuleKind.PLACE) if rule.paper in ("", article.publisher))


def _told(rule: RuleRecord, place: str) -> str:
    """What the rule makes of a place: its own division of one that the name may mean too, or that is unknown or holds
    it; empty where the place is another matter, or the same."""
    if rule.means not in gazetteer() or place == rule.means:
        return ""
    names = {candidate.division.adcode for candidate in gazetteer().candidates(rule.words)}
    return rule.means if not place or place in names or gazetteer().contains(place, rule.means) else ""
