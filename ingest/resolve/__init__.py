"""From the mentions of a page to its brands and programs: doubles out, with region, industry, level and evidence.

merge           mentions of one brand, brought together
setting         an article as these rules read it: its places, its sentences, its brands
region, industry, level, attributes     what is said of a brand
kin             what the brands beside a brand tell of its home
owners          whose a stretch of the text is
recognition, organisations, destinations, details   what is said of brands, each given to its owners
table_fields    the same in the columns of tables and the lines of cards
brand_details   all of that for one brand, with the quotes
evidence        from mentions to quotes
programs        mentions of programs, brought together; program_attributes: when, where and by whom
"""

from collections.abc import Iterable, Mapping, Sequence

from brands.vocabulary.choices import BrandLevel, Industry
from ingest.frozen import frozen
from ingest.gazetteer import gazetteer
from ingest.records import BrandMention, Entities, ExtractedArticle, ExtractedBrand, Mention, ProgramMention, Quote
from ingest.resolve.attributes import region_stated, series_of
from ingest.resolve.brand_details import Attributes, attributes_of
from ingest.resolve.evidence import Stated, best, occurrences, quote_of
from ingest.resolve.industry import category_of, industry_of_name, industry_of_text, industry_said
from ingest.resolve.kin import of_their_families
from ingest.resolve.level import level_stated
from ingest.resolve.merge import BrandGroup, grouped
from ingest.resolve.programs import programs_of
from ingest.resolve.region import region_of
from ingest.resolve.setting import Setting
from ingest.text import Span

# How the codes of the four municipalities begin: what is 市级 there stands on the level of provinces.
MUNICIPALITIES = ("11", "12", "31", "50")
# How many characters beside a name belong to it in a sentence that names several brands.
BESIDE = 20


def resolve(
    articles: Sequence[ExtractedArticle],
    brand_mentions: Iterable[BrandMention],
    program_mentions: Iterable[ProgramMention],
) -> Entities:
    """The brands and programs that the mentions speak of, in the order of their first mention.

    `articles` are those that the mentions are from; mentions of other articles are passed over.
    """
    orders = {article.order for article in articles}
    mentions = [m for m in brand_mentions if m.article in orders]
    texts = [(article.order, article.text.text) for article in articles]
    groups = grouped(mentions, [text for _, text in texts])
    settings = _settings(articles, mentions)
    again = occurrences(texts, _forms(groups))
    umbrellas = [group.name for group in groups if group.name.endswith(("字号", "系列"))]
    single = len(groups) == 1
    regions = {group.name: region_of(group, settings) for group in groups}
    regions |= of_their_families(regions)
    listed = {group.key: [(m.article, m.level_hint) for m in group.mentions if m.level_hint] for group in groups}
    said = attributes_of(settings, {group.key: again.get(group.key, []) for group in groups}, listed)
    page = _Page(settings, again, umbrellas, regions, said, single=single)
    brands = (_brand(group, page) for group in groups)
    programs = programs_of(articles, [m for m in program_mentions if m.article in orders])
    return Entities(tuple(brand for brand in brands if brand), programs)


def _settings(articles: Sequence[ExtractedArticle], mentions: Sequence[BrandMention]) -> dict[int, Setting]:
    named: dict[int, list[tuple[int, int]]] = {article.order: [] for article in articles}
    for mention in mentions:
        named[mention.article].append((mention.start, mention.end))
    return {article.order: Setting.of(article, named[article.order]) for article in articles}


def _forms(groups: Iterable[BrandGroup]) -> dict[str, str]:
    """Every form of a name with the key of its brand; the forms as they stand in the text."""
    forms: dict[str, str] = {}
    for group in groups:
        for form in {group.name, *(m.name for m in group.mentions), *group.aliases.values()}:
            forms.setdefault(form, group.key)
    return forms


@frozen()
class _Page:
    """What is known of all brands of a page: `again` are the mentions of each by its key, `regions` the homes by name,
    `umbrellas` the names of series, `single` whether it is the only one."""

    settings: dict[int, Setting]
    again: Mapping[str, list[Mention]]
    umbrellas: Sequence[str]
    regions: Mapping[str, str]
    attributes: Attributes
    single: bool


def _brand(group: BrandGroup, page: _Page) -> ExtractedBrand | None:
    """The brand of a group, or None when no stretch of the page holds its name in one piece."""
    settings, umbrellas, region = page.settings, page.umbrellas, page.regions[group.name]
    quotes = best(_quote(m, settings) for m in group.mentions if m.name == group.name)
    if not quotes:
        return None
    level, level_said = level_stated(group, settings, single=page.single)
    level_quote = _field_quote("level", level_said, settings) if level_said else None
    if level is None:
        level, level_quote = page.attributes.level(group.key)
    if level is BrandLevel.PREFECTURAL and region.startswith(MUNICIPALITIES):
        level = BrandLevel.PROVINCIAL
    industry, industry_at = _industry(group, settings, umbrellas)
    industry_quote = _field_quote("industry", industry_at, settings) if industry_at else None
    category = category_of(group.name, industry)
    told = page.attributes.of(group.key, level, region)
    place_said = region_stated(group, settings, region)
    place_quote = _field_quote("region", place_said, settings) if place_said else None
    fields = tuple(quote for quote in (place_quote, industry_quote, level_quote, *told.quotes) if quote)
    series = series_of(group, settings, umbrellas)
    given = {
        "region": region,
        "industry": industry is not Industry.OTHER,
        "category": category,
        "level": level,
        "series": series,
    }
    return ExtractedBrand(
        group.name,
        (*quotes, *fields),
        tuple(page.again.get(group.key, ())) or tuple(group.mentions),
        aliases=tuple(group.aliases.values()),
        region=region,
        industry=industry,
        category=category,
        level=level,
        organisation=told.texts.get("organisation", ""),
        recognised_year=told.year,
        batch=told.texts.get("batch", ""),
        issuer=told.texts.get("issuer", ""),
        document_number=told.texts.get("document_number", ""),
        series=series,
        details=told.details,
        inferred=_inferred(given, fields),
    )


def _field_quote(name: str, stated: Stated, settings: dict[int, Setting]) -> Quote | None:
    setting = settings[stated.mention.article]
    return quote_of(setting.article.text, setting.sentences, stated.mention, field=name, part=stated.span)


def _quote(mention: BrandMention, settings: dict[int, Setting]) -> Quote | None:
    setting = settings[mention.article]
    return quote_of(setting.article.text, setting.sentences, mention)


def _industry(
    group: BrandGroup, settings: dict[int, Setting], umbrellas: Sequence[str]
) -> tuple[Industry, Stated | None]:
    """The industry that is said beside the name and where it is; else by its words, else by those of a sentence."""
    if group.name in umbrellas:
        return Industry.OTHER, None
    for mention in group.mentions:
        if said := _industry_beside(mention, settings):
            return said[0], Stated(mention, said[1])
    return _industry_concluded(group, settings), None


def _industry_concluded(group: BrandGroup, settings: dict[int, Setting]) -> Industry:
    hit = gazetteer().prefix(group.name)
    rest = group.name[hit.end :] if hit and hit.end < len(group.name) else group.name
    if found := industry_of_name(rest):
        return found
    by_body = sorted(group.mentions, key=lambda m: m.start < settings[m.article].article.body_start)
    for mention in by_body:
        if not mention.rule.startswith("list") and (found := industry_of_text(_said_around(mention, settings))):
            return found
    return Industry.OTHER


def _industry_beside(mention: BrandMention, settings: dict[int, Setting]) -> tuple[Industry, Span] | None:
    setting = settings[mention.article]
    chain = setting.chain(mention.start, mention.end)
    following = setting.named_in(mention.end, mention.end + BESIDE)
    after = following[0][0] if following else mention.end + BESIDE
    return industry_said(setting.text, chain.start, mention.end, setting.last_brand(chain.start), after)


def _said_around(mention: BrandMention, settings: dict[int, Setting]) -> str:
    """The sentence of a mention up to its semicolons; where that names brands outside its list too, only the words next
    to the list."""
    setting = settings[mention.article]
    text = setting.article.text.text
    sentence = setting.sentences.at(mention.start, mention.end)
    chain = setting.chain(mention.start, mention.end)
    named = setting.named_in(sentence.start, sentence.end)
    others = [span for span in named if not chain.start <= span[0] < chain.end]
    for first, last in named:  # a name says what its own brand does, and nothing of another
        text = text[:first] + "\0" * (last - first) + text[last:]
    if not others:
        before, after = text[sentence.start : mention.start], text[mention.start : sentence.end]
        return before.rpartition("；")[2] + after.partition("；")[0]
    start = max([sentence.start, chain.start - BESIDE, *(e for _, e in others if e <= chain.start)])
    end = min([sentence.end, chain.end + BESIDE, *(s for s, _ in others if s >= chain.end)])
    return text[start:end]


def _inferred(given: Mapping[str, object], quotes: Sequence[Quote]) -> tuple[str, ...]:
    """The attributes that a rule concluded: those that are given and that no quote states."""
    stated = [quote.field for quote in quotes]
    return tuple([name for name, value in given.items() if value and name not in stated])
