"""Rows beside the catalogue: which brand each may be, by the scoring of duplicates, with the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from brands.models import Brand
from brands.models.review import within
from brands.seo.descriptions import full_place
from brands.vocabulary.choices import Industry, ReviewState
from brands.vocabulary.names import name_key
from brands.vocabulary.pinyin import sort_key
from curation.duplicates.blocking import candidates
from curation.duplicates.records import Record, completed
from curation.duplicates.scoring import in_words, judge
from curation.lists.rows import NEW, GridRow, brand_number
from curation.models import RecordKind
from curation.transfer.columns import TableRow
from curation.transfer.tables import Brands

# From this likeness on, the desk takes a row for the brand, unless somebody says otherwise.
SURE = 0.9

# Brands that a row is offered, the likest first.
OFFERED = 5

# Brands of the places of the rows that are looked at.
MOST_NEAR = 4_000


@dataclass(frozen=True, slots=True)
class BrandOffer:
    """A brand that a row may be: its number and what it was when it was looked at, as one value; how like it is."""

    brand: Brand
    version: str
    likeness: int
    reasons: Sequence[str]

    @property
    def value(self) -> str:
        return f"{self.brand.pk}:{self.version}"

    @property
    def place(self) -> str:
        return full_place(self.brand.region) if self.brand.region else ""


@dataclass(slots=True)
class RowMatch:
    """What a row may be; `value` is what it is taken for: `NEW`, an offer's value, or nothing where nobody can say.
    `is_guess`: nobody has said so."""

    value: str = NEW
    is_guess: bool = True
    offers: list[BrandOffer] = field(default_factory=list)

    @property
    def offer(self) -> BrandOffer | None:
        """The brand that the row is taken for."""
        return next((one for one in self.offers if one.value == self.value), None)


def matches(rows: Sequence[GridRow], places: Mapping[str, str]) -> list[RowMatch]:
    """What each row may be. `places` gives the codes of the divisions that cells of places mean."""
    records = [_record(-at, row, places) for at, row in enumerate(rows, 1)]
    chosen = {pk for row in rows if (pk := brand_number(row.match)) is not None}
    near = _near(records, chosen)
    found = completed([*records, *map(_of_brand, near)])
    likely: dict[int, list[tuple[float, int, Sequence[str]]]] = {}
    for one, other in candidates(found):
        mine, theirs = sorted((found[one], found[other]), key=lambda record: record.pk)
        if mine.pk < 0 < theirs.pk and (verdict := judge(mine, theirs)):
            likely.setdefault(-mine.pk, []).append((verdict.score, theirs.pk, in_words(verdict.reasons)))
    by_key = {brand.pk: brand for brand in near}
    table = Brands()
    versions: dict[int, str] = {}

    def offer(score: float, pk: int, reasons: Sequence[str]) -> BrandOffer:
        if pk not in versions:
            versions[pk] = table.version(TableRow(by_key[pk]))
        return BrandOffer(by_key[pk], versions[pk], round(100 * score), reasons)

    answers = []
    for at, row in enumerate(rows, 1):
        offers = [offer(*one) for one in sorted(likely.get(at, ()), key=lambda one: (-one[0], one[1]))[:OFFERED]]
        pk = brand_number(row.match)
        if pk in by_key and pk not in {one.brand.pk for one in offers}:
            offers.append(offer(0, pk, ()))
        answers.append(_answer(row, offers))
    return answers


def _answer(row: GridRow, offers: list[BrandOffer]) -> RowMatch:
    there = next((one for one in offers if one.brand.pk == brand_number(row.match)), None)
    if there or row.match == NEW:
        return RowMatch(there.value if there else NEW, False, offers)
    if offers and offers[0].likeness >= 100 * SURE and (len(offers) == 1 or offers[1].likeness < offers[0].likeness):
        return RowMatch(offers[0].value, True, offers)
    return RowMatch("" if offers else NEW, True, offers)


def _record(pk: int, row: GridRow, places: Mapping[str, str]) -> Record:
    trade = row.cell("industry")
    return Record(
        RecordKind.BRAND,
        pk,
        row.cell("name"),
        (name_key(row.cell("name")) or "?",),
        region=places.get(row.cell("region"), ""),
        trade="" if trade == Industry.OTHER else trade,
    )


def _of_brand(brand: Brand) -> Record:
    keys = tuple(dict.fromkeys([brand.name_key, *(alias.name_key for alias in brand.aliases.all())]))
    trade = "" if brand.industry == Industry.OTHER else brand.industry
    return Record(RecordKind.BRAND, brand.pk, brand.name, keys, region=brand.region_id or "", trade=trade)


def _near(records: Sequence[Record], chosen: set[int]) -> list[Brand]:
    """The brands that any of the rows may be: those called or sounding so, wherever they are, those of the same cities,
    and those that somebody chose."""
    names = sorted({record.keys[0] for record in records})
    sounds = sorted({sort_key(record.name) for record in records if record.name})
    there: QuerySet[Brand] = Brand.objects.exclude(review=ReviewState.REJECTED)
    called = Q(name_key__in=names) | Q(aliases__name_key__in=names) | Q(pinyin__in=sounds) | Q(pk__in=chosen)
    keys = set(there.filter(called).order_by().values_list("pk", flat=True))
    cities = sorted({record.region[:4].ljust(6, "0") for record in records if record.region})
    held = Q(region__in=sorted({f"{city[:2]}0000" for city in cities}))
    for city in cities[:30]:
        held |= within("region_id", city) if city[2:4] != "00" else Q(region=city)
    if cities:
        keys |= set(there.filter(held).order_by("pk").values_list("pk", flat=True)[:MOST_NEAR])
    found = Brand.objects.filter(pk__in=keys).select_related("region__parent__parent", "series")
    return list(found.prefetch_related("aliases", "details").order_by("pk"))
