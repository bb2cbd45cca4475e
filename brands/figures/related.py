"""Brands that a reader of one brand may want to see next, each group with what ties it to the brand.

All is read off the cards and their indexes, in six statements whatever there is: series, place, trade (two), what is
named in the same articles or programs, and the cards of these.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext

from brands.models import Article, Brand, Card, CardLink, Evidence, Program
from brands.models.region import COUNTRY
from brands.place_words import region_words
from brands.vocabulary.choices import Industry

# Brands of one group.
MOST = 8

# Articles, and programs, that make a group each.
SOURCES = 2

# The newest articles, and programs, in which other brands are looked for.
ARTICLES = 5

# Brands of a series on its page.
MEMBERS = 24

# Brands of these articles or programs that are looked at: a printed list may hold hundreds.
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """Brands with what they share: `said` in words, or `source` (an article or a program) behind these words. `told`:
    whether the places of the brands tell anything. `more` leads to all of them, where there may be more."""

    said: str
    cards: Sequence[Card]
    source: Article | Program | None = None
    told: bool = True
    more: str = ""


@dataclass(frozen=True, slots=True)
class PrintedList:
    """An article that lists brands, and how many public ones it names."""

    article: Article
    brands: int


def related(brand: Brand, articles: Iterable[Article], programs: Iterable[Program]) -> list[RelatedGroup]:
    """What is tied closest comes first: named in the same of these articles (the newest first) or programs, of the same
    series, place and trade. The brand's region and its parents must be loaded."""
    groups = [*_named_together(brand, articles, programs), _siblings(brand), _neighbours(brand), _colleagues(brand)]
    return [group for group in groups if group.cards]


def only_list(brand: Brand, articles: Sequence[Article]) -> PrintedList | None:
    """The list that is all that names the brand; None for a brand of which more is known. `articles` are those that
    name it."""
    if not articles or not Brand.objects.only_listed().filter(pk=brand.pk).exists():
        return None
    return PrintedList(articles[0], Article.objects.brand_counts(articles[:1])[articles[0].pk])


def members(brand: Brand) -> list[Card]:
    """The brands of a series; one more than `MEMBERS` says that there are more."""
    return list(_cards().filter(series=brand.pk).order_by("pinyin", "id")[: MEMBERS + 1])


def _cards() -> QuerySet[Card]:
    return Card.objects.only("id", "name", "pinyin", "place", "adcode")


def _named_together(brand: Brand, articles: Iterable[Article], programs: Iterable[Program]) -> list[RelatedGroup]:
    beside = {
        **_in_articles(brand, _first(articles)),
        **_in_programs(brand, _first(programs)),
    }
    found = _cards().in_bulk({pk for pks in beside.values() for pk in pks[: 2 * MOST]}) if beside else {}
    groups: list[RelatedGroup] = []
    seen: set[int] = set()
    for source, pks in beside.items():
        cards = [found[pk] for pk in pks if pk in found and pk not in seen][:MOST]
        seen |= {card.pk for card in cards}
        if cards and sum(type(group.source) is type(source) for group in groups) < SOURCES:
            groups.append(RelatedGroup(gettext("同见于"), cards, source))
    return groups


def _first(sources: Iterable[Any]) -> dict[int, Any]:
    """The first `ARTICLES` of them by their keys, each once."""
    return dict(list({source.pk: source for source in sources}.items())[:ARTICLES])


def _in_articles(brand: Brand, articles: Mapping[int, Article]) -> dict[Article | Program, list[int]]:
    """The brands beside this one in each of the first articles that name others."""
    rows = Evidence.objects.of_facts().filter(article__in=list(articles), brand__isnull=False).exclude(brand=brand)
    pairs = rows.order_by("article_id", "brand__pinyin", "brand_id").values_list("article_id", "brand_id").distinct()
    return _grouped(articles, pairs[:LOOKED_AT] if articles else ())


def _in_programs(brand: Brand, programs: Mapping[int, Program]) -> dict[Article | Program, list[int]]:
    rows = CardLink.objects.filter(facet="program", value__in=[str(pk) for pk in programs]).exclude(card=brand.pk)
    pairs = rows.order_by("value", "card").values_list("value", "card")
    return _grouped(programs, ((int(value), card) for value, card in pairs[:LOOKED_AT]) if programs else ())


def _grouped(sources: Mapping[int, Any], pairs: Iterable[tuple[int, int | None]]) -> dict[Article | Program, list[int]]:
    by_source: dict[int, list[int]] = defaultdict(list)
    for source, pk in pairs:
        by_source[source].append(int(pk or 0))
    return {sources[key]: by_source[key] for key in sources if key in by_source}


def _siblings(brand: Brand) -> RelatedGroup:
    if brand.series_id is None:
        return RelatedGroup("", ())
    cards = _cards().filter(series=brand.series_id).exclude(pk=brand.pk).order_by("pinyin", "id")
    return RelatedGroup(gettext("同一系列的品牌"), list(cards[:MOST]), more=f"series={brand.series_id}")


def _neighbours(brand: Brand) -> RelatedGroup:
    """Of the same division first, then of the same prefecture, or of the province where the prefecture has no other; a
    province's brand has all of the province beside it."""
    region = brand.region
    if region is None or region.adcode == COUNTRY:
        return RelatedGroup("", ())
    code = region.adcode
    same = _cards().filter(province=f"{code[:2]}0000").exclude(pk=brand.pk)
    cards = list(same.order_by(_nearness(code), "pinyin", "id")[:MOST])
    if not code.endswith("0000"):
        cards = [card for card in cards if card.adcode[:4] == code[:4]] or cards
    holder = region
    while holder.parent and not all(holder.contains(card.adcode) for card in cards):
        holder = holder.parent
    said = gettext("%(place)s的其他品牌") % {"place": region_words(holder)}
    return RelatedGroup(said, cards, told=holder is not region, more=f"region={holder.adcode}")


def _colleagues(brand: Brand) -> RelatedGroup:
    """Of the same trade: of the same division first, then of the same prefecture, the same province, and elsewhere.
    "Other" is no trade: it brings together what has nothing in common."""
    if brand.industry == Industry.OTHER:
        return RelatedGroup("", ())
    same = _cards().filter(industry=brand.industry).exclude(pk=brand.pk)
    code = brand.region_id or ""
    province = f"{code[:2]}0000"
    near = list(same.filter(province=province).order_by(_nearness(code), "pinyin", "id")[:MOST]) if code else []
    far = same.exclude(province=province).order_by("pinyin", "id")[: MOST - len(near)] if len(near) < MOST else ()
    said = gettext("其他%(trade)s品牌，由近及远") if near else gettext("其他%(trade)s品牌")
    trade = {"trade": brand.get_industry_display()}
    return RelatedGroup(said % trade, [*near, *far], more=f"industry={brand.industry}")


def _nearness(adcode: str) -> Case:
    """0 for the same division, 1 for the same prefecture, 2 for others."""
    ways = [When(adcode=adcode, then=Value(0)), When(prefecture=f"{adcode[:4]}00", then=Value(1))]
    return Case(*ways, default=Value(2), output_field=IntegerField())
