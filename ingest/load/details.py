"""Details of brands of a page -> BrandDetail: destinations, trades, honours and what else there may be several of."""

from collections.abc import Sequence
from typing import TypeAlias

from brands.models import Brand, BrandDetail
from brands.models.brand import MAX_DETAIL, MAX_PEOPLE
from brands.vocabulary.choices import ReviewState
from ingest.load.brands import BrandPair
from ingest.load.changes import ChangeLog, assign, snapshot
from ingest.load.evidence import Finding
from ingest.records import ExtractedDetail

# What makes two details the same: brand, kind, and key.
Identity: TypeAlias = tuple[int, str, str]


def load_details(pairs: Sequence[BrandPair], journal: ChangeLog) -> list[Finding]:
    """Add the details that brands lack, and say which places bear out which. Details that a person has changed, and
    those of a brand that a person rejected, are left as they are. What no page says any more goes with its evidence
    (:func:`ingest.load.evidence.delete_unfounded`)."""
    wanted = [
        (pair.row, found, _row(pair.row, found)) for pair in pairs if _open(pair.row) for found in pair.found.details
    ]
    wanted = [(brand, found, row) for brand, found, row in wanted if row.detail_key]
    stored = _stored({brand.pk for brand, _, _ in wanted if not journal.is_new(brand)})
    before = snapshot(stored.values())
    new: list[BrandDetail] = []
    findings = []
    for brand, found, candidate in wanted:
        row = stored.setdefault(_identity(candidate), candidate)
        if row is candidate:
            new.append(row)
        elif not row.people and not row.by_hand:
            assign(row, people=candidate.people)
        findings.append(Finding(brand, (found.quote,), row))
    journal.create(BrandDetail, new)
    journal.update(BrandDetail, (row for row in stored.values() if row.pk in before), before)
    return findings


def _open(brand: Brand) -> bool:
    """Whether a run may add details: no person has changed those of the brand, or rejected it."""
    return brand.review != ReviewState.REJECTED and "details" not in brand.hand_set


def _row(brand: Brand, found: ExtractedDetail) -> BrandDetail:
    return BrandDetail(
        brand=brand,
        kind=found.kind.value,
        words=found.value[:MAX_DETAIL],
        region_id=found.region or None,
        country=found.country,
        people=found.people[:MAX_PEOPLE],
    ).prepare()


def _stored(brands: set[int]) -> dict[Identity, BrandDetail]:
    rows = BrandDetail.objects.filter(brand__in=brands).order_by("pk") if brands else ()
    return {_identity(row): row for row in rows}


def _identity(row: BrandDetail) -> Identity:
    return row.brand_id, row.kind, row.detail_key
