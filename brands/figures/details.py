"""What papers say of a brand besides its fields and numbers, by kind and each with its sentences."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brands.models import Brand, BrandDetail, Evidence, Region
from brands.models.region import COUNTRY
from brands.place_words import place_words, region_names
from brands.vocabulary.choices import DetailKind


@dataclass(frozen=True, slots=True)
class DetailItem:
    """A detail as its page shows it: `words` as a paper has them, or the names of the division; `value` is what the
    facet of destinations has for it, empty for none."""

    detail: BrandDetail
    words: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class DetailGroup:
    """The details of one kind, and the sentences that say them, each once."""

    kind: DetailKind
    items: Sequence[DetailItem]
    quotes: Sequence[Evidence]


def detail_groups(brand: Brand, evidence: Iterable[Evidence]) -> list[DetailGroup]:
    """The details of the brand in the order of their kinds; `evidence` is all of the brand's."""
    said: defaultdict[str, dict[tuple[int, int], Evidence]] = defaultdict(dict)
    for piece in evidence:
        if piece.detail_id:
            said[piece.field].setdefault((piece.article_id, piece.context_start), piece)
    items: defaultdict[str, list[DetailItem]] = defaultdict(list)
    for detail in brand.details.select_related("region__parent__parent").order_by("pk"):
        items[detail.kind].append(
            DetailItem(detail, destination_words(detail), reached(detail.region_id or "", detail.country))
        )
    return [DetailGroup(kind, items[kind], tuple(said[kind].values())) for kind in DetailKind if items[kind]]


def field_evidence(brand: Brand, evidence: Sequence[Evidence]) -> dict[str, Evidence]:
    """The evidence of each field that a page leads to, of all of the brand's: the first that says the value which
    stands. Papers also say others, such as the province of a brand whose county is known, or an earlier year; where
    they alone do, the field has none. A place by its own name goes before one by another (陇原), and a level is told
    where its year is."""
    said = [piece for piece in evidence if piece.field and not piece.detail_id and _says(brand, piece)]
    dated = next((piece.article_id for piece in said if piece.field == "recognised_year"), None)
    found: dict[str, Evidence] = {}
    for piece in said:
        plain = piece.field == "region" and _is_named(brand, piece)
        beside = piece.field == "level" and piece.article_id == dated
        if piece.field not in found or ((plain or beside) and not _is_best(brand, found[piece.field], dated)):
            found[piece.field] = piece
    return found


def _is_best(brand: Brand, piece: Evidence, dated: int | None) -> bool:
    return _is_named(brand, piece) if piece.field == "region" else piece.article_id == dated


def _is_named(brand: Brand, piece: Evidence) -> bool:
    """Whether the words are the division's own name, whole or as it is called for short."""
    return brand.region is not None and piece.quote in (brand.region.name, brand.region.common_name)


def _says(brand: Brand, piece: Evidence) -> bool:
    words = "".join(piece.quote.split())
    if piece.field == "region":
        above = brand.region.lineage[:-1] if brand.region else []
        return not any(words in (place.name, place.common_name, place.short_name) for place in above)
    if piece.field == "recognised_year":
        years = _YEAR.findall(words)
        return not years or str(brand.recognised_year) in years
    return piece.field not in _AS_WORDED or words == "".join(str(getattr(brand, piece.field)).split())


_YEAR = re.compile("(?:19|20)[0-9]{2}")
# The fields that hold the words of a paper.
_AS_WORDED = ("organisation", "batch", "issuer", "document_number")


def reached(region: str, country: str) -> str:
    """What the facet of destinations has for a place: the code of its province, or of its country."""
    return f"{region[:2]}0000" if region and region != COUNTRY else country


def reached_names(values: Iterable[str]) -> dict[str, str]:
    """What such places are called: divisions as the active language does, countries as a paper words them."""
    values = list(values)
    named = region_names(dict(Region.objects.filter(pk__in=values).values_list("adcode", "common_name")))
    if abroad := [value for value in values if value.isalpha()]:
        countries = BrandDetail.objects.filter(country__in=abroad).order_by("-pk")
        named |= dict(countries.values_list("country", "words"))
    return named


def destination_words(detail: BrandDetail) -> str:
    """A destination by the names of its division and of those that hold it; else in the paper's words."""
    if detail.region is None:
        return detail.words
    return place_words(detail.region.adcode, "".join(step.common_name for step in detail.region.lineage))
