"""Brands of a page -> Brand and BrandAlias."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from django.db.models import Q

from brands.audit.redirects import bring_back, names_taken_over
from brands.models import Brand, BrandAlias
from brands.proposals import UNKNOWN, Value
from brands.vocabulary.names import MAX_NAME, name_key
from ingest.gazetteer import COUNTRY, gazetteer
from ingest.load.changes import ChangeLog, assign, snapshot
from ingest.load.earlier import EarlierEvidence, sureness
from ingest.load.match import CandidateRows, deeper
from ingest.load.pairs import FactPair, Facts, fits, new_rows, pair_up
from ingest.records import ExtractedBrand as Found

# Years in which a brand may have been recognised; others are misread.
YEARS = range(1949, 2100)
MAX_ORGANISATION = 200
MAX_BATCH = 60
MAX_ISSUER = 200
MAX_DOCUMENT = 60


BrandPair: TypeAlias = FactPair[Brand, Found]


def load_brands(found: Sequence[Found], earlier: EarlierEvidence, journal: ChangeLog) -> list[BrandPair]:
    """Create and update rows, and say which is whose. Names that are too long or all punctuation are left out. A brand
    that was here before has its old address again."""
    found = [brand for brand in found if fits(brand.name, MAX_NAME)]
    shelf = _shelf(found, earlier)
    before = snapshot(shelf.rows())
    pairs = pair_up(
        found, shelf, taken=earlier.shared("brand", shelf.rows()), facts=Facts(_region, _new, _update, forms)
    )
    new = new_rows(pairs)
    bring_back(new)
    journal.create(Brand, new)
    before |= snapshot(new)
    _set_series(pairs, shelf)
    journal.update(Brand, shelf.rows(), before)
    _load_aliases(pairs, journal)
    return pairs


def _shelf(found: Sequence[Found], earlier: EarlierEvidence) -> CandidateRows[Brand]:
    """All rows that the page's brands may be, locked until the transaction ends."""
    keys = {name_key(name) for brand in found for name in (brand.name, brand.series, *brand.aliases)} - {""}
    keys.update(key for brand in found for key in forms(brand))
    spans = earlier.spans("brand")
    shelf: CandidateRows[Brand] = CandidateRows(lambda row: row.region_id or "")
    if not keys and not spans:
        return shelf
    merged = names_taken_over(Brand, keys)
    aliased = BrandAlias.objects.filter(name_key__in=keys).values("brand")
    rows = Brand.objects.filter(Q(name_key__in=keys) | Q(pk__in=aliased) | Q(pk__in=[*spans, *merged]))
    for row in rows.select_for_update().prefetch_related("aliases").order_by("pk"):
        shelf.put(row, [alias.name_key for alias in row.aliases.all()], spans[row.pk])
        given = [(alias.name_key, row.region_id or "") for alias in row.aliases.all() if alias.by_hand]
        for key, region in (*given, *merged.get(row.pk, ())):
            shelf.know(key, region, row)
    return shelf


def _region(brand: Found) -> str:
    return brand.region


# A shorter name says nothing without its place.
MIN_BARE = 2


def forms(brand: Found) -> dict[str, str]:
    """The keys of the name without the place that it begins with, where that holds the brand's home, with the places
    that hold its home before it, and, of a county, with or without the word for who does the work (平舆防水,
    平舆防水工匠); each with that place, or its home, in which a brand of this name must be at home."""
    if not brand.region:
        return {}
    divisions = gazetteer()
    holders = [divisions.by_code(brand.region), *divisions.ancestors(brand.region)]
    codes = {place.adcode for place in holders} - {COUNTRY}
    hit = divisions.prefix(brand.name)
    found = {}
    if hit is None:
        names = {name: place.adcode for place in holders for name in (place.common_name, place.name)}
        found = {name_key(name + brand.name): code for name, code in names.items() if code in codes}
    elif len(brand.name) - hit.end >= MIN_BARE:
        places = [one.division.adcode for one in hit.candidates if one.division.adcode in codes]
        found = dict.fromkeys([name_key(brand.name[hit.end :])], places[0]) if places else {}
    if not brand.region.endswith("00"):  # of a city's, a county's may be a part
        found |= dict.fromkeys(map(name_key, _with_or_without_who(brand.name)), brand.region)
    return {key: place for key, place in found.items() if key}


# Words for who does the work, behind what it is.
_WHO = ("师", "匠", "师傅", "工匠", "厨娘")
# A shorter rest says nothing of the work.
MIN_WORK = 4


def _with_or_without_who(name: str) -> Iterator[str]:
    bare = [name.removesuffix(word) for word in _WHO if name.endswith(word)]
    yield from (short for short in bare if len(short) >= MIN_WORK)
    if not bare and len(name) >= MIN_WORK:
        yield from (name + word for word in _WHO)


def _new(brand: Found) -> Brand:
    row = Brand(name=brand.name, region_id=brand.region or None, inferred=list(brand.inferred), **details(brand))
    row.confidence = sureness(brand.quotes)
    return row.prepare()


def details(brand: Found) -> dict[str, Value]:
    """The fields of a row that follow from what the page says, but name and region."""
    return {
        "industry": brand.industry.value,
        "category": brand.category.value if brand.category else "",
        "level": brand.level.value if brand.level else "",
        "organisation": brand.organisation[:MAX_ORGANISATION],
        "recognised_year": brand.recognised_year if brand.recognised_year in YEARS else None,
        "batch": brand.batch[:MAX_BATCH],
        "issuer": brand.issuer[:MAX_ISSUER],
        "document_number": brand.document_number[:MAX_DOCUMENT],
    }


def _update(row: Brand, brand: Found, alone: bool) -> None:
    """Bring a row up to date. What only this page says is as it says; to what others say, it adds what was unknown or
    only inferred."""
    if not alone:
        _add(row, brand)
        return
    renamed = row.name != brand.name
    assign(row, name=brand.name, region_id=brand.region or None, inferred=list(brand.inferred), **details(brand))
    if renamed:
        row.prepare()


# What one recognition says: when, by whom, in which batch.
_OF_RECOGNITION = ("recognised_year", "batch", "issuer", "document_number")


def _of_another_recognition(row: Brand, brand: Found) -> bool:
    """Whether a page tells of another recognition than the row has: of its city, or of another year."""
    levels = {row.level, brand.level.value if brand.level else ""} - {""}
    years = {row.recognised_year, brand.recognised_year} - {None}
    return len(levels) > 1 or len(years) > 1


def _add(row: Brand, brand: Found) -> None:
    apart = _OF_RECOGNITION if _of_another_recognition(row, brand) else ()
    better = {
        name: value
        for name, value in details(brand).items()
        if value not in UNKNOWN
        and name not in apart
        and (getattr(row, name) in UNKNOWN or (name in row.inferred and name not in brand.inferred))
    }
    inferred = [name for name in row.inferred if name not in better]
    inferred.extend(name for name in brand.inferred if name in better)
    # Another name reaches the row only in a known region, and moving it there could meet a row of the same name.
    same_name = row.name_key == name_key(brand.name)
    region = deeper(row.region_id or "", brand.region) if same_name else row.region_id
    if region == brand.region and "region" not in brand.inferred:
        inferred = [name for name in inferred if name != "region"]
    elif region == brand.region != row.region_id and "region" not in inferred:
        inferred.append("region")
    assign(row, region_id=region or None, inferred=inferred, **better)


def _load_aliases(pairs: Sequence[BrandPair], journal: ChangeLog) -> None:
    """Other names as the page prints them. Those that no paper prints any more go where this page alone counts."""
    wanted: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for pair in pairs:
        printed = (name for name in (pair.found.name, *pair.found.aliases) if fits(name, MAX_NAME))
        wanted[pair.row.pk] |= {name_key(name): name for name in printed}
    writable = {pair.row.pk: pair.row for pair in pairs if pair.row.machine_may_write}
    stored = {
        pk: {} if journal.is_new(row) else {alias.name_key: alias for alias in row.aliases.all()}
        for pk, row in writable.items()
    }
    shared = {pair.row.pk for pair in pairs if not pair.alone} - {pair.row.pk for pair in pairs if pair.alone}
    new: list[BrandAlias] = []
    gone: list[BrandAlias] = []
    for pk, row in writable.items():
        names = {key: name for key, name in wanted[pk].items() if key != row.name_key}
        new.extend(BrandAlias(brand=row, name=name).prepare() for key, name in names.items() if key not in stored[pk])
        if pk not in shared:
            gone.extend(alias for key, alias in stored[pk].items() if key not in names and not alias.by_hand)
    journal.delete(BrandAlias, gone)
    journal.create(BrandAlias, new)


def _set_series(pairs: Sequence[BrandPair], shelf: CandidateRows[Brand]) -> None:
    """The series that a brand belongs to, once both have rows."""
    for pair in pairs:
        row, name = pair.row, pair.found.series
        if not row.machine_may_write or not (name or pair.alone):
            continue
        key = name_key(name)
        series = shelf.named(key, row.region_id or "") if key else None
        if series is not row and (series or pair.alone):
            row.series_id = series.pk if series else None
