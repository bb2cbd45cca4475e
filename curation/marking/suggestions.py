"""What of the catalogue marked words may be about: subjects of a number, brands that are called so, facts there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from brands.models import Article, Brand, Evidence, Program, Region, Statistic
from brands.models.region import COUNTRY
from brands.search.divisions import exact
from brands.seo.descriptions import full_place
from brands.text.article_text import fact_of
from brands.vocabulary.choices import ReviewState
from brands.vocabulary.names import name_key
from curation.marking.article_reading import ArticleReading

# Subjects that are offered of one article.
MOST_SUBJECTS = 40

# Brands of one name that are offered.
MOST_ALIKE = 8

SUBJECT_MODELS: dict[str, type[Brand] | type[Program] | type[Region]] = {
    "brand": Brand,
    "program": Program,
    "region": Region,
}


@dataclass(frozen=True, slots=True)
class OfferedSubject:
    """Whom a number may speak of; `key` is ``brand-12``, ``program-3`` or ``region-141100``."""

    key: str
    name: str


def subjects(article: Article, evidence: Sequence[Evidence], reading: ArticleReading, at: int) -> list[OfferedSubject]:
    """The brands and programs that the article names, those named last before this place of the page first, then those
    behind it; then the divisions that it is set in."""
    facts = {f"{kind}-{fact.pk}": fact for kind, fact in map(fact_of, evidence) if kind != "statistic"}
    named = {key: fact for key, fact in facts.items() if fact.review != ReviewState.REJECTED}
    near = sorted(named, key=lambda key: reading.distance(str(named[key]), at))
    offered = [OfferedSubject(key, str(named[key])) for key in near[:MOST_SUBJECTS]]
    lineage = list(article.place.lineage) if article.place else []
    country = Region.objects.filter(pk=COUNTRY).first()
    divisions = [*reversed(lineage), *([country] if country and country not in lineage else [])]
    return offered + [OfferedSubject(f"region-{region.adcode}", full_place(region)) for region in divisions]


def anchors(evidence: Iterable[Evidence]) -> Iterator[str]:
    """The anchors of the places that name what a number may speak of, each with its key: ``e7:brand-12``."""
    for piece in evidence:
        if not piece.field and piece.statistic_id is None:
            kind, fact = fact_of(piece)
            yield f"e{piece.pk}:{kind}-{fact.pk}"


def subject_of(key: str) -> Brand | Program | Region | None:
    """The row that a key names; None where there is none, or one that was rejected."""
    kind, _dash, number = key.partition("-")
    model = SUBJECT_MODELS.get(kind)
    if model is None or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    found = model._default_manager.filter(pk=number if model is Region else int(number)).first()
    return None if isinstance(found, Brand | Program) and found.review == ReviewState.REJECTED else found


def subjects_called(name: str) -> list[OfferedSubject]:
    """The brands, programs and divisions that are called just so."""
    key = name_key(name)
    if not key:
        return []
    brands = Brand.objects.filter(Q(name_key=key) | Q(aliases__name_key=key)).exclude(review=ReviewState.REJECTED)
    programs = Program.objects.filter(name_key=key).exclude(review=ReviewState.REJECTED)
    regions = Region.objects.filter(pk__in=exact(name)).select_related("parent__parent")
    return [
        *(
            OfferedSubject(f"brand-{row.pk}", told(row))
            for row in brands.select_related("region__parent__parent").distinct()[:MOST_ALIKE]
        ),
        *(OfferedSubject(f"program-{row.pk}", row.name) for row in programs[:MOST_ALIKE]),
        *(OfferedSubject(f"region-{row.adcode}", f"{full_place(row)} {row.adcode}") for row in regions[:MOST_ALIKE]),
    ]


def alike(names: Iterable[str]) -> dict[str, list[Brand]]:
    """By the key of each name, the brands that are called so, rejected ones too: somebody may want them back."""
    keys = {name_key(name) for name in names} - {""}
    rows = Brand.objects.filter(Q(name_key__in=keys) | Q(aliases__name_key__in=keys)).distinct()
    found: dict[str, list[Brand]] = {key: [] for key in keys}
    for row in rows.select_related("region__parent__parent").prefetch_related("aliases").order_by("pk"):
        for key in {row.name_key, *(alias.name_key for alias in row.aliases.all())} & keys:
            if len(found[key]) < MOST_ALIKE:
                found[key].append(row)
    return found


def told(brand: Brand) -> str:
    """The brand with its place, to be told from others of its name."""
    place = full_place(brand.region)
    return f"{brand.name}（{place}）" if place else brand.name


def facts_at(evidence: Iterable[Evidence], kind: str, start: int, end: int) -> list[Brand | Program | Statistic]:
    """The facts of a kind that words of this stretch bear out and that nobody has rejected."""
    found: dict[int, Brand | Program | Statistic] = {}
    for piece in evidence:
        if not piece.field and piece.start < end and start < piece.end and getattr(piece, f"{kind}_id") is not None:
            fact = fact_of(piece)[1]
            if fact.review != ReviewState.REJECTED:
                found[fact.pk] = fact
    return list(found.values())
