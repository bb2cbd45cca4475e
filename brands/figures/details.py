"""What papers say of a brand besides its fields and numbers, by kind and each with its sentences."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brands.models import Brand, BrandDetail, Evidence
from brands.models.region import COUNTRY
from brands.place_words import place_words
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
        items[detail.kind].append(DetailItem(detail, _words(detail), reached(detail.region_id or "", detail.country)))
    return [DetailGroup(kind, items[kind], tuple(said[kind].values())) for kind in DetailKind if items[kind]]


def reached(region: str, country: str) -> str:
    """What the facet of destinations has for a place: the code of its province, or of its country."""
    return f"{region[:2]}0000" if region and region != COUNTRY else country


def _words(detail: BrandDetail) -> str:
    if detail.region is None:
        return detail.words
    return place_words(detail.region.adcode, "".join(step.common_name for step in detail.region.lineage))
